-- R4.3 Answers for external funds: external applications the reference leader is responsible for, of those with someone.
-- Grain:   one row per organisation_id, network_id, period and basis.
-- Window:  W(24), the twenty-four months up to counted_to, in this leader's time.
-- Defined: docs/indicators.md#r43
with

counts as (
    select
        organisation_id,
        network_id,
        period,
        basis,
        count(distinct counted_as) filter (where part = 'numerator') as numerator,
        count(distinct counted_as) filter (where part = 'denominator') as denominator
    from evidence.r4_3_answers_for_external_funds
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
    'R4.3' as indicator_id,
    '' as dimension,
    cast(coalesce(counts.numerator, 0) as double) as numerator,
    cast(coalesce(counts.denominator, 0) as double) as denominator,
    counts.numerator / nullif(cast(counts.denominator as double), 0) as value,
    cast(null as double) as lower,
    cast(null as double) as upper,
    cast(coalesce(counts.denominator, 0) as bigint) as n,
    case when coalesce(counts.denominator, 0) < 1 then 'not_assessable' end as own_status,
    case when coalesce(counts.denominator, 0) < 1 then 'no_data' end as own_reason
from core.units
left join counts
    on units.organisation_id = counts.organisation_id
    and units.network_id = counts.network_id
    and units.period = counts.period
    and units.basis = counts.basis
where units.phase = 'active'
