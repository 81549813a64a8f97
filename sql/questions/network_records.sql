-- Alt om ét netværk i tidens orden: netværket selv, roller, faser, løsninger, penge, optagelse, ejerskab, samspil og værdi
-- / Everything about one network in order of time: itself, roles, phases, solutions, money, adoption, ownership, contact, value
-- Macro: audit.network_records(organisation, network)
-- Ask:   select * from audit.network_records(':organisation', ':network')
-- People stand by id; the pulse is anonymous and not here. The address leads to the row of the spreadsheet.
-- Grain: record_kind, record_key.
with

asked as (
    select
        organisation as organisation_id,
        network as network_id
),

records as (
    select
        networks.organisation_id,
        networks.network_id,
        networks.start_date as happened_on,
        'networks' as record_kind,
        networks.record_key,
        networks.network_type as what,
        networks.title as detail,
        cast(null as varchar) as person_id,
        cast(null as decimal(18, 2)) as amount
    from main.networks
    union all
    select
        organisation_id,
        network_id,
        valid_from as happened_on,
        'roles' as record_kind,
        record_key,
        role as what,
        cast(valid_to as varchar) as detail,
        person_id,
        null as amount
    from main.roles
    union all
    select
        organisation_id,
        network_id,
        coalesce(actual_date, planned_date) as happened_on,
        'phases' as record_kind,
        record_key,
        cast(phase as varchar) as what,
        case when actual_date is null then 'planned' else 'actual' end as detail,
        null as person_id,
        null as amount
    from main.phases
    union all
    select
        organisation_id,
        network_id,
        idea_date as happened_on,
        'solutions' as record_kind,
        record_key,
        solution_id as what,
        title as detail,
        null as person_id,
        capital_need as amount
    from main.solutions
    union all
    select
        organisation_id,
        network_id,
        coalesce(decided_date, submitted_date) as happened_on,
        'applications' as record_kind,
        record_key,
        status as what,
        source || '/' || purpose as detail,
        responsible_id as person_id,
        coalesce(amount_granted, amount_applied) as amount
    from main.applications
    union all
    select
        solutions.organisation_id,
        solutions.network_id,
        adoption_events.date as happened_on,
        'adoption_events' as record_kind,
        adoption_events.record_key,
        adoption_events.event as what,
        adoption_events.solution_id || ', ' || adoption_events.unit as detail,
        adoption_events.manager_id as person_id,
        null as amount
    from main.adoption_events
    inner join main.solutions
        on adoption_events.organisation_id = solutions.organisation_id
        and adoption_events.solution_id = solutions.solution_id
    union all
    select
        organisation_id,
        network_id,
        identified_date as happened_on,
        'central_managers' as record_kind,
        record_key,
        'identified' as what,
        cast(removed_date as varchar) as detail,
        manager_id as person_id,
        null as amount
    from main.central_managers
    union all
    select
        organisation_id,
        network_id,
        date as happened_on,
        'ownership' as record_kind,
        record_key,
        'relevance ' || relevance || ', ownership ' || ownership as what,
        commitment as detail,
        manager_id as person_id,
        null as amount
    from main.ownership
    union all
    select
        organisation_id,
        network_id,
        date as happened_on,
        'touchpoints' as record_kind,
        record_key,
        kind as what,
        coalesce(counterpart, audience, outcome, agenda) as detail,
        by_id as person_id,
        null as amount
    from main.touchpoints
    union all
    select
        organisation_id,
        network_id,
        date as happened_on,
        'value_records' as record_kind,
        record_key,
        value_type as what,
        measure as detail,
        null as person_id,
        null as amount
    from main.value_records
)

select
    records.happened_on,
    records.record_kind,
    records.record_key,
    records.what,
    records.detail,
    records.person_id,
    records.amount,
    delivery.path,
    record.sheet,
    record.row_number
from asked
inner join records
    on asked.organisation_id = records.organisation_id
    and asked.network_id = records.network_id
left join audit.record
    on records.organisation_id = record.organisation_id
    and records.record_kind = record.record_kind
    and records.record_key = record.record_key
left join audit.delivery on record.delivery_sequence = delivery.sequence
order by
    records.happened_on asc nulls first,
    records.record_kind asc,
    records.record_key asc
