-- R8.3 Scaled: solutions in use in at least 2 units, of those in base for at least 180 days.
-- Grain:   one row per organisation_id, network_id, period and basis.
-- Window:  At period_end (t of the contract), active and in follow-up.
-- Defined: docs/indicators.md#r83
with

solutions as (
    select
        organisation_id,
        network_id,
        period,
        basis,
        solution_id,
        count(distinct unit_key) as place_count
    from evidence.r8_3_scaled
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
        count(*) filter (where place_count >= 2) as numerator,
        count(*) as denominator
    from solutions
    group by
        organisation_id,
        network_id,
        period,
        basis
),

adopted as (
    select
        units.organisation_id,
        units.network_id,
        units.period,
        units.basis,
        count(*) as solution_count
    from core.units
    inner join core.milestones as milestones
        on units.organisation_id = milestones.organisation_id
        and units.network_id = milestones.network_id
        and units.basis = milestones.basis
        and units.period_end >= milestones.reached_date
        and milestones.milestone = 'adopted'
    group by
        units.organisation_id,
        units.network_id,
        units.period,
        units.basis
)

select
    units.organisation_id,
    units.network_id,
    units.period,
    units.basis,
    'R8.3' as indicator_id,
    '' as dimension,
    cast(coalesce(counts.numerator, 0) as double) as numerator,
    cast(coalesce(counts.denominator, 0) as double) as denominator,
    counts.numerator / nullif(cast(counts.denominator as double), 0) as value,
    cast(null as double) as lower,
    cast(null as double) as upper,
    cast(coalesce(counts.denominator, 0) as bigint) as n,
    case when counts.denominator is null then 'not_assessable' end as own_status,
    case
        when counts.denominator is not null then null
        when adopted.solution_count > 0 then 'not_due'
        else 'no_data'
    end as own_reason
from core.units
left join counts
    on units.organisation_id = counts.organisation_id
    and units.network_id = counts.network_id
    and units.period = counts.period
    and units.basis = counts.basis
left join adopted
    on units.organisation_id = adopted.organisation_id
    and units.network_id = adopted.network_id
    and units.period = adopted.period
    and units.basis = adopted.basis
