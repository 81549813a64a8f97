-- Belæg for R7.3: den seneste registrering for hvert mål, enhed og løsning, og af dem de nåede.
-- / Evidence of R7.3: the latest record of each measure, unit and solution, and of them those that reached their target.
-- Grain:   one row per organisation_id, network_id, period, basis, indicator_id, dimension, record_kind,
--          record_key, part and counted_as.
-- Window:  Up to counted_to; on one day the highest value_id.
-- Defined: docs/indicators.md#r73
with

placed as (
    select
        units.organisation_id,
        units.network_id,
        units.period,
        units.basis,
        value_records.record_key,
        case
            when value_records.target >= value_records.baseline then value_records.measured >= value_records.target
            else value_records.measured <= value_records.target
        end as reached,
        row_number() over (
            partition by
                units.organisation_id,
                units.network_id,
                units.period,
                units.basis,
                value_records.measure_key,
                value_records.unit_key,
                value_records.solution_id
            order by value_records.date desc, value_records.record_key desc
        ) as place
    from core.units
    inner join core.value_records as value_records
        on units.organisation_id = value_records.organisation_id
        and units.network_id = value_records.network_id
        and units.basis = value_records.basis
        and units.counted_to >= value_records.date
        and value_records.baseline is not null
        and value_records.measured is not null
        and value_records.target is not null
    where units.phase = 'active'
)

select
    organisation_id,
    network_id,
    period,
    basis,
    'R7.3' as indicator_id,
    '' as dimension,
    'value_records' as record_kind,
    record_key,
    'denominator' as part,
    record_key as counted_as
from placed
where place = 1
union all
select
    organisation_id,
    network_id,
    period,
    basis,
    'R7.3' as indicator_id,
    '' as dimension,
    'value_records' as record_kind,
    record_key,
    'numerator' as part,
    record_key as counted_as
from placed
where
    place = 1
    and reached
