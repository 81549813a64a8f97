-- Belæg for R5.3: faser, der skulle være nået, og af dem de nåede inden 30 dage efter planen.
-- / Evidence of R5.3: phases due, and of them those reached within 30 days of the plan.
-- Grain:   one row per organisation_id, network_id, period, basis, indicator_id, dimension, record_kind,
--          record_key, part and counted_as.
-- Window:  Planned at least 30 days before counted_to.
-- Defined: docs/indicators.md#r53
with

cases as (
    select
        units.organisation_id,
        units.network_id,
        units.period,
        units.basis,
        phases.record_key,
        coalesce(phases.actual_date <= cast(phases.planned_date + interval 30 days as date), false) as on_time
    from core.units
    inner join core.phases as phases
        on units.organisation_id = phases.organisation_id
        and units.network_id = phases.network_id
        and units.basis = phases.basis
        and cast(phases.planned_date + interval 30 days as date) <= units.counted_to
    where units.phase = 'active'
)

select
    organisation_id,
    network_id,
    period,
    basis,
    'R5.3' as indicator_id,
    '' as dimension,
    'phases' as record_kind,
    record_key,
    'denominator' as part,
    record_key as counted_as
from cases
union all
select
    organisation_id,
    network_id,
    period,
    basis,
    'R5.3' as indicator_id,
    '' as dimension,
    'phases' as record_kind,
    record_key,
    'numerator' as part,
    record_key as counted_as
from cases
where on_time
