-- Belæg for V6: værdiregistreringer med udgangspunkt og måling, efter værditype.
-- / Evidence of V6: value records with a baseline and a measurement, by type of value.
-- Grain:   one row per organisation_id, network_id, period, basis, indicator_id, dimension, record_kind,
--          record_key, part and counted_as.
-- Window:  W*(12), the twelve months up to counted_to.
-- Defined: docs/indicators.md#v6
select
    units.organisation_id,
    units.network_id,
    units.period,
    units.basis,
    'V6' as indicator_id,
    value_records.value_type as dimension,
    'value_records' as record_kind,
    value_records.record_key,
    'numerator' as part,
    value_records.record_key as counted_as
from core.units
inner join core.windows as windows
    on units.organisation_id = windows.organisation_id
    and units.network_id = windows.network_id
    and units.period = windows.period
    and windows.indicator_id = 'R7.1'
inner join core.value_records as value_records
    on units.organisation_id = value_records.organisation_id
    and units.network_id = value_records.network_id
    and units.basis = value_records.basis
    and windows.after_date < value_records.date
    and units.counted_to >= value_records.date
    and value_records.baseline is not null
    and value_records.measured is not null
where units.phase = 'active'
