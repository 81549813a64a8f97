-- Belæg for V2: hvor løsninger er i brug, talt efter løsning.
-- / Evidence of V2: where solutions are in use, counted by solution.
-- Grain:   one row per organisation_id, network_id, period, basis, indicator_id, dimension, record_kind,
--          record_key, part and counted_as.
-- Window:  In use at period_end (t of the contract), active and in follow-up.
-- Defined: docs/indicators.md#v2
select
    organisation_id,
    network_id,
    period,
    basis,
    'V2' as indicator_id,
    '' as dimension,
    'adoption_events' as record_kind,
    record_key,
    'numerator' as part,
    solution_id as counted_as
from core.solutions_in_use
