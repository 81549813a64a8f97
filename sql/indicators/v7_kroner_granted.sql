-- V7 Kroner granted, from anywhere and for any purpose.
-- Grain:   one row per organisation_id, network_id, period and basis; 0 when nothing was granted.
-- Window:  Decided by counted_to (t' of the contract).
-- Defined: docs/indicators.md#v7
select
    units.organisation_id,
    units.network_id,
    units.period,
    units.basis,
    'V7' as indicator_id,
    '' as dimension,
    cast(null as double) as numerator,
    cast(null as double) as denominator,
    cast(coalesce(sum(found.amount), 0) as double) as value,
    cast(null as double) as lower,
    cast(null as double) as upper,
    cast(null as bigint) as n,
    cast(null as varchar) as own_status,
    cast(null as varchar) as own_reason
from core.units
left join evidence.v7_kroner_granted as found
    on units.organisation_id = found.organisation_id
    and units.network_id = found.network_id
    and units.period = found.period
    and units.basis = found.basis
where units.phase = 'active'
group by
    units.organisation_id,
    units.network_id,
    units.period,
    units.basis
