-- Belæg for R1.1: strategiske koblinger, uanset ved hvem.
-- / Evidence of R1.1: strategic links, by anyone.
-- Grain:   one row per organisation_id, network_id, period, basis, indicator_id, dimension, record_kind,
--          record_key, part and counted_as.
-- Window:  W*(12), the twelve months up to counted_to.
-- Defined: docs/indicators.md#r11
select
    units.organisation_id,
    units.network_id,
    units.period,
    units.basis,
    'R1.1' as indicator_id,
    '' as dimension,
    'touchpoints' as record_kind,
    touchpoints.record_key,
    'numerator' as part,
    touchpoints.record_key as counted_as
from core.units
inner join core.windows as windows
    on units.organisation_id = windows.organisation_id
    and units.network_id = windows.network_id
    and units.period = windows.period
    and windows.indicator_id = 'R1.1'
inner join core.touchpoints as touchpoints
    on units.organisation_id = touchpoints.organisation_id
    and units.network_id = touchpoints.network_id
    and units.basis = touchpoints.basis
    and touchpoints.kind = 'strategic_link'
    and windows.after_date < touchpoints.date
    and units.counted_to >= touchpoints.date
where units.phase = 'active'
