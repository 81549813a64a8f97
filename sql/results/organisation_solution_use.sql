-- I hvor mange enheder en løsning er i brug, fra hver dag det ændrede sig til dagen før den næste.
-- / In how many units a solution is in use, from each day that changed to the day before the next.
-- Grain:   one row per organisation_id, solution_id and changed_date.
-- Window:  all there is; next_date is empty for the state that still stands.
-- Defined: docs/indicators.md#organisation
with

changes as (
    select
        organisation_id,
        network_id,
        solution_id,
        used_from as changed_date,
        1 as change
    from core.use_spells
    where basis = 'counted'
    union all
    select
        organisation_id,
        network_id,
        solution_id,
        used_until as changed_date,
        -1 as change
    from core.use_spells
    where basis = 'counted' and used_until is not null
),

days as (
    select
        organisation_id,
        network_id,
        solution_id,
        changed_date,
        sum(change) as change
    from changes
    group by
        organisation_id,
        network_id,
        solution_id,
        changed_date
)

select
    organisation_id,
    network_id,
    solution_id,
    changed_date,
    lead(changed_date) over (
        partition by organisation_id, solution_id
        order by changed_date
    ) as next_date,
    sum(change) over (
        partition by organisation_id, solution_id
        order by changed_date
        rows between unbounded preceding and current row
    ) as units
from days
