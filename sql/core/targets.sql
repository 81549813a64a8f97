-- Hvad hver indikator bedømmes efter: mål, vindue og mindste antal, hver den mest særlige, så den senest gældende.
-- / What each indicator is judged by: target, window and minimum count, each the most specific, then latest valid one.
-- Grain:   one row per organisation_id, network_type, period and indicator_id.
-- Window:  valid_from up to period_end (t of the contract).
-- Defined: docs/indicators.md#targets
with

asked as (
    select
        organisation_id,
        network_type,
        period,
        period_end
    from core.units
    group by
        organisation_id,
        network_type,
        period,
        period_end
),

valid as (
    select
        asked.organisation_id,
        asked.network_type,
        asked.period,
        targets.indicator_id,
        targets.target,
        targets.partly_target,
        targets.direction,
        targets.window_months,
        targets.minimum_count,
        row_number() over (
            partition by asked.organisation_id, asked.network_type, asked.period, targets.indicator_id
            order by
                case when targets.organisation_id = '' then 1 else 0 end,
                case when targets.network_type = '' then 1 else 0 end,
                targets.valid_from desc
        ) as place
    from asked
    inner join definitions.target as targets
        on targets.organisation_id in ('', asked.organisation_id)
        and targets.network_type in ('', asked.network_type)
        and asked.period_end >= targets.valid_from
),

-- A row may say the target alone, or the window alone: what it leaves out is said by the next.
saying as (
    select
        organisation_id,
        network_type,
        period,
        indicator_id,
        min(place) filter (where target is not null) as target_place,
        min(place) filter (where window_months is not null) as window_place,
        min(place) filter (where minimum_count is not null) as minimum_place
    from valid
    group by
        organisation_id,
        network_type,
        period,
        indicator_id
)

select
    saying.organisation_id,
    saying.network_type,
    saying.period,
    saying.indicator_id,
    max(valid.target) filter (where valid.place = saying.target_place) as target,
    max(valid.partly_target) filter (where valid.place = saying.target_place) as partly_target,
    max(valid.direction) filter (where valid.place = saying.target_place) as direction,
    max(valid.window_months) filter (where valid.place = saying.window_place) as window_months,
    max(valid.minimum_count) filter (where valid.place = saying.minimum_place) as minimum_count
from saying
inner join valid
    on saying.organisation_id = valid.organisation_id
    and saying.network_type = valid.network_type
    and saying.period = valid.period
    and saying.indicator_id = valid.indicator_id
group by
    saying.organisation_id,
    saying.network_type,
    saying.period,
    saying.indicator_id
