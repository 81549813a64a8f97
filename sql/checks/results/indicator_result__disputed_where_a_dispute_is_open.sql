-- Omtvistede resultater i en organisation uden en åben indsigelse.
-- / Results that are disputed in an organisation without an open dispute.
-- Usual cause: a dispute that was decided still counts as open.
-- Blocking: yes
select
    results.organisation_id,
    results.network_id,
    results.period,
    results.indicator_id
from results.indicator_result as results
where
    results.disputed
    and not exists (
        select 1
        from accepted.disputes as disputes
        where
            disputes.organisation_id = results.organisation_id
            and disputes.outcome is null
    )
