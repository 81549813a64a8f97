-- Aktive netværk og kvartaler, hvor en indikator ingen række har.
-- / Active networks and quarters in which an indicator has no row.
-- Usual cause: a model that joins away the networks in which nothing happened.
-- Blocking: yes
select
    units.organisation_id,
    units.network_id,
    units.period,
    indicators.indicator_id
from core.units as units
cross join definitions.indicator as indicators
left join results.indicator_result as results
    on units.organisation_id = results.organisation_id
    and units.network_id = results.network_id
    and units.period = results.period
    and indicators.indicator_id = results.indicator_id
where
    units.basis = 'counted'
    and units.phase = 'active'
    -- V6 has a row a value type that occurs; R8.4 is of the time after the network.
    and indicators.indicator_id not in ('V6', 'R8.4')
    and results.indicator_id is null
