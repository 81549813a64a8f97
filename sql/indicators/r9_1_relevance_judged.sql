-- R9.1 Political relevance judged: 1 if the reference leader made an assessment, else 0.
-- Grain:   one row per organisation_id, network_id, period and basis.
-- Window:  W(12), the twelve months up to counted_to, in this leader's time.
-- Defined: docs/indicators.md#r91
select
    units.organisation_id,
    units.network_id,
    units.period,
    units.basis,
    'R9.1' as indicator_id,
    '' as dimension,
    cast(null as double) as numerator,
    cast(null as double) as denominator,
    cast(case when count(found.record_key) > 0 then 1.0 else 0.0 end as double) as value,
    cast(null as double) as lower,
    cast(null as double) as upper,
    cast(null as bigint) as n,
    cast(null as varchar) as own_status,
    cast(null as varchar) as own_reason
from core.units
left join evidence.r9_1_relevance_judged as found
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
