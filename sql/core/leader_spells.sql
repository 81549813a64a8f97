-- En referenceleders ubrudte tid i rollen: perioder uden en dag imellem er én.
-- / A reference leader's unbroken time in the role: intervals with no day between them are one.
-- Grain:   one row per organisation_id, network_id, reference_leader_id and role_since.
-- Window:  all time; role_until is the last day, 9999-12-31 while the role is held.
-- Defined: docs/indicators.md#leader
with

intervals as (
    select
        organisation_id,
        network_id,
        person_id,
        valid_from,
        coalesce(valid_to, date '9999-12-31') as last_day
    from accepted.roles
    where role = 'reference_leader'
),

followed as (
    select
        *,
        max(last_day) over (
            partition by organisation_id, network_id, person_id
            order by valid_from
            rows between unbounded preceding and 1 preceding
        ) as held_until
    from intervals
),

numbered as (
    select
        *,
        sum(case when held_until >= cast(valid_from - interval 1 day as date) then 0 else 1 end) over (
            partition by organisation_id, network_id, person_id
            order by valid_from
            rows between unbounded preceding and current row
        ) as spell
    from followed
)

select
    organisation_id,
    network_id,
    person_id as reference_leader_id,
    min(valid_from) as role_since,
    max(last_day) as role_until
from numbered
group by
    organisation_id,
    network_id,
    person_id,
    spell
