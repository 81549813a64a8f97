-- R4.2 Applications won: granted in whole or in part, of those decided, with a Wilson 95 % interval; fewer than 3 are no data.
-- Grain:   one row per organisation_id, network_id, period and basis.
-- Window:  W(24), the twenty-four months up to counted_to, in this leader's time.
-- Defined: docs/indicators.md#r42
with

counts as (
    select
        organisation_id,
        network_id,
        period,
        basis,
        count(distinct counted_as) filter (where part = 'numerator') as numerator,
        count(distinct counted_as) filter (where part = 'denominator') as denominator
    from evidence.r4_2_applications_won
    group by
        organisation_id,
        network_id,
        period,
        basis
),

shares as (
    select
        organisation_id,
        network_id,
        period,
        basis,
        numerator,
        denominator,
        numerator / nullif(cast(denominator as double), 0) as share,
        1.959964 * 1.959964 / nullif(cast(denominator as double), 0) as spread
    from counts
)

select
    units.organisation_id,
    units.network_id,
    units.period,
    units.basis,
    'R4.2' as indicator_id,
    '' as dimension,
    cast(coalesce(shares.numerator, 0) as double) as numerator,
    cast(coalesce(shares.denominator, 0) as double) as denominator,
    shares.share as value,
    greatest(
        0.0,
        least(
            shares.share,
            (
                shares.share + shares.spread / 2
                - sqrt(shares.spread * shares.share * (1 - shares.share) + shares.spread * shares.spread / 4)
            ) / nullif(1 + shares.spread, 0)
        )
    ) as lower,
    least(
        1.0,
        greatest(
            shares.share,
            (
                shares.share + shares.spread / 2
                + sqrt(shares.spread * shares.share * (1 - shares.share) + shares.spread * shares.spread / 4)
            ) / nullif(1 + shares.spread, 0)
        )
    ) as upper,
    cast(coalesce(shares.denominator, 0) as bigint) as n,
    case when coalesce(shares.denominator, 0) < targets.minimum_count then 'not_assessable' end as own_status,
    case when coalesce(shares.denominator, 0) < targets.minimum_count then 'no_data' end as own_reason
from core.units
inner join core.targets as targets
    on units.organisation_id = targets.organisation_id
    and units.network_type = targets.network_type
    and units.period = targets.period
    and targets.indicator_id = 'R4.2'
left join shares
    on units.organisation_id = shares.organisation_id
    and units.network_id = shares.network_id
    and units.period = shares.period
    and units.basis = shares.basis
where units.phase = 'active'
