-- Perioder for samme person i Personer, der overlapper.
-- / Stretches of one person in people that overlap.
-- Usual cause: a move written without ending the stretch before it.
-- Blocking: yes
select
    later.organisation_id,
    later.delivery_sequence,
    later.sheet,
    later.row_number
from accepted.people as later
inner join accepted.people as earlier
    on later.organisation_id = earlier.organisation_id
    and later.person_id = earlier.person_id
    and later.valid_from > earlier.valid_from
    and later.valid_from <= coalesce(earlier.valid_to, later.valid_from)
