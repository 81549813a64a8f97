-- R4.1 Test capital covered: kroner granted for tests, of kroner needed, at most 1.
-- Grain:   one row per organisation_id, network_id, period and basis; without older needs not due or no data.
-- Window:  Granted by counted_to; needed 90 days before counted_to (t' of the contract) or earlier.
-- Defined: docs/indicators.md#r41
with

sums as (
    select
        organisation_id,
        network_id,
        period,
        basis,
        sum(amount) filter (where part = 'numerator') as granted,
        sum(amount) filter (where part = 'denominator') as needed
    from evidence.r4_1_test_capital_covered
    group by
        organisation_id,
        network_id,
        period,
        basis
),

young_needs as (
    select
        units.organisation_id,
        units.network_id,
        units.period,
        units.basis,
        count(*) as need_count
    from core.units
    inner join core.solutions as solutions
        on units.organisation_id = solutions.organisation_id
        and units.network_id = solutions.network_id
        and units.counted_to >= solutions.need_date
        and solutions.need_date > cast(units.counted_to - interval 90 days as date)
        and solutions.capital_need > 0
    group by
        units.organisation_id,
        units.network_id,
        units.period,
        units.basis
)

select
    units.organisation_id,
    units.network_id,
    units.period,
    units.basis,
    'R4.1' as indicator_id,
    '' as dimension,
    cast(coalesce(sums.granted, 0) as double) as numerator,
    cast(coalesce(sums.needed, 0) as double) as denominator,
    least(1.0, cast(coalesce(sums.granted, 0) as double) / nullif(cast(sums.needed as double), 0)) as value,
    cast(null as double) as lower,
    cast(null as double) as upper,
    cast(null as bigint) as n,
    case when coalesce(sums.needed, 0) = 0 then 'not_assessable' end as own_status,
    case
        when coalesce(sums.needed, 0) > 0 then null
        when young_needs.need_count > 0 then 'not_due'
        else 'no_data'
    end as own_reason
from core.units
left join sums
    on units.organisation_id = sums.organisation_id
    and units.network_id = sums.network_id
    and units.period = sums.period
    and units.basis = sums.basis
left join young_needs
    on units.organisation_id = young_needs.organisation_id
    and units.network_id = young_needs.network_id
    and units.period = young_needs.period
    and units.basis = young_needs.basis
where units.phase = 'active'
