-- Værdi, netværkene skabte: løsninger i brug, mennesker nået, forvaltninger forbundet, og hvad der blev målt og fulgt op.
-- / Value the networks created: solutions in use, people reached, areas bridged, and what was measured and followed.
-- Grain:   one row per organisation_id, period, measure_id and dimension.
-- Meaning: followed means a value record with both baseline and measured; twelve months up to the quarter's last day.
-- Defined: docs/indicators.md#organisation
with

uses as (
    select
        periods.organisation_id,
        periods.period,
        used.solution_id,
        used.unit_key,
        told.reach
    from results.organisation_period as periods
    inner join core.use_spells as used
        on periods.organisation_id = used.organisation_id
        and periods.counted_to >= used.used_from
        and (used.used_until is null or periods.counted_to < used.used_until)
    left join core.reach_spells as told
        on used.organisation_id = told.organisation_id
        and used.network_id = told.network_id
        and used.basis = told.basis
        and used.solution_id = told.solution_id
        and used.unit_key = told.unit_key
        and periods.counted_to >= told.told_date
        and (told.told_until is null or periods.counted_to < told.told_until)
    where used.basis = 'counted'
),

in_use as (
    select
        periods.organisation_id,
        periods.period,
        count(distinct uses.solution_id) as solutions,
        count(uses.unit_key) as places
    from results.organisation_period as periods
    inner join core.kinds_kept as kept_solutions
        on periods.organisation_id = kept_solutions.organisation_id
        and kept_solutions.kind = 'solutions'
    inner join core.kinds_kept as kept_events
        on periods.organisation_id = kept_events.organisation_id
        and kept_events.kind = 'adoption_events'
    left join uses
        on periods.organisation_id = uses.organisation_id
        and periods.period = uses.period
    group by
        periods.organisation_id,
        periods.period
),

reached as (
    select
        organisation_id,
        period,
        sum(reach) as people,
        count(reach) as places
    from uses
    where reach is not null
    group by
        organisation_id,
        period
),

areas as (
    select
        units.organisation_id,
        units.period,
        count(distinct people.area_key) as areas
    from core.units as units
    inner join accepted.roles as roles
        on units.organisation_id = roles.organisation_id
        and units.network_id = roles.network_id
        and units.counted_to >= roles.valid_from
        and (roles.valid_to is null or units.counted_to <= roles.valid_to)
    inner join accepted.people as people
        on roles.organisation_id = people.organisation_id
        and roles.person_id = people.person_id
        and units.counted_to >= people.valid_from
        and (people.valid_to is null or units.counted_to <= people.valid_to)
    where units.basis = 'counted' and units.phase = 'active'
    group by
        units.organisation_id,
        units.period
),

followed as (
    select
        records.organisation_id,
        records.network_id,
        records.record_key,
        records.date as measured_date,
        records.value_type,
        written.cycle,
        records.measure_key,
        records.baseline,
        records.target,
        records.measured,
        coalesce(records.unit_key, '') as unit_key,
        coalesce(records.solution_id, '') as solution_id
    from core.value_records as records
    inner join accepted.value_records as written
        on records.organisation_id = written.organisation_id
        and records.record_key = written.record_key
    where records.basis = 'counted' and records.baseline is not null and records.measured is not null
),

recent as (
    select
        periods.organisation_id,
        periods.period,
        followed.value_type,
        coalesce(followed.cycle, 'unstated') as cycle
    from results.organisation_period as periods
    inner join followed
        on periods.organisation_id = followed.organisation_id
        and periods.counted_to >= followed.measured_date
        and periods.year_before < followed.measured_date
),

follow_ups as (
    select
        organisation_id,
        period,
        'value_followed' as measure_id,
        value_type as dimension,
        count(value_type) as counted
    from recent
    group by
        organisation_id,
        period,
        value_type
    union all
    select
        organisation_id,
        period,
        'value_cycle' as measure_id,
        cycle as dimension,
        count(cycle) as counted
    from recent
    group by
        organisation_id,
        period,
        cycle
    union all
    select
        periods.organisation_id,
        periods.period,
        'value_followed' as measure_id,
        '' as dimension,
        count(recent.value_type) as counted
    from results.organisation_period as periods
    inner join core.kinds_kept as kept
        on periods.organisation_id = kept.organisation_id
        and kept.kind = 'value_records'
    left join recent
        on periods.organisation_id = recent.organisation_id
        and periods.period = recent.period
    group by
        periods.organisation_id,
        periods.period
),

latest as (
    select
        periods.organisation_id,
        periods.period,
        followed.value_type,
        followed.baseline,
        followed.target,
        followed.measured,
        row_number() over (
            partition by
                periods.organisation_id,
                periods.period,
                followed.network_id,
                followed.measure_key,
                followed.unit_key,
                followed.solution_id
            order by followed.measured_date desc, followed.record_key desc
        ) as latest
    from results.organisation_period as periods
    inner join followed
        on periods.organisation_id = followed.organisation_id
        and periods.counted_to >= followed.measured_date
),

outcomes as (
    select
        organisation_id,
        period,
        value_type,
        case
            when target is null then 'no_target'
            when target >= baseline and measured >= target - 1e-9 then 'reached'
            when target < baseline and measured <= target + 1e-9 then 'reached'
            when abs(measured - baseline) <= 1e-9 then 'unchanged'
            when (measured > baseline and target >= baseline) or (measured < baseline and target < baseline) then 'towards'
            else 'away'
        end as outcome
    from latest
    where latest = 1
),

outcome_counts as (
    select
        organisation_id,
        period,
        value_type || '/' || outcome as dimension,
        count(outcome) as counted
    from outcomes
    group by
        organisation_id,
        period,
        value_type,
        outcome
    union all
    select
        organisation_id,
        period,
        outcome as dimension,
        count(outcome) as counted
    from outcomes
    group by
        organisation_id,
        period,
        outcome
),

goals as (
    select
        organisation_id,
        period,
        count(case when outcome = 'reached' then outcome end) as reached,
        count(outcome) as goals
    from outcomes
    where outcome <> 'no_target'
    group by
        organisation_id,
        period
),

figures as (
    select
        organisation_id,
        period,
        'solutions_in_use' as measure_id,
        '' as dimension,
        solutions as counted
    from in_use
    union all
    select
        organisation_id,
        period,
        'places_in_use' as measure_id,
        '' as dimension,
        places as counted
    from in_use
    union all
    select
        organisation_id,
        period,
        'areas_bridged' as measure_id,
        '' as dimension,
        areas as counted
    from areas
    union all
    select
        organisation_id,
        period,
        measure_id,
        dimension,
        counted
    from follow_ups
    union all
    select
        organisation_id,
        period,
        'value_outcome' as measure_id,
        dimension,
        counted
    from outcome_counts
)

select
    organisation_id,
    period,
    measure_id,
    dimension,
    cast(null as double) as numerator,
    cast(null as double) as denominator,
    cast(counted as double) as value,
    cast(null as double) as lower,
    cast(null as double) as upper,
    cast(null as bigint) as n,
    false as suppressed
from figures
union all
select
    organisation_id,
    period,
    'people_reached' as measure_id,
    '' as dimension,
    null as numerator,
    null as denominator,
    cast(people as double) as value,
    null as lower,
    null as upper,
    places as n,
    false as suppressed
from reached
union all
select
    organisation_id,
    period,
    'goals_reached' as measure_id,
    '' as dimension,
    cast(reached as double) as numerator,
    cast(goals as double) as denominator,
    reached / nullif(cast(goals as double), 0) as value,
    null as lower,
    null as upper,
    goals as n,
    false as suppressed
from goals
