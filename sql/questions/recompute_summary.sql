-- Tæl sammenfatningen over netværk i et kvartal igen ud fra bedømmelserne: før, nu og om det er det samme
-- / Count the summary over networks of a quarter again from the judgements: as published, again, and whether it is the same
-- Macro: audit.recompute_summary(organisation, period)
-- Ask:   select * from audit.recompute_summary(':organisation', ':period')
-- What is held back has no count to compare and is not here.
-- Grain: responsibility_id, network_type, window.
with

published as (
    select summary.*
    from (
        select
            organisation as organisation_id,
            period as quarter
    ) as asked
    inner join main.responsibility_summary as summary
        on asked.organisation_id = summary.organisation_id
        and asked.quarter = summary.period
    where not summary.suppressed
),

latest as (
    select
        published.responsibility_id,
        published.network_type,
        published."window",
        results.network_id,
        results.status
    from published
    inner join main.responsibility_result as results
        on published.organisation_id = results.organisation_id
        and published.responsibility_id = results.responsibility_id
        and published.period >= results.period
        -- Two years are the quarter and the seven before it.
        and cast(left(published.period, 4) as integer) * 4 + cast(right(published.period, 1) as integer)
        < cast(left(results.period, 4) as integer) * 4 + cast(right(results.period, 1) as integer)
        + case published."window" when 'quarter' then 1 else 8 end
    inner join main.networks
        on results.organisation_id = networks.organisation_id
        and results.network_id = networks.network_id
        and published.network_type in ('', networks.network_type)
    -- Each network once, in its latest quarter.
    qualify
        row_number() over (
            partition by
                published.responsibility_id,
                published.network_type,
                published."window",
                results.network_id
            order by results.period desc
        ) = 1
),

again as (
    select
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
    group by
        responsibility_id,
        network_type,
        "window"
)

select
    published.responsibility_id,
    published.network_type,
    published."window",
    published.networks,
    again.networks as again_networks,
    published.fulfilled,
    again.fulfilled as again_fulfilled,
    published.partly,
    again.partly as again_partly,
    published.not_fulfilled,
    again.not_fulfilled as again_not_fulfilled,
    published.not_assessable,
    again.not_assessable as again_not_assessable,
    published.not_applicable,
    again.not_applicable as again_not_applicable,
    coalesce(
        published.networks = again.networks
        and published.fulfilled = again.fulfilled
        and published.partly = again.partly
        and published.not_fulfilled = again.not_fulfilled
        and published.not_assessable = again.not_assessable
        and published.not_applicable = again.not_applicable, false
    ) as agrees
from published
left join again
    on published.responsibility_id = again.responsibility_id
    and published.network_type = again.network_type
    and published."window" = again."window"
order by
    published.responsibility_id asc,
    published.network_type asc,
    published."window" asc
