-- Belæg for R9.2: vurderingerne, der siger, hvor netværket står, og samspillet, siden det blev vurderet relevant.
-- / Evidence of R9.2: the assessments that say where the network stands, and the dialogues since it was judged relevant.
-- Grain:   one row per organisation_id, network_id, period, basis, indicator_id, dimension, record_kind,
--          record_key, part and counted_as.
-- Window:  Dialogues in W*(12), from relevant_since on; assessments as core.political_courses.
-- Defined: docs/indicators.md#r92
select
    courses.organisation_id,
    courses.network_id,
    courses.period,
    courses.basis,
    'R9.2' as indicator_id,
    '' as dimension,
    'touchpoints' as record_kind,
    touchpoints.record_key,
    'denominator' as part,
    touchpoints.kind as counted_as
from core.political_courses as courses
inner join core.touchpoints as touchpoints
    on courses.organisation_id = touchpoints.organisation_id
    and courses.network_id = touchpoints.network_id
    and courses.basis = touchpoints.basis
    and touchpoints.kind = 'political_assessment'
    and (
        (courses.latest_date = touchpoints.date and courses.latest_outcome = touchpoints.outcome)
        or (courses.relevant_since = touchpoints.date and touchpoints.outcome = 'relevant')
        or (courses.refused_date = touchpoints.date and touchpoints.outcome = 'not_relevant')
    )
where courses.latest_date is not null
union all
select
    courses.organisation_id,
    courses.network_id,
    courses.period,
    courses.basis,
    'R9.2' as indicator_id,
    '' as dimension,
    'touchpoints' as record_kind,
    touchpoints.record_key,
    'numerator' as part,
    touchpoints.kind as counted_as
from core.political_courses as courses
inner join core.units
    on courses.organisation_id = units.organisation_id
    and courses.network_id = units.network_id
    and courses.period = units.period
    and courses.basis = units.basis
inner join core.windows as windows
    on courses.organisation_id = windows.organisation_id
    and courses.network_id = windows.network_id
    and courses.period = windows.period
    and windows.indicator_id = 'R9.2'
inner join core.touchpoints as touchpoints
    on courses.organisation_id = touchpoints.organisation_id
    and courses.network_id = touchpoints.network_id
    and courses.basis = touchpoints.basis
    and touchpoints.kind = 'political_dialogue'
    and courses.relevant_since <= touchpoints.date
    and windows.after_date < touchpoints.date
    and units.counted_to >= touchpoints.date
where courses.latest_outcome = 'relevant'
