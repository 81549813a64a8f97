-- R6.4 Acted: central managers who were the manager of a test, an adoption or a scaling.
-- Grain:   one row per organisation_id, network_id, period and basis; without central managers as core.manager_counts says.
-- Window:  C on counted_to (t' of the contract); events up to counted_to.
-- Defined: docs/indicators.md#r64
with

counts as (
    select
        organisation_id,
        network_id,
        period,
        basis,
        count(distinct counted_as) as numerator
    from evidence.r6_4_acted
    where part = 'numerator'
    group by
        organisation_id,
        network_id,
        period,
        basis
)

select
    units.organisation_id,
    units.network_id,
    units.period,
    units.basis,
    'R6.4' as indicator_id,
    '' as dimension,
    cast(coalesce(counts.numerator, 0) as double) as numerator,
    cast(managers.central_count as double) as denominator,
    coalesce(coalesce(counts.numerator, 0) / nullif(cast(managers.central_count as double), 0), 0.0) as value,
    cast(null as double) as lower,
    cast(null as double) as upper,
    cast(managers.central_count as bigint) as n,
    managers.empty_status as own_status,
    managers.empty_reason as own_reason
from core.units
inner join core.manager_counts as managers
    on units.organisation_id = managers.organisation_id
    and units.network_id = managers.network_id
    and units.period = managers.period
    and units.basis = managers.basis
left join counts
    on units.organisation_id = counts.organisation_id
    and units.network_id = counts.network_id
    and units.period = counts.period
    and units.basis = counts.basis
where units.phase = 'active'
