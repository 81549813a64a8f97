-- Registreringerne bag organisationens tal om kapital: behov, ansøgt og bevilget, og hvad der blev vundet
-- / The records behind the organisation's figures on capital: needed, asked for and granted, and what was won
-- Macro: audit.behind_capital(organisation, period)
-- Grain: measure_id, dimension, part, subject; counted is the kroner of it, or 1.
with

asked as (
    select
        organisation as organisation_id,
        period as quarter
),

quarters as (
    select organisation_quarter.*
    from asked
    inner join audit.organisation_quarter() as organisation_quarter
        on asked.organisation_id = organisation_quarter.organisation_id
        and asked.quarter = organisation_quarter.period
),

counting as (
    select applications.*
    from quarters
    inner join main.applications on quarters.organisation_id = applications.organisation_id
    left join audit.discounted_record() as discounted
        on applications.organisation_id = discounted.organisation_id
        and applications.record_key = discounted.record_key
        and discounted.record_kind = 'applications'
    where discounted.record_key is null
),

movements as (
    select
        'kroner_needed' as measure_id,
        unnest(['']) as dimension,
        coalesce(solutions.need_date, solutions.idea_date) as moved_date,
        solutions.capital_need as amount,
        'solutions' as record_kind,
        solutions.record_key
    from quarters
    inner join main.solutions on quarters.organisation_id = solutions.organisation_id
    where solutions.capital_need > 0
    union all
    select
        'kroner_asked' as measure_id,
        unnest(['', purpose]) as dimension,
        submitted_date as moved_date,
        amount_applied as amount,
        'applications' as record_kind,
        record_key
    from counting
    where submitted_date is not null and status <> 'draft'
    union all
    select
        'kroner_granted' as measure_id,
        unnest(['', purpose, source]) as dimension,
        decided_date as moved_date,
        amount_granted as amount,
        'applications' as record_kind,
        record_key
    from counting
    where status in ('granted', 'partly_granted')
),

so_far as (
    select
        movements.*,
        movements.moved_date >= quarters.first_day as in_quarter,
        cast(year(movements.moved_date) as varchar) as moved_year
    from quarters
    inner join movements on quarters.counted_to >= movements.moved_date
),

shared as (
    select
        so_far.*,
        unnest(case when so_far.in_quarter then ['', 'quarter'] else [''] end) as subdivision
    from so_far
    where so_far.measure_id = 'kroner_granted' and so_far.dimension in ('internal', 'external')
),

decided as (
    select
        counting.record_key,
        unnest(
            case when counting.status = 'rejected' then ['denominator'] else ['numerator', 'denominator'] end
        ) as part
    from quarters
    inner join counting
        on quarters.counted_to >= counting.decided_date
        and quarters.two_years_before < counting.decided_date
    where counting.status in ('granted', 'partly_granted', 'rejected')
)

select
    measure_id,
    dimension,
    'numerator' as part,
    record_key as subject,
    cast(amount as double) as counted,
    record_kind,
    record_key
from so_far
where in_quarter
union all
select
    measure_id || '_to_date' as measure_id,
    dimension,
    'numerator' as part,
    record_key as subject,
    cast(amount as double) as counted,
    record_kind,
    record_key
from so_far
union all
select
    measure_id || '_in_year' as measure_id,
    moved_year as dimension,
    'numerator' as part,
    record_key as subject,
    cast(amount as double) as counted,
    record_kind,
    record_key
from so_far
where
    (measure_id = 'kroner_needed' and dimension = '')
    or (measure_id in ('kroner_asked', 'kroner_granted') and dimension = 'test')
union all
select
    'external_share' as measure_id,
    subdivision as dimension,
    'denominator' as part,
    record_key as subject,
    cast(amount as double) as counted,
    record_kind,
    record_key
from shared
union all
select
    'external_share' as measure_id,
    subdivision as dimension,
    'numerator' as part,
    record_key as subject,
    cast(amount as double) as counted,
    record_kind,
    record_key
from shared
where dimension = 'external'
union all
select
    'applications_won' as measure_id,
    '' as dimension,
    part,
    record_key as subject,
    1 as counted,
    'applications' as record_kind,
    record_key
from decided
