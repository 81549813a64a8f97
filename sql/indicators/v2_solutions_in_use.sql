-- V2 Solutions in use in at least one unit.
-- Grain:   one row per organisation_id, network_id, period and basis; 0 when there was none.
-- Window:  At period_end (t of the contract), active and in follow-up.
-- Defined: docs/indicators.md#v2
select
    units.organisation_id,
    units.network_id,
    units.period,
    units.basis,
    'V2' as indicator_id,
    '' as dimension,
    cast(null as double) as numerator,
    cast(null as double) as denominator,
    cast(count(distinct found.counted_as) as double) as value,
    cast(null as double) as lower,
    cast(null as double) as upper,
    cast(null as bigint) as n,
    cast(null as varchar) as own_status,
    cast(null as varchar) as own_reason
from core.units
left join evidence.v2_solutions_in_use as found
    on units.organisation_id = found.organisation_id
    and units.network_id = found.network_id
    and units.period = found.period
    and units.basis = found.basis
group by
    units.organisation_id,
    units.network_id,
    units.period,
    units.basis
