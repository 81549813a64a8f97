-- Belæg for R1.P til R9.P: de leveringer, svarene kom i, aldrig et svar.
-- / Evidence of R1.P to R9.P: the deliveries the answers came in, never an answer.
-- Grain:   one row per organisation_id, network_id, period, basis, indicator_id, dimension, record_kind, record_key and part.
-- Window:  The latest half-year that ended on or before counted_to, from role_since on (s of the contract).
-- Defined: docs/indicators.md#pulse
select
    units.organisation_id,
    units.network_id,
    units.period,
    units.basis,
    pulse.responsibility || '.P' as indicator_id,
    '' as dimension,
    'delivery' as record_kind,
    cast(pulse.delivery_sequence as varchar) as record_key,
    'denominator' as part
from core.units
inner join calendar.half_year as half_years
    on units.last_half_year_number = half_years.half_year_number
inner join accepted.pulse as pulse
    on units.organisation_id = pulse.organisation_id
    and units.network_id = pulse.network_id
    and pulse.date between half_years.first_day and half_years.last_day
    and units.role_since <= pulse.date
where units.phase = 'active'
group by
    units.organisation_id,
    units.network_id,
    units.period,
    units.basis,
    pulse.responsibility,
    pulse.delivery_sequence
