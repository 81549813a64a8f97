-- R5.2 Expectations agreed: 1 within 60 days of taking on the network, 0.5 later, 0 never.
-- Grain:   one row per organisation_id, network_id, period and basis.
-- Window:  From responsible_since - 60 days to counted_to (b to t' of the contract).
-- Defined: docs/indicators.md#r52
select
    units.organisation_id,
    units.network_id,
    units.period,
    units.basis,
    'R5.2' as indicator_id,
    '' as dimension,
    cast(null as double) as numerator,
    cast(null as double) as denominator,
    cast(case
        when count(found.record_key) filter (where found.counted_as = 'early') > 0 then 1.0
        when count(found.record_key) filter (where found.counted_as = 'late') > 0 then 0.5
        else 0.0
    end as double) as value,
    cast(null as double) as lower,
    cast(null as double) as upper,
    cast(null as bigint) as n,
    cast(null as varchar) as own_status,
    cast(null as varchar) as own_reason
from core.units
left join evidence.r5_2_expectations_agreed as found
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
