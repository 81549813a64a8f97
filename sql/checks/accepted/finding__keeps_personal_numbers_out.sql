-- Fund af personoplysninger, der gentager værdien.
-- / Findings of personal data that repeat the value.
-- Usual cause: a finding made from the cell as written instead of by the reader.
-- Blocking: yes
select
    organisation_id,
    path,
    sheet,
    row_number,
    cell
from accepted.finding
where
    rule in ('cpr', 'personal_data')
    and coalesce(value, '') <> ''
