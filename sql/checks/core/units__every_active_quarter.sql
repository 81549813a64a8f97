-- Kvartaler, hvor et netværk var aktivt og ingen enhed har, eller mere end én, som det står.
-- / Quarters in which a network was active and has no unit, or more than one, as things stand.
-- Usual cause: a calendar that does not reach from the first network's start to the as-of day.
-- Blocking: yes
select
    networks.organisation_id,
    networks.network_id,
    quarters.period
from accepted.networks as networks
inner join calendar.as_of as as_of
    on networks.organisation_id = as_of.organisation_id
inner join calendar.quarter as quarters
    on as_of.as_of >= quarters.first_day
    and least(quarters.last_day, as_of.as_of) >= networks.start_date
    and coalesce(networks.end_date, quarters.first_day) >= quarters.first_day
left join core.units as units
    on networks.organisation_id = units.organisation_id
    and networks.network_id = units.network_id
    and quarters.period = units.period
    and units.basis = 'counted'
    and units.phase = 'active'
group by
    networks.organisation_id,
    networks.network_id,
    quarters.period
having count(units.period) <> 1
