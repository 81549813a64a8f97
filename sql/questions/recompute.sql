-- Regn et netværks tal i et kvartal efter ud fra de registreringer, der ligger bag: før, nu og forskellen
-- / Work out a network's figures of a quarter again from the records behind them: as published, again, and the difference
-- Macro: audit.recompute(organisation, network, period)
-- Ask:   select * from audit.recompute(':organisation', ':network', ':period')
-- Only audit.evidence and the accepted records are read. A figure that is no count, sum or share (days, curves,
-- steps) has an empty again_value; audit.trace leads to its records.
-- Grain: indicator_id, dimension.
with

asked as (
    select
        organisation as organisation_id,
        network as network_id,
        period as quarter
),

behind as (
    select
        evidence.indicator_id,
        evidence.dimension as subdivision,
        evidence.part,
        evidence.record_kind,
        evidence.record_key,
        case evidence.record_kind
            when 'applications' then applications.amount_granted
            when 'solutions' then solutions.capital_need
        end as amount,
        adoption_events.solution_id,
        adoption_events.manager_id,
        adoption_events.reach,
        cast(date_trunc('month', touchpoints.date) as date) as touched_month,
        touchpoints.audience,
        upper(trim(regexp_replace(touchpoints.counterpart, '\s+', ' ', 'g'))) as counterpart,
        upper(trim(regexp_replace(people.area, '\s+', ' ', 'g'))) as area
    from asked
    inner join audit.evidence
        on asked.organisation_id = evidence.organisation_id
        and asked.network_id = evidence.network_id
        and asked.quarter = evidence.period
    left join main.applications
        on evidence.organisation_id = applications.organisation_id
        and evidence.record_key = applications.record_key
        and evidence.record_kind = 'applications'
    left join main.solutions
        on evidence.organisation_id = solutions.organisation_id
        and evidence.record_key = solutions.record_key
        and evidence.record_kind = 'solutions'
    left join main.adoption_events
        on evidence.organisation_id = adoption_events.organisation_id
        and evidence.record_key = adoption_events.record_key
        and evidence.record_kind = 'adoption_events'
    left join main.touchpoints
        on evidence.organisation_id = touchpoints.organisation_id
        and evidence.record_key = touchpoints.record_key
        and evidence.record_kind = 'touchpoints'
    left join main.people
        on evidence.organisation_id = people.organisation_id
        and evidence.record_key = people.record_key
        and evidence.record_kind = 'people'
),

summed as (
    select
        behind.indicator_id,
        behind.subdivision,
        count(*) as records,
        count(*) filter (where behind.part = 'numerator') as numerator_records,
        count(*) filter (where behind.part = 'denominator') as denominator_records,
        sum(behind.amount) filter (where behind.part = 'numerator') as numerator_kroner,
        sum(behind.amount) filter (where behind.part = 'denominator') as denominator_kroner,
        count(distinct behind.counterpart) filter (where behind.part = 'numerator') as counterparts,
        count(distinct behind.touched_month) filter (where behind.part = 'numerator') as months,
        count(distinct behind.audience) filter (where behind.part = 'numerator') as audiences,
        count(distinct behind.area) filter (where behind.part = 'numerator') as areas,
        count(distinct behind.solution_id) filter (where behind.part = 'numerator') as solutions,
        count(distinct behind.manager_id) filter (where behind.part = 'numerator') as managers,
        sum(behind.reach) filter (where behind.part = 'numerator') as reach
    from behind
    group by
        behind.indicator_id,
        behind.subdivision
),

published as (
    select
        indicator_result.indicator_id,
        indicator_result.dimension as subdivision,
        indicator_result.numerator,
        indicator_result.denominator,
        indicator_result.value,
        indicator_result.n
    from asked
    inner join main.indicator_result
        on asked.organisation_id = indicator_result.organisation_id
        and asked.network_id = indicator_result.network_id
        and asked.quarter = indicator_result.period
    where indicator_result.value is not null
),

again as (
    select
        published.*,
        coalesce(summed.records, 0) as records,
        case
            when published.indicator_id in ('V7', 'V5', 'R4.1')
                then cast(coalesce(summed.numerator_kroner, 0) as double)
            when published.indicator_id = 'R2.1' then coalesce(summed.counterparts, 0)
            when published.indicator_id in ('R3.1', 'R5.1') then coalesce(summed.months, 0)
            when published.indicator_id = 'R6.4' then coalesce(summed.managers, 0)
            when published.indicator_id = 'R7.2' then coalesce(summed.audiences, 0)
            when published.indicator_id = 'V1' then coalesce(summed.areas, 0)
            when published.indicator_id in ('R8.4', 'V2') then coalesce(summed.solutions, 0)
            when published.indicator_id = 'R9.1' then least(1, coalesce(summed.numerator_records, 0))
            when published.indicator_id = 'V4' then coalesce(summed.reach, 0)
            when
                published.indicator_id in (
                    'R1.1', 'R2.2', 'R4.2', 'R4.3', 'R5.3', 'R6.1', 'R6.2', 'R6.3', 'R7.1', 'R7.3', 'R8.1', 'R8.2',
                    'V3', 'V6'
                )
                then coalesce(summed.numerator_records, 0)
        end as again_numerator,
        case
            when published.indicator_id in ('V5', 'R4.1') then cast(summed.denominator_kroner as double)
            when published.indicator_id in ('R4.2', 'R4.3', 'R5.3', 'R7.3', 'R8.1', 'R8.2', 'R8.4')
                then cast(summed.denominator_records as double)
            when published.indicator_id in ('R3.1', 'R5.1', 'R6.1', 'R6.2', 'R6.3', 'R6.4')
                then published.denominator
            when published.indicator_id = 'R7.2' then 3
            when
                published.indicator_id in ('R1.1', 'R2.1', 'R2.2', 'R7.1', 'R9.1', 'V1', 'V2', 'V3', 'V4', 'V6', 'V7')
                then 1
        end as again_denominator
    from published
    left join summed
        on published.indicator_id = summed.indicator_id
        and published.subdivision = summed.subdivision
),

compared as (
    select
        again.*,
        case
            when again.indicator_id = 'R4.1' then least(1, again.again_numerator / nullif(again.again_denominator, 0))
            -- Nobody on the list: the contract says 0, not a share of nothing.
            when again.again_denominator = 0 then 0
            else again.again_numerator / again.again_denominator
        end as again_value
    from again
)

select
    compared.indicator_id,
    indicator.name_da,
    indicator.name_en,
    indicator.unit,
    compared.subdivision as dimension,
    compared.records,
    compared.numerator,
    compared.denominator,
    compared.value,
    compared.again_numerator,
    case when compared.denominator is not null then compared.again_denominator end as again_denominator,
    compared.again_value,
    compared.again_value - compared.value as difference,
    abs(compared.again_value - compared.value) <= 1e-9 * greatest(1, abs(compared.value)) as agrees
from compared
inner join main.indicator on compared.indicator_id = indicator.indicator_id
order by
    compared.indicator_id asc,
    compared.subdivision asc
