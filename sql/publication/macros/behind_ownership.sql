-- Registreringerne bag organisationens tal om ejerskab: de centrale ledere på niveau 4-5, deres svar og hvad de gjorde
-- / The records behind the organisation's figures on ownership: central managers at level 4-5, their answers, what they did
-- Macro: audit.behind_ownership(organisation, period)
-- Grain: measure_id, dimension, part, subject, record_kind, record_key; a subject is a manager's place in a network.
with

asked as (
    select
        organisation as organisation_id,
        period as quarter
),

units as (
    select
        network_quarter.*,
        target.window_months
    from asked
    inner join audit.network_quarter() as network_quarter
        on asked.organisation_id = network_quarter.organisation_id
        and asked.quarter = network_quarter.period
    left join main.target
        on target.organisation_id in ('', network_quarter.organisation_id)
        and target.network_type in ('', network_quarter.network_type)
        and network_quarter.period_end >= target.valid_from
        and target.window_months is not null
        and target.indicator_id = 'R6.3'
    where network_quarter.phase = 'active'
    -- Of the rows that say a window, the most specific, then the latest.
    qualify
        row_number() over (
            partition by network_quarter.network_id
            order by
                case when target.organisation_id = '' then 1 else 0 end asc,
                case when target.network_type = '' then 1 else 0 end asc,
                target.valid_from desc
        ) = 1
),

places as (
    select
        units.organisation_id,
        units.network_id,
        units.counted_to,
        units.window_months,
        central_managers.manager_id,
        central_managers.record_key as listed_key,
        people.record_key as person_key,
        units.network_id || ' / ' || central_managers.manager_id as subject
    from units
    inner join main.central_managers
        on units.organisation_id = central_managers.organisation_id
        and units.network_id = central_managers.network_id
        and units.counted_to >= central_managers.identified_date
        and (central_managers.removed_date is null or units.counted_to < central_managers.removed_date)
    inner join main.people
        on central_managers.organisation_id = people.organisation_id
        and central_managers.manager_id = people.person_id
        and units.counted_to between people.valid_from and coalesce(people.valid_to, units.counted_to)
        and people.level in (4, 5)
    left join audit.discounted_record() as discounted
        on central_managers.organisation_id = discounted.organisation_id
        and central_managers.record_key = discounted.record_key
        and discounted.record_kind = 'central_managers'
    where discounted.record_key is null
),

answers as (
    select
        places.subject,
        ownership.record_key,
        ownership.relevance >= 4 as relevant,
        ownership.ownership >= 4 or ownership.commitment <> 'none' as owning
    from places
    inner join main.ownership
        on places.organisation_id = ownership.organisation_id
        and places.network_id = ownership.network_id
        and places.manager_id = ownership.manager_id
        and places.counted_to >= ownership.date
        and cast(places.counted_to - to_months(cast(places.window_months as integer)) as date) < ownership.date
    left join audit.discounted_record() as discounted
        on ownership.organisation_id = discounted.organisation_id
        and ownership.record_key = discounted.record_key
        and discounted.record_kind = 'ownership'
    where discounted.record_key is null
    qualify
        row_number() over (partition by places.subject order by ownership.date desc, ownership.record_key desc) = 1
),

acts as (
    select
        places.subject,
        events.record_key
    from places
    inner join audit.effective_event() as events
        on places.organisation_id = events.organisation_id
        and places.network_id = events.network_id
        and places.manager_id = events.manager_id
        and places.counted_to >= events.event_date
    where events.event in ('test_started', 'adopted', 'scaled')
),

standing as (
    select
        subject,
        manager_id,
        unnest(['central_managers', 'people']) as record_kind,
        unnest([listed_key, person_key]) as record_key
    from places
),

dimensions as (
    select
        'ownership' as measure_id,
        unnest(['owning', 'not_owning', 'not_heard']) as dimension
    union all
    select
        'relevance' as measure_id,
        unnest(['relevant', 'not_relevant', 'not_heard']) as dimension
    union all
    select
        'managers_acting' as measure_id,
        '' as dimension
)

select
    dimensions.measure_id,
    dimensions.dimension,
    'denominator' as part,
    standing.subject,
    1 as counted,
    standing.record_kind,
    standing.record_key
from dimensions
cross join standing
union all
select
    unnest(['ownership', 'relevance']) as measure_id,
    unnest([
        case when owning then 'owning' else 'not_owning' end,
        case when relevant then 'relevant' else 'not_relevant' end
    ]) as dimension,
    'numerator' as part,
    subject,
    1 as counted,
    'ownership' as record_kind,
    record_key
from answers
union all
select
    unnest(['ownership', 'relevance']) as measure_id,
    'not_heard' as dimension,
    'numerator' as part,
    standing.subject,
    1 as counted,
    standing.record_kind,
    standing.record_key
from standing
left join answers on standing.subject = answers.subject
where answers.subject is null
union all
select
    'managers_acting' as measure_id,
    '' as dimension,
    'numerator' as part,
    subject,
    1 as counted,
    'adoption_events' as record_kind,
    record_key
from acts
union all
select
    'managers_asked' as measure_id,
    '' as dimension,
    'numerator' as part,
    manager_id as subject,
    1 as counted,
    record_kind,
    record_key
from standing
