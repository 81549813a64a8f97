-- Belæg for V4: det seneste omfang oplyst, hvor en løsning er i brug.
-- / Evidence of V4: the latest reach told where a solution is in use.
-- Grain:   one row per organisation_id, network_id, period, basis, indicator_id, dimension, record_kind, record_key and part.
-- Window:  In use at, and told by, period_end (t of the contract), active and in follow-up.
-- Defined: docs/indicators.md#v4
select
    organisation_id,
    network_id,
    period,
    basis,
    'V4' as indicator_id,
    '' as dimension,
    'adoption_events' as record_kind,
    reach_record_key as record_key,
    'numerator' as part,
    reach
from core.solutions_in_use
where reach_record_key is not null
