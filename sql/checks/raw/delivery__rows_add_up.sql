-- Leveringer, hvor læste rækker ikke er accepterede, afviste og oversprungne tilsammen.
-- / Deliveries whose rows read are not those accepted, rejected and skipped together.
-- Usual cause: a row that was neither accepted nor given a finding.
-- Blocking: yes
select
    sequence as delivery_sequence,
    organisation_id,
    path,
    rows_read,
    rows_accepted,
    rows_rejected,
    rows_skipped
from raw.delivery
where
    state = 'current'
    and rows_read is distinct from rows_accepted + rows_rejected + rows_skipped
