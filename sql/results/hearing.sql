-- Høringsretten: om et ark om en leder er udkast, hørt eller endeligt, siden hvornår, og bemærkningerne.
-- / The right of reply: whether a leader-level sheet is a draft, heard or final, since when, and the remarks.
-- Grain:   one row per organisation_id, network_id, period and indicator_id ('' for the sheet as a whole).
-- Window:  days up to as_of: what is planned for later has not happened; final only after heard.
-- Defined: docs/indicators.md#hearing
with

sheets as (
    select
        units.organisation_id,
        units.network_id,
        units.period,
        units.reference_leader_id,
        as_of.as_of
    from core.units
    inner join calendar.as_of as as_of
        on units.organisation_id = as_of.organisation_id
    where
        units.basis = 'counted'
        and units.reference_leader_id is not null
),

said as (
    select
        hearings.organisation_id,
        hearings.network_id,
        hearings.period,
        coalesce(hearings.indicator_id, '') as indicator_id,
        hearings.remarks,
        case when hearings.heard_on <= as_of.as_of then hearings.heard_on end as heard_on,
        case when hearings.final_on <= as_of.as_of then hearings.final_on end as final_on
    from settings.hearings as hearings
    inner join calendar.as_of as as_of
        on hearings.organisation_id = as_of.organisation_id
),

-- The sheet was heard when its first hearing was held, and is final when its last one says so.
dated as (
    select
        organisation_id,
        network_id,
        period,
        min(heard_on) as heard_on,
        max(final_on) as final_on
    from said
    group by
        organisation_id,
        network_id,
        period
),

places as (
    select
        organisation_id,
        network_id,
        period,
        '' as indicator_id
    from sheets
    union
    select
        organisation_id,
        network_id,
        period,
        indicator_id
    from said
)

select
    sheets.organisation_id,
    sheets.network_id,
    sheets.period,
    places.indicator_id,
    sheets.reference_leader_id,
    case
        when dated.heard_on is null then 'draft'
        when dated.final_on is null then 'heard'
        else 'final'
    end as state,
    dated.heard_on,
    case when dated.heard_on is not null then dated.final_on end as final_on,
    said.remarks
from sheets
inner join places
    on sheets.organisation_id = places.organisation_id
    and sheets.network_id = places.network_id
    and sheets.period = places.period
left join dated
    on sheets.organisation_id = dated.organisation_id
    and sheets.network_id = dated.network_id
    and sheets.period = dated.period
left join said
    on places.organisation_id = said.organisation_id
    and places.network_id = said.network_id
    and places.period = said.period
    and places.indicator_id = said.indicator_id
