-- Belæg for R8.2: løsninger, hvis første test sluttede for mindst 90 dage siden, og den første beslutning om hver.
-- / Evidence of R8.2: solutions whose first test ended at least 90 days ago, and the first decision on each.
-- Grain:   one row per organisation_id, network_id, period, basis, indicator_id, dimension, record_kind,
--          record_key, part and counted_as.
-- Window:  Ended 90 days before counted_to or earlier; decided by counted_to.
-- Defined: docs/indicators.md#r82
select
    units.organisation_id,
    units.network_id,
    units.period,
    units.basis,
    'R8.2' as indicator_id,
    '' as dimension,
    'adoption_events' as record_kind,
    ended.record_key,
    'denominator' as part,
    ended.solution_id as counted_as
from core.units
inner join core.milestones as ended
    on units.organisation_id = ended.organisation_id
    and units.network_id = ended.network_id
    and units.basis = ended.basis
    and ended.milestone = 'test_ended'
    and ended.reached_date <= cast(units.counted_to - interval 90 days as date)
where units.phase = 'active'
union all
select
    units.organisation_id,
    units.network_id,
    units.period,
    units.basis,
    'R8.2' as indicator_id,
    '' as dimension,
    'adoption_events' as record_kind,
    decided.record_key,
    'numerator' as part,
    decided.solution_id as counted_as
from core.units
inner join core.milestones as ended
    on units.organisation_id = ended.organisation_id
    and units.network_id = ended.network_id
    and units.basis = ended.basis
    and ended.milestone = 'test_ended'
    and ended.reached_date <= cast(units.counted_to - interval 90 days as date)
inner join core.milestones as decided
    on units.organisation_id = decided.organisation_id
    and units.network_id = decided.network_id
    and units.basis = decided.basis
    and ended.solution_id = decided.solution_id
    and units.counted_to >= decided.reached_date
    and decided.milestone = 'decided'
where units.phase = 'active'
