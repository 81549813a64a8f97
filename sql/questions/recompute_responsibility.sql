-- Bedøm hvert ansvar i et kvartal igen ud fra dets indikatorer: før, nu og om det er det samme
-- / Judge every responsibility of a quarter again from its indicators: as published, again, and whether it is the same
-- Macro: audit.recompute_responsibility(organisation, period)
-- Ask:   select * from audit.recompute_responsibility(':organisation', ':period')
-- Grain: network_id, responsibility_id.
with

asked as (
    select
        organisation as organisation_id,
        period as quarter
),

published as (
    select results.*
    from asked
    inner join main.responsibility_result as results
        on asked.organisation_id = results.organisation_id
        and asked.quarter = results.period
),

indicators as (
    select
        results.network_id,
        results.responsibility_id,
        results.status,
        results.phase,
        results.indicator_id like '%.P' as perceived
    from asked
    inner join main.indicator_result as results
        on asked.organisation_id = results.organisation_id
        and asked.quarter = results.period
),

counts as (
    select
        network_id,
        responsibility_id,
        count(*) filter (where not perceived) as indicator_count,
        count(*) filter (where not perceived and status = 'fulfilled') as fulfilled,
        count(*) filter (where not perceived and status = 'partly') as partly,
        count(*) filter (where not perceived and status = 'not_fulfilled') as not_fulfilled,
        count(*) filter (where not perceived and status = 'not_applicable') as not_applicable,
        max(status) filter (where perceived and phase = 'active') as perceived_status
    from indicators
    group by
        network_id,
        responsibility_id
),

again as (
    select
        counts.*,
        case
            when counts.fulfilled + counts.partly + counts.not_fulfilled = 0
                then case
                    when counts.not_applicable = counts.indicator_count then 'not_applicable'
                    else 'not_assessable'
                end
            when counts.partly + counts.not_fulfilled = 0 then 'fulfilled'
            when counts.fulfilled + counts.partly = 0 then 'not_fulfilled'
            else 'partly'
        end as status
    from counts
),

gaps as (
    select
        again.*,
        case again.perceived_status when 'fulfilled' then 2 when 'partly' then 1 when 'not_fulfilled' then 0 end
        - case again.status when 'fulfilled' then 2 when 'partly' then 1 when 'not_fulfilled' then 0 end as gap
    from again
)

select
    published.network_id,
    published.responsibility_id,
    published.status,
    gaps.status as again_status,
    published.fulfilled,
    gaps.fulfilled as again_fulfilled,
    published.partly,
    gaps.partly as again_partly,
    published.not_fulfilled,
    gaps.not_fulfilled as again_not_fulfilled,
    published.perceived_status,
    gaps.perceived_status as again_perceived_status,
    published.perception_gap,
    gaps.gap as again_perception_gap,
    coalesce(
        published.status = gaps.status
        and published.fulfilled = gaps.fulfilled
        and published.partly = gaps.partly
        and published.not_fulfilled = gaps.not_fulfilled
        and coalesce(published.perceived_status, '') = coalesce(gaps.perceived_status, '')
        and coalesce(published.perception_gap, 9) = coalesce(gaps.gap, 9), false
    ) as agrees
from published
left join gaps
    on published.network_id = gaps.network_id
    and published.responsibility_id = gaps.responsibility_id
order by
    published.network_id asc,
    published.responsibility_id asc
