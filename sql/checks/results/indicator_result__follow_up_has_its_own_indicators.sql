-- Resultater i opfølgning af en indikator, der ikke regnes der, og R8.4, mens netværket er aktivt.
-- / Results in follow-up of an indicator that is not computed there, and R8.4 while the network is active.
-- Usual cause: a model that does not ask for the phase.
-- Blocking: yes
select
    organisation_id,
    network_id,
    period,
    indicator_id
from results.indicator_result
where
    (phase = 'follow_up' and indicator_id not in ('R8.3', 'R8.4', 'V2', 'V3', 'V4'))
    or (phase = 'active' and indicator_id = 'R8.4')
