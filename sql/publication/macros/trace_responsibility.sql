-- Fra bedømmelsen af et ansvar til de indikatorer, den hviler på, og hvor mange registreringer der er bag hver
-- / From how a responsibility was judged to the indicators it rests on, and how many records are behind each
-- Macro: audit.trace_responsibility(organisation, network, period, responsibility)
-- Ask:   select * from audit.trace_responsibility(':organisation', ':network', ':period', 'R4')
-- Each indicator leads on through audit.trace. The pulse (.P) is beside the judgement, never in it.
-- Grain: indicator_id, dimension.
with

asked as (
    select
        organisation as organisation_id,
        network as network_id,
        period as quarter,
        responsibility as asked_responsibility
),

judged as (
    select
        responsibility_result.organisation_id,
        responsibility_result.network_id,
        responsibility_result.period,
        responsibility_result.responsibility_id,
        responsibility_result.status as responsibility_status,
        indicator_result.indicator_id,
        indicator_result.dimension,
        indicator_result.value,
        indicator_result.target,
        indicator_result.partly_target,
        indicator_result.status,
        indicator_result.reason
    from asked
    inner join main.responsibility_result
        on asked.organisation_id = responsibility_result.organisation_id
        and asked.network_id = responsibility_result.network_id
        and asked.quarter = responsibility_result.period
        and asked.asked_responsibility = responsibility_result.responsibility_id
    inner join main.indicator_result
        on responsibility_result.organisation_id = indicator_result.organisation_id
        and responsibility_result.network_id = indicator_result.network_id
        and responsibility_result.period = indicator_result.period
        and responsibility_result.responsibility_id = indicator_result.responsibility_id
)

select
    judged.organisation_id,
    judged.network_id,
    judged.period,
    judged.responsibility_id,
    judged.responsibility_status,
    judged.indicator_id,
    judged.dimension,
    judged.value,
    judged.target,
    judged.partly_target,
    judged.status,
    judged.reason,
    judged.indicator_id not like '%.P' and judged.status in ('fulfilled', 'partly', 'not_fulfilled') as counts,
    count(evidence.record_key) as records
from judged
left join audit.evidence
    on judged.organisation_id = evidence.organisation_id
    and judged.network_id = evidence.network_id
    and judged.period = evidence.period
    and judged.indicator_id = evidence.indicator_id
    and judged.dimension = evidence.dimension
group by all
order by
    judged.indicator_id asc,
    judged.dimension asc
