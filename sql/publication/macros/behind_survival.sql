-- Registreringerne bag de to kurver: fra første test til basis, og hvor længe en løsning lever efter netværket
-- / The records behind the two curves: from the first test to base, and how long a solution lives after the network
-- Macro: audit.behind_survival(organisation, period)
-- Every point of a curve rests on the same solutions: dimension is empty (null). counted is the days waited, a row with
-- part numerator is a wait that ended.
-- Grain: measure_id, part, subject, record_kind, record_key; a subject is a solution.
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
    select
        effective_event.*,
        quarters.counted_to
    from quarters
    inner join audit.effective_event() as effective_event on quarters.organisation_id = effective_event.organisation_id
),

firsts as (
    select
        events.solution_id,
        events.network_id,
        events.counted_to,
        networks.record_key as network_key,
        networks.end_date,
        min(events.event_date) filter (where events.event = 'test_started') as tested_date,
        min(events.event_date) filter (where events.event = 'adopted') as adopted_date
    from asked
    inner join main.networks on asked.organisation_id = networks.organisation_id
    inner join events on networks.network_id = events.network_id
    group by
        events.solution_id,
        events.network_id,
        events.counted_to,
        networks.record_key,
        networks.end_date
),

-- In use from an event's day to the day before the next; discontinued counts last on its day.
days as (
    select
        solution_id,
        unit,
        event_date,
        count(*) filter (where event = 'discontinued') > 0 as stopped
    from events
    where event in ('adopted', 'scaled', 'discontinued')
    group by
        solution_id,
        unit,
        event_date
),

spans as (
    select
        *,
        lead(event_date) over (partition by solution_id, unit order by event_date) as next_date
    from days
),

uses as (
    select
        solution_id,
        event_date as used_from,
        next_date as used_until
    from spans
    where not stopped
),

closings as (
    select
        firsts.*,
        greatest(firsts.adopted_date, firsts.end_date) as origin_date
    from firsts
    where firsts.adopted_date is not null and firsts.end_date is not null
),

kept as (
    select distinct
        closings.solution_id,
        closings.counted_to,
        closings.network_key,
        closings.origin_date
    from closings
    inner join uses
        on closings.solution_id = uses.solution_id
        and closings.origin_date >= uses.used_from
        and (uses.used_until is null or closings.origin_date < uses.used_until)
),

-- The first later day on which a unit stops and no unit uses it.
stops as (
    select
        kept.solution_id,
        stopping.used_until as stopped_date
    from kept
    inner join uses as stopping
        on kept.solution_id = stopping.solution_id
        and kept.origin_date < stopping.used_until
    left join uses as others
        on stopping.solution_id = others.solution_id
        and stopping.used_until >= others.used_from
        and (others.used_until is null or stopping.used_until < others.used_until)
    where others.solution_id is null
),

waits as (
    select
        'after_closing' as curve,
        kept.solution_id,
        kept.counted_to,
        kept.network_key,
        kept.origin_date,
        min(stops.stopped_date) as ended_date
    from kept
    left join stops on kept.solution_id = stops.solution_id
    group by
        kept.solution_id,
        kept.counted_to,
        kept.network_key,
        kept.origin_date
    union all
    select
        'to_base' as curve,
        solution_id,
        counted_to,
        network_key,
        tested_date as origin_date,
        case when adopted_date < tested_date then tested_date else adopted_date end as ended_date
    from firsts
    where tested_date is not null
),

waited as (
    select
        curve,
        solution_id,
        counted_to,
        network_key,
        date_diff(
            'day', origin_date, case when ended_date <= counted_to then ended_date else counted_to end
        ) as days,
        case when ended_date <= counted_to then ['numerator', 'denominator'] else ['denominator'] end as parts
    from waits
    where origin_date <= counted_to
),

records as (
    select
        waited.curve,
        waited.solution_id,
        waited.days,
        waited.parts,
        'adoption_events' as record_kind,
        events.record_key
    from waited
    inner join events
        on waited.solution_id = events.solution_id
        and waited.counted_to >= events.event_date
    where
        (waited.curve = 'to_base' and events.event in ('test_started', 'adopted'))
        or (waited.curve = 'after_closing' and events.event in ('adopted', 'scaled', 'discontinued'))
    union all
    select
        curve,
        solution_id,
        days,
        parts,
        'networks' as record_kind,
        network_key as record_key
    from waited
    where curve = 'after_closing'
),

parted as (
    select
        curve,
        solution_id,
        days,
        record_kind,
        record_key,
        unnest(parts) as part
    from records
)

select
    curve || unnest(['_step', '_mark']) as measure_id,
    cast(null as varchar) as dimension,
    part,
    solution_id as subject,
    days as counted,
    record_kind,
    record_key
from parted
