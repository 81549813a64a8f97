-- Belæg for R8.1: idéer på mindst 180 dage, og den første test af hver.
-- / Evidence of R8.1: ideas at least 180 days old, and the first tests of them.
-- Grain:   one row per organisation_id, network_id, period, basis, indicator_id, dimension, record_kind,
--          record_key, part and counted_as.
-- Window:  Chosen 180 days before counted_to or earlier; tested by counted_to.
-- Defined: docs/indicators.md#r81
select
    units.organisation_id,
    units.network_id,
    units.period,
    units.basis,
    'R8.1' as indicator_id,
    '' as dimension,
    'solutions' as record_kind,
    solutions.record_key,
    'denominator' as part,
    solutions.solution_id as counted_as
from core.units
inner join core.solutions as solutions
    on units.organisation_id = solutions.organisation_id
    and units.network_id = solutions.network_id
    and solutions.idea_date <= cast(units.counted_to - interval 180 days as date)
where units.phase = 'active'
union all
select
    units.organisation_id,
    units.network_id,
    units.period,
    units.basis,
    'R8.1' as indicator_id,
    '' as dimension,
    'adoption_events' as record_kind,
    tested.record_key,
    'numerator' as part,
    tested.solution_id as counted_as
from core.units
inner join core.solutions as solutions
    on units.organisation_id = solutions.organisation_id
    and units.network_id = solutions.network_id
    and solutions.idea_date <= cast(units.counted_to - interval 180 days as date)
inner join core.milestones as tested
    on units.organisation_id = tested.organisation_id
    and units.network_id = tested.network_id
    and units.basis = tested.basis
    and solutions.solution_id = tested.solution_id
    and units.counted_to >= tested.reached_date
    and tested.milestone = 'tested'
where units.phase = 'active'
