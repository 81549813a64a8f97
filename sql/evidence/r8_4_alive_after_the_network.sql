-- Belæg for R8.4: løsninger optaget i basis, og hvor de er i brug, efter at netværket sluttede.
-- / Evidence of R8.4: solutions taken into base, and where they are in use after the network's end.
-- Grain:   one row per organisation_id, network_id, period, basis, indicator_id, dimension, record_kind, record_key and part.
-- Window:  Follow-up, from end_date + 180 days on; adopted by, and in use at, period_end (t of the contract).
-- Defined: docs/indicators.md#r84
select
    units.organisation_id,
    units.network_id,
    units.period,
    units.basis,
    'R8.4' as indicator_id,
    '' as dimension,
    'adoption_events' as record_kind,
    adopted.record_key,
    'denominator' as part,
    adopted.solution_id,
    cast(null as varchar) as unit_key
from core.units
inner join core.milestones as adopted
    on units.organisation_id = adopted.organisation_id
    and units.network_id = adopted.network_id
    and units.basis = adopted.basis
    and adopted.milestone = 'adopted'
    and units.period_end >= adopted.reached_date
where
    units.phase = 'follow_up'
    and units.period_end >= cast(units.end_date + interval 180 days as date)
union all
select
    units.organisation_id,
    units.network_id,
    units.period,
    units.basis,
    'R8.4' as indicator_id,
    '' as dimension,
    'adoption_events' as record_kind,
    used.record_key,
    'numerator' as part,
    used.solution_id,
    used.unit_key
from core.units
inner join core.milestones as adopted
    on units.organisation_id = adopted.organisation_id
    and units.network_id = adopted.network_id
    and units.basis = adopted.basis
    and adopted.milestone = 'adopted'
    and units.period_end >= adopted.reached_date
inner join core.solutions_in_use as used
    on units.organisation_id = used.organisation_id
    and units.network_id = used.network_id
    and units.period = used.period
    and units.basis = used.basis
    and adopted.solution_id = used.solution_id
where
    units.phase = 'follow_up'
    and units.period_end >= cast(units.end_date + interval 180 days as date)
