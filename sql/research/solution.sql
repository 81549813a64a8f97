-- Hvad der blev af hver løsning, efter netværkstype: forskerens rækker, uden leder eller titel; netværket går ikke med i filen.
-- / What became of every solution, by network type: without leader or title; the network does not go into the file.
-- Grain:   one row per organisation_id and solution.
-- Window:  everything accepted; days in whole quarters of a year (90 days), so that no date follows.
-- Defined: docs/people.md#forskerens-fil
select
    solutions.organisation_id,
    networks.network_type,
    solutions.network_id,
    solutions.solution_id,
    bool_or(coalesce(events.event = 'test_started', false)) as tested,
    bool_or(coalesce(events.event = 'rejected', false)) as turned_down,
    bool_or(coalesce(events.event = 'adopted', false)) as adopted,
    bool_or(coalesce(events.event = 'scaled', false)) as scaled,
    bool_or(coalesce(events.event = 'discontinued', false)) as discontinued,
    90 * (date_diff(
        'day', min(solutions.idea_date), min(events.date) filter (where events.event = 'test_started')
    ) // 90) as days_to_test,
    90 * (date_diff(
        'day',
        min(events.date) filter (where events.event = 'test_started'),
        min(events.date) filter (where events.event = 'adopted')
    ) // 90) as days_from_test_to_base
from source.main.solutions
inner join source.main.networks
    on solutions.organisation_id = networks.organisation_id
    and solutions.network_id = networks.network_id
left join source.main.adoption_events as events
    on solutions.organisation_id = events.organisation_id
    and solutions.solution_id = events.solution_id
group by
    solutions.organisation_id,
    networks.network_type,
    solutions.network_id,
    solutions.solution_id
