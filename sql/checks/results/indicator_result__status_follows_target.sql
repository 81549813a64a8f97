-- Bedømte resultater, hvis status ikke er, hvad deres egen værdi og deres mål siger.
-- / Judged results whose status is not what their own value and target say.
-- Usual cause: a status judged by a target other than the one the row shows.
-- Blocking: yes
with

judged as (
    select
        results.organisation_id,
        results.network_id,
        results.period,
        results.indicator_id,
        results.status,
        case
            when definitions.direction = 'at_most' and results.value <= results.target + 1e-9 then 'fulfilled'
            when definitions.direction = 'at_least' and results.value >= results.target - 1e-9 then 'fulfilled'
            when definitions.direction = 'at_most' and results.value <= results.partly_target + 1e-9 then 'partly'
            when definitions.direction = 'at_least' and results.value >= results.partly_target - 1e-9 then 'partly'
            else 'not_fulfilled'
        end as status_by_target
    from results.indicator_result as results
    inner join definitions.indicator as definitions
        on results.indicator_id = definitions.indicator_id
    where
        results.status in ('fulfilled', 'partly', 'not_fulfilled')
        and results.value is not null
        -- None identified is not fulfilled whatever the target: there is nothing to hold against it.
        and coalesce(results.reason, '') <> 'none_identified'
)

select
    organisation_id,
    network_id,
    period,
    indicator_id,
    status,
    status_by_target
from judged
where status <> status_by_target
