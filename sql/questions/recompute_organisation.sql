-- Regn organisationens tal i et kvartal efter ud fra de registreringer, der ligger bag: før, nu og forskellen
-- / Work out the organisation's figures of a quarter again from the records behind them: as published, again, the difference
-- Macro: audit.recompute_organisation(organisation, period)
-- Ask:   select * from audit.recompute_organisation(':organisation', ':period')
-- Only the accepted records and audit.organisation_evidence are read. A figure held back has no value to compare, and the
-- answers of the pulse are not published: neither is here.
-- Grain: measure_id, dimension.
with

published as (
    select organisation_result.*
    from (
        select
            organisation as organisation_id,
            period as quarter
    ) as asked
    inner join main.organisation_result
        on asked.organisation_id = organisation_result.organisation_id
        and asked.quarter = organisation_result.period
    where
        not organisation_result.suppressed
        and not (organisation_result.measure_id in ('records', 'networks_covered') and organisation_result.dimension = 'pulse')
),

behind as (
    select * from audit.organisation_evidence(organisation, period)
),

subjects as (
    select
        measure_id,
        dimension,
        subject,
        measure_id in ('to_base_step', 'to_base_mark', 'after_closing_step', 'after_closing_mark') as curve,
        count(*) filter (where part = 'numerator') > 0 as in_numerator,
        count(*) filter (where part = 'denominator') > 0 as in_denominator,
        max(counted) as counted
    from behind
    group by
        measure_id,
        dimension,
        subject
),

-- Of a curve, how many waits there are of each length and how many of them ended; of the others all in one.
lengths as (
    select
        measure_id,
        dimension,
        case when curve then counted end as days,
        case when curve then cast(dimension as integer) end as asked_days,
        count(*) as leaving,
        count(*) filter (where in_numerator) as ended,
        count(*) filter (where in_denominator) as denominator_count,
        coalesce(sum(counted) filter (where in_numerator), 0) as numerator_sum,
        coalesce(sum(counted) filter (where in_denominator), 0) as denominator_sum
    from subjects
    group by
        measure_id,
        dimension,
        curve,
        case when curve then counted end
),

at_risk as (
    select
        *,
        sum(leaving) over (
            partition by measure_id, dimension order by days desc rows unbounded preceding
        ) as risk_count
    from lengths
),

-- Kaplan-Meier up to the day asked for, with Greenwood's variance.
products as (
    select
        measure_id,
        dimension,
        asked_days,
        sum(ended) as numerator_count,
        sum(denominator_count) as denominator_count,
        sum(numerator_sum) as numerator_sum,
        sum(denominator_sum) as denominator_sum,
        sum(leaving) as solutions,
        max(days) as longest,
        coalesce(sum(leaving) filter (where days >= asked_days), 0) as followed,
        coalesce(min(risk_count - ended) filter (where days <= asked_days), 1) = 0 as all_ended,
        coalesce(
            sum(ln(nullif(risk_count - ended, 0) / risk_count) order by days) filter (where days <= asked_days), 0
        ) as log_share,
        sum(ended / nullif(risk_count * (risk_count - ended), 0) order by days) filter (where days <= asked_days) as greenwood
    from at_risk
    group by
        measure_id,
        dimension,
        asked_days
),

sums as (
    select
        *,
        case when all_ended then 0 else exp(log_share) end as share,
        measure_id like '%_mark' and longest < asked_days as out_of_sight,
        case when not all_ended and greenwood > 0 then log_share end as log_bounded,
        max(case when dimension = 'not_heard' then numerator_sum end) over (partition by measure_id) as not_heard
    from products
),

again as (
    select
        published.*,
        published.denominator is not null as shared,
        coalesce(sums.numerator_sum, 0) as again_numerator,
        sums.denominator_sum as again_denominator,
        sums.not_heard,
        case
            when sums.asked_days is not null then case when not sums.out_of_sight or sums.share = 0 then sums.share end
            when published.denominator is not null then coalesce(sums.numerator_sum, 0) / nullif(sums.denominator_sum, 0)
            else coalesce(sums.numerator_sum, 0)
        end as again_value,
        case
            when sums.asked_days = 0 then sums.solutions
            when sums.asked_days > 0 then sums.followed
            when published.measure_id = 'people_reached' then coalesce(sums.numerator_count, 0)
            when published.denominator is not null and published.measure_id <> 'external_share'
                then coalesce(sums.denominator_count, 0)
        end as again_n,
        case
            when not sums.out_of_sight
                then exp(-exp(ln(nullif(-sums.log_bounded, 0)) + 1.959964 * sqrt(sums.greenwood) / -sums.log_bounded))
        end as point_lower,
        case
            when not sums.out_of_sight
                then exp(-exp(ln(nullif(-sums.log_bounded, 0)) - 1.959964 * sqrt(sums.greenwood) / -sums.log_bounded))
        end as point_upper
    from published
    left join sums
        on published.measure_id = sums.measure_id
        and published.dimension = sums.dimension
),

-- Wilson's interval for what was won; for ownership the bounds of those not heard.
bounded as (
    select
        again.*,
        1.959964 * 1.959964 / nullif(again.again_n, 0) as spread,
        case
            when again.measure_id in ('ownership', 'relevance') and again.dimension in ('owning', 'relevant') then 'heard'
            when again.measure_id = 'applications_won' then 'wilson'
            else 'curve'
        end as bounds
    from again
),

compared as (
    select
        bounded.*,
        case bounded.bounds
            when 'heard' then bounded.again_value
            when 'wilson'
                then greatest(
                    0,
                    (
                        bounded.again_value + bounded.spread / 2
                        - sqrt(bounded.spread * (bounded.again_value * (1 - bounded.again_value) + bounded.spread / 4))
                    ) / (1 + bounded.spread)
                )
            else bounded.point_lower
        end as again_lower,
        case bounded.bounds
            when 'heard'
                then (bounded.again_numerator + coalesce(bounded.not_heard, 0)) / nullif(bounded.again_denominator, 0)
            when 'wilson'
                then least(
                    1,
                    (
                        bounded.again_value + bounded.spread / 2
                        + sqrt(bounded.spread * (bounded.again_value * (1 - bounded.again_value) + bounded.spread / 4))
                    ) / (1 + bounded.spread)
                )
            else bounded.point_upper
        end as again_upper
    from bounded
)

select
    measure_id,
    dimension,
    numerator,
    denominator,
    value,
    lower,
    upper,
    n,
    case when shared then again_numerator end as again_numerator,
    case when shared then again_denominator end as again_denominator,
    again_value,
    again_lower,
    again_upper,
    again_n,
    again_value - value as difference,
    coalesce(abs(again_value - value) <= 1e-9 * greatest(1, abs(value)), again_value is null and value is null)
    and coalesce(abs(again_lower - lower) <= 1e-9, again_lower is null and lower is null)
    and coalesce(abs(again_upper - upper) <= 1e-9, again_upper is null and upper is null)
    and coalesce(again_n, -1) = coalesce(n, -1)
    and (
        not shared
        or coalesce(
            abs(again_numerator - numerator) <= 1e-9 * greatest(1, abs(numerator))
            and abs(again_denominator - denominator) <= 1e-9 * greatest(1, abs(denominator)), false
        )
    ) as agrees
from compared
order by
    measure_id asc,
    dimension asc
