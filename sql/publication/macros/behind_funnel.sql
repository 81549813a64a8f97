-- Registreringerne bag organisationens tal fra idé til basis: hvor langt idéerne er nået, og test, der er afgjort
-- / The records behind the organisation's figures from idea to base: how far the ideas have come, and tests decided
-- Macro: audit.behind_funnel(organisation, period)
-- A season that has no figure of its own is counted in the one called pooled.
-- Grain: measure_id, dimension, part, subject, record_kind, record_key; a subject is a solution.
with

asked as (
    select
        organisation as organisation_id,
        period as quarter
),

quarters as (
    select organisation_quarter.*
    from asked
    inner join audit.organisation_quarter() as organisation_quarter
        on asked.organisation_id = organisation_quarter.organisation_id
        and asked.quarter = organisation_quarter.period
),

own_seasons as (
    select organisation_result.dimension
    from asked
    inner join main.organisation_result
        on asked.organisation_id = organisation_result.organisation_id
        and asked.quarter = organisation_result.period
    where organisation_result.measure_id = 'funnel' and organisation_result.dimension like '%/idea'
),

events as (
    select
        effective_event.*,
        quarters.counted_to
    from quarters
    inner join audit.effective_event() as effective_event
        on quarters.organisation_id = effective_event.organisation_id
        and quarters.counted_to >= effective_event.event_date
),

firsts as (
    select
        solution_id,
        count(*) filter (where event = 'adopted') > 0 as in_base,
        count(distinct unit) filter (where event in ('adopted', 'scaled')) >= 2 as scaled,
        min(event_date) filter (where event = 'test_ended') as test_ended_date
    from events
    group by solution_id
),

reached as (
    select
        events.solution_id,
        events.record_key,
        unnest(
            case
                when events.event = 'test_started' then ['tested']
                when events.event = 'adoption_decided' then ['decided']
                when events.event = 'rejected' and firsts.in_base then ['decided']
                when events.event = 'rejected' then ['decided', 'turned_down']
                when events.event = 'adopted' and firsts.scaled then ['decided', 'in_base', 'scaled']
                when events.event = 'adopted' then ['decided', 'in_base']
                when events.event = 'scaled' and firsts.scaled then ['scaled']
                else []
            end
        ) as step
    from events
    inner join firsts on events.solution_id = firsts.solution_id
),

ideas as (
    select
        solutions.solution_id,
        solutions.record_key,
        cast(year(solutions.idea_date) as varchar)
        || case when month(solutions.idea_date) <= 6 then 'H1' else 'H2' end as season
    from quarters
    inner join main.solutions
        on quarters.organisation_id = solutions.organisation_id
        and quarters.counted_to >= solutions.idea_date
),

placed as (
    select
        ideas.solution_id,
        ideas.record_key,
        unnest(['', case when own_seasons.dimension is null then 'pooled/' else ideas.season || '/' end]) as prefix
    from ideas
    left join own_seasons on ideas.season || '/idea' = own_seasons.dimension
),

counted_steps as (
    select
        placed.solution_id,
        placed.prefix || 'idea' as dimension,
        'solutions' as record_kind,
        placed.record_key
    from placed
    union all
    select
        placed.solution_id,
        placed.prefix || reached.step as dimension,
        'adoption_events' as record_kind,
        reached.record_key
    from placed
    inner join reached on placed.solution_id = reached.solution_id
),

tests as (
    select
        events.solution_id,
        events.record_key
    from events
    inner join firsts
        on events.solution_id = firsts.solution_id
        and events.event_date = firsts.test_ended_date
    where
        events.event = 'test_ended'
        and firsts.test_ended_date <= cast(events.counted_to - interval 90 days as date)
),

decisions as (
    select distinct
        tests.solution_id,
        reached.record_key
    from tests
    inner join reached on tests.solution_id = reached.solution_id
    where reached.step = 'decided'
)

select
    unnest(['funnel', 'funnel_share']) as measure_id,
    dimension,
    'numerator' as part,
    solution_id as subject,
    1 as counted,
    record_kind,
    record_key
from counted_steps
union all
select
    'funnel_share' as measure_id,
    prefix || unnest(['tested', 'decided', 'turned_down', 'in_base', 'scaled']) as dimension,
    'denominator' as part,
    solution_id as subject,
    1 as counted,
    'solutions' as record_kind,
    record_key
from placed
union all
select
    'tests_decided' as measure_id,
    '' as dimension,
    'denominator' as part,
    solution_id as subject,
    1 as counted,
    'adoption_events' as record_kind,
    record_key
from tests
union all
select
    'tests_decided' as measure_id,
    '' as dimension,
    'numerator' as part,
    solution_id as subject,
    1 as counted,
    'adoption_events' as record_kind,
    record_key
from decisions
union all
select
    'tests_waiting' as measure_id,
    '' as dimension,
    'numerator' as part,
    tests.solution_id as subject,
    1 as counted,
    'adoption_events' as record_kind,
    tests.record_key
from tests
left join decisions on tests.solution_id = decisions.solution_id
where decisions.solution_id is null
