-- De slags rækker, en organisation fører: dem, den har en accepteret række af, omtvistet eller ej.
-- / The record kinds an organisation keeps: those of which it has an accepted row, disputed or not.
-- Grain:   one row per organisation_id and kind.
-- Window:  none; a kind is kept or it is not.
-- Defined: docs/indicators.md#kept
select
    organisation_id,
    'people' as kind
from accepted.people
group by organisation_id
union all
select
    organisation_id,
    'networks' as kind
from accepted.networks
group by organisation_id
union all
select
    organisation_id,
    'roles' as kind
from accepted.roles
group by organisation_id
union all
select
    organisation_id,
    'phases' as kind
from accepted.phases
group by organisation_id
union all
select
    organisation_id,
    'solutions' as kind
from accepted.solutions
group by organisation_id
union all
select
    organisation_id,
    'applications' as kind
from accepted.applications
group by organisation_id
union all
select
    organisation_id,
    'adoption_events' as kind
from accepted.adoption_events
group by organisation_id
union all
select
    organisation_id,
    'central_managers' as kind
from accepted.central_managers
group by organisation_id
union all
select
    organisation_id,
    'ownership' as kind
from accepted.ownership
group by organisation_id
union all
select
    organisation_id,
    'touchpoints' as kind
from accepted.touchpoints
group by organisation_id
union all
select
    organisation_id,
    'value_records' as kind
from accepted.value_records
group by organisation_id
union all
select
    organisation_id,
    'pulse' as kind
from accepted.pulse
group by organisation_id
union all
select
    organisation_id,
    'disputes' as kind
from accepted.disputes
group by organisation_id
