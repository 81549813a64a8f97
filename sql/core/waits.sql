-- Ventetiderne bag overlevelseskurverne: fra behov til ansøgning (R4.4), og fra test til basis (R8.5); nogle er ikke slut.
-- / Waits a survival curve is drawn from: need to application (R4.4), and test to base (R8.5); some not over yet.
-- Grain:   one row per organisation_id, network_id, period, basis, indicator_id and solution_id; active networks.
-- Window:  waits that had begun by counted_to (t' of the contract); a negative wait is 0 days.
-- Defined: docs/indicators.md#survival
with

capital_waits as (
    select
        units.organisation_id,
        units.network_id,
        units.period,
        units.basis,
        'R4.4' as indicator_id,
        solutions.solution_id,
        'solutions' as start_kind,
        solutions.record_key as start_key,
        solutions.need_date as start_date,
        case
            when sent.record_key is not null then 'applications'
            when stopped.record_key is not null then 'adoption_events'
        end as end_kind,
        coalesce(sent.record_key, stopped.record_key) as end_key,
        coalesce(sent.sent_date, stopped.reached_date, units.counted_to) as over_date,
        sent.record_key is not null as reached
    from core.units
    inner join core.solutions as solutions
        on units.organisation_id = solutions.organisation_id
        and units.network_id = solutions.network_id
        and units.counted_to >= solutions.need_date
        and solutions.capital_need > 0
    left join core.first_applications as sent
        on units.organisation_id = sent.organisation_id
        and units.network_id = sent.network_id
        and units.basis = sent.basis
        and solutions.solution_id = sent.solution_id
        and units.counted_to >= sent.sent_date
    left join core.milestones as stopped
        on units.organisation_id = stopped.organisation_id
        and units.network_id = stopped.network_id
        and units.basis = stopped.basis
        and solutions.solution_id = stopped.solution_id
        and units.counted_to >= stopped.reached_date
        and stopped.milestone = 'stopped'
    where units.phase = 'active'
),

base_waits as (
    select
        units.organisation_id,
        units.network_id,
        units.period,
        units.basis,
        'R8.5' as indicator_id,
        tested.solution_id,
        'adoption_events' as start_kind,
        tested.record_key as start_key,
        tested.reached_date as start_date,
        case when adopted.record_key is not null then 'adoption_events' end as end_kind,
        adopted.record_key as end_key,
        coalesce(adopted.reached_date, units.counted_to) as over_date,
        adopted.record_key is not null as reached
    from core.units
    inner join core.milestones as tested
        on units.organisation_id = tested.organisation_id
        and units.network_id = tested.network_id
        and units.basis = tested.basis
        and units.counted_to >= tested.reached_date
        and tested.milestone = 'tested'
    left join core.milestones as adopted
        on tested.organisation_id = adopted.organisation_id
        and tested.network_id = adopted.network_id
        and tested.basis = adopted.basis
        and tested.solution_id = adopted.solution_id
        and units.counted_to >= adopted.reached_date
        and adopted.milestone = 'adopted'
    where units.phase = 'active'
),

waits as (
    select * from capital_waits
    union all
    select * from base_waits
)

select
    organisation_id,
    network_id,
    period,
    basis,
    indicator_id,
    solution_id,
    start_kind,
    start_key,
    end_kind,
    end_key,
    case when over_date > start_date then date_diff('day', start_date, over_date) else 0 end as wait_days,
    reached
from waits
