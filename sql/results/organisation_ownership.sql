-- Ejerskab og relevans blandt centrale ledere på niveau 4-5, med dem, der ikke er hørt.
-- / Ownership and relevance among central managers at level 4-5, with those not heard.
-- Grain:   one row per organisation_id, period, measure_id and dimension (the three parts of the whole).
-- Meaning: counted in places (a manager in a network). Bounds on the first part: none, or all, of those not heard.
--          Hidden when fewer than five people are behind the places, or one to four of them answered.
-- Defined: docs/indicators.md#organisation
with

totals as (
    select
        organisation_id,
        period,
        count(manager_id) as places,
        count(distinct manager_id) as people,
        count(distinct case when heard = 1 then manager_id end) as people_heard,
        sum(heard) as heard,
        sum(owning) as owning,
        sum(relevant) as relevant,
        sum(acted) as acted
    from results.organisation_answer
    group by
        organisation_id,
        period
),

kept as (
    select organisation_id
    from core.kinds_kept
    where kind = 'ownership'
),

parts as (
    select
        'ownership' as measure_id,
        'owning' as dimension
    union all
    select
        'ownership' as measure_id,
        'not_owning' as dimension
    union all
    select
        'ownership' as measure_id,
        'not_heard' as dimension
    union all
    select
        'relevance' as measure_id,
        'relevant' as dimension
    union all
    select
        'relevance' as measure_id,
        'not_relevant' as dimension
    union all
    select
        'relevance' as measure_id,
        'not_heard' as dimension
),

shares as (
    select
        totals.organisation_id,
        totals.period,
        parts.measure_id,
        parts.dimension,
        totals.places,
        totals.places - totals.heard as not_heard,
        totals.people < 5 or (totals.people_heard between 1 and 4) as suppressed,
        case parts.dimension
            when 'owning' then totals.owning
            when 'not_owning' then totals.heard - totals.owning
            when 'relevant' then totals.relevant
            when 'not_relevant' then totals.heard - totals.relevant
            else totals.places - totals.heard
        end as counted
    from totals
    inner join kept
        on totals.organisation_id = kept.organisation_id
    cross join parts
)

select
    organisation_id,
    period,
    measure_id,
    dimension,
    case when not suppressed then cast(counted as double) end as numerator,
    case when not suppressed then cast(places as double) end as denominator,
    case when not suppressed then counted / nullif(cast(places as double), 0) end as value,
    case
        when not suppressed and dimension in ('owning', 'relevant') then counted / nullif(cast(places as double), 0)
    end as lower,
    case
        when not suppressed and dimension in ('owning', 'relevant') then (counted + not_heard) / nullif(cast(places as double), 0)
    end as upper,
    case when not suppressed then places end as n,
    suppressed
from shares
union all
select
    organisation_id,
    period,
    'managers_acting' as measure_id,
    '' as dimension,
    case when people >= 5 then cast(acted as double) end as numerator,
    case when people >= 5 then cast(places as double) end as denominator,
    case when people >= 5 then acted / nullif(cast(places as double), 0) end as value,
    null as lower,
    null as upper,
    case when people >= 5 then places end as n,
    people < 5 as suppressed
from totals
union all
select
    organisation_id,
    period,
    'managers_asked' as measure_id,
    '' as dimension,
    null as numerator,
    null as denominator,
    case when people >= 5 then cast(people as double) end as value,
    null as lower,
    null as upper,
    null as n,
    people < 5 as suppressed
from totals
