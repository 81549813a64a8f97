-- Fremdrift, synliggørelse og politisk samspil, over alle aktive netværk under ét.
-- / Progress, showing and political interplay, over all active networks together.
-- Grain:   one row per organisation_id, period, measure_id and dimension.
-- Meaning: these are things leaders do, so they are shown only with at least five networks and three reference leaders.
--          Twelve months up to the quarter's last day; progress counts phases due by then.
-- Defined: docs/indicators.md#organisation
with

groups as (
    select
        organisation_id,
        period,
        counted_to,
        year_before,
        networks < 5 or leaders < 3 as suppressed
    from results.organisation_period
),

met as (
    select
        organisation_id,
        date as held_date,
        case kind
            when 'showcase' then 'value_shown'
            else kind
        end as measure_id,
        case kind
            when 'showcase' then audience
            when 'political_assessment' then outcome
            else ''
        end as dimension
    from core.touchpoints
    where basis = 'counted' and kind in ('showcase', 'political_assessment', 'political_dialogue')
),

names as (
    select
        'value_shown' as measure_id,
        'organisation' as dimension
    union all
    select
        'value_shown' as measure_id,
        'politicians' as dimension
    union all
    select
        'value_shown' as measure_id,
        'city' as dimension
    union all
    select
        'political_assessment' as measure_id,
        'relevant' as dimension
    union all
    select
        'political_assessment' as measure_id,
        'not_relevant' as dimension
    union all
    select
        'political_dialogue' as measure_id,
        '' as dimension
),

meetings as (
    select
        groups.organisation_id,
        groups.period,
        names.measure_id,
        names.dimension,
        groups.suppressed,
        count(met.held_date) as counted
    from groups
    inner join core.kinds_kept as kept
        on groups.organisation_id = kept.organisation_id
        and kept.kind = 'touchpoints'
    cross join names
    left join met
        on groups.organisation_id = met.organisation_id
        and names.measure_id = met.measure_id
        and names.dimension = met.dimension
        and groups.counted_to >= met.held_date
        and groups.year_before < met.held_date
    group by
        groups.organisation_id,
        groups.period,
        names.measure_id,
        names.dimension,
        groups.suppressed
),

phases_due as (
    select
        groups.organisation_id,
        groups.period,
        groups.suppressed,
        count(phases.phase) as due,
        count(
            case when phases.actual_date <= cast(phases.planned_date + interval 30 days as date) then phases.phase end
        ) as reached
    from groups
    inner join core.units as units
        on groups.organisation_id = units.organisation_id
        and groups.period = units.period
    inner join core.phases as phases
        on units.organisation_id = phases.organisation_id
        and units.network_id = phases.network_id
        and units.basis = phases.basis
        and units.counted_to >= cast(phases.planned_date + interval 30 days as date)
    where units.basis = 'counted' and units.phase = 'active'
    group by
        groups.organisation_id,
        groups.period,
        groups.suppressed
)

select
    organisation_id,
    period,
    measure_id,
    dimension,
    cast(null as double) as numerator,
    cast(null as double) as denominator,
    case when not suppressed then cast(counted as double) end as value,
    cast(null as double) as lower,
    cast(null as double) as upper,
    cast(null as bigint) as n,
    suppressed
from meetings
union all
select
    organisation_id,
    period,
    'progress' as measure_id,
    '' as dimension,
    case when not suppressed then cast(reached as double) end as numerator,
    case when not suppressed then cast(due as double) end as denominator,
    case when not suppressed then reached / nullif(cast(due as double), 0) end as value,
    null as lower,
    null as upper,
    case when not suppressed then due end as n,
    suppressed
from phases_due
where due > 0
