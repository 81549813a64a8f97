-- R7.2 Value shown: audiences reached by showcases, of the organisation, the politicians and the city.
-- Grain:   one row per organisation_id, network_id, period and basis; none in a network younger than 180 days is not due.
-- Window:  W*(12), the twelve months up to counted_to (t' of the contract).
-- Defined: docs/indicators.md#r72
select
    units.organisation_id,
    units.network_id,
    units.period,
    units.basis,
    'R7.2' as indicator_id,
    '' as dimension,
    cast(count(distinct found.counted_as) as double) as numerator,
    cast(3 as double) as denominator,
    count(distinct found.counted_as) / 3.0 as value,
    cast(null as double) as lower,
    cast(null as double) as upper,
    cast(3 as bigint) as n,
    case when count(found.record_key) = 0 and units.young then 'not_assessable' end as own_status,
    case when count(found.record_key) = 0 and units.young then 'not_due' end as own_reason
from core.units
left join evidence.r7_2_value_shown as found
    on units.organisation_id = found.organisation_id
    and units.network_id = found.network_id
    and units.period = found.period
    and units.basis = found.basis
where units.phase = 'active'
group by
    units.organisation_id,
    units.network_id,
    units.period,
    units.basis,
    units.young
