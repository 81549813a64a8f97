-- Løsninger i brug ved periodens slutning, enhed for enhed, med det seneste oplyste omfang.
-- / Solutions in use at the end of the period, unit by unit, with the latest reach told.
-- Grain:   one row per organisation_id, network_id, period, basis, solution_id and unit_key.
-- Window:  at period_end (t of the contract), active and in follow-up.
-- Defined: docs/indicators.md#in-use
select
    units.organisation_id,
    units.network_id,
    units.period,
    units.basis,
    used.solution_id,
    used.unit_key,
    used.record_key,
    told.reach,
    told.record_key as reach_record_key
from core.units
inner join core.use_spells as used
    on units.organisation_id = used.organisation_id
    and units.network_id = used.network_id
    and units.basis = used.basis
    and units.period_end >= used.used_from
    and (used.used_until is null or units.period_end < used.used_until)
left join core.reach_spells as told
    on used.organisation_id = told.organisation_id
    and used.network_id = told.network_id
    and used.basis = told.basis
    and used.solution_id = told.solution_id
    and used.unit_key = told.unit_key
    and units.period_end >= told.told_date
    and (told.told_until is null or units.period_end < told.told_until)
