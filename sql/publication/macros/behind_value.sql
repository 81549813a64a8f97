-- Registreringerne bag organisationens tal om værdi: løsninger i brug, mennesker nået, områder forbundet, mål nået
-- / The records behind the organisation's figures on value: solutions in use, people reached, areas bridged, goals reached
-- Macro: audit.behind_value(organisation, period)
-- Grain: measure_id, dimension, part, subject, record_kind, record_key; counted is the reach told, or 1.
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

events as (
    select effective_event.*
    from quarters
    inner join audit.effective_event() as effective_event
        on quarters.organisation_id = effective_event.organisation_id
        and quarters.counted_to >= effective_event.event_date
    where effective_event.event in ('adopted', 'scaled', 'discontinued')
),

-- The latest day a unit was heard of; discontinued counts last on its day.
latest_days as (
    select
        events.*,
        max(events.event_date) over place as latest_date,
        count(*) filter (where events.event = 'discontinued') over day as stopped_that_day
    from events
    window
        place as (partition by events.solution_id, events.unit),
        day as (partition by events.solution_id, events.unit, events.event_date)
),

in_use as (
    select
        solution_id,
        unit,
        max(record_key) as record_key
    from latest_days
    where event_date = latest_date and stopped_that_day = 0
    group by
        solution_id,
        unit
),

told as (
    select
        in_use.solution_id,
        in_use.unit,
        events.record_key,
        events.reach
    from in_use
    inner join events
        on in_use.solution_id = events.solution_id
        and in_use.unit = events.unit
    where events.event in ('adopted', 'scaled') and events.reach is not null
    qualify
        row_number() over (
            partition by in_use.solution_id, in_use.unit
            order by events.event_date desc, events.reach desc, events.record_key desc
        ) = 1
),

bridged as (
    select
        upper(trim(
            regexp_replace(regexp_replace(people.area, '[\x{2010}-\x{2015}\x{2212}]', '-', 'g'), '\s+', ' ', 'g')
        )) as area,
        roles.record_key as role_key,
        people.record_key as person_key
    from asked
    inner join audit.network_quarter() as units
        on asked.organisation_id = units.organisation_id
        and asked.quarter = units.period
        and units.phase = 'active'
    inner join main.roles
        on units.organisation_id = roles.organisation_id
        and units.network_id = roles.network_id
        and units.counted_to between roles.valid_from and coalesce(roles.valid_to, units.counted_to)
    inner join main.people
        on roles.organisation_id = people.organisation_id
        and roles.person_id = people.person_id
        and units.counted_to between people.valid_from and coalesce(people.valid_to, units.counted_to)
    where people.area is not null
),

followed as (
    select
        value_records.*,
        value_records.date > quarters.year_before as recent,
        row_number() over (
            partition by
                value_records.network_id,
                upper(trim(regexp_replace(value_records.measure, '\s+', ' ', 'g'))),
                upper(trim(regexp_replace(value_records.unit, '\s+', ' ', 'g'))),
                value_records.solution_id
            order by value_records.date desc, value_records.record_key desc
        ) as place
    from quarters
    inner join main.value_records
        on quarters.organisation_id = value_records.organisation_id
        and quarters.counted_to >= value_records.date
    left join audit.discounted_record() as discounted
        on value_records.organisation_id = discounted.organisation_id
        and value_records.record_key = discounted.record_key
        and discounted.record_kind = 'value_records'
    where
        discounted.record_key is null
        and value_records.baseline is not null
        and value_records.measured is not null
),

outcomes as (
    select
        record_key,
        value_type,
        case
            when target is null then 'no_target'
            when target >= baseline and measured >= target - 1e-9 then 'reached'
            when target < baseline and measured <= target + 1e-9 then 'reached'
            when abs(measured - baseline) <= 1e-9 then 'unchanged'
            when (measured > baseline and target >= baseline) or (measured < baseline and target < baseline)
                then 'towards'
            else 'away'
        end as outcome
    from followed
    where place = 1
)

select
    'solutions_in_use' as measure_id,
    '' as dimension,
    'numerator' as part,
    solution_id as subject,
    1 as counted,
    'adoption_events' as record_kind,
    record_key
from in_use
union all
select
    'places_in_use' as measure_id,
    '' as dimension,
    'numerator' as part,
    solution_id || ' / ' || unit as subject,
    1 as counted,
    'adoption_events' as record_kind,
    record_key
from in_use
union all
select
    'people_reached' as measure_id,
    '' as dimension,
    'numerator' as part,
    in_use.solution_id || ' / ' || in_use.unit as subject,
    told.reach as counted,
    'adoption_events' as record_kind,
    unnest(list_distinct([in_use.record_key, told.record_key])) as record_key
from in_use
inner join told
    on in_use.solution_id = told.solution_id
    and in_use.unit = told.unit
union all
select
    'areas_bridged' as measure_id,
    '' as dimension,
    'numerator' as part,
    area as subject,
    1 as counted,
    unnest(['roles', 'people']) as record_kind,
    unnest([role_key, person_key]) as record_key
from bridged
union all
select
    'value_followed' as measure_id,
    unnest(['', value_type]) as dimension,
    'numerator' as part,
    record_key as subject,
    1 as counted,
    'value_records' as record_kind,
    record_key
from followed
where recent
union all
select
    'value_cycle' as measure_id,
    coalesce(cycle, 'unstated') as dimension,
    'numerator' as part,
    record_key as subject,
    1 as counted,
    'value_records' as record_kind,
    record_key
from followed
where recent
union all
select
    'value_outcome' as measure_id,
    unnest([outcome, value_type || '/' || outcome]) as dimension,
    'numerator' as part,
    record_key as subject,
    1 as counted,
    'value_records' as record_kind,
    record_key
from outcomes
union all
select
    'goals_reached' as measure_id,
    '' as dimension,
    unnest(case when outcome = 'reached' then ['numerator', 'denominator'] else ['denominator'] end) as part,
    record_key as subject,
    1 as counted,
    'value_records' as record_kind,
    record_key
from outcomes
where outcome <> 'no_target'
