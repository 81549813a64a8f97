-- Belæg for R5.1: ethvert samspil ved referencelederen, talt efter måned; og siden hvornår lederen svarer.
-- / Evidence of R5.1: any touchpoint by the reference leader, counted by month; and since when the leader is answerable.
-- Grain:   one row per organisation_id, network_id, period, basis, indicator_id, dimension, record_kind,
--          record_key, part and counted_as.
-- Window:  core.unit_months: whole months in this leader's time, ended by counted_to.
-- Defined: docs/indicators.md#r51
select
    months.organisation_id,
    months.network_id,
    months.period,
    months.basis,
    'R5.1' as indicator_id,
    '' as dimension,
    'touchpoints' as record_kind,
    touchpoints.record_key,
    'numerator' as part,
    months.month_number as counted_as
from core.unit_months as months
inner join core.touchpoints as touchpoints
    on months.organisation_id = touchpoints.organisation_id
    and months.network_id = touchpoints.network_id
    and months.basis = touchpoints.basis
    and months.reference_leader_id = touchpoints.by_id
    and touchpoints.date between months.first_day and months.last_day
where months.indicator_id = 'R5.1'
union all
select
    records.organisation_id,
    records.network_id,
    records.period,
    records.basis,
    'R5.1' as indicator_id,
    '' as dimension,
    records.record_kind,
    records.record_key,
    'denominator' as part,
    cast(null as integer) as counted_as
from core.unit_tenure_records as records
