-- Ejerskab enhed for enhed: centrale ledere på niveau 4-5, hvor mange der er hørt, og hvor mange der har ejerskab;
-- revisor ser alle rækker, men en med may_be_shown = false (under 5 ledere) må ikke gives videre
-- / Ownership unit by unit: central managers at level 4-5, how many were heard, and how many have ownership;
-- the auditor sees every row, but one with may_be_shown = false (fewer than 5 managers) must not be passed on
-- Macro: audit.ownership_by_unit(organisation, period)
-- Ask:   select * from audit.ownership_by_unit(':organisation', ':period')
-- Worked out from the accepted records, also of networks whose R6.1 is not judged, so that the units add up to the
-- report's ownership of the organisation. A record whose dispute was upheld does not count.
-- Grain: unit; a manager central to two networks counts once for each. On the day the quarter is counted to.
with

asked as (
    select
        organisation as organisation_id,
        period as quarter
),

active as (
    select
        networks.organisation_id,
        networks.network_id,
        networks.network_type,
        indicator_result.period_end,
        least(indicator_result.period_end, coalesce(networks.end_date, indicator_result.period_end)) as counted_to
    from asked
    inner join main.indicator_result
        on asked.organisation_id = indicator_result.organisation_id
        and asked.quarter = indicator_result.period
        and indicator_result.indicator_id = 'R6.1'
        and indicator_result.phase = 'active'
    inner join main.networks
        on indicator_result.organisation_id = networks.organisation_id
        and indicator_result.network_id = networks.network_id
),

-- Of the rows of R6.3 that say a window, the most specific, then the latest.
windows as (
    select
        active.*,
        cast(active.counted_to - to_months(target.window_months) as date) as after_date
    from active
    inner join main.target
        on target.indicator_id = 'R6.3'
        and target.organisation_id in ('', active.organisation_id)
        and target.network_type in ('', active.network_type)
        and active.period_end >= target.valid_from
        and target.window_months is not null
    qualify
        row_number() over (
            partition by active.network_id
            order by
                case when target.organisation_id = '' then 1 else 0 end asc,
                case when target.network_type = '' then 1 else 0 end asc,
                target.valid_from desc
        ) = 1
),

managers as (
    select distinct
        windows.organisation_id,
        windows.network_id,
        windows.counted_to,
        windows.after_date,
        central_managers.manager_id,
        people.unit
    from windows
    inner join main.central_managers
        on windows.organisation_id = central_managers.organisation_id
        and windows.network_id = central_managers.network_id
        and windows.counted_to >= central_managers.identified_date
        and (central_managers.removed_date is null or windows.counted_to < central_managers.removed_date)
    inner join main.people
        on central_managers.organisation_id = people.organisation_id
        and central_managers.manager_id = people.person_id
        and people.level in (4, 5)
        and windows.counted_to >= people.valid_from
        and (people.valid_to is null or windows.counted_to <= people.valid_to)
    where
        not exists (
            select 1
            from main.disputes
            where
                disputes.organisation_id = central_managers.organisation_id
                and disputes.record_kind = 'central_managers'
                and disputes.record_key = central_managers.record_key
                and disputes.outcome = 'upheld'
        )
),

answers as (
    select
        managers.network_id,
        managers.manager_id,
        case when ownership.ownership >= 4 or ownership.commitment != 'none' then 1 else 0 end as owning
    from managers
    inner join main.ownership
        on managers.organisation_id = ownership.organisation_id
        and managers.network_id = ownership.network_id
        and managers.manager_id = ownership.manager_id
        and managers.after_date < ownership.date
        and managers.counted_to >= ownership.date
    where
        not exists (
            select 1
            from main.disputes
            where
                disputes.organisation_id = ownership.organisation_id
                and disputes.record_kind = 'ownership'
                and disputes.record_key = ownership.record_key
                and disputes.outcome = 'upheld'
        )
    qualify
        row_number() over (
            partition by managers.network_id, managers.manager_id
            order by ownership.date desc, ownership.record_key desc
        ) = 1
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
    on managers.network_id = answers.network_id
    and managers.manager_id = answers.manager_id
group by managers.unit
order by managers.unit asc
