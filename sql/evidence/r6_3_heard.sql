-- Belæg for R6.3: centrale ledere, og af dem de hørte.
-- / Evidence of R6.3: central managers, and of them those heard.
-- Grain:   one row per organisation_id, network_id, period, basis, indicator_id, dimension, record_kind,
--          record_key, part and counted_as.
-- Window:  On the list on counted_to; heard in W*(12).
-- Defined: docs/indicators.md#r63
select
    organisation_id,
    network_id,
    period,
    basis,
    'R6.3' as indicator_id,
    '' as dimension,
    record_kind,
    record_key,
    'denominator' as part,
    manager_id as counted_as
from core.unit_manager_records
union all
select
    organisation_id,
    network_id,
    period,
    basis,
    'R6.3' as indicator_id,
    '' as dimension,
    'ownership' as record_kind,
    ownership_record_key as record_key,
    'numerator' as part,
    manager_id as counted_as
from core.unit_managers
where
    central
    and ownership_record_key is not null
