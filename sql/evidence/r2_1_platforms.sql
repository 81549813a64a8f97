-- Belæg for R2.1: adgang til platforme ved referencelederen, talt efter modpart.
-- / Evidence of R2.1: platform access by the reference leader, counted by counterpart.
-- Grain:   one row per organisation_id, network_id, period, basis, indicator_id, dimension, record_kind,
--          record_key, part and counted_as.
-- Window:  W(12), the twelve months up to counted_to, in this leader's time.
-- Defined: docs/indicators.md#r21
select
    units.organisation_id,
    units.network_id,
    units.period,
    units.basis,
    'R2.1' as indicator_id,
    '' as dimension,
    'touchpoints' as record_kind,
    touchpoints.record_key,
    'numerator' as part,
    touchpoints.counterpart_key as counted_as
from core.units
inner join core.windows as windows
    on units.organisation_id = windows.organisation_id
    and units.network_id = windows.network_id
    and units.period = windows.period
    and windows.indicator_id = 'R2.1'
inner join core.touchpoints as touchpoints
    on units.organisation_id = touchpoints.organisation_id
    and units.network_id = touchpoints.network_id
    and units.basis = touchpoints.basis
    and touchpoints.kind = 'platform_access'
    and units.reference_leader_id = touchpoints.by_id
    and windows.after_date < touchpoints.date
    and units.counted_to >= touchpoints.date
    and units.role_since <= touchpoints.date
    and touchpoints.counterpart_key is not null
where units.phase = 'active'
