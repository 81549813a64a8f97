-- Kroner behøvet til test, ansøgt og bevilget: i kvartalet, i året og i alt til og med kvartalets sidste dag.
-- / Kroner needed for test, asked for and granted: in the quarter, in the year, and in all up to the quarter's last day.
-- Grain:   one row per organisation_id, period, measure_id and dimension.
-- Meaning: dimension '' is everything, else a purpose or a source; drafts and disputes upheld are left out.
-- Defined: docs/indicators.md#organisation
with

counted as (
    select
        applications.organisation_id,
        applications.source,
        applications.purpose,
        records.amount_applied,
        applications.amount_granted,
        applications.submitted_date,
        applications.decided_date,
        applications.status
    from core.applications as applications
    inner join accepted.applications as records
        on applications.organisation_id = records.organisation_id
        and applications.record_key = records.record_key
    where applications.basis = 'counted'
),

movements as (
    select
        organisation_id,
        'kroner_needed' as measure_id,
        '' as dimension,
        need_date as moved_date,
        capital_need as amount
    from core.solutions
    where capital_need > 0
    union all
    select
        organisation_id,
        'kroner_asked' as measure_id,
        '' as dimension,
        submitted_date as moved_date,
        amount_applied as amount
    from counted
    where submitted_date is not null and status <> 'draft'
    union all
    select
        organisation_id,
        'kroner_asked' as measure_id,
        purpose as dimension,
        submitted_date as moved_date,
        amount_applied as amount
    from counted
    where submitted_date is not null and status <> 'draft'
    union all
    select
        organisation_id,
        'kroner_granted' as measure_id,
        '' as dimension,
        decided_date as moved_date,
        amount_granted as amount
    from counted
    where status in ('granted', 'partly_granted')
    union all
    select
        organisation_id,
        'kroner_granted' as measure_id,
        purpose as dimension,
        decided_date as moved_date,
        amount_granted as amount
    from counted
    where status in ('granted', 'partly_granted')
    union all
    select
        organisation_id,
        'kroner_granted' as measure_id,
        source as dimension,
        decided_date as moved_date,
        amount_granted as amount
    from counted
    where status in ('granted', 'partly_granted')
),

names as (
    select distinct
        organisation_id,
        measure_id,
        dimension
    from movements
    union
    select
        organisation_id,
        'kroner_granted' as measure_id,
        '' as dimension
    from core.kinds_kept
    where kind = 'applications'
),

sums as (
    select
        periods.organisation_id,
        periods.period,
        names.measure_id,
        names.dimension,
        coalesce(sum(case when movements.moved_date >= periods.first_day then movements.amount end), 0) as in_quarter,
        coalesce(sum(movements.amount), 0) as to_date
    from results.organisation_period as periods
    inner join names
        on periods.organisation_id = names.organisation_id
    left join movements
        on periods.organisation_id = movements.organisation_id
        and names.measure_id = movements.measure_id
        and names.dimension = movements.dimension
        and periods.counted_to >= movements.moved_date
    group by
        periods.organisation_id,
        periods.period,
        names.measure_id,
        names.dimension
),

years as (
    select
        periods.organisation_id,
        periods.period,
        movements.measure_id,
        cast(extract(year from movements.moved_date) as varchar) as dimension,
        sum(movements.amount) as amount
    from results.organisation_period as periods
    inner join movements
        on periods.organisation_id = movements.organisation_id
        and periods.counted_to >= movements.moved_date
    where
        (movements.measure_id = 'kroner_needed' and movements.dimension = '')
        or (movements.measure_id in ('kroner_asked', 'kroner_granted') and movements.dimension = 'test')
    group by
        periods.organisation_id,
        periods.period,
        movements.measure_id,
        extract(year from movements.moved_date)
),

sources as (
    select
        organisation_id,
        period,
        sum(case when dimension = 'external' then in_quarter else 0 end) as external_in_quarter,
        sum(case when dimension in ('external', 'internal') then in_quarter else 0 end) as all_in_quarter,
        sum(case when dimension = 'external' then to_date else 0 end) as external_to_date,
        sum(case when dimension in ('external', 'internal') then to_date else 0 end) as all_to_date
    from sums
    where measure_id = 'kroner_granted'
    group by
        organisation_id,
        period
),

decisions as (
    select
        periods.organisation_id,
        periods.period,
        count(case when counted.status in ('granted', 'partly_granted') then counted.status end) as won,
        count(case when counted.status in ('granted', 'partly_granted', 'rejected') then counted.status end) as decided
    from results.organisation_period as periods
    inner join counted
        on periods.organisation_id = counted.organisation_id
        and periods.counted_to >= counted.decided_date
        and periods.two_years_before < counted.decided_date
    group by
        periods.organisation_id,
        periods.period
),

successes as (
    select
        organisation_id,
        period,
        won,
        decided,
        won / nullif(cast(decided as double), 0) as share,
        1.959964 * 1.959964 / nullif(cast(decided as double), 0) as spread
    from decisions
    where decided > 0
)

select
    organisation_id,
    period,
    measure_id,
    dimension,
    cast(null as double) as numerator,
    cast(null as double) as denominator,
    cast(in_quarter as double) as value,
    cast(null as double) as lower,
    cast(null as double) as upper,
    cast(null as bigint) as n,
    false as suppressed
from sums
union all
select
    organisation_id,
    period,
    measure_id || '_to_date' as measure_id,
    dimension,
    null as numerator,
    null as denominator,
    cast(to_date as double) as value,
    null as lower,
    null as upper,
    null as n,
    false as suppressed
from sums
union all
select
    organisation_id,
    period,
    measure_id || '_in_year' as measure_id,
    dimension,
    null as numerator,
    null as denominator,
    cast(amount as double) as value,
    null as lower,
    null as upper,
    null as n,
    false as suppressed
from years
union all
select
    organisation_id,
    period,
    'external_share' as measure_id,
    'quarter' as dimension,
    cast(external_in_quarter as double) as numerator,
    cast(all_in_quarter as double) as denominator,
    cast(external_in_quarter as double) / nullif(cast(all_in_quarter as double), 0) as value,
    null as lower,
    null as upper,
    null as n,
    false as suppressed
from sources
where all_in_quarter > 0
union all
select
    organisation_id,
    period,
    'external_share' as measure_id,
    '' as dimension,
    cast(external_to_date as double) as numerator,
    cast(all_to_date as double) as denominator,
    cast(external_to_date as double) / nullif(cast(all_to_date as double), 0) as value,
    null as lower,
    null as upper,
    null as n,
    false as suppressed
from sources
where all_to_date > 0
union all
select
    organisation_id,
    period,
    'applications_won' as measure_id,
    '' as dimension,
    cast(won as double) as numerator,
    cast(decided as double) as denominator,
    share as value,
    -- Wilson 95 % interval; spread is z squared over n
    (share + spread / 2 - sqrt(spread * (share * (1 - share) + spread / 4))) / nullif(1 + spread, 0) as lower,
    (share + spread / 2 + sqrt(spread * (share * (1 - share) + spread / 4))) / nullif(1 + spread, 0) as upper,
    decided as n,
    false as suppressed
from successes
