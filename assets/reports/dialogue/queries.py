"""The questions a dialogue sheet asks the published database, for all assignments of a quarter at once."""

ASSIGNMENTS = """
select distinct
    results.network_id, results.reference_leader_id, results.period_end, results.provisional, results.phase,
    networks.title, networks.network_type, networks.start_date, networks.end_date
from main.indicator_result as results
inner join main.networks as networks
    on results.organisation_id = networks.organisation_id and results.network_id = networks.network_id
where results.organisation_id = $organisation and results.period = $period
    and results.reference_leader_id is not null
order by results.network_id
"""
DUTIES = """
select results.*, names.name_da, names.name_en, names.purpose_da, names.purpose_en
from main.responsibility_result as results
inner join main.responsibility as names on results.responsibility_id = names.responsibility_id
where results.organisation_id = $organisation and results.period <= $period
order by results.network_id, results.period, results.responsibility_id
"""
INDICATORS = """
select
    results.*, names.name_da, names.name_en, names.formula_da, names.formula_en, names.unit, names.direction,
    names.limits_da, names.limits_en
from main.indicator_result as results
inner join main.indicator as names on results.indicator_id = names.indicator_id
where results.organisation_id = $organisation and results.period in ($period, $earlier)
    and names.responsibility_id <> '' and results.indicator_id not like '%.P'
order by results.network_id, results.period, results.indicator_id
"""
# Of the answers only what is published: status, reason and a rounded number.
PULSE = """
select network_id, responsibility_id, status, reason, n
from main.pulse_summary
where organisation_id = $organisation and period = $period
order by network_id, responsibility_id
"""
EVIDENCE = """
select
    evidence.network_id, evidence.period, evidence.indicator_id, evidence.record_kind, evidence.record_key,
    max(evidence.part) = 'denominator' as ground_only
from audit.evidence as evidence
where evidence.organisation_id = $organisation and evidence.period in ($period, $earlier)
    and evidence.indicator_id like 'R%' and evidence.record_kind <> 'delivery'
group by
    evidence.network_id, evidence.period, evidence.indicator_id, evidence.record_kind, evidence.record_key
order by
    evidence.network_id, evidence.period, evidence.indicator_id, evidence.record_kind, evidence.record_key
"""
HEARINGS = """
select network_id, indicator_id, state, heard_on, final_on, remarks
from audit.hearing
where organisation_id = $organisation and period = $period
order by network_id, indicator_id
"""
DISPUTES = """
select dispute_id, record_kind, record_key, raised_date, reason, resolved_date, outcome
from main.disputes
where organisation_id = $organisation and raised_date <= $last_day
order by raised_date, dispute_id
"""
PEOPLE = """
select person_id, name, unit, superior_id
from main.people
where organisation_id = $organisation and valid_from <= $last_day
    and (valid_to is null or valid_to >= $last_day)
order by person_id
"""
ORGANISATION = "select name, contact, objection from audit.organisation where organisation_id = $organisation"
# When a record happened and what it says of itself; no judgement and nobody's answers.
RECORDS = {
    "touchpoints": "date, kind, audience, outcome, counterpart, network_id from main.touchpoints",
    "phases": (
        "coalesce(actual_date, planned_date) as date, phase, planned_date, actual_date, network_id "
        "from main.phases"
    ),
    "solutions": (
        "coalesce(need_date, idea_date) as date, title, capital_need, network_id from main.solutions"
    ),
    "applications": (
        "coalesce(decided_date, submitted_date) as date, funder, status, amount_applied, amount_granted, "
        "network_id from main.applications"
    ),
    "adoption_events": (
        "date, event, unit, (select any_value(solutions.network_id) from main.solutions as solutions "
        "where solutions.organisation_id = events.organisation_id "
        "and solutions.solution_id = events.solution_id) as network_id from main.adoption_events as events"
    ),
    "central_managers": "identified_date as date, network_id from main.central_managers",
    "ownership": "date, source, network_id from main.ownership",
    "value_records": "date, measure, unit, baseline, measured, network_id from main.value_records",
}
