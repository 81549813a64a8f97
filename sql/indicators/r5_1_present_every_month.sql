-- R5.1 Present every month: months with any touchpoint by the reference leader, of the months asked about.
-- Grain:   one row per organisation_id, network_id, period and basis; fewer than 3 months are not due.
-- Window:  The six latest whole months in this leader's time that had ended by counted_to.
-- Defined: docs/indicators.md#r51
with

asked as (
    select
        organisation_id,
        network_id,
        period,
        basis,
        count(*) as month_count
    from core.unit_months
    where indicator_id = 'R5.1'
    group by
        organisation_id,
        network_id,
        period,
        basis
),

met as (
    select
        organisation_id,
        network_id,
        period,
        basis,
        count(distinct counted_as) as month_count
    from evidence.r5_1_present_every_month
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
    'R5.1' as indicator_id,
    '' as dimension,
    cast(coalesce(met.month_count, 0) as double) as numerator,
    cast(coalesce(asked.month_count, 0) as double) as denominator,
    coalesce(met.month_count, 0) / nullif(cast(asked.month_count as double), 0) as value,
    cast(null as double) as lower,
    cast(null as double) as upper,
    cast(coalesce(asked.month_count, 0) as bigint) as n,
    case when coalesce(asked.month_count, 0) < targets.minimum_count then 'not_assessable' end as own_status,
    case when coalesce(asked.month_count, 0) < targets.minimum_count then 'not_due' end as own_reason
from core.units
inner join core.targets as targets
    on units.organisation_id = targets.organisation_id
    and units.network_type = targets.network_type
    and units.period = targets.period
    and targets.indicator_id = 'R5.1'
left join asked
    on units.organisation_id = asked.organisation_id
    and units.network_id = asked.network_id
    and units.period = asked.period
    and units.basis = asked.basis
left join met
    on units.organisation_id = met.organisation_id
    and units.network_id = met.network_id
    and units.period = met.period
    and units.basis = met.basis
where units.phase = 'active'
