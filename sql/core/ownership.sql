-- Centrale lederes svar om relevans, ejerskab og tilsagn, så vidt de tæller.
-- / Answers of central managers on relevance, ownership and commitment, as far as they count.
-- Grain:   one row per organisation_id, basis and record_key; upheld disputes out of both, open ones out of if_upheld.
-- Window:  none; all there is.
-- Defined: docs/indicators.md#disputes
select
    records.organisation_id,
    records.network_id,
    bases.basis,
    records.record_key,
    records.manager_id,
    records.date,
    records.relevance,
    records.ownership,
    records.commitment
from accepted.ownership as records
inner join core.bases
    on records.organisation_id = bases.organisation_id
    and records.network_id = bases.network_id
left join core.disputed_records as disputed
    on records.organisation_id = disputed.organisation_id
    and records.record_key = disputed.record_key
    and disputed.record_kind = 'ownership'
where
    disputed.record_key is null
    or (bases.basis = 'counted' and not disputed.upheld)
