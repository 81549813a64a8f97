-- Belæg for V7: ansøgninger, der er helt eller delvist bevilget.
-- / Evidence of V7: applications granted in whole or in part.
-- Grain:   one row per organisation_id, network_id, period, basis, indicator_id, dimension, record_kind, record_key and part.
-- Window:  Decided by counted_to.
-- Defined: docs/indicators.md#v7
select
    units.organisation_id,
    units.network_id,
    units.period,
    units.basis,
    'V7' as indicator_id,
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
    and applications.status in ('granted', 'partly_granted')
    and units.counted_to >= applications.decided_date
where units.phase = 'active'
