-- Belæg for R7.2: synliggørelser, talt efter målgruppe.
-- / Evidence of R7.2: showcases, counted by audience.
-- Grain:   one row per organisation_id, network_id, period, basis, indicator_id, dimension, record_kind,
--          record_key, part and counted_as.
-- Window:  W*(12), the twelve months up to counted_to.
-- Defined: docs/indicators.md#r72
select
    units.organisation_id,
    units.network_id,
    units.period,
    units.basis,
    'R7.2' as indicator_id,
    '' as dimension,
    'touchpoints' as record_kind,
    touchpoints.record_key,
    'numerator' as part,
    touchpoints.audience as counted_as
from core.units
inner join core.windows as windows
    on units.organisation_id = windows.organisation_id
    and units.network_id = windows.network_id
    and units.period = windows.period
    and windows.indicator_id = 'R7.2'
inner join core.touchpoints as touchpoints
    on units.organisation_id = touchpoints.organisation_id
    and units.network_id = touchpoints.network_id
    and units.basis = touchpoints.basis
    and touchpoints.kind = 'showcase'
    and windows.after_date < touchpoints.date
    and units.counted_to >= touchpoints.date
    and touchpoints.audience is not null
where units.phase = 'active'
