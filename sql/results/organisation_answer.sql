-- De centrale ledere på niveau 4-5 i hvert aktivt netværk, og hvad hver sidst svarede inden for et år.
-- / The central managers at level 4-5 of every active network, and what each last said within a year.
-- Grain:   one row per organisation_id, period, network_id and manager_id.
-- Window:  as R6.1: on the day counted to, the answer within the twelve months up to it; heard 0 means no answer.
-- Defined: docs/indicators.md#organisation
with

acting as (
    select
        managers.organisation_id,
        managers.period,
        managers.network_id,
        managers.manager_id
    from core.unit_managers as managers
    inner join core.units as units
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
    where managers.basis = 'counted' and events.event in ('test_started', 'adopted', 'scaled')
    group by
        managers.organisation_id,
        managers.period,
        managers.network_id,
        managers.manager_id
)

select
    managers.organisation_id,
    managers.period,
    managers.network_id,
    managers.manager_id,
    case when managers.ownership_record_key is null then 0 else 1 end as heard,
    case when managers.ownership >= 4 or managers.commitment <> 'none' then 1 else 0 end as owning,
    case when managers.relevance >= 4 then 1 else 0 end as relevant,
    case when acting.manager_id is null then 0 else 1 end as acted
from core.unit_managers as managers
left join acting
    on managers.organisation_id = acting.organisation_id
    and managers.period = acting.period
    and managers.network_id = acting.network_id
    and managers.manager_id = acting.manager_id
where managers.basis = 'counted' and managers.central
