-- Hændelser på en løsnings vej, som tæller, med løsningens netværk og enheden, som den sammenlignes
-- / Events on a solution's way that count, with the solution's network and the unit as it is compared
-- Macro: audit.effective_event()
-- Grain: organisation_id, record_key.
select
    adoption_events.organisation_id,
    solutions.network_id,
    adoption_events.record_key,
    adoption_events.solution_id,
    adoption_events.event,
    adoption_events.date as event_date,
    adoption_events.manager_id,
    adoption_events.reach,
    upper(trim(
        regexp_replace(
            regexp_replace(adoption_events.unit, '[\x{2010}-\x{2015}\x{2212}]', '-', 'g'), '\s+', ' ', 'g'
        )
    )) as unit
from main.adoption_events
inner join main.solutions
    on adoption_events.organisation_id = solutions.organisation_id
    and adoption_events.solution_id = solutions.solution_id
left join audit.discounted_record() as discounted
    on adoption_events.organisation_id = discounted.organisation_id
    and adoption_events.record_key = discounted.record_key
    and discounted.record_kind = 'adoption_events'
where discounted.record_key is null
