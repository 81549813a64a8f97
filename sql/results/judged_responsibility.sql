-- Hvert ansvar bedømt ved sine bedømte indikatorer; hvad pulsen følte, står ved siden af.
-- / Every responsibility judged on its judged indicators; what the pulse felt stands beside it.
-- Grain:   one row per organisation_id, network_id, period, basis and responsibility_id; in follow-up R8 only.
-- Window:  as the indicators'.
-- Defined: docs/indicators.md#responsibilities
with

counts as (
    select
        organisation_id,
        network_id,
        period,
        basis,
        responsibility_id,
        reference_leader_id,
        phase,
        count(*) filter (where not perceived and status = 'fulfilled') as fulfilled,
        count(*) filter (where not perceived and status = 'partly') as partly,
        count(*) filter (where not perceived and status = 'not_fulfilled') as not_fulfilled,
        count(*) filter (where not perceived and status = 'not_applicable') as not_applicable,
        count(*) filter (where not perceived) as asked,
        max(case when perceived then status end) as perceived_status
    from results.judged_result
    where responsibility_id is not null
    group by
        organisation_id,
        network_id,
        period,
        basis,
        responsibility_id,
        reference_leader_id,
        phase
),

stated as (
    select
        *,
        case
            when fulfilled + partly + not_fulfilled = 0
                then case when not_applicable = asked then 'not_applicable' else 'not_assessable' end
            when partly + not_fulfilled = 0 then 'fulfilled'
            when fulfilled + partly = 0 then 'not_fulfilled'
            else 'partly'
        end as status
    from counts
)

select
    organisation_id,
    network_id,
    period,
    basis,
    responsibility_id,
    reference_leader_id,
    phase,
    status,
    perceived_status,
    case perceived_status
        when 'fulfilled' then 2
        when 'partly' then 1
        when 'not_fulfilled' then 0
    end
    - case status
        when 'fulfilled' then 2
        when 'partly' then 1
        when 'not_fulfilled' then 0
    end as perception_gap,
    fulfilled,
    partly,
    not_fulfilled
from stated
