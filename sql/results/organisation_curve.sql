-- Kaplan-Meier for de to kurver: den andel, der ikke er afsluttet efter så mange dage.
-- / Kaplan-Meier of the two curves: the share that has not ended after so many days.
-- Grain:   one row per organisation_id, period, curve and days on which something ended or was last seen.
-- Meaning: ends come before censorings on a day; bounds are the log-log Greenwood 95 % interval, empty at 0 and 1.
-- Defined: docs/indicators.md#organisation
with

days as (
    select
        organisation_id,
        period,
        curve,
        days,
        sum(ended) as ended,
        count(solution_id) as leaving
    from results.organisation_spell
    group by
        organisation_id,
        period,
        curve,
        days
),

risks as (
    select
        organisation_id,
        period,
        curve,
        days,
        ended,
        sum(leaving) over (
            partition by organisation_id, period, curve
            order by days desc
            rows between unbounded preceding and current row
        ) as at_risk
    from days
),

products as (
    select
        organisation_id,
        period,
        curve,
        days,
        ended,
        at_risk,
        min(at_risk - ended) over so_far as left_over,
        sum(ln(nullif(at_risk - ended, 0) / nullif(cast(at_risk as double), 0))) over so_far as log_share,
        sum(ended / nullif(cast(at_risk as double) * (at_risk - ended), 0)) over so_far as greenwood
    from risks
    window so_far as (
        partition by organisation_id, period, curve
        order by days
        rows between unbounded preceding and current row
    )
),

shares as (
    select
        organisation_id,
        period,
        curve,
        days,
        ended,
        at_risk,
        greenwood,
        case when left_over = 0 then 0.0 else exp(log_share) end as share,
        case when left_over > 0 and greenwood > 0 then log_share end as log_share
    from products
)

select
    organisation_id,
    period,
    curve,
    days,
    cast(ended as bigint) as ended,
    cast(at_risk as bigint) as at_risk,
    cast(share as double) as share,
    exp(-exp(ln(-log_share) + 1.959964 * sqrt(greenwood) / nullif(-log_share, 0))) as lower,
    exp(-exp(ln(-log_share) - 1.959964 * sqrt(greenwood) / nullif(-log_share, 0))) as upper
from shares
