-- R4.4 Days to act on capital: Kaplan-Meier median days from need to the first test application sent.
-- Grain:   one row per organisation_id, network_id, period and basis; fewer than 3 solutions are no data.
-- Window:  Needs up to counted_to (t' of the contract); a median not reached is judged only if some wait outlasts the target.
-- Defined: docs/indicators.md#r44
with

asked as (
    select
        organisation_id,
        network_id,
        period,
        basis,
        count(*) as solution_count,
        max(wait_days) filter (where not reached) as longest_open
    from core.waits
    where indicator_id = 'R4.4'
    group by
        organisation_id,
        network_id,
        period,
        basis
),

medians as (
    select
        organisation_id,
        network_id,
        period,
        basis,
        min(wait_days) as median_days
    from core.survival
    where
        indicator_id = 'R4.4'
        and survival <= 0.5 + 1e-9
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
    'R4.4' as indicator_id,
    '' as dimension,
    cast(null as double) as numerator,
    cast(null as double) as denominator,
    cast(medians.median_days as double) as value,
    cast(null as double) as lower,
    cast(null as double) as upper,
    cast(coalesce(asked.solution_count, 0) as bigint) as n,
    case
        when coalesce(asked.solution_count, 0) < targets.minimum_count then 'not_assessable'
        when medians.median_days is not null then null
        when asked.longest_open > coalesce(targets.partly_target, targets.target) then 'not_fulfilled'
        else 'not_assessable'
    end as own_status,
    case
        when coalesce(asked.solution_count, 0) < targets.minimum_count then 'no_data'
        when medians.median_days is not null then null
        when asked.longest_open > coalesce(targets.partly_target, targets.target) then null
        else 'not_due'
    end as own_reason
from core.units
left join asked
    on units.organisation_id = asked.organisation_id
    and units.network_id = asked.network_id
    and units.period = asked.period
    and units.basis = asked.basis
left join medians
    on units.organisation_id = medians.organisation_id
    and units.network_id = medians.network_id
    and units.period = medians.period
    and units.basis = medians.basis
inner join core.targets as targets
    on units.organisation_id = targets.organisation_id
    and units.network_type = targets.network_type
    and units.period = targets.period
    and targets.indicator_id = 'R4.4'
where units.phase = 'active'
