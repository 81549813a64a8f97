-- Ledere, som står på netværkets liste, deres niveau den dag og deres seneste svar.
-- / Managers who stand on the network's list, their level that day, and their latest answer.
-- Grain:   one row per organisation_id, network_id, period, basis and manager_id; active networks.
-- Window:  standing and level on counted_to (t' of the contract); the answer in W*(12).
-- Defined: docs/indicators.md#r61
with

standing as (
    select
        units.organisation_id,
        units.network_id,
        units.period,
        units.basis,
        units.counted_to,
        managers.manager_id
    from core.units
    inner join core.central_managers as managers
        on units.organisation_id = managers.organisation_id
        and units.network_id = managers.network_id
        and units.basis = managers.basis
        and units.counted_to >= managers.identified_date
        and (managers.removed_date is null or units.counted_to < managers.removed_date)
    where units.phase = 'active'
    group by
        units.organisation_id,
        units.network_id,
        units.period,
        units.basis,
        units.counted_to,
        managers.manager_id
),

answers as (
    select
        standing.organisation_id,
        standing.network_id,
        standing.period,
        standing.basis,
        standing.manager_id,
        ownership.record_key,
        ownership.relevance,
        ownership.ownership,
        ownership.commitment,
        row_number() over (
            partition by
                standing.organisation_id,
                standing.network_id,
                standing.period,
                standing.basis,
                standing.manager_id
            order by ownership.date desc, ownership.record_key desc
        ) as place
    from standing
    inner join core.windows as windows
        on standing.organisation_id = windows.organisation_id
        and standing.network_id = windows.network_id
        and standing.period = windows.period
        and windows.indicator_id = 'R6.3'
    inner join core.ownership as ownership
        on standing.organisation_id = ownership.organisation_id
        and standing.network_id = ownership.network_id
        and standing.basis = ownership.basis
        and standing.manager_id = ownership.manager_id
        and windows.after_date < ownership.date
        and standing.counted_to >= ownership.date
)

select
    standing.organisation_id,
    standing.network_id,
    standing.period,
    standing.basis,
    standing.manager_id,
    people.record_key as people_record_key,
    people.level,
    coalesce(people.level in (4, 5), false) as central,
    answers.record_key as ownership_record_key,
    answers.relevance,
    answers.ownership,
    answers.commitment
from standing
left join accepted.people as people
    on standing.organisation_id = people.organisation_id
    and standing.manager_id = people.person_id
    and standing.counted_to >= people.valid_from
    and (people.valid_to is null or standing.counted_to <= people.valid_to)
left join answers
    on standing.organisation_id = answers.organisation_id
    and standing.network_id = answers.network_id
    and standing.period = answers.period
    and standing.basis = answers.basis
    and standing.manager_id = answers.manager_id
    and answers.place = 1
