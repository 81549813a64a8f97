-- R6.2 Relevance at level 4-5: central managers who find it relevant; bounds for those not heard.
-- Grain:   one row per organisation_id, network_id, period and basis; without central managers as core.manager_counts says.
-- Window:  C on counted_to (t' of the contract); answers in W*(12).
-- Defined: docs/indicators.md#r62
with

counts as (
    select
        organisation_id,
        network_id,
        period,
        basis,
        count(distinct counted_as) as numerator
    from evidence.r6_2_relevance
    where part = 'numerator'
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
    'R6.2' as indicator_id,
    '' as dimension,
    cast(coalesce(counts.numerator, 0) as double) as numerator,
    cast(managers.central_count as double) as denominator,
    coalesce(coalesce(counts.numerator, 0) / nullif(cast(managers.central_count as double), 0), 0.0) as value,
    coalesce(counts.numerator, 0) / nullif(cast(managers.central_count as double), 0) as lower,
    (
        coalesce(counts.numerator, 0) + managers.central_count - managers.heard_count
    ) / nullif(cast(managers.central_count as double), 0) as upper,
    cast(managers.central_count as bigint) as n,
    case
        when managers.empty_status is not null then managers.empty_status
        when 2 * managers.heard_count < managers.central_count then 'not_assessable'
    end as own_status,
    case
        when managers.empty_status is not null then managers.empty_reason
        when 2 * managers.heard_count < managers.central_count then 'too_few_heard'
    end as own_reason
from core.units
inner join core.manager_counts as managers
    on units.organisation_id = managers.organisation_id
    and units.network_id = managers.network_id
    and units.period = managers.period
    and units.basis = managers.basis
left join counts
    on units.organisation_id = counts.organisation_id
    and units.network_id = counts.network_id
    and units.period = counts.period
    and units.basis = counts.basis
where units.phase = 'active'
