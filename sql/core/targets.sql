-- The target each indicator is judged by: the most specific, and of those the latest valid at the period's end.
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

ranked as (
    select
        asked.organisation_id,
        asked.network_type,
        asked.period,
        targets.indicator_id,
        targets.target,
        targets.partly_target,
        targets.direction,
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
)

select
    organisation_id,
    network_type,
    period,
    indicator_id,
    target,
    partly_target,
    direction
from ranked
where place = 1
