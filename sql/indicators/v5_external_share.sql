-- V5 External share: kroner granted from outside, of all kroner granted.
-- Grain:   one row per organisation_id, network_id, period and basis.
-- Window:  Decided by counted_to (t' of the contract).
-- Defined: docs/indicators.md#v5
with

sums as (
    select
        organisation_id,
        network_id,
        period,
        basis,
        sum(amount) filter (where part = 'numerator') as external_amount,
        sum(amount) filter (where part = 'denominator') as granted_amount
    from evidence.v5_external_share
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
    'V5' as indicator_id,
    '' as dimension,
    cast(coalesce(sums.external_amount, 0) as double) as numerator,
    cast(sums.granted_amount as double) as denominator,
    cast(coalesce(sums.external_amount, 0) as double) / nullif(cast(sums.granted_amount as double), 0) as value,
    cast(null as double) as lower,
    cast(null as double) as upper,
    cast(null as bigint) as n,
    cast(null as varchar) as own_status,
    case when sums.granted_amount is null then 'no_data' end as own_reason
from core.units
left join sums
    on units.organisation_id = sums.organisation_id
    and units.network_id = sums.network_id
    and units.period = sums.period
    and units.basis = sums.basis
where units.phase = 'active'
