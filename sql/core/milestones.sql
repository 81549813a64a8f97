-- Første gang hver løsning nåede en milepæl, og den hændelse, der siger det.
-- / The first time each solution reached a milestone, and the event that says so.
-- Grain:   one row per organisation_id, network_id, basis, solution_id and milestone.
-- Window:  none; tested, test_ended, decided, adopted and stopped, each by its first event.
-- Defined: docs/indicators.md#r81
with

reached as (
    select
        organisation_id,
        network_id,
        basis,
        solution_id,
        record_key,
        date,
        'tested' as milestone
    from core.adoption_events
    where event = 'test_started'
    union all
    select
        organisation_id,
        network_id,
        basis,
        solution_id,
        record_key,
        date,
        'test_ended' as milestone
    from core.adoption_events
    where event = 'test_ended'
    union all
    select
        organisation_id,
        network_id,
        basis,
        solution_id,
        record_key,
        date,
        'decided' as milestone
    from core.adoption_events
    where event in ('adopted', 'adoption_decided', 'rejected')
    union all
    select
        organisation_id,
        network_id,
        basis,
        solution_id,
        record_key,
        date,
        'adopted' as milestone
    from core.adoption_events
    where event = 'adopted'
    union all
    select
        organisation_id,
        network_id,
        basis,
        solution_id,
        record_key,
        date,
        'stopped' as milestone
    from core.adoption_events
    where event in ('rejected', 'discontinued')
),

placed as (
    select
        *,
        row_number() over (
            partition by organisation_id, network_id, basis, solution_id, milestone
            order by date, record_key
        ) as place
    from reached
)

select
    organisation_id,
    network_id,
    basis,
    solution_id,
    milestone,
    date as reached_date,
    record_key
from placed
where place = 1
