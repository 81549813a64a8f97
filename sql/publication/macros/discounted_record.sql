-- Registreringer, der ikke længere tæller, fordi en indsigelse fik medhold
-- / Records that count no longer, because a dispute was upheld
-- Macro: audit.discounted_record()
-- Grain: organisation_id, record_kind, record_key.
select distinct
    organisation_id,
    record_kind,
    record_key
from main.disputes
where outcome = 'upheld'
