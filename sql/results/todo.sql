-- Hvad der venter på sekretariatet: afgørelser, faser, ledere, vurderinger, indsigelser og navne at spørge om.
-- / What waits for the secretariat: decisions, phases, managers, assessments, disputes and names to ask about.
-- Grain:   one row per organisation_id, network_id, task, record_kind and record_key.
-- Window:  as it stands on as_of, in the quarter that holds it; active networks. Ids only, no names of people.
-- Defined: docs/indicators.md#todo
with

active as (
    select
        units.organisation_id,
        units.network_id,
        units.period,
        units.counted_to,
        units.reference_leader_id
    from core.units
    inner join calendar.as_of as as_of
        on units.organisation_id = as_of.organisation_id
        and units.period_end = as_of.as_of
    where
        units.basis = 'counted'
        and units.phase = 'active'
),

applications_waiting as (
    select
        active.organisation_id,
        active.network_id,
        'application_without_decision' as task,
        'applications' as record_kind,
        applications.record_key,
        applications.submitted_date as since_date
    from active
    inner join core.applications as applications
        on active.organisation_id = applications.organisation_id
        and active.network_id = applications.network_id
    where
        applications.basis = 'counted'
        and applications.status = 'submitted'
        and (applications.submitted_date is null or applications.submitted_date <= active.counted_to)
),

phases_due as (
    select
        active.organisation_id,
        active.network_id,
        'phase_due' as task,
        'phases' as record_kind,
        phases.record_key,
        phases.planned_date as since_date
    from active
    inner join core.phases as phases
        on active.organisation_id = phases.organisation_id
        and active.network_id = phases.network_id
        and active.counted_to >= phases.planned_date
    where
        phases.basis = 'counted'
        and (phases.actual_date is null or phases.actual_date > active.counted_to)
),

managers_not_heard as (
    select
        active.organisation_id,
        active.network_id,
        'manager_not_heard' as task,
        'central_managers' as record_kind,
        records.record_key,
        records.identified_date as since_date
    from active
    inner join core.unit_managers as managers
        on active.organisation_id = managers.organisation_id
        and active.network_id = managers.network_id
        and active.period = managers.period
    inner join core.central_managers as records
        on managers.organisation_id = records.organisation_id
        and managers.network_id = records.network_id
        and managers.basis = records.basis
        and managers.manager_id = records.manager_id
        and active.counted_to >= records.identified_date
        and (records.removed_date is null or active.counted_to < records.removed_date)
    where
        managers.basis = 'counted'
        and managers.central
        and managers.ownership_record_key is null
),

-- Where something is missing altogether, the record is the network itself.
assessments as (
    select
        active.organisation_id,
        active.network_id,
        max(touchpoints.date) as assessed_date
    from active
    inner join core.windows as windows
        on active.organisation_id = windows.organisation_id
        and active.network_id = windows.network_id
        and active.period = windows.period
        and windows.indicator_id = 'R9.1'
    inner join core.touchpoints as touchpoints
        on active.organisation_id = touchpoints.organisation_id
        and active.network_id = touchpoints.network_id
        and active.counted_to >= touchpoints.date
        and windows.after_date < touchpoints.date
    where
        touchpoints.basis = 'counted'
        and touchpoints.kind = 'political_assessment'
    group by
        active.organisation_id,
        active.network_id
),

assessments_missing as (
    select
        active.organisation_id,
        active.network_id,
        'assessment_missing' as task,
        'networks' as record_kind,
        active.network_id as record_key,
        cast(null as date) as since_date
    from active
    inner join core.kinds_kept as kept
        on active.organisation_id = kept.organisation_id
        and kept.kind = 'touchpoints'
    left join assessments
        on active.organisation_id = assessments.organisation_id
        and active.network_id = assessments.network_id
    where assessments.assessed_date is null
),

leaders_missing as (
    select
        organisation_id,
        network_id,
        'leader_missing' as task,
        'networks' as record_kind,
        network_id as record_key,
        cast(null as date) as since_date
    from active
    where reference_leader_id is null
),

tests_ended as (
    select
        active.organisation_id,
        active.network_id,
        solutions.solution_id,
        solutions.record_key,
        min(events.date) filter (where events.event = 'test_ended') as since_date,
        count(*) filter (where events.event in ('adopted', 'adoption_decided', 'rejected')) as decisions
    from active
    inner join core.solutions as solutions
        on active.organisation_id = solutions.organisation_id
        and active.network_id = solutions.network_id
    inner join core.adoption_events as events
        on solutions.organisation_id = events.organisation_id
        and solutions.solution_id = events.solution_id
        and active.counted_to >= events.date
    where events.basis = 'counted'
    group by
        active.organisation_id,
        active.network_id,
        solutions.solution_id,
        solutions.record_key
),

tests_undecided as (
    select
        organisation_id,
        network_id,
        'test_without_decision' as task,
        'solutions' as record_kind,
        record_key,
        since_date
    from tests_ended
    where
        since_date is not null
        and decisions = 0
),

disputes_open as (
    select
        organisation_id,
        '' as network_id,
        'dispute_without_decision' as task,
        'disputes' as record_kind,
        dispute_id as record_key,
        raised_date as since_date
    from accepted.disputes
    where outcome is null
),

names_to_ask_about as (
    select
        organisation_id,
        '' as network_id,
        'name_to_ask_about' as task,
        'people' as record_kind,
        concat(earlier_name, ' / ', later_name) as record_key,
        first_day as since_date
    from accepted.alias_question
),

tasks as (
    select * from applications_waiting
    union all
    select * from phases_due
    union all
    select * from managers_not_heard
    union all
    select * from assessments_missing
    union all
    select * from leaders_missing
    union all
    select * from tests_undecided
    union all
    select * from disputes_open
    union all
    select * from names_to_ask_about
)

select
    tasks.organisation_id,
    tasks.network_id,
    tasks.task,
    tasks.record_kind,
    tasks.record_key,
    tasks.since_date,
    cast(date_diff('day', tasks.since_date, as_of.as_of) as integer) as days_waited
from tasks
inner join calendar.as_of as as_of
    on tasks.organisation_id = as_of.organisation_id
