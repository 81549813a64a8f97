-- Belæg for R6.4: centrale ledere, og de hændelser, de var leder for.
-- / Evidence of R6.4: central managers, and the events they were the manager of.
-- Grain:   one row per organisation_id, network_id, period, basis, indicator_id, dimension, record_kind,
--          record_key, part and counted_as.
-- Window:  On the list on counted_to; events up to counted_to.
-- Defined: docs/indicators.md#r64
select
    organisation_id,
    network_id,
    period,
    basis,
    'R6.4' as indicator_id,
    '' as dimension,
    record_kind,
    record_key,
    'denominator' as part,
    manager_id as counted_as
from core.unit_manager_records
union all
select
    managers.organisation_id,
    managers.network_id,
    managers.period,
    managers.basis,
    'R6.4' as indicator_id,
    '' as dimension,
    'adoption_events' as record_kind,
    events.record_key,
    'numerator' as part,
    managers.manager_id as counted_as
from core.unit_managers as managers
inner join core.units
    on managers.organisation_id = units.organisation_id
    and managers.network_id = units.network_id
    and managers.period = units.period
    and managers.basis = units.basis
inner join core.adoption_events as events
    on managers.organisation_id = events.organisation_id
    and managers.network_id = events.network_id
    and managers.basis = events.basis
    and managers.manager_id = events.manager_id
    and units.counted_to >= events.date
    and events.event in ('test_started', 'adopted', 'scaled')
where managers.central
