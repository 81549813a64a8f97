-- Registreringerne bag organisationens tal om, hvad tallene hviler på: netværk, rækker, udfyldte celler, begrundelser
-- / The records behind the organisation's figures on what the figures rest on: networks, records, cells filled, reasons
-- Macro: audit.behind_coverage(organisation, period)
-- Of the pulse only the deliveries with its sheet are named. A count of results names the results: record_kind is
-- indicator_result, record_key network/period/indicator, and each leads on through audit.trace.
-- Grain: measure_id, dimension, part, subject, record_kind, record_key.
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

units as (
    select network_quarter.*
    from asked
    inner join audit.network_quarter() as network_quarter
        on asked.organisation_id = network_quarter.organisation_id
        and asked.quarter = network_quarter.period
),

dated as (
    select
        'people' as record_kind,
        people.record_key,
        people.valid_from as dated_on,
        cast(null as varchar) as network_id
    from asked
    inner join main.people on asked.organisation_id = people.organisation_id
    union all
    select
        'networks' as record_kind,
        networks.record_key,
        networks.start_date as dated_on,
        networks.network_id
    from asked
    inner join main.networks on asked.organisation_id = networks.organisation_id
    union all
    select
        'roles' as record_kind,
        roles.record_key,
        roles.valid_from as dated_on,
        roles.network_id
    from asked
    inner join main.roles on asked.organisation_id = roles.organisation_id
    union all
    select
        'phases' as record_kind,
        phases.record_key,
        coalesce(phases.actual_date, phases.planned_date) as dated_on,
        phases.network_id
    from asked
    inner join main.phases on asked.organisation_id = phases.organisation_id
    union all
    select
        'solutions' as record_kind,
        solutions.record_key,
        solutions.idea_date as dated_on,
        solutions.network_id
    from asked
    inner join main.solutions on asked.organisation_id = solutions.organisation_id
    union all
    select
        'applications' as record_kind,
        applications.record_key,
        coalesce(applications.submitted_date, applications.decided_date) as dated_on,
        applications.network_id
    from asked
    inner join main.applications on asked.organisation_id = applications.organisation_id
    union all
    select
        'adoption_events' as record_kind,
        effective_event.record_key,
        effective_event.event_date as dated_on,
        effective_event.network_id
    from asked
    inner join audit.effective_event() as effective_event on asked.organisation_id = effective_event.organisation_id
    union all
    select
        'central_managers' as record_kind,
        central_managers.record_key,
        central_managers.identified_date as dated_on,
        central_managers.network_id
    from asked
    inner join main.central_managers on asked.organisation_id = central_managers.organisation_id
    union all
    select
        'ownership' as record_kind,
        ownership.record_key,
        ownership.date as dated_on,
        ownership.network_id
    from asked
    inner join main.ownership on asked.organisation_id = ownership.organisation_id
    union all
    select
        'touchpoints' as record_kind,
        touchpoints.record_key,
        touchpoints.date as dated_on,
        touchpoints.network_id
    from asked
    inner join main.touchpoints on asked.organisation_id = touchpoints.organisation_id
    union all
    select
        'value_records' as record_kind,
        value_records.record_key,
        value_records.date as dated_on,
        value_records.network_id
    from asked
    inner join main.value_records on asked.organisation_id = value_records.organisation_id
),

pulse_deliveries as (
    select distinct cast(sheet.delivery_sequence as varchar) as record_key
    from asked
    inner join audit.delivery
        on asked.organisation_id = delivery.organisation_id
        and delivery.state = 'current'
    inner join audit.sheet
        on delivery.sequence = sheet.delivery_sequence
        and sheet.kind = 'pulse'
),

cells as (
    select
        'solutions.capital_need' as dimension,
        'solutions' as record_kind,
        solutions.record_key,
        solutions.idea_date as dated_on,
        solutions.capital_need is not null as filled
    from asked
    inner join main.solutions on asked.organisation_id = solutions.organisation_id
    union all
    select
        'applications.responsible_id' as dimension,
        'applications' as record_kind,
        applications.record_key,
        applications.submitted_date as dated_on,
        applications.responsible_id is not null as filled
    from asked
    inner join main.applications on asked.organisation_id = applications.organisation_id
    where applications.source = 'external'
    union all
    select
        'adoption_events.reach' as dimension,
        'adoption_events' as record_kind,
        effective_event.record_key,
        effective_event.event_date as dated_on,
        effective_event.reach is not null as filled
    from asked
    inner join audit.effective_event() as effective_event on asked.organisation_id = effective_event.organisation_id
    where effective_event.event in ('adopted', 'scaled')
    union all
    select
        unnest(
            ['value_records.baseline', 'value_records.target', 'value_records.measured', 'value_records.cycle']
        ) as dimension,
        'value_records' as record_kind,
        value_records.record_key,
        value_records.date as dated_on,
        unnest([
            value_records.baseline is not null,
            value_records.target is not null,
            value_records.measured is not null,
            value_records.cycle is not null
        ]) as filled
    from asked
    inner join main.value_records on asked.organisation_id = value_records.organisation_id
),

results as (
    select
        indicator_result.network_id || '/' || indicator_result.period || '/' || indicator_result.indicator_id as record_key,
        case
            when indicator_result.status in ('fulfilled', 'partly', 'not_fulfilled') then 'judged'
            else indicator_result.reason
        end as why
    from asked
    inner join main.indicator_result
        on asked.organisation_id = indicator_result.organisation_id
        and asked.quarter = indicator_result.period
    where
        indicator_result.phase = 'active'
        and indicator_result.responsibility_id <> ''
        and indicator_result.indicator_id not like '%.P'
        and indicator_result.status <> 'informative'
),

reasons as (
    select distinct why
    from results
    where why is not null
)

select
    'networks_active' as measure_id,
    unnest(['', network_type]) as dimension,
    'numerator' as part,
    network_id as subject,
    1 as counted,
    'networks' as record_kind,
    record_key
from units
where phase = 'active'
union all
select
    'networks_followed' as measure_id,
    '' as dimension,
    'numerator' as part,
    network_id as subject,
    1 as counted,
    'networks' as record_kind,
    record_key
from units
where phase = 'follow_up'
union all
select
    'records' as measure_id,
    dated.record_kind as dimension,
    'numerator' as part,
    dated.record_key as subject,
    1 as counted,
    dated.record_kind,
    dated.record_key
from quarters
inner join dated on quarters.counted_to >= dated.dated_on
union all
select
    unnest(['records', 'networks_covered']) as measure_id,
    'pulse' as dimension,
    'denominator' as part,
    record_key as subject,
    cast(null as double) as counted,
    'delivery' as record_kind,
    record_key
from pulse_deliveries
union all
select
    'networks_covered' as measure_id,
    unnest([
        'roles', 'phases', 'solutions', 'applications', 'adoption_events', 'central_managers', 'ownership',
        'touchpoints', 'value_records'
    ]) as dimension,
    'denominator' as part,
    network_id as subject,
    1 as counted,
    'networks' as record_kind,
    record_key
from units
where phase = 'active'
union all
select
    'networks_covered' as measure_id,
    dated.record_kind as dimension,
    'numerator' as part,
    units.network_id as subject,
    1 as counted,
    dated.record_kind,
    dated.record_key
from units
inner join dated
    on units.network_id = dated.network_id
    and units.counted_to >= dated.dated_on
where units.phase = 'active' and dated.record_kind <> 'networks'
union all
select
    'cells_filled' as measure_id,
    cells.dimension,
    unnest(case when cells.filled then ['numerator', 'denominator'] else ['denominator'] end) as part,
    cells.record_key as subject,
    1 as counted,
    cells.record_kind,
    cells.record_key
from quarters
inner join cells on quarters.counted_to >= cells.dated_on
union all
select
    'results_by_reason' as measure_id,
    reasons.why as dimension,
    unnest(
        case when results.why = reasons.why then ['numerator', 'denominator'] else ['denominator'] end
    ) as part,
    results.record_key as subject,
    1 as counted,
    'indicator_result' as record_kind,
    results.record_key
from reasons
inner join results on results.why is not null
