-- Fra sammenfatningen over netværk til de bedømmelser, den tæller
-- / From the summary over networks to the judgements it counts
-- Macro: audit.trace_summary(organisation, period, responsibility, network_type := '', time_window := 'quarter')
-- Ask:   select * from audit.trace_summary(':organisation', ':period', 'R4')
-- Each leads on through audit.trace_responsibility. Nothing is hidden from the auditor: where the row is held back,
-- may_be_shown is false and it must not be passed on.
-- Grain: network_id.
with

asked as (
    select
        organisation as organisation_id,
        period as quarter,
        responsibility as asked_responsibility,
        network_type as asked_network_type,
        time_window as asked_time_window
),

counted as (
    select
        summary.organisation_id,
        summary.period,
        summary.responsibility_id,
        summary.network_type,
        summary."window",
        not summary.suppressed as may_be_shown,
        results.network_id,
        results.period as result_period,
        results.reference_leader_id,
        results.status,
        results.fulfilled,
        results.partly,
        results.not_fulfilled
    from asked
    inner join main.responsibility_summary as summary
        on asked.organisation_id = summary.organisation_id
        and asked.quarter = summary.period
        and asked.asked_responsibility = summary.responsibility_id
        and asked.asked_network_type = summary.network_type
        and asked.asked_time_window = summary."window"
    inner join main.responsibility_result as results
        on summary.organisation_id = results.organisation_id
        and summary.responsibility_id = results.responsibility_id
        and summary.period >= results.period
        -- Two years are the quarter and the seven before it.
        and cast(left(summary.period, 4) as integer) * 4 + cast(right(summary.period, 1) as integer)
        < cast(left(results.period, 4) as integer) * 4 + cast(right(results.period, 1) as integer)
        + case summary."window" when 'quarter' then 1 else 8 end
    inner join main.networks
        on results.organisation_id = networks.organisation_id
        and results.network_id = networks.network_id
        and summary.network_type in ('', networks.network_type)
)

-- Each network once, in its latest quarter.
select *
from counted
qualify row_number() over (partition by network_id order by result_period desc) = 1
order by network_id asc
