-- V6 Value followed up, by type: value records with a baseline and a measurement.
-- Grain:   one row per organisation_id, network_id, period, basis and dimension (value_type); one with '' where not kept.
-- Window:  W*(12), the twelve months up to counted_to (t' of the contract).
-- Defined: docs/indicators.md#v6
select
    found.organisation_id,
    found.network_id,
    found.period,
    found.basis,
    'V6' as indicator_id,
    found.dimension,
    cast(null as double) as numerator,
    cast(null as double) as denominator,
    cast(count(found.record_key) as double) as value,
    cast(null as double) as lower,
    cast(null as double) as upper,
    cast(null as bigint) as n,
    cast(null as varchar) as own_status,
    cast(null as varchar) as own_reason
from evidence.v6_value_by_type as found
group by
    found.organisation_id,
    found.network_id,
    found.period,
    found.basis,
    found.dimension
union all
select
    units.organisation_id,
    units.network_id,
    units.period,
    units.basis,
    'V6' as indicator_id,
    '' as dimension,
    cast(null as double) as numerator,
    cast(null as double) as denominator,
    cast(null as double) as value,
    cast(null as double) as lower,
    cast(null as double) as upper,
    cast(null as bigint) as n,
    cast(null as varchar) as own_status,
    cast(null as varchar) as own_reason
from core.units
inner join core.unmet_needs as unmet
    on units.organisation_id = unmet.organisation_id
    and unmet.indicator_id = 'V6'
where units.phase = 'active'
