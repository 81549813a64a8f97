-- R2.2 Coherence with other efforts: coordination by the reference leader.
-- Grain:   one row per organisation_id, network_id, period and basis; 0 when there was none.
-- Window:  W(6), six months up to counted_to (t' of the contract), in this leader's time.
-- Defined: docs/indicators.md#r22
select
    units.organisation_id,
    units.network_id,
    units.period,
    units.basis,
    'R2.2' as indicator_id,
    '' as dimension,
    cast(null as double) as numerator,
    cast(null as double) as denominator,
    cast(count(found.record_key) as double) as value,
    cast(null as double) as lower,
    cast(null as double) as upper,
    cast(null as bigint) as n,
    cast(null as varchar) as own_status,
    cast(null as varchar) as own_reason
from core.units
left join evidence.r2_2_coherence as found
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
