-- Ansvar, hvis oplevede status ikke er deres pulsindikators.
-- / Responsibilities whose perceived status is not that of their pulse indicator.
-- Usual cause: a pulse indicator of another responsibility or another quarter.
-- Blocking: yes
select
    responsibilities.organisation_id,
    responsibilities.network_id,
    responsibilities.period,
    responsibilities.responsibility_id
from results.responsibility_result as responsibilities
left join results.indicator_result as pulse
    on responsibilities.organisation_id = pulse.organisation_id
    and responsibilities.network_id = pulse.network_id
    and responsibilities.period = pulse.period
    and responsibilities.responsibility_id = pulse.responsibility_id
    and pulse.indicator_id like '%.P'
where responsibilities.perceived_status is distinct from pulse.status
