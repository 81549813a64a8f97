-- Ejerskab enhed for enhed: centrale ledere på niveau 4-5, hvor mange der er hørt, og hvor mange der har ejerskab;
-- revisor ser alle rækker, men en med may_be_shown = false (under 5 ledere) må ikke gives videre
-- / Ownership unit by unit: central managers at level 4-5, how many were heard, and how many have ownership;
-- the auditor sees every row, but one with may_be_shown = false (fewer than 5 managers) must not be passed on
-- Macro: audit.ownership_by_unit(organisation, period)
-- Ask:   select * from audit.ownership_by_unit(':organisation', ':period')
-- Grain: unit; a manager central to two networks counts once for each. As R6.1, on the day the quarter is counted to.
with

asked as (
    select
        organisation as organisation_id,
        period as quarter
),

behind as (
    select
        evidence.organisation_id,
        evidence.network_id,
        evidence.record_kind,
        evidence.record_key,
        evidence.part,
        indicator_result.period_end
    from asked
    inner join audit.evidence
        on asked.organisation_id = evidence.organisation_id
        and asked.quarter = evidence.period
        and evidence.indicator_id = 'R6.1'
    inner join main.indicator_result
        on evidence.organisation_id = indicator_result.organisation_id
        and evidence.network_id = indicator_result.network_id
        and evidence.period = indicator_result.period
        and evidence.indicator_id = indicator_result.indicator_id
        and evidence.dimension = indicator_result.dimension
),

managers as (
    select distinct
        behind.organisation_id,
        behind.network_id,
        people.person_id as manager_id,
        people.unit
    from behind
    inner join main.people
        on behind.organisation_id = people.organisation_id
        and behind.record_key = people.record_key
    where behind.record_kind = 'people'
),

answers as (
    select
        behind.organisation_id,
        behind.network_id,
        ownership.manager_id,
        max(case when behind.part = 'numerator' then 1 else 0 end) as owning
    from behind
    inner join main.ownership
        on behind.organisation_id = ownership.organisation_id
        and behind.record_key = ownership.record_key
    where behind.record_kind = 'ownership'
    group by
        behind.organisation_id,
        behind.network_id,
        ownership.manager_id
)

select
    managers.unit,
    count(*) as managers,
    count(answers.manager_id) as heard,
    coalesce(sum(answers.owning), 0) as owning,
    count(*) - count(answers.manager_id) as not_heard,
    count(distinct managers.manager_id) >= 5 as may_be_shown
from managers
left join answers
    on managers.organisation_id = answers.organisation_id
    and managers.network_id = answers.network_id
    and managers.manager_id = answers.manager_id
group by managers.unit
order by managers.unit asc
