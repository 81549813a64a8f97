-- Viste rækker for et kvartal med færre end fem netværk eller tre referenceledere bag.
-- / Rows shown of a quarter with fewer than five networks or three reference leaders behind them.
-- Usual cause: a row counted over other networks than the suppression saw.
-- Blocking: yes
with

behind as (
    select
        summary.organisation_id,
        summary.period,
        summary.responsibility_id,
        summary.network_type,
        summary."window",
        count(distinct standings.network_id) as networks,
        count(distinct standings.reference_leader_id) as reference_leaders
    from results.responsibility_summary as summary
    left join results.responsibility_standing as standings
        on summary.organisation_id = standings.organisation_id
        and summary.period = standings.period
        and summary.responsibility_id = standings.responsibility_id
        and (summary.network_type = '' or summary.network_type = standings.network_type)
    where
        not summary.suppressed
        and summary."window" = 'quarter'
    group by
        summary.organisation_id,
        summary.period,
        summary.responsibility_id,
        summary.network_type,
        summary."window"
)

select
    organisation_id,
    period,
    responsibility_id,
    network_type,
    "window"
from behind
where
    networks < 5
    or reference_leaders < 3
