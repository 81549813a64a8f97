-- Belæg for R8.5: første test, og den første optagelse af hver.
-- / Evidence of R8.5: first tests, and the first adoption of each.
-- Grain:   one row per organisation_id, network_id, period, basis, indicator_id, dimension, record_kind,
--          record_key, part and counted_as.
-- Window:  As core.waits: begun by counted_to.
-- Defined: docs/indicators.md#r85
select
    organisation_id,
    network_id,
    period,
    basis,
    indicator_id,
    '' as dimension,
    start_kind as record_kind,
    start_key as record_key,
    'denominator' as part,
    solution_id as counted_as
from core.waits
where indicator_id = 'R8.5'
union all
select
    organisation_id,
    network_id,
    period,
    basis,
    indicator_id,
    '' as dimension,
    end_kind as record_kind,
    end_key as record_key,
    case when reached then 'numerator' else 'denominator' end as part,
    solution_id as counted_as
from core.waits
where
    indicator_id = 'R8.5'
    and end_key is not null
