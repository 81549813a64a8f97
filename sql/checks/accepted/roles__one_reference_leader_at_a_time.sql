-- Flere referenceledere for ét netværk på samme tid.
-- / Reference leaders of one network at once.
-- Usual cause: a change of leader written without the day the first one stopped.
-- Blocking: yes
select
    later.organisation_id,
    later.network_id,
    later.delivery_sequence,
    later.sheet,
    later.row_number
from accepted.roles as later
inner join accepted.roles as earlier
    on later.organisation_id = earlier.organisation_id
    and later.network_id = earlier.network_id
    and later.role = earlier.role
    and (
        later.valid_from > earlier.valid_from
        or (later.valid_from = earlier.valid_from and later.person_id > earlier.person_id)
    )
    and later.valid_from <= coalesce(earlier.valid_to, later.valid_from)
where later.role = 'reference_leader'
