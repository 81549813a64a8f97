-- Løsninger med den dag, deres kapital behøves: behovsdatoen, ellers idédatoen.
-- / Solutions with the day their capital is needed: the need date, else the idea date.
-- Grain:   one row per organisation_id and solution_id.
-- Window:  none.
-- Defined: docs/indicators.md#r41
select
    organisation_id,
    network_id,
    solution_id,
    record_key,
    idea_date,
    capital_need,
    coalesce(need_date, idea_date) as need_date
from accepted.solutions
