-- R8.4 Alive after the network: solutions in use in at least 1 unit, of those ever taken into base.
-- Grain:   one row per organisation_id, network_id, period and basis.
-- Window:  At period_end (t of the contract), in follow-up from end_date + 180 days on.
-- Defined: docs/indicators.md#r84
with

solutions as (
    select
        organisation_id,
        network_id,
        period,
        basis,
        solution_id,
        count(distinct unit_key) as place_count
    from evidence.r8_4_alive_after_the_network
    group by
        organisation_id,
        network_id,
        period,
        basis,
        solution_id
),

counts as (
    select
        organisation_id,
        network_id,
        period,
        basis,
        count(*) filter (where place_count >= 1) as numerator,
        count(*) as denominator
    from solutions
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
    'R8.4' as indicator_id,
    '' as dimension,
    cast(coalesce(counts.numerator, 0) as double) as numerator,
    cast(coalesce(counts.denominator, 0) as double) as denominator,
    counts.numerator / nullif(cast(counts.denominator as double), 0) as value,
    cast(null as double) as lower,
    cast(null as double) as upper,
    cast(coalesce(counts.denominator, 0) as bigint) as n,
    case when counts.denominator is null then 'not_assessable' end as own_status,
    case when counts.denominator is null then 'no_data' end as own_reason
from core.units
left join counts
    on units.organisation_id = counts.organisation_id
    and units.network_id = counts.network_id
    and units.period = counts.period
    and units.basis = counts.basis
where
    units.phase = 'follow_up'
    and units.period_end >= cast(units.end_date + interval 180 days as date)
