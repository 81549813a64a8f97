-- V4 People reached: the latest reach of every solution and unit in use, summed; n is the pairs that told one.
-- Grain:   one row per organisation_id, network_id, period and basis.
-- Window:  At period_end (t of the contract), active and in follow-up.
-- Defined: docs/indicators.md#v4
select
    units.organisation_id,
    units.network_id,
    units.period,
    units.basis,
    'V4' as indicator_id,
    '' as dimension,
    cast(null as double) as numerator,
    cast(null as double) as denominator,
    cast(sum(found.reach) as double) as value,
    cast(null as double) as lower,
    cast(null as double) as upper,
    cast(count(found.record_key) as bigint) as n,
    cast(null as varchar) as own_status,
    case when count(found.record_key) = 0 then 'no_data' end as own_reason
from core.units
left join evidence.v4_people_reached as found
    on units.organisation_id = found.organisation_id
    and units.network_id = found.network_id
    and units.period = found.period
    and units.basis = found.basis
group by
    units.organisation_id,
    units.network_id,
    units.period,
    units.basis
