-- Hvad tallene hviler på: netværk, rækker af hver slags, udfyldte valgfri celler, og hvorfor resultater mangler.
-- / What the figures rest on: networks, records of each kind, optional cells filled in, and why results cannot be given.
-- Grain:   one row per organisation_id, period, measure_id and dimension.
-- Meaning: records are those accepted by now and dated up to the quarter's last day (people, roles and networks by
--          their first day). What cannot be assessed is counted over results with a target, .P left out, and shown
--          with at least five networks and three reference leaders.
-- Defined: docs/indicators.md#organisation
with

dated as (
    select
        organisation_id,
        'people' as kind,
        valid_from as dated_on,
        cast(null as varchar) as network_id
    from accepted.people
    union all
    select
        organisation_id,
        'networks' as kind,
        start_date as dated_on,
        network_id
    from accepted.networks
    union all
    select
        organisation_id,
        'roles' as kind,
        valid_from as dated_on,
        network_id
    from accepted.roles
    union all
    select
        organisation_id,
        'phases' as kind,
        coalesce(actual_date, planned_date) as dated_on,
        network_id
    from accepted.phases
    union all
    select
        organisation_id,
        'solutions' as kind,
        idea_date as dated_on,
        network_id
    from accepted.solutions
    union all
    select
        organisation_id,
        'applications' as kind,
        coalesce(submitted_date, decided_date) as dated_on,
        network_id
    from accepted.applications
    union all
    select
        organisation_id,
        'adoption_events' as kind,
        date as dated_on,
        network_id
    from core.adoption_events
    where basis = 'counted'
    union all
    select
        organisation_id,
        'central_managers' as kind,
        identified_date as dated_on,
        network_id
    from accepted.central_managers
    union all
    select
        organisation_id,
        'ownership' as kind,
        date as dated_on,
        network_id
    from accepted.ownership
    union all
    select
        organisation_id,
        'touchpoints' as kind,
        date as dated_on,
        network_id
    from accepted.touchpoints
    union all
    select
        organisation_id,
        'value_records' as kind,
        date as dated_on,
        network_id
    from accepted.value_records
    union all
    select
        organisation_id,
        'pulse' as kind,
        date as dated_on,
        network_id
    from accepted.pulse
),

kinds as (
    select kind
    from core.record_kinds
    where kind <> 'disputes'
),

recorded as (
    select
        periods.organisation_id,
        periods.period,
        kinds.kind,
        count(dated.kind) as records
    from results.organisation_period as periods
    cross join kinds
    left join dated
        on periods.organisation_id = dated.organisation_id
        and kinds.kind = dated.kind
        and periods.counted_to >= dated.dated_on
    group by
        periods.organisation_id,
        periods.period,
        kinds.kind
),

covered as (
    select
        units.organisation_id,
        units.period,
        kinds.kind,
        count(distinct units.network_id) as networks,
        count(distinct dated.network_id) as networks_with
    from core.units as units
    cross join kinds
    left join dated
        on units.organisation_id = dated.organisation_id
        and units.network_id = dated.network_id
        and kinds.kind = dated.kind
        and units.counted_to >= dated.dated_on
    where units.basis = 'counted' and units.phase = 'active' and kinds.kind not in ('people', 'networks')
    group by
        units.organisation_id,
        units.period,
        kinds.kind
),

cells as (
    select
        organisation_id,
        'solutions.capital_need' as cell,
        idea_date as dated_on,
        case when capital_need is not null then 1 else 0 end as filled
    from accepted.solutions
    union all
    select
        organisation_id,
        'applications.responsible_id' as cell,
        submitted_date as dated_on,
        case when responsible_id is not null then 1 else 0 end as filled
    from accepted.applications
    where source = 'external'
    union all
    select
        organisation_id,
        'adoption_events.reach' as cell,
        date as dated_on,
        case when reach is not null then 1 else 0 end as filled
    from core.adoption_events
    where basis = 'counted' and event in ('adopted', 'scaled')
    union all
    select
        organisation_id,
        'value_records.baseline' as cell,
        date as dated_on,
        case when baseline is not null then 1 else 0 end as filled
    from accepted.value_records
    union all
    select
        organisation_id,
        'value_records.target' as cell,
        date as dated_on,
        case when target is not null then 1 else 0 end as filled
    from accepted.value_records
    union all
    select
        organisation_id,
        'value_records.measured' as cell,
        date as dated_on,
        case when measured is not null then 1 else 0 end as filled
    from accepted.value_records
    union all
    select
        organisation_id,
        'value_records.cycle' as cell,
        date as dated_on,
        case when cycle is not null then 1 else 0 end as filled
    from accepted.value_records
),

filled as (
    select
        periods.organisation_id,
        periods.period,
        cells.cell,
        sum(cells.filled) as filled,
        count(cells.filled) as cells
    from results.organisation_period as periods
    inner join cells
        on periods.organisation_id = cells.organisation_id
        and periods.counted_to >= cells.dated_on
    group by
        periods.organisation_id,
        periods.period,
        cells.cell
),

judged as (
    select
        results.organisation_id,
        results.period,
        periods.networks < 5 or periods.leaders < 3 as suppressed,
        case
            when results.status in ('fulfilled', 'partly', 'not_fulfilled') then 'judged'
            else results.reason
        end as reason
    from results.indicator_result as results
    inner join results.organisation_period as periods
        on results.organisation_id = periods.organisation_id
        and results.period = periods.period
    where
        results.phase = 'active'
        and results.responsibility_id <> ''
        and results.indicator_id not like '%.P'
        and results.status <> 'informative'
),

reasons as (
    select
        organisation_id,
        period,
        reason,
        suppressed,
        count(reason) as counted
    from judged
    where reason is not null
    group by
        organisation_id,
        period,
        reason,
        suppressed
),

judged_totals as (
    select
        organisation_id,
        period,
        sum(counted) as all_results
    from reasons
    group by
        organisation_id,
        period
),

figures as (
    select
        organisation_id,
        period,
        'networks_active' as measure_id,
        '' as dimension,
        networks as counted,
        false as suppressed
    from results.organisation_period
    union all
    select
        organisation_id,
        period,
        'networks_active' as measure_id,
        network_type as dimension,
        count(network_id) as counted,
        false as suppressed
    from core.units
    where basis = 'counted' and phase = 'active'
    group by
        organisation_id,
        period,
        network_type
    union all
    select
        organisation_id,
        period,
        'networks_followed' as measure_id,
        '' as dimension,
        networks_followed as counted,
        false as suppressed
    from results.organisation_period
    union all
    select
        organisation_id,
        period,
        'records' as measure_id,
        kind as dimension,
        records as counted,
        false as suppressed
    from recorded
),

shares as (
    select
        organisation_id,
        period,
        'networks_covered' as measure_id,
        kind as dimension,
        networks_with as numerator,
        networks as denominator,
        false as suppressed
    from covered
    union all
    select
        organisation_id,
        period,
        'cells_filled' as measure_id,
        cell as dimension,
        filled as numerator,
        cells as denominator,
        false as suppressed
    from filled
    union all
    select
        reasons.organisation_id,
        reasons.period,
        'results_by_reason' as measure_id,
        reasons.reason as dimension,
        reasons.counted as numerator,
        judged_totals.all_results as denominator,
        reasons.suppressed
    from reasons
    inner join judged_totals
        on reasons.organisation_id = judged_totals.organisation_id
        and reasons.period = judged_totals.period
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
from figures
union all
select
    organisation_id,
    period,
    measure_id,
    dimension,
    case when not suppressed then cast(numerator as double) end as numerator,
    case when not suppressed then cast(denominator as double) end as denominator,
    case when not suppressed then numerator / nullif(cast(denominator as double), 0) end as value,
    null as lower,
    null as upper,
    case when not suppressed then denominator end as n,
    suppressed
from shares
