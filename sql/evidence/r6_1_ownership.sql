-- Belæg for R6.1: centrale ledere med deres seneste svar, og af dem dem med ejerskab eller et tilsagn.
-- / Evidence of R6.1: central managers with their latest answer, and of them those with ownership or a commitment.
-- Grain:   one row per organisation_id, network_id, period, basis, indicator_id, dimension, record_kind,
--          record_key, part and counted_as.
-- Window:  On the list on counted_to; the answer in W*(12).
-- Defined: docs/indicators.md#r61
select
    organisation_id,
    network_id,
    period,
    basis,
    'R6.1' as indicator_id,
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
    'R6.1' as indicator_id,
    '' as dimension,
    'ownership' as record_kind,
    ownership_record_key as record_key,
    'denominator' as part,
    manager_id as counted_as
from core.unit_managers
where
    central
    and ownership_record_key is not null
union all
select
    organisation_id,
    network_id,
    period,
    basis,
    'R6.1' as indicator_id,
    '' as dimension,
    'ownership' as record_kind,
    ownership_record_key as record_key,
    'numerator' as part,
    manager_id as counted_as
from core.unit_managers
where
    central
    and ownership_record_key is not null
    and (ownership >= 4 or commitment != 'none')
