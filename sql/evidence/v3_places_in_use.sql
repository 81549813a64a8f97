-- Belæg for V3: hvor løsninger er i brug, talt efter løsning og enhed.
-- / Evidence of V3: where solutions are in use, counted by solution and unit.
-- Grain:   one row per organisation_id, network_id, period, basis, indicator_id, dimension, record_kind,
--          record_key, part and counted_as.
-- Window:  In use at period_end (t of the contract), active and in follow-up.
-- Defined: docs/indicators.md#v3
select
    organisation_id,
    network_id,
    period,
    basis,
    'V3' as indicator_id,
    '' as dimension,
    'adoption_events' as record_kind,
    record_key,
    'numerator' as part,
    record_key as counted_as
from core.solutions_in_use
