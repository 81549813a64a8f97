-- Registreringer med en åben indsigelse eller en, der fik medhold, med det netværk, de angår.
-- / Records under an open or an upheld dispute, with the network they concern.
-- Grain:   one row per organisation_id, record_kind and record_key; upheld where any dispute of it was.
-- Window:  none; a refused dispute is as none.
-- Defined: docs/indicators.md#disputes
with

disputes as (
    select
        organisation_id,
        record_kind,
        record_key,
        max(case when outcome = 'upheld' then 1 else 0 end) = 1 as upheld
    from accepted.disputes
    where outcome is null or outcome = 'upheld'
    group by
        organisation_id,
        record_kind,
        record_key
),

records as (
    select
        organisation_id,
        network_id,
        record_key,
        'phases' as record_kind
    from accepted.phases
    union all
    select
        organisation_id,
        network_id,
        record_key,
        'applications' as record_kind
    from accepted.applications
    union all
    select
        organisation_id,
        network_id,
        record_key,
        'central_managers' as record_kind
    from accepted.central_managers
    union all
    select
        organisation_id,
        network_id,
        record_key,
        'ownership' as record_kind
    from accepted.ownership
    union all
    select
        organisation_id,
        network_id,
        record_key,
        'touchpoints' as record_kind
    from accepted.touchpoints
    union all
    select
        organisation_id,
        network_id,
        record_key,
        'value_records' as record_kind
    from accepted.value_records
    union all
    select
        events.organisation_id,
        solutions.network_id,
        events.record_key,
        'adoption_events' as record_kind
    from accepted.adoption_events as events
    inner join accepted.solutions as solutions
        on events.organisation_id = solutions.organisation_id
        and events.solution_id = solutions.solution_id
)

select
    records.organisation_id,
    records.network_id,
    records.record_kind,
    records.record_key,
    disputes.upheld
from records
inner join disputes
    on records.organisation_id = disputes.organisation_id
    and records.record_kind = disputes.record_kind
    and records.record_key = disputes.record_key
