-- Hvor et netværks politiske samspil står: seneste vurdering, og siden hvornår det er vurderet relevant.
-- / Where a network's political interplay stands: the latest assessment, and since when it is judged relevant.
-- Grain:   one row per organisation_id, network_id, period and basis; active networks.
-- Window:  latest_* in W*(12); relevant_since (a of the contract) and refused_date over all time to counted_to.
-- Defined: docs/indicators.md#r92
with

assessments as (
    select
        units.organisation_id,
        units.network_id,
        units.period,
        units.basis,
        touchpoints.date,
        touchpoints.outcome,
        touchpoints.date > windows.after_date as recent
    from core.units
    inner join core.windows as windows
        on units.organisation_id = windows.organisation_id
        and units.network_id = windows.network_id
        and units.period = windows.period
        and windows.indicator_id = 'R9.2'
    inner join core.touchpoints as touchpoints
        on units.organisation_id = touchpoints.organisation_id
        and units.network_id = touchpoints.network_id
        and units.basis = touchpoints.basis
        and units.counted_to >= touchpoints.date
        and touchpoints.kind = 'political_assessment'
    where units.phase = 'active'
),

latest as (
    select
        organisation_id,
        network_id,
        period,
        basis,
        max(date) filter (where recent) as latest_date,
        max(date) filter (where recent and outcome = 'relevant') as latest_relevant_date,
        max(date) filter (where outcome = 'not_relevant') as refused_date
    from assessments
    group by
        organisation_id,
        network_id,
        period,
        basis
)

select
    latest.organisation_id,
    latest.network_id,
    latest.period,
    latest.basis,
    latest.latest_date,
    case
        when latest.latest_date is null then null
        when latest.latest_relevant_date = latest.latest_date then 'relevant'
        else 'not_relevant'
    end as latest_outcome,
    latest.refused_date,
    min(assessments.date) as relevant_since
from latest
left join assessments
    on latest.organisation_id = assessments.organisation_id
    and latest.network_id = assessments.network_id
    and latest.period = assessments.period
    and latest.basis = assessments.basis
    and assessments.outcome = 'relevant'
    and (latest.refused_date is null or latest.refused_date <= assessments.date)
group by
    latest.organisation_id,
    latest.network_id,
    latest.period,
    latest.basis,
    latest.latest_date,
    latest.latest_relevant_date,
    latest.refused_date
