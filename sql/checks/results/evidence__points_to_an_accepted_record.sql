-- Belæg, der nævner en registrering, som ikke er accepteret.
-- / Evidence that names a record which is not accepted.
-- Usual cause: a key put together otherwise than where the record was accepted.
-- Blocking: yes
with

records as (
    select
        organisation_id,
        'people' as record_kind,
        record_key
    from accepted.people
    union all
    select
        organisation_id,
        'networks' as record_kind,
        record_key
    from accepted.networks
    union all
    select
        organisation_id,
        'roles' as record_kind,
        record_key
    from accepted.roles
    union all
    select
        organisation_id,
        'phases' as record_kind,
        record_key
    from accepted.phases
    union all
    select
        organisation_id,
        'solutions' as record_kind,
        record_key
    from accepted.solutions
    union all
    select
        organisation_id,
        'applications' as record_kind,
        record_key
    from accepted.applications
    union all
    select
        organisation_id,
        'adoption_events' as record_kind,
        record_key
    from accepted.adoption_events
    union all
    select
        organisation_id,
        'central_managers' as record_kind,
        record_key
    from accepted.central_managers
    union all
    select
        organisation_id,
        'ownership' as record_kind,
        record_key
    from accepted.ownership
    union all
    select
        organisation_id,
        'touchpoints' as record_kind,
        record_key
    from accepted.touchpoints
    union all
    select
        organisation_id,
        'value_records' as record_kind,
        record_key
    from accepted.value_records
    union all
    -- Of the pulse evidence names the delivery only.
    select distinct
        organisation_id,
        'delivery' as record_kind,
        cast(delivery_sequence as varchar) as record_key
    from accepted.pulse
)

select
    evidence.organisation_id,
    evidence.network_id,
    evidence.period,
    evidence.indicator_id
from results.evidence as evidence
left join records
    on evidence.organisation_id = records.organisation_id
    and evidence.record_kind = records.record_kind
    and evidence.record_key = records.record_key
where records.record_key is null
