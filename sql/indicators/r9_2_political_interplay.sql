-- R9.2 Political interplay: 1 if there was a dialogue since the network was judged politically relevant, else 0.
-- Grain:   one row per organisation_id, network_id, period and basis; not applicable while judged not relevant.
-- Window:  W*(12), from relevant_since on; none within 180 days of being judged relevant is not due.
-- Defined: docs/indicators.md#r92
with

dialogues as (
    select
        organisation_id,
        network_id,
        period,
        basis,
        count(*) as dialogue_count
    from evidence.r9_2_political_interplay
    where part = 'numerator'
    group by
        organisation_id,
        network_id,
        period,
        basis
)

select
    units.organisation_id,
    units.network_id,
    units.period,
    units.basis,
    'R9.2' as indicator_id,
    '' as dimension,
    cast(null as double) as numerator,
    cast(null as double) as denominator,
    cast(case when dialogues.dialogue_count > 0 then 1.0 else 0.0 end as double) as value,
    cast(null as double) as lower,
    cast(null as double) as upper,
    cast(null as bigint) as n,
    case
        when courses.latest_outcome is null then 'not_assessable'
        when courses.latest_outcome = 'not_relevant' then 'not_applicable'
        when dialogues.dialogue_count > 0 then null
        when units.counted_to < cast(courses.relevant_since + interval 180 days as date) then 'not_assessable'
    end as own_status,
    case
        when courses.latest_outcome is null then 'no_data'
        when courses.latest_outcome = 'not_relevant' then 'not_relevant'
        when dialogues.dialogue_count > 0 then null
        when units.counted_to < cast(courses.relevant_since + interval 180 days as date) then 'not_due'
    end as own_reason
from core.units
left join core.political_courses as courses
    on units.organisation_id = courses.organisation_id
    and units.network_id = courses.network_id
    and units.period = courses.period
    and units.basis = courses.basis
left join dialogues
    on units.organisation_id = dialogues.organisation_id
    and units.network_id = dialogues.network_id
    and units.period = dialogues.period
    and units.basis = dialogues.basis
where units.phase = 'active'
