-- Hændelser på en løsnings vej fra test til basis, som tæller, med det netværk, hvis løsning det er.
-- / Events on a solution's way from test to base that count, with the network whose solution it is.
-- Grain:   one row per organisation_id, basis and record_key; upheld disputes out of both, open ones out of if_upheld.
-- Window:  none; all there is.
-- Defined: docs/indicators.md#disputes
select
    records.organisation_id,
    solutions.network_id,
    bases.basis,
    records.record_key,
    records.solution_id,
    records.unit_key,
    records.event,
    records.date,
    records.manager_id,
    records.reach
from accepted.adoption_events as records
inner join accepted.solutions as solutions
    on records.organisation_id = solutions.organisation_id
    and records.solution_id = solutions.solution_id
inner join core.bases
    on solutions.organisation_id = bases.organisation_id
    and solutions.network_id = bases.network_id
left join core.disputed_records as disputed
    on records.organisation_id = disputed.organisation_id
    and records.record_key = disputed.record_key
    and disputed.record_kind = 'adoption_events'
where
    disputed.record_key is null
    or (bases.basis = 'counted' and not disputed.upheld)
