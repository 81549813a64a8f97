-- R5.3 Progress: phases reached within 30 days of the plan, of those due; fewer than 2 are no data.
-- Grain:   one row per organisation_id, network_id, period and basis.
-- Window:  Planned at least 30 days before counted_to (t' of the contract).
-- Defined: docs/indicators.md#r53
with

counts as (
    select
        organisation_id,
        network_id,
        period,
        basis,
        count(distinct counted_as) filter (where part = 'numerator') as numerator,
        count(distinct counted_as) filter (where part = 'denominator') as denominator
    from evidence.r5_3_progress
    group by
        organisation_id,
        network_id,
        period,
        basis
)

select
    units.organisation_id,
    units.network_id,
    units.period,
    units.basis,
    'R5.3' as indicator_id,
    '' as dimension,
    cast(coalesce(counts.numerator, 0) as double) as numerator,
    cast(coalesce(counts.denominator, 0) as double) as denominator,
    counts.numerator / nullif(cast(counts.denominator as double), 0) as value,
    cast(null as double) as lower,
    cast(null as double) as upper,
    cast(coalesce(counts.denominator, 0) as bigint) as n,
    case when coalesce(counts.denominator, 0) < targets.minimum_count then 'not_assessable' end as own_status,
    case when coalesce(counts.denominator, 0) < targets.minimum_count then 'no_data' end as own_reason
from core.units
inner join core.targets as targets
    on units.organisation_id = targets.organisation_id
    and units.network_type = targets.network_type
    and units.period = targets.period
    and targets.indicator_id = 'R5.3'
left join counts
    on units.organisation_id = counts.organisation_id
    and units.network_id = counts.network_id
    and units.period = counts.period
    and units.basis = counts.basis
where units.phase = 'active'
