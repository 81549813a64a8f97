-- Kvartaler vist ved siden af deres to år, hvor forskellen er under fem netværk.
-- / Quarters shown beside their two years, where the difference is fewer than five networks.
-- Usual cause: a window shown without asking what it gives away beside the other.
-- Blocking: yes
select
    organisation_id,
    period,
    responsibility_id,
    network_type
from results.responsibility_summary
where not suppressed
group by
    organisation_id,
    period,
    responsibility_id,
    network_type
having
    count(*) = 2
    and max(networks) - min(networks) between 1 and 4
