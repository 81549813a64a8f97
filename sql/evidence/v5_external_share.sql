-- Belæg for V5: bevilgede kroner, og af dem de eksterne.
-- / Evidence of V5: kroner granted, and of them those from outside.
-- Grain:   one row per organisation_id, network_id, period, basis, indicator_id, dimension, record_kind, record_key and part.
-- Window:  Decided by counted_to.
-- Defined: docs/indicators.md#v5
with

cases as (
    select
        units.organisation_id,
        units.network_id,
        units.period,
        units.basis,
        applications.record_key,
        applications.source,
        applications.amount_granted
    from core.units
    inner join core.applications as applications
        on units.organisation_id = applications.organisation_id
        and units.network_id = applications.network_id
        and units.basis = applications.basis
        and applications.status in ('granted', 'partly_granted')
        and units.counted_to >= applications.decided_date
    where units.phase = 'active'
)

select
    organisation_id,
    network_id,
    period,
    basis,
    'V5' as indicator_id,
    '' as dimension,
    'applications' as record_kind,
    record_key,
    'denominator' as part,
    amount_granted as amount
from cases
union all
select
    organisation_id,
    network_id,
    period,
    basis,
    'V5' as indicator_id,
    '' as dimension,
    'applications' as record_kind,
    record_key,
    'numerator' as part,
    amount_granted as amount
from cases
where source = 'external'
