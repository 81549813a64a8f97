-- R8.5 From laboratory to base in a year: Kaplan-Meier share adopted within 365 days of the first test, with a log-log interval.
-- Grain:   one row per organisation_id, network_id, period and basis; fewer than 3 solutions are no data.
-- Window:  Tests begun by counted_to (t' of the contract); not due while no wait is a year long and some last.
-- Defined: docs/indicators.md#r85
with

asked as (
    select
        organisation_id,
        network_id,
        period,
        basis,
        count(*) as solution_count,
        max(wait_days) as longest_days
    from core.waits
    where indicator_id = 'R8.5'
    group by
        organisation_id,
        network_id,
        period,
        basis
),

at_a_year as (
    select
        organisation_id,
        network_id,
        period,
        basis,
        min(survival) as survival,
        max(greenwood) as greenwood
    from core.survival
    where
        indicator_id = 'R8.5'
        and wait_days <= 365
    group by
        organisation_id,
        network_id,
        period,
        basis
),

curves as (
    select
        asked.organisation_id,
        asked.network_id,
        asked.period,
        asked.basis,
        asked.solution_count,
        asked.longest_days,
        coalesce(at_a_year.survival, 1.0) as survival,
        case
            when at_a_year.survival > 1e-9 and at_a_year.survival < 1 - 1e-9
                then 1.959964 * sqrt(at_a_year.greenwood) / nullif(abs(ln(at_a_year.survival)), 0)
        end as spread
    from asked
    left join at_a_year
        on asked.organisation_id = at_a_year.organisation_id
        and asked.network_id = at_a_year.network_id
        and asked.period = at_a_year.period
        and asked.basis = at_a_year.basis
)

select
    units.organisation_id,
    units.network_id,
    units.period,
    units.basis,
    'R8.5' as indicator_id,
    '' as dimension,
    cast(null as double) as numerator,
    cast(null as double) as denominator,
    1 - curves.survival as value,
    1 - power(curves.survival, exp(-curves.spread)) as lower,
    1 - power(curves.survival, exp(curves.spread)) as upper,
    cast(coalesce(curves.solution_count, 0) as bigint) as n,
    case
        when coalesce(curves.solution_count, 0) < targets.minimum_count then 'not_assessable'
        when curves.longest_days < 365 and curves.survival > 1e-9 then 'not_assessable'
    end as own_status,
    case
        when coalesce(curves.solution_count, 0) < targets.minimum_count then 'no_data'
        when curves.longest_days < 365 and curves.survival > 1e-9 then 'not_due'
    end as own_reason
from core.units
inner join core.targets as targets
    on units.organisation_id = targets.organisation_id
    and units.network_type = targets.network_type
    and units.period = targets.period
    and targets.indicator_id = 'R8.5'
left join curves
    on units.organisation_id = curves.organisation_id
    and units.network_id = curves.network_id
    and units.period = curves.period
    and units.basis = curves.basis
where units.phase = 'active'
