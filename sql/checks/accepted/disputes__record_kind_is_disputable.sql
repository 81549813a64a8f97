-- Indsigelser mod en slags registrering, der ikke kan gøres indsigelse mod.
-- / Disputes of a kind of record that cannot be disputed.
-- Usual cause: a kind was renamed in the contract but not in the list of disputable kinds.
-- Blocking: yes
select
    organisation_id,
    delivery_sequence,
    sheet,
    row_number
from accepted.disputes
where
    record_kind not in (
        'phases', 'applications', 'adoption_events', 'central_managers', 'ownership', 'touchpoints', 'value_records'
    )
