-- Belæg for R8.3: løsninger, der har været i basis mindst 180 dage, og hvor de er i brug.
-- / Evidence of R8.3: solutions in base for at least 180 days, and where they are in use.
-- Grain:   one row per organisation_id, network_id, period, basis, indicator_id, dimension, record_kind, record_key and part.
-- Window:  Adopted 180 days before period_end (t of the contract) or earlier; in use at period_end.
-- Defined: docs/indicators.md#r83
select
    units.organisation_id,
    units.network_id,
    units.period,
    units.basis,
    'R8.3' as indicator_id,
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
    and adopted.reached_date <= cast(units.period_end - interval 180 days as date)
union all
select
    units.organisation_id,
    units.network_id,
    units.period,
    units.basis,
    'R8.3' as indicator_id,
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
    and adopted.reached_date <= cast(units.period_end - interval 180 days as date)
inner join core.solutions_in_use as used
    on units.organisation_id = used.organisation_id
    and units.network_id = used.network_id
    and units.period = used.period
    and units.basis = used.basis
    and adopted.solution_id = used.solution_id
