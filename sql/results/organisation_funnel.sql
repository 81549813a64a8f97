-- Fra idé til basis: hvor langt idéerne fra hver årgang er nået ved kvartalets sidste dag.
-- / From idea to base: how far the ideas of each season have come by the quarter's last day.
-- Grain:   one row per organisation_id, period, measure_id and dimension (step, or season/step).
-- Meaning: a season is the half-year of the idea date. Seasons with fewer than three networks are counted
--          together as pooled, never alone; with fewer than three networks in all nothing is shown.
-- Defined: docs/indicators.md#organisation
with

firsts as (
    select
        periods.organisation_id,
        periods.period,
        events.solution_id,
        max(case when events.event = 'test_started' then 1 else 0 end) as tested,
        max(case when events.event in ('adoption_decided', 'adopted', 'rejected') then 1 else 0 end) as decided,
        max(case when events.event = 'adopted' then 1 else 0 end) as in_base,
        max(case when events.event = 'rejected' then 1 else 0 end) as turned_down,
        min(case when events.event = 'test_ended' then events.date end) as test_ended_date,
        max(periods.counted_to) as counted_to,
        count(distinct case when events.event in ('adopted', 'scaled') then events.unit_key end) as units
    from core.adoption_events as events
    inner join results.organisation_period as periods
        on events.organisation_id = periods.organisation_id
        and events.date <= periods.counted_to
    where events.basis = 'counted'
    group by
        periods.organisation_id,
        periods.period,
        events.solution_id
),

ideas as (
    select
        solutions.organisation_id,
        periods.period,
        solutions.network_id,
        solutions.solution_id,
        cast(extract(year from solutions.idea_date) as varchar)
        || case when extract(month from solutions.idea_date) <= 6 then 'H1' else 'H2' end as own_season,
        coalesce(firsts.tested, 0) as tested,
        coalesce(firsts.decided, 0) as decided,
        coalesce(firsts.in_base, 0) as in_base,
        case when firsts.units >= 2 then 1 else 0 end as scaled,
        case when firsts.turned_down = 1 and firsts.in_base = 0 then 1 else 0 end as turned_down
    from core.solutions as solutions
    inner join results.organisation_period as periods
        on solutions.organisation_id = periods.organisation_id
        and solutions.idea_date <= periods.counted_to
    left join firsts
        on solutions.organisation_id = firsts.organisation_id
        and periods.period = firsts.period
        and solutions.solution_id = firsts.solution_id
),

seasons as (
    select
        organisation_id,
        period,
        own_season,
        count(distinct network_id) as networks
    from ideas
    group by
        organisation_id,
        period,
        own_season
),

small as (
    select
        ideas.organisation_id,
        ideas.period,
        count(distinct ideas.own_season) as seasons,
        count(distinct ideas.network_id) as networks
    from ideas
    inner join seasons
        on ideas.organisation_id = seasons.organisation_id
        and ideas.period = seasons.period
        and ideas.own_season = seasons.own_season
    where seasons.networks < 3
    group by
        ideas.organisation_id,
        ideas.period
),

ranked as (
    select
        organisation_id,
        period,
        own_season,
        networks,
        row_number() over (
            partition by organisation_id, period
            order by networks, own_season
        ) as smallest
    from seasons
    where networks >= 3
),

pools as (
    select
        organisation_id,
        period,
        own_season
    from seasons
    where networks < 3
    union all
    -- one small season alone, or a pool still too small, takes the smallest of the others with it,
    -- or it would follow by subtraction from the total
    select
        ranked.organisation_id,
        ranked.period,
        ranked.own_season
    from ranked
    inner join small
        on ranked.organisation_id = small.organisation_id
        and ranked.period = small.period
    where ranked.smallest = 1 and (small.seasons = 1 or small.networks < 3)
),

placed as (
    select
        ideas.organisation_id,
        ideas.period,
        ideas.network_id,
        ideas.solution_id,
        ideas.tested,
        ideas.decided,
        ideas.in_base,
        ideas.scaled,
        ideas.turned_down,
        case when pools.own_season is null then ideas.own_season else 'pooled' end as season
    from ideas
    left join pools
        on ideas.organisation_id = pools.organisation_id
        and ideas.period = pools.period
        and ideas.own_season = pools.own_season
),

sums as (
    select
        organisation_id,
        period,
        season || '/' as prefix,
        count(distinct network_id) as networks,
        count(solution_id) as ideas,
        sum(tested) as tested,
        sum(decided) as decided,
        sum(in_base) as in_base,
        sum(scaled) as scaled,
        sum(turned_down) as turned_down
    from placed
    group by
        organisation_id,
        period,
        season
    union all
    select
        organisation_id,
        period,
        '' as prefix,
        count(distinct network_id) as networks,
        count(solution_id) as ideas,
        sum(tested) as tested,
        sum(decided) as decided,
        sum(in_base) as in_base,
        sum(scaled) as scaled,
        sum(turned_down) as turned_down
    from placed
    group by
        organisation_id,
        period
),

steps as (
    select 'idea' as step
    union all
    select 'tested' as step
    union all
    select 'decided' as step
    union all
    select 'turned_down' as step
    union all
    select 'in_base' as step
    union all
    select 'scaled' as step
),

counts as (
    select
        sums.organisation_id,
        sums.period,
        sums.prefix,
        steps.step,
        sums.ideas,
        sums.networks < 3 as suppressed,
        case steps.step
            when 'idea' then sums.ideas
            when 'tested' then sums.tested
            when 'decided' then sums.decided
            when 'turned_down' then sums.turned_down
            when 'in_base' then sums.in_base
            else sums.scaled
        end as counted
    from sums
    cross join steps
),

tests as (
    select
        organisation_id,
        period,
        count(solution_id) as due,
        sum(decided) as decided
    from firsts
    where test_ended_date <= cast(counted_to - interval 90 days as date)
    group by
        organisation_id,
        period
),

tests_shown as (
    select
        tests.organisation_id,
        tests.period,
        tests.due,
        tests.decided,
        sums.networks < 3 as suppressed
    from tests
    inner join sums
        on tests.organisation_id = sums.organisation_id
        and tests.period = sums.period
    where sums.prefix = ''
)

select
    organisation_id,
    period,
    'funnel' as measure_id,
    prefix || step as dimension,
    cast(null as double) as numerator,
    cast(null as double) as denominator,
    case when not suppressed then cast(counted as double) end as value,
    cast(null as double) as lower,
    cast(null as double) as upper,
    cast(null as bigint) as n,
    suppressed
from counts
union all
select
    organisation_id,
    period,
    'funnel_share' as measure_id,
    prefix || step as dimension,
    case when not suppressed then cast(counted as double) end as numerator,
    case when not suppressed then cast(ideas as double) end as denominator,
    case when not suppressed then counted / nullif(cast(ideas as double), 0) end as value,
    null as lower,
    null as upper,
    case when not suppressed then ideas end as n,
    suppressed
from counts
where step <> 'idea'
union all
select
    organisation_id,
    period,
    'tests_decided' as measure_id,
    '' as dimension,
    case when not suppressed then cast(decided as double) end as numerator,
    case when not suppressed then cast(due as double) end as denominator,
    case when not suppressed then decided / nullif(cast(due as double), 0) end as value,
    null as lower,
    null as upper,
    case when not suppressed then due end as n,
    suppressed
from tests_shown
union all
select
    organisation_id,
    period,
    'tests_waiting' as measure_id,
    '' as dimension,
    null as numerator,
    null as denominator,
    case when not suppressed then cast(due - decided as double) end as value,
    null as lower,
    null as upper,
    null as n,
    suppressed
from tests_shown
