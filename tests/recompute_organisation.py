"""Figures of the organisation worked out anew in Python, from nothing but the records their trace names.

An auditor's calculation: it shares no line with the SQL. Records come as ``Traced``: part, subject, kind and
the record as its cells say it.
"""

from collections import defaultdict
from datetime import timedelta
from typing import NamedTuple

from tests.recompute import curve, ratio

KRONER = {
    "kroner_needed": "capital_need",
    "kroner_asked": "amount_applied",
    "kroner_granted": "amount_granted",
}
RECORDS = ("networks_active", "networks_followed", "records", "value_followed", "value_cycle")
MEETINGS = ("value_shown", "political_assessment", "political_dialogue")
PARTS_OF_MANAGERS = ("ownership", "relevance", "managers_acting")
SOLUTIONS = ("funnel", "tests_waiting")
IN_USE = ("adopted", "scaled", "discontinued")


class Traced(NamedTuple):
    """A record behind a figure."""

    part: str
    subject: str
    kind: str
    key: str
    record: dict


def organisation_figure(measure, dimension, traced, counted_to):
    """Numerator, denominator and value of a measure, from the records behind it."""
    upper = [one for one in traced if one.part == "numerator"]
    lower = [one for one in traced if one.part == "denominator"]
    stem = measure.removesuffix("_to_date").removesuffix("_in_year")
    if stem in KRONER:
        return None, None, total(upper, KRONER[stem])
    if measure == "external_share":
        return ratio(total(upper, "amount_granted"), total(lower, "amount_granted"))
    if measure == "applications_won":
        won = [one for one in lower if one.record["status"] in ("granted", "partly_granted")]
        return ratio(len(won), len(lower))
    if measure in RECORDS + MEETINGS:
        return None, None, len({one.key for one in upper})
    if measure == "cells_filled":
        column = dimension.partition(".")[2]
        return ratio(sum(one.record[column] is not None for one in lower), len(lower))
    if measure == "networks_covered":
        return ratio(len({one.subject for one in upper}), len({one.record["network_id"] for one in lower}))
    if measure in ("value_outcome", "goals_reached"):
        return outcomes(measure, dimension, upper, lower)
    if measure in ("solutions_in_use", "places_in_use", "people_reached"):
        return None, None, uses(measure, upper)
    if measure == "areas_bridged":
        areas = {one.record["area_key"] for one in upper if one.kind == "people"}
        return None, None, len(areas)
    if measure in SOLUTIONS:
        return None, None, len({one.record["solution_id"] for one in upper})
    if measure in ("funnel_share", "tests_decided"):
        return ratio(*(len({one.record["solution_id"] for one in part}) for part in (upper, lower)))
    if measure in PARTS_OF_MANAGERS:
        return managers(measure, dimension, upper, lower)
    if measure == "managers_asked":
        return None, None, len({one.record["manager_id"] for one in upper if one.kind == "central_managers"})
    if measure == "progress":
        return progress(lower)
    return None, None, survival(measure, int(dimension), lower, counted_to)


def total(traced, column):
    """The kroner of the records, each once."""
    return float(sum({one.key: one.record[column] for one in traced}.values()))


def outcomes(measure, dimension, upper, lower):
    wanted = "reached" if measure == "goals_reached" else dimension.rpartition("/")[2]
    of_all = lower if measure == "goals_reached" else upper
    found = [one for one in of_all if outcome(one.record) == wanted]
    return ratio(len(found), len(of_all)) if measure == "goals_reached" else (None, None, len(found))


def outcome(record):
    """What came of a goal, by its three numbers."""
    start, goal, now = (record[name] for name in ("baseline", "target", "measured"))
    if goal is None:
        return "no_target"
    sign = 1 if goal >= start else -1
    if (now - goal) * sign >= 0:
        return "reached"
    if now == start:
        return "unchanged"
    return "towards" if (now - start) * sign > 0 else "away"


def uses(measure, traced):
    if measure == "solutions_in_use":
        return len({one.record["solution_id"] for one in traced})
    places = defaultdict(list)
    for one in traced:
        assert one.record["event"] in ("adopted", "scaled")
        places[one.record["solution_id"], one.record["unit_key"]].append(one.record)
    if measure == "places_in_use":
        return len(places)
    return sum(
        max((said["date"], said["reach"]) for said in told if said["reach"] is not None)[1]
        for told in places.values()
    )


def managers(measure, dimension, upper, lower):
    """Places of managers, by what their answers say and not by the dimension they were traced under."""
    asked = {
        (one.record["network_id"], one.record["manager_id"])
        for one in lower
        if one.kind == "central_managers"
    }
    assert {one.record["level"] for one in lower if one.kind == "people"} <= {4, 5}
    if measure == "managers_acting":
        assert {one.record["manager_id"] for one in upper} <= {manager for _, manager in asked}
        return ratio(len({one.subject for one in upper}), len(asked))
    if dimension == "not_heard":
        unheard = {
            (one.record["network_id"], one.record["manager_id"])
            for one in upper
            if one.kind == "central_managers"
        }
        return ratio(len(unheard), len(asked))
    said = {(one.record["network_id"], one.record["manager_id"]): one.record for one in upper}
    for record in said.values():
        owning = record["ownership"] >= 4 or record["commitment"] != "none"
        yes = owning if measure == "ownership" else record["relevance"] >= 4
        assert yes == (not dimension.startswith("not_"))
    return ratio(len(said), len(asked))


def progress(due):
    reached = [
        one
        for one in due
        if one.record["actual_date"]
        and one.record["actual_date"] <= one.record["planned_date"] + timedelta(days=30)
    ]
    return ratio(len(reached), len(due))


def survival(measure, days, traced, counted_to):
    """A point of one of the curves; empty where nobody was followed so far and somebody still waits."""
    solutions = defaultdict(list)
    for one in traced:
        solutions[one.subject].append(one)
    wait = wait_to_base if measure.startswith("to_base") else wait_after_closing
    waits = [wait(behind, counted_to) for behind in solutions.values()]
    share = float(min((left for day, left in curve(waits) if day <= days), default=1))
    followed = max(day for day, _ in waits) >= days
    return share if measure.endswith("_step") or followed or share == 0 else None


def wait_to_base(behind, counted_to):
    tested = min(one.record["date"] for one in behind if one.record["event"] == "test_started")
    adopted = [one.record["date"] for one in behind if one.record["event"] == "adopted"]
    return (max(0, (min([*adopted, counted_to]) - tested).days), bool(adopted))


def wait_after_closing(behind, counted_to):
    [end] = {one.record["end_date"] for one in behind if one.kind == "networks"}
    events = [one.record for one in behind if one.kind == "adoption_events"]
    origin = max(end, min(event["date"] for event in events if event["event"] == "adopted"))
    for day in sorted({event["date"] for event in events if event["date"] > origin}):
        if not units_in_use(events, day):
            return (day - origin).days, True
    return (counted_to - origin).days, False


def units_in_use(events, day):
    """The units whose latest event up to a day is no end; an end counts last on its day."""
    latest = {}
    for event in sorted(events, key=lambda one: (one["date"], one["event"] == "discontinued")):
        if event["date"] <= day:
            latest[event["unit_key"]] = event["event"]
    return {unit for unit, event in latest.items() if event != "discontinued"}
