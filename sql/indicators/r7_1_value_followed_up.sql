-- R7.1 Value followed up: value records with a baseline and a measurement, whatever their sign.
-- Grain:   one row per organisation_id, network_id, period and basis; none in a network younger than 180 days is not due.
-- Window:  W*(12), the twelve months up to counted_to (t' of the contract).
-- Defined: docs/indicators.md#r71
select
    units.organisation_id,
    units.network_id,
    units.period,
    units.basis,
    'R7.1' as indicator_id,
    '' as dimension,
    cast(null as double) as numerator,
    cast(null as double) as denominator,
    cast(count(found.record_key) as double) as value,
    cast(null as double) as lower,
    cast(null as double) as upper,
    cast(null as bigint) as n,
    case when count(found.record_key) = 0 and units.young then 'not_assessable' end as own_status,
    case when count(found.record_key) = 0 and units.young then 'not_due' end as own_reason
from core.units
left join evidence.r7_1_value_followed_up as found
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
