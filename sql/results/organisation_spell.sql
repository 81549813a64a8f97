-- Tiderne bag de to kurver, set fra hvert kvartal: hvor længe, og om det sluttede.
-- / The times behind the two curves, seen from each quarter: how long, and whether it ended.
-- Grain:   one row per organisation_id, period, curve and solution_id.
-- Curves:  after_closing, from the network's end (or a later adoption) until no unit uses the solution;
--          to_base, from the first test until the first adoption.
-- Meaning: ended is 1 for an end seen by the quarter's last day, 0 for one still to come (censored).
-- Defined: docs/indicators.md#organisation
with

firsts as (
    select
        organisation_id,
        network_id,
        solution_id,
        min(case when event = 'test_started' then date end) as tested_date,
        min(case when event = 'adopted' then date end) as adopted_date
    from core.adoption_events
    where basis = 'counted'
    group by
        organisation_id,
        network_id,
        solution_id
),

closings as (
    select
        firsts.organisation_id,
        firsts.solution_id,
        case
            when firsts.adopted_date > networks.end_date then firsts.adopted_date
            else networks.end_date
        end as origin_date
    from firsts
    inner join accepted.networks as networks
        on firsts.organisation_id = networks.organisation_id
        and firsts.network_id = networks.network_id
    where firsts.adopted_date is not null and networks.end_date is not null
),

kept as (
    select
        closings.organisation_id,
        closings.solution_id,
        closings.origin_date
    from closings
    inner join results.organisation_solution_use as uses
        on closings.organisation_id = uses.organisation_id
        and closings.solution_id = uses.solution_id
        and closings.origin_date >= uses.changed_date
        and (uses.next_date is null or closings.origin_date < uses.next_date)
    where uses.units > 0
),

spells as (
    select
        kept.organisation_id,
        'after_closing' as curve,
        kept.solution_id,
        kept.origin_date,
        min(uses.changed_date) as ended_date
    from kept
    left join results.organisation_solution_use as uses
        on kept.organisation_id = uses.organisation_id
        and kept.solution_id = uses.solution_id
        and kept.origin_date < uses.changed_date
        and uses.units = 0
    group by
        kept.organisation_id,
        kept.solution_id,
        kept.origin_date
    union all
    select
        organisation_id,
        'to_base' as curve,
        solution_id,
        tested_date as origin_date,
        case when adopted_date < tested_date then tested_date else adopted_date end as ended_date
    from firsts
    where tested_date is not null
)

select
    spells.organisation_id,
    periods.period,
    spells.curve,
    spells.solution_id,
    case
        when spells.ended_date <= periods.counted_to then date_diff('day', spells.origin_date, spells.ended_date)
        else date_diff('day', spells.origin_date, periods.counted_to)
    end as days,
    case when spells.ended_date <= periods.counted_to then 1 else 0 end as ended
from spells
inner join results.organisation_period as periods
    on spells.organisation_id = periods.organisation_id
    and spells.origin_date <= periods.counted_to
