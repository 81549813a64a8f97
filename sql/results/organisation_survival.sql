-- De to kurver som tal: hvert trin, og andelen ved et halvt, et og to år.
-- / The two curves as figures: every step, and the share at six months, one year and two years.
-- Grain:   one row per organisation_id, period, measure_id and dimension (days).
-- Meaning: n is the number still followed just before that day; a mark nobody was followed to is empty.
-- Defined: docs/indicators.md#organisation
with

sizes as (
    select
        organisation_id,
        period,
        curve,
        count(solution_id) as subjects,
        max(days) as longest
    from results.organisation_spell
    group by
        organisation_id,
        period,
        curve
),

marks as (
    select 182 as mark
    union all
    select 365 as mark
    union all
    select 730 as mark
),

marked as (
    select
        sizes.organisation_id,
        sizes.period,
        sizes.curve,
        marks.mark,
        sizes.longest,
        curves.days,
        curves.share,
        curves.lower,
        curves.upper,
        row_number() over (
            partition by sizes.organisation_id, sizes.period, sizes.curve, marks.mark
            order by curves.days desc
        ) as latest
    from sizes
    cross join marks
    left join results.organisation_curve as curves
        on sizes.organisation_id = curves.organisation_id
        and sizes.period = curves.period
        and sizes.curve = curves.curve
        and marks.mark >= curves.days
),

followed as (
    select
        spells.organisation_id,
        spells.period,
        spells.curve,
        marks.mark,
        count(case when spells.days >= marks.mark then spells.solution_id end) as at_risk
    from results.organisation_spell as spells
    cross join marks
    group by
        spells.organisation_id,
        spells.period,
        spells.curve,
        marks.mark
)

select
    sizes.organisation_id,
    sizes.period,
    sizes.curve || '_step' as measure_id,
    '0' as dimension,
    cast(null as double) as numerator,
    cast(null as double) as denominator,
    coalesce(starts.share, 1.0) as value,
    starts.lower,
    starts.upper,
    sizes.subjects as n,
    false as suppressed
from sizes
left join results.organisation_curve as starts
    on sizes.organisation_id = starts.organisation_id
    and sizes.period = starts.period
    and sizes.curve = starts.curve
    and starts.days = 0
union all
select
    organisation_id,
    period,
    curve || '_step' as measure_id,
    cast(days as varchar) as dimension,
    null as numerator,
    null as denominator,
    share as value,
    lower,
    upper,
    at_risk as n,
    false as suppressed
from results.organisation_curve
where days > 0
union all
select
    marked.organisation_id,
    marked.period,
    marked.curve || '_mark' as measure_id,
    cast(marked.mark as varchar) as dimension,
    null as numerator,
    null as denominator,
    case
        when marked.longest < marked.mark and coalesce(marked.share, 1.0) > 0 then null
        else coalesce(marked.share, 1.0)
    end as value,
    case when marked.longest >= marked.mark then marked.lower end as lower,
    case when marked.longest >= marked.mark then marked.upper end as upper,
    followed.at_risk as n,
    false as suppressed
from marked
inner join followed
    on marked.organisation_id = followed.organisation_id
    and marked.period = followed.period
    and marked.curve = followed.curve
    and marked.mark = followed.mark
where marked.latest = 1
