-- Hvor mange centrale ledere et netværk har, hvor mange der er hørt, og hvad der siges, hvor det ingen har.
-- / How many central managers a network has, how many were heard, and what is said where it has none.
-- Grain:   one row per organisation_id, network_id, period and basis; active networks.
-- Window:  on counted_to (t' of the contract); heard in W*(12).
-- Defined: docs/indicators.md#r61
with

counts as (
    select
        units.organisation_id,
        units.network_id,
        units.period,
        units.basis,
        units.young,
        count(managers.manager_id) as standing_count,
        count(managers.manager_id) filter (where managers.central) as central_count,
        count(managers.ownership_record_key) filter (where managers.central) as heard_count
    from core.units
    left join core.unit_managers as managers
        on units.organisation_id = managers.organisation_id
        and units.network_id = managers.network_id
        and units.period = managers.period
        and units.basis = managers.basis
    where units.phase = 'active'
    group by
        units.organisation_id,
        units.network_id,
        units.period,
        units.basis,
        units.young
)

select
    organisation_id,
    network_id,
    period,
    basis,
    standing_count,
    central_count,
    heard_count,
    case
        when central_count > 0 then null
        when standing_count > 0 or young then 'not_assessable'
        else 'not_fulfilled'
    end as empty_status,
    case
        when central_count > 0 then null
        when standing_count > 0 then 'level_unknown'
        when young then 'no_data'
        else 'none_identified'
    end as empty_reason
from counts
