-- Hvordan hvert netværk stod på hvert ansvar, med hvad sammenfatningen grupperer efter og tæller mennesker ved.
-- / How each network stood on each responsibility, with what the summary groups by and counts people by.
-- Grain:   one row per organisation_id, responsibility_id, network_id and period; open disputes count.
-- Window:  measured_on is counted_to (t' of the contract): a provisional figure of another day is another
--          measurement, the same day measured otherwise is a correction.
-- Defined: docs/indicators.md#summary
select
    standings.organisation_id,
    standings.responsibility_id,
    standings.network_id,
    standings.period,
    quarters.quarter_number,
    units.counted_to as measured_on,
    standings.status,
    standings.reference_leader_id,
    units.network_type,
    as_of_quarters.quarter_number as last_quarter
from results.responsibility_result as standings
inner join core.units as units
    on standings.organisation_id = units.organisation_id
    and standings.network_id = units.network_id
    and standings.period = units.period
inner join calendar.quarter as quarters
    on standings.period = quarters.period
inner join calendar.as_of as as_of
    on standings.organisation_id = as_of.organisation_id
inner join calendar.quarter as as_of_quarters
    on as_of.as_of between as_of_quarters.first_day and as_of_quarters.last_day
where units.basis = 'counted'
