-- The pulse as it may be shown: status, reason and the number of answers rounded down.
-- Grain: organisation_id, network_id, period, responsibility_id.
select
    organisation_id,
    network_id,
    period,
    responsibility_id,
    status,
    reason,
    n - n % 5 as n
from results.indicator_result
where indicator_id like '%.P'
