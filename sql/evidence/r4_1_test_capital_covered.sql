-- Belæg for R4.1: kroner bevilget til test, og kroner der er brug for.
-- / Evidence of R4.1: kroner granted for tests, and kroner needed.
-- Grain:   one row per organisation_id, network_id, period, basis, indicator_id, dimension, record_kind, record_key and part.
-- Window:  Decided by counted_to; needed 90 days before counted_to or earlier.
-- Defined: docs/indicators.md#r41
select
    units.organisation_id,
    units.network_id,
    units.period,
    units.basis,
    'R4.1' as indicator_id,
    '' as dimension,
    'applications' as record_kind,
    applications.record_key,
    'numerator' as part,
    applications.amount_granted as amount
from core.units
inner join core.applications as applications
    on units.organisation_id = applications.organisation_id
    and units.network_id = applications.network_id
    and units.basis = applications.basis
    and applications.purpose = 'test'
    and applications.status in ('granted', 'partly_granted')
    and units.counted_to >= applications.decided_date
where units.phase = 'active'
union all
select
    units.organisation_id,
    units.network_id,
    units.period,
    units.basis,
    'R4.1' as indicator_id,
    '' as dimension,
    'solutions' as record_kind,
    solutions.record_key,
    'denominator' as part,
    solutions.capital_need as amount
from core.units
inner join core.solutions as solutions
    on units.organisation_id = solutions.organisation_id
    and units.network_id = solutions.network_id
    and solutions.need_date <= cast(units.counted_to - interval 90 days as date)
where
    units.phase = 'active'
    and solutions.capital_need > 0
