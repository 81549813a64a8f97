-- Det seneste omfang oplyst for en løsning i en enhed, og til hvornår det er det seneste; det største på samme dag.
-- / The latest reach told for a solution in a unit, and until when it is the latest; the larger on one day.
-- Grain:   one row per organisation_id, network_id, basis, solution_id, unit_key and told_date.
-- Window:  told_date to told_until, the first day a newer reach was told; empty while none was.
-- Defined: docs/indicators.md#v4
with

placed as (
    select
        organisation_id,
        network_id,
        basis,
        solution_id,
        unit_key,
        date,
        reach,
        record_key,
        row_number() over (
            partition by organisation_id, network_id, basis, solution_id, unit_key, date
            order by reach desc, record_key desc
        ) as place
    from core.adoption_events
    where
        event in ('adopted', 'scaled')
        and reach is not null
)

select
    organisation_id,
    network_id,
    basis,
    solution_id,
    unit_key,
    date as told_date,
    lead(date) over (
        partition by organisation_id, network_id, basis, solution_id, unit_key
        order by date
    ) as told_until,
    reach,
    record_key
from placed
where place = 1
