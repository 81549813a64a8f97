-- Optagelse uden leder: hændelser, hvor ingen leder står ved test, optagelse eller skalering
-- / Adoption without a manager: events where no manager stands behind a test, an adoption or a scaling
-- Macro: audit.adoption_without_manager(organisation)
-- Ask:   select * from audit.adoption_without_manager(':organisation')
-- Grain: event_id. Such an event counts for the solution (R8, V2-V4), but for nobody's ownership (R6.4).
with

asked as (
    select organisation as organisation_id
)

select
    solutions.network_id,
    adoption_events.event_id,
    adoption_events.solution_id,
    adoption_events.unit,
    adoption_events.event,
    adoption_events.date,
    adoption_events.reach,
    delivery.path,
    adoption_events.sheet,
    adoption_events.row_number
from asked
inner join main.adoption_events on asked.organisation_id = adoption_events.organisation_id
left join main.solutions
    on adoption_events.organisation_id = solutions.organisation_id
    and adoption_events.solution_id = solutions.solution_id
left join audit.delivery on adoption_events.delivery_sequence = delivery.sequence
where coalesce(adoption_events.manager_id, '') = ''
order by
    solutions.network_id asc,
    adoption_events.date asc,
    adoption_events.event_id asc
