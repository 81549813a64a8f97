-- Ansvar, hvis antal ikke er deres bedømte indikatorers, uden pulsen.
-- / Responsibilities whose counts are not those of their judged indicators, the pulse left out.
-- Usual cause: an indicator that was filed under another responsibility.
-- Blocking: yes
with

counted as (
    select
        organisation_id,
        network_id,
        period,
        responsibility_id,
        count(*) filter (where status = 'fulfilled') as fulfilled,
        count(*) filter (where status = 'partly') as partly,
        count(*) filter (where status = 'not_fulfilled') as not_fulfilled
    from results.indicator_result
    where
        responsibility_id is not null
        and indicator_id not like '%.P'
    group by
        organisation_id,
        network_id,
        period,
        responsibility_id
)

select
    organisation_id,
    network_id,
    period,
    responsibility_id
from results.responsibility_result
full outer join counted using (organisation_id, network_id, period, responsibility_id)
where
    results.responsibility_result.fulfilled is distinct from counted.fulfilled
    or results.responsibility_result.partly is distinct from counted.partly
    or results.responsibility_result.not_fulfilled is distinct from counted.not_fulfilled
