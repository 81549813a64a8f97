-- Tiden, en løsning er i brug i en enhed, efter den seneste hændelse der; ophør tæller sidst på sin dag.
-- / The time a solution is in use in a unit, by the latest event there; discontinued counts last on its day.
-- Grain:   one row per organisation_id, network_id, basis, solution_id, unit_key and used_from.
-- Window:  used_from to used_until, the first day another event speaks; empty while none has.
-- Defined: docs/indicators.md#in-use
with

days as (
    select
        organisation_id,
        network_id,
        basis,
        solution_id,
        unit_key,
        date,
        max(case when event = 'discontinued' then 1 else 0 end) as discontinued,
        max(record_key) as record_key
    from core.adoption_events
    where event in ('adopted', 'scaled', 'discontinued')
    group by
        organisation_id,
        network_id,
        basis,
        solution_id,
        unit_key,
        date
),

followed as (
    select
        *,
        lead(date) over (
            partition by organisation_id, network_id, basis, solution_id, unit_key
            order by date
        ) as next_date
    from days
)

select
    organisation_id,
    network_id,
    basis,
    solution_id,
    unit_key,
    date as used_from,
    next_date as used_until,
    record_key
from followed
where discontinued = 0
