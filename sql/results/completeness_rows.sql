-- Accepterede rækker efter netværk og fil: de filer, der holder et netværks rækker nu.
-- / Accepted rows by network and file: the files that hold a network's rows now.
-- Grain:   one row per organisation_id, network_id, kind and path; network_id '' where rows name no network.
-- Window:  none; all there is.
-- Defined: docs/indicators.md#completeness
with

held_rows as (
    select
        organisation_id,
        '' as network_id,
        'people' as kind,
        delivery_sequence
    from accepted.people
    union all
    select
        organisation_id,
        network_id,
        'networks' as kind,
        delivery_sequence
    from accepted.networks
    union all
    select
        organisation_id,
        network_id,
        'roles' as kind,
        delivery_sequence
    from accepted.roles
    union all
    select
        organisation_id,
        network_id,
        'phases' as kind,
        delivery_sequence
    from accepted.phases
    union all
    select
        organisation_id,
        network_id,
        'solutions' as kind,
        delivery_sequence
    from accepted.solutions
    union all
    select
        organisation_id,
        network_id,
        'applications' as kind,
        delivery_sequence
    from accepted.applications
    union all
    select
        organisation_id,
        network_id,
        'central_managers' as kind,
        delivery_sequence
    from accepted.central_managers
    union all
    select
        organisation_id,
        network_id,
        'ownership' as kind,
        delivery_sequence
    from accepted.ownership
    union all
    select
        organisation_id,
        network_id,
        'touchpoints' as kind,
        delivery_sequence
    from accepted.touchpoints
    union all
    select
        organisation_id,
        network_id,
        'value_records' as kind,
        delivery_sequence
    from accepted.value_records
    union all
    select
        organisation_id,
        network_id,
        'pulse' as kind,
        delivery_sequence
    from accepted.pulse
    union all
    select
        events.organisation_id,
        solutions.network_id,
        'adoption_events' as kind,
        events.delivery_sequence
    from accepted.adoption_events as events
    inner join accepted.solutions as solutions
        on events.organisation_id = solutions.organisation_id
        and events.solution_id = solutions.solution_id
    union all
    select
        organisation_id,
        '' as network_id,
        'disputes' as kind,
        delivery_sequence
    from accepted.disputes
)

select
    held_rows.organisation_id,
    held_rows.network_id,
    held_rows.kind,
    deliveries.path,
    count(*) as rows_held
from held_rows
inner join raw.delivery as deliveries
    on held_rows.delivery_sequence = deliveries.sequence
group by
    held_rows.organisation_id,
    held_rows.network_id,
    held_rows.kind,
    deliveries.path
