-- Fund uden regel, uden kendt alvor eller uden besked på begge sprog.
-- / Findings without a rule, a known severity or a message in both languages.
-- Usual cause: a rule that was added without its messages.
-- Blocking: yes
select
    organisation_id,
    path,
    sheet,
    row_number,
    cell
from accepted.finding
where
    rule is null
    or severity is null
    or severity not in ('error', 'warning', 'info')
    or coalesce(message_da, '') = ''
    or coalesce(message_en, '') = ''
