-- Det navn, en celle tæller som, hvor den nævner en enhed, et område, en person eller et netværk
-- / The name a cell counts as where it names a unit, an area, a person or a network
-- Macro: audit.counted_name()
-- By an alias of the settings it may be another name than the one written.
-- Grain: organisation_id, record_kind, record_key, field.
select
    organisation_id,
    'people' as record_kind,
    record_key,
    unnest(['person_id', 'superior_id', 'unit', 'area']) as field,
    unnest([person_id, superior_id, unit, area]) as counted_as
from main.people
union all
select
    organisation_id,
    'networks' as record_kind,
    record_key,
    unnest(['network_id']) as field,
    unnest([network_id]) as counted_as
from main.networks
union all
select
    organisation_id,
    'roles' as record_kind,
    record_key,
    unnest(['network_id', 'person_id']) as field,
    unnest([network_id, person_id]) as counted_as
from main.roles
union all
select
    organisation_id,
    'phases' as record_kind,
    record_key,
    unnest(['network_id']) as field,
    unnest([network_id]) as counted_as
from main.phases
union all
select
    organisation_id,
    'solutions' as record_kind,
    record_key,
    unnest(['network_id']) as field,
    unnest([network_id]) as counted_as
from main.solutions
union all
select
    organisation_id,
    'applications' as record_kind,
    record_key,
    unnest(['network_id', 'responsible_id']) as field,
    unnest([network_id, responsible_id]) as counted_as
from main.applications
union all
select
    organisation_id,
    'adoption_events' as record_kind,
    record_key,
    unnest(['unit', 'manager_id']) as field,
    unnest([unit, manager_id]) as counted_as
from main.adoption_events
union all
select
    organisation_id,
    'central_managers' as record_kind,
    record_key,
    unnest(['network_id', 'manager_id']) as field,
    unnest([network_id, manager_id]) as counted_as
from main.central_managers
union all
select
    organisation_id,
    'ownership' as record_kind,
    record_key,
    unnest(['network_id', 'manager_id']) as field,
    unnest([network_id, manager_id]) as counted_as
from main.ownership
union all
select
    organisation_id,
    'touchpoints' as record_kind,
    record_key,
    unnest(['network_id', 'by_id']) as field,
    unnest([network_id, by_id]) as counted_as
from main.touchpoints
union all
select
    organisation_id,
    'value_records' as record_kind,
    record_key,
    unnest(['network_id']) as field,
    unnest([network_id]) as counted_as
from main.value_records
