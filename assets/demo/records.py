"""The demo's records of one network, by kind and canonical column, numbered as an office numbers them."""

import random
from datetime import date, timedelta
from typing import Any

from assets.contract import KIND_BY_NAME
from assets.demo.plans import Network, Solution
from assets.demo.pulse import pulse_rows
from assets.demo.touchpoints import touchpoint_rows

Row = dict[str, Any]
Records = dict[str, list[Row]]


def network_records(network: Network, people: list[Row], rng: random.Random, last_day: date) -> Records:
    """Everything recorded of the network up to ``last_day``; nothing in it is dated later but plans."""
    records: Records = {
        "networks": [_network_row(network)],
        "roles": _role_rows(network, people, rng),
        "phases": _phase_rows(network, last_day),
        "solutions": [],
        "applications": [],
        "adoption_events": [],
        "central_managers": [
            {
                "network_id": network.network_id,
                "manager_id": central.manager,
                "identified_date": central.identified,
                "removed_date": central.removed,
            }
            for central in network.central
        ],
        "ownership": _ownership_rows(network),
        "touchpoints": touchpoint_rows(network, rng, last_day),
        "value_records": _value_rows(network),
        "pulse": pulse_rows(network, rng, last_day),
    }
    _add_solutions(network, records)
    records["disputes"] = _dispute_rows(network, records)
    return records


def _network_row(network: Network) -> Row:
    return {
        "network_id": network.network_id,
        "title": network.title,
        "network_type": network.type,
        "challenge": network.challenge,
        "start_date": network.start,
        "planned_end": network.planned_end,
        "end_date": network.end,
    }


def _role(network: Network, person: str, role: str, since: date, until: date | None) -> Row:
    return {
        "network_id": network.network_id,
        "person_id": person,
        "role": role,
        "valid_from": since,
        "valid_to": until,
    }


def _role_rows(network: Network, people: list[Row], rng: random.Random) -> list[Row]:
    """Reference leaders (stretches of one leader without a day between are one row) and the others."""
    rows: list[Row] = []
    for stretch in network.stretches:
        last = rows[-1] if rows else None
        if last and last["person_id"] == stretch.leader and _next_day(last["valid_to"]) == stretch.since:
            last["valid_to"] = stretch.until
        else:
            rows.append(_role(network, stretch.leader, "reference_leader", stretch.since, stretch.until))
    rows.append(_role(network, network.network_leader, "network_leader", network.start, network.end))
    present = {
        row["person_id"]
        for row in people
        if row["valid_from"] <= network.start
        and (row["valid_to"] is None or row["valid_to"] >= network.start)
        and row["area"] in network.areas
        and row["level"] in (None, 5)
        and row["person_id"] != network.network_leader
    }
    chosen = sorted(rng.sample(sorted(present), min(network.participants, len(present))))
    for number, person in enumerate(chosen):
        # A few join when the theme has unfolded, not on the first day.
        late = 45 if number % 4 == 3 else 0
        rows.append(_role(network, person, "participant", network.start + timedelta(days=late), network.end))
    return rows


def _next_day(day: date | None) -> date | None:
    return day + timedelta(days=1) if day else None


def _phase_rows(network: Network, last_day: date) -> list[Row]:
    """Phases 0-9 planned evenly; an entry of ``phase_delays`` is how late each was reached, in days."""
    if network.planned_end is None:
        return []
    step = (network.planned_end - network.start).days / 9
    ended = min(network.end or last_day, last_day)
    rows = []
    for phase in range(10):
        planned = network.start + timedelta(days=round(step * phase))
        reached = None
        if phase < len(network.phase_delays):
            reached = planned + timedelta(days=network.phase_delays[phase])
        row = {"network_id": network.network_id, "phase": phase, "planned_date": planned}
        rows.append(row | {"actual_date": reached if reached and reached <= ended else None})
    return rows


def _ownership_rows(network: Network) -> list[Row]:
    names = ("date", "relevance", "ownership", "commitment", "source")
    return [
        {"network_id": network.network_id, "manager_id": central.manager}
        | dict(zip(names, answer, strict=True))
        for central in network.central
        for answer in central.answers
    ]


APPLICATION_COLUMNS = (
    "funder",
    "source",
    "purpose",
    "amount_applied",
    "amount_granted",
    "submitted_date",
    "decided_date",
    "status",
    "responsible_id",
)


def _application(network: Network, solution_id: str | None, entry: tuple[Any, ...]) -> Row:
    """An application of the plan; an empty text of the file is an empty cell."""
    values = dict(zip(APPLICATION_COLUMNS, (None if item == "" else item for item in entry), strict=True))
    return {"network_id": network.network_id, "solution_id": solution_id} | values


def _events(solution_id: str, solution: Solution) -> list[Row]:
    names = ("event", "date", "unit", "manager_id", "reach")
    rows = []
    for entry in solution.events:
        filled = (*entry, None, None)[: len(names)]
        rows.append({"solution_id": solution_id} | dict(zip(names, filled, strict=True)))
    return rows


def _add_solutions(network: Network, records: Records) -> None:
    applications = [_application(network, None, entry) for entry in network.applications]
    events: list[Row] = []
    for number, solution in enumerate(network.solutions, start=1):
        solution_id = f"L-{network.number}{number:02d}"
        records["solutions"].append(
            {
                "solution_id": solution_id,
                "network_id": network.network_id,
                "title": solution.title,
                "idea_date": solution.idea,
                "capital_need": solution.need,
                "need_date": solution.need_date,
            }
        )
        applications += [_application(network, solution_id, entry) for entry in solution.applications]
        events += _events(solution_id, solution)
    applications.sort(key=lambda row: row["submitted_date"] or date.max)
    events.sort(key=lambda row: row["date"])
    records["applications"] = [
        {"application_id": f"A-{network.number}{number:02d}"} | row
        for number, row in enumerate(applications, start=1)
    ]
    records["adoption_events"] = [
        {"event_id": f"H-{network.number}{number:02d}"} | row for number, row in enumerate(events, start=1)
    ]


def _value_rows(network: Network) -> list[Row]:
    points = sorted(
        ((point, value) for value in network.values for point in value.points), key=lambda pair: pair[0][0]
    )
    return [
        {
            "value_id": f"V-{network.number}{number:02d}",
            "network_id": network.network_id,
            "solution_id": f"L-{network.number}{value.solution:02d}" if value.solution else None,
            "date": day,
            "value_type": value.type,
            "cycle": value.cycle,
            "measure": value.measure,
            "unit": value.unit,
            "baseline": value.baseline,
            "target": value.target,
            "measured": measured,
            "documentation": value.documentation,
        }
        for number, ((day, measured), value) in enumerate(points, start=1)
    ]


def _dispute_rows(network: Network, records: Records) -> list[Row]:
    rows = []
    for number, dispute in enumerate(network.disputes, start=1):
        record = next(
            row
            for row in records[dispute.kind]
            if all(row[name] == value for name, value in dispute.match.items())
        )
        rows.append(
            {
                "dispute_id": f"I-{network.number}{number:02d}",
                "record_kind": dispute.kind,
                "record_key": "/".join(_key_part(record[name]) for name in KIND_BY_NAME[dispute.kind].key),
                "raised_date": dispute.raised,
                "reason": dispute.reason,
                "resolved_date": dispute.resolved,
                "outcome": dispute.outcome,
            }
        )
    return rows


def _key_part(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
