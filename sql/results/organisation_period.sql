-- En organisations kvartaler, med hvad hvert tal for hele organisationen må vide.
-- / The quarters of an organisation, with what every organisation-level figure needs to know.
-- Grain:   one row per organisation_id and period.
-- Window:  counted_to is the contract's t; networks and leaders are those of the quarter's active networks.
-- Defined: docs/indicators.md#organisation
select
    organisation_id,
    period,
    period_start as first_day,
    period_end as counted_to,
    cast(period_end - interval 12 months as date) as year_before,
    cast(period_end - interval 24 months as date) as two_years_before,
    count(distinct case when phase = 'active' then network_id end) as networks,
    count(distinct case when phase = 'follow_up' then network_id end) as networks_followed,
    count(distinct case when phase = 'active' then reference_leader_id end) as leaders
from core.units
where basis = 'counted'
group by
    organisation_id,
    period,
    period_start,
    period_end
