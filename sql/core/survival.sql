-- Kaplan-Meier-overlevelse efter hver ventetid, med Greenwoods sum; det nåede kommer før det afskårne.
-- / Kaplan-Meier survival after each length of wait, with Greenwood's sum; what was reached comes before censoring.
-- Grain:   one row per organisation_id, network_id, period, basis, indicator_id and wait_days.
-- Window:  as core.waits.
-- Defined: docs/indicators.md#survival
with

lengths as (
    select
        organisation_id,
        network_id,
        period,
        basis,
        indicator_id,
        wait_days,
        count(*) as ending_count,
        count(*) filter (where reached) as reached_count
    from core.waits
    group by
        organisation_id,
        network_id,
        period,
        basis,
        indicator_id,
        wait_days
),

at_risk as (
    select
        *,
        cast(sum(ending_count) over (
            partition by organisation_id, network_id, period, basis, indicator_id
            order by wait_days desc
            rows between unbounded preceding and current row
        ) as double) as risk_count
    from lengths
),

steps as (
    select
        *,
        case when reached_count < risk_count then ln(1 - reached_count / nullif(risk_count, 0)) else 0.0 end as log_step,
        case
            when reached_count < risk_count
                then reached_count / nullif(risk_count * (risk_count - reached_count), 0)
            else 0.0
        end as greenwood_step,
        case when reached_count < risk_count then 0 else 1 end as emptied
    from at_risk
),

summed as (
    select
        *,
        sum(log_step) over (
            partition by organisation_id, network_id, period, basis, indicator_id
            order by wait_days
            rows between unbounded preceding and current row
        ) as log_survival,
        sum(greenwood_step) over (
            partition by organisation_id, network_id, period, basis, indicator_id
            order by wait_days
            rows between unbounded preceding and current row
        ) as greenwood,
        max(emptied) over (
            partition by organisation_id, network_id, period, basis, indicator_id
            order by wait_days
            rows between unbounded preceding and current row
        ) as gone
    from steps
)

select
    organisation_id,
    network_id,
    period,
    basis,
    indicator_id,
    wait_days,
    ending_count,
    reached_count,
    case when gone = 1 then 0.0 else exp(log_survival) end as survival,
    greenwood
from summed
