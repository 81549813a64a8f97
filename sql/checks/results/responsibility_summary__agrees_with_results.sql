-- Viste rækker, hvis netværk efter status ikke er ansvarsresultaternes.
-- / Rows shown whose networks by status are not those of the responsibility results.
-- Usual cause: a summary that was not built anew after the results.
-- Blocking: yes
with

latest as (
    select
        summary.organisation_id,
        summary.period,
        summary.responsibility_id,
        summary.network_type,
        summary."window",
        standings.status,
        row_number() over (
            partition by
                summary.organisation_id,
                summary.period,
                summary.responsibility_id,
                summary.network_type,
                summary."window",
                standings.network_id
            order by standings.quarter_number desc
        ) as place
    from results.responsibility_summary as summary
    inner join calendar.quarter as quarters
        on summary.period = quarters.period
    inner join results.responsibility_standing as standings
        on summary.organisation_id = standings.organisation_id
        and summary.responsibility_id = standings.responsibility_id
        and (summary.network_type = '' or summary.network_type = standings.network_type)
        and quarters.quarter_number >= standings.quarter_number
        and quarters.quarter_number < standings.quarter_number + case summary."window" when 'quarter' then 1 else 8 end
    where not summary.suppressed
),

counted as (
    select
        organisation_id,
        period,
        responsibility_id,
        network_type,
        "window",
        count(*) as networks,
        count(*) filter (where status = 'fulfilled') as fulfilled,
        count(*) filter (where status = 'partly') as partly,
        count(*) filter (where status = 'not_fulfilled') as not_fulfilled,
        count(*) filter (where status = 'not_assessable') as not_assessable,
        count(*) filter (where status = 'not_applicable') as not_applicable
    from latest
    where place = 1
    group by
        organisation_id,
        period,
        responsibility_id,
        network_type,
        "window"
)

select
    summary.organisation_id,
    summary.period,
    summary.responsibility_id,
    summary.network_type,
    summary."window"
from results.responsibility_summary as summary
left join counted
    on summary.organisation_id = counted.organisation_id
    and summary.period = counted.period
    and summary.responsibility_id = counted.responsibility_id
    and summary.network_type = counted.network_type
    and summary."window" = counted."window"
where
    not summary.suppressed
    and (
        summary.networks is distinct from counted.networks
        or summary.fulfilled is distinct from counted.fulfilled
        or summary.partly is distinct from counted.partly
        or summary.not_fulfilled is distinct from counted.not_fulfilled
        or summary.not_assessable is distinct from counted.not_assessable
        or summary.not_applicable is distinct from counted.not_applicable
    )
