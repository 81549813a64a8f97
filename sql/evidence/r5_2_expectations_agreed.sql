-- Belæg for R5.2: forventningsafstemninger ved referencelederen, tidlige eller sene; og siden hvornår lederen svarer.
-- / Evidence of R5.2: expectation agreements by the reference leader, counted early or late; and since when they are answerable.
-- Grain:   one row per organisation_id, network_id, period, basis, indicator_id, dimension, record_kind,
--          record_key, part and counted_as.
-- Window:  From responsible_since - 60 days to counted_to; early up to responsible_since + 60 days.
-- Defined: docs/indicators.md#r52
select
    units.organisation_id,
    units.network_id,
    units.period,
    units.basis,
    'R5.2' as indicator_id,
    '' as dimension,
    'touchpoints' as record_kind,
    touchpoints.record_key,
    'numerator' as part,
    case
        when touchpoints.date <= cast(units.responsible_since + interval 60 days as date) then 'early'
        else 'late'
    end as counted_as
from core.units
inner join core.touchpoints as touchpoints
    on units.organisation_id = touchpoints.organisation_id
    and units.network_id = touchpoints.network_id
    and units.basis = touchpoints.basis
    and touchpoints.kind = 'expectation_agreement'
    and units.reference_leader_id = touchpoints.by_id
    and touchpoints.date >= cast(units.responsible_since - interval 60 days as date)
    and units.counted_to >= touchpoints.date
where units.phase = 'active'
union all
select
    records.organisation_id,
    records.network_id,
    records.period,
    records.basis,
    'R5.2' as indicator_id,
    '' as dimension,
    records.record_kind,
    records.record_key,
    'denominator' as part,
    cast(null as varchar) as counted_as
from core.unit_tenure_records as records
