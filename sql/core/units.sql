-- Det, der bedømmes: et netværk i et kvartal, og den referenceleder, der svarer for det.
-- / What is judged: a network in a quarter, and the reference leader who is answerable for it.
-- Grain:   one row per organisation_id, network_id, period and basis; active, or in follow-up for 24 months.
-- Window:  period_end is t, counted_to t', role_since s and responsible_since b of the contract.
-- Defined: docs/indicators.md#unit
with

organisation_quarters as (
    select
        as_of.organisation_id,
        as_of.as_of,
        quarters.period,
        quarters.first_day,
        quarters.last_day,
        case when as_of.as_of < quarters.last_day then as_of.as_of else quarters.last_day end as period_end
    from calendar.as_of as as_of
    inner join calendar.quarter as quarters
        on as_of.as_of >= quarters.first_day
),

network_quarters as (
    select
        networks.organisation_id,
        networks.network_id,
        networks.network_type,
        networks.start_date,
        networks.end_date,
        quarters.period,
        quarters.first_day as period_start,
        quarters.period_end,
        quarters.period_end < quarters.last_day as provisional,
        case
            when networks.end_date is null or networks.end_date >= quarters.first_day then 'active'
            else 'follow_up'
        end as phase,
        case
            when networks.end_date < quarters.period_end then networks.end_date
            else quarters.period_end
        end as counted_to
    from accepted.networks as networks
    inner join organisation_quarters as quarters
        on networks.organisation_id = quarters.organisation_id
        and networks.start_date <= quarters.period_end
        and (
            networks.end_date is null
            or quarters.first_day <= cast(networks.end_date + interval 24 months as date)
        )
),

led as (
    select
        quarters.organisation_id,
        quarters.network_id,
        quarters.period,
        spells.reference_leader_id,
        spells.role_since,
        row_number() over (
            partition by quarters.organisation_id, quarters.network_id, quarters.period
            order by spells.role_since, spells.reference_leader_id
        ) as place
    from network_quarters as quarters
    inner join core.leader_spells as spells
        on quarters.organisation_id = spells.organisation_id
        and quarters.network_id = spells.network_id
        and quarters.counted_to between spells.role_since and spells.role_until
),

first_ideas as (
    select
        organisation_id,
        network_id,
        min(idea_date) as idea_date
    from core.solutions
    group by
        organisation_id,
        network_id
),

answered as (
    select
        quarters.organisation_id,
        quarters.network_id,
        quarters.period,
        bases.basis,
        quarters.phase,
        quarters.network_type,
        quarters.start_date,
        quarters.end_date,
        quarters.period_start,
        quarters.period_end,
        quarters.provisional,
        quarters.counted_to,
        cast(quarters.counted_to + interval 1 day as date) as day_after,
        led.reference_leader_id,
        led.role_since,
        case
            when led.role_since < quarters.start_date then quarters.start_date
            else led.role_since
        end as responsible_since,
        quarters.network_type = 'learning'
        and kept.kind is not null
        and (ideas.idea_date is null or ideas.idea_date > quarters.counted_to) as learning_exempt
    from network_quarters as quarters
    inner join core.bases
        on quarters.organisation_id = bases.organisation_id
        and quarters.network_id = bases.network_id
    left join led
        on quarters.organisation_id = led.organisation_id
        and quarters.network_id = led.network_id
        and quarters.period = led.period
        and led.place = 1
    left join first_ideas as ideas
        on quarters.organisation_id = ideas.organisation_id
        and quarters.network_id = ideas.network_id
    left join core.kinds_kept as kept
        on quarters.organisation_id = kept.organisation_id
        and kept.kind = 'solutions'
)

select
    organisation_id,
    network_id,
    period,
    basis,
    phase,
    network_type,
    start_date,
    end_date,
    period_start,
    period_end,
    provisional,
    counted_to,
    reference_leader_id,
    role_since,
    responsible_since,
    date_diff('day', responsible_since, counted_to) as tenure_days,
    counted_to < cast(start_date + interval 180 days as date) as young,
    learning_exempt,
    -- The latest month, and the latest half-year, that had ended on or before counted_to.
    year(day_after) * 12 + month(day_after) - 2 as last_month_number,
    year(day_after) * 2 + case when month(day_after) > 6 then 1 else 0 end - 1 as last_half_year_number
from answered
