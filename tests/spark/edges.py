"""Accepted records made by hand for what engines disagree about.

Month ends, 29 February, ties on a day, groups of nothing, groups of no rows, denominators of zero, letters
beyond ASCII. The organisation's own name has such letters too; ``tom`` keeps one network and nothing else.
"""

from datetime import date

import polars as pl

from tests.builders import Rows

ORGANISATION = "kommunen på øen"
EMPTY = "tom"
AS_OF = {ORGANISATION: date(2024, 8, 30), EMPTY: date(2024, 2, 29)}
LEAP = date(2024, 2, 29)


class Edges(Rows):
    """The builders' rows, collected for one organisation."""

    def __init__(self) -> None:
        super().__init__()
        self.frames: dict[str, list[pl.DataFrame]] = {}

    def add(self, kind: str, *each: dict, **same) -> None:
        told = {"organisation_id": ORGANISATION, **same}
        self.frames.setdefault(kind, []).append(getattr(self, kind)(*each, **told))


def edge_records() -> dict[str, pl.DataFrame]:
    """Every kind's records."""
    edges = Edges()
    people_and_networks(edges)
    capital(edges)
    solutions_in_use(edges)
    managers_and_meetings(edges)
    values_and_pulse(edges)
    return {kind: pl.concat(frames) for kind, frames in edges.frames.items()}


def people_and_networks(edges: Edges) -> None:
    edges.add(
        "networks",
        {"network_id": "N-1", "start_date": date(2023, 8, 31)},
        {"network_id": "N-2", "start_date": LEAP, "end_date": LEAP, "network_type": "learning"},
        {"network_id": "N-3", "start_date": date(2023, 1, 31), "end_date": date(2023, 12, 31)},
        {"network_id": "N-Å", "start_date": date(2024, 6, 30), "network_type": "welfare"},
        {"network_id": "N-Æ", "start_date": date(2024, 8, 30), "network_type": "welfare"},
    )
    edges.add("networks", organisation_id=EMPTY, network_id="N-1", start_date=date(2023, 12, 31))
    edges.add(
        "people",
        {"person_id": "ANNA", "unit": "Børn", "area": "Børn og Ældre", "level": 1},
        {"person_id": "ØRN", "unit": "børn", "area": None, "level": 4, "valid_to": LEAP},
        {"person_id": "ØRN", "unit": "Åben", "area": "ÆØÅ", "level": 5, "valid_from": date(2024, 3, 1)},
        {"person_id": "MIA", "unit": "Åben", "area": "æøå", "level": 4},
        {"person_id": "BO", "unit": "Børn", "level": None},
    )
    edges.add(
        "roles",
        {"network_id": "N-1", "valid_from": date(2023, 8, 31), "valid_to": LEAP},
        {"network_id": "N-1", "valid_from": date(2024, 3, 1), "valid_to": date(2024, 3, 31)},
        {"network_id": "N-1", "person_id": "BO", "valid_from": date(2024, 4, 2)},
        {"network_id": "N-2", "valid_from": LEAP, "valid_to": LEAP},
        {"network_id": "N-3", "person_id": "ØRN", "valid_from": date(2023, 1, 31)},
        {"network_id": "N-Å", "valid_from": date(2024, 7, 1)},
        {"network_id": "N-1", "person_id": "MIA", "role": "participant", "valid_from": date(2023, 8, 31)},
        {"network_id": "N-1", "person_id": "ØRN", "role": "participant", "valid_from": date(2023, 8, 31)},
    )
    edges.add(
        "phases",
        {"phase": 0, "planned_date": date(2024, 1, 31), "actual_date": date(2024, 3, 1)},
        {"phase": 1, "planned_date": date(2024, 1, 30), "actual_date": LEAP},
        {"phase": 2, "planned_date": LEAP, "actual_date": None},
        {"phase": 3, "planned_date": None, "actual_date": LEAP},
        network_id="N-1",
    )


def capital(edges: Edges) -> None:
    edges.add(
        "solutions",
        {"solution_id": "L-1", "idea_date": date(2023, 8, 31), "capital_need": 0},
        {"solution_id": "L-2", "idea_date": date(2023, 8, 31), "capital_need": 100000},
        {"solution_id": "L-3", "idea_date": LEAP, "capital_need": None},
        {"solution_id": "L-4", "idea_date": date(2023, 12, 31), "capital_need": 3},
        {"solution_id": "L-Ø", "idea_date": date(2023, 12, 31), "capital_need": 1},
        {"solution_id": "L-6", "idea_date": date(2023, 2, 28), "network_id": "N-3", "capital_need": 0},
        need_date=date(2023, 12, 31),
    )
    granted = {"status": "granted", "decided_date": LEAP}
    edges.add(
        "applications",
        {"application_id": "A-1", **granted, "amount_granted": 0, "solution_id": "L-2"},
        {"application_id": "A-2", **granted, "amount_granted": 0.1, "source": "internal"},
        {"application_id": "A-3", **granted, "amount_granted": 0.2, "responsible_id": "ANNA"},
        {"application_id": "A-4", "status": "rejected", "decided_date": LEAP, "responsible_id": "BO"},
        {"application_id": "A-5", "status": "draft", "submitted_date": None},
        {"application_id": "A-6", "status": "partly_granted", "decided_date": date(2024, 8, 30)}
        | {"amount_granted": 99999999999999.99, "solution_id": "L-4"},
        {"application_id": "A-7", "network_id": "N-3", **granted, "amount_granted": 0},
        submitted_date=date(2023, 7, 4),
    )


def solutions_in_use(edges: Edges) -> None:
    edges.add(
        "adoption_events",
        {"event": "test_started", "solution_id": "L-1", "date": date(2023, 8, 31), "manager_id": "MIA"},
        {"event": "test_ended", "solution_id": "L-1", "date": date(2023, 12, 1)},
        {"event": "adopted", "solution_id": "L-1", "date": LEAP, "reach": 7, "unit": "Børn"},
        {"event": "scaled", "solution_id": "L-1", "date": LEAP, "reach": 7, "unit": "Børn"},
        {"event": "adopted", "solution_id": "L-1", "date": LEAP, "reach": None, "unit": "Ålegården"},
        {"event": "discontinued", "solution_id": "L-1", "date": LEAP, "unit": "ålegården"},
        {"event": "test_started", "solution_id": "L-2", "date": LEAP},
        {"event": "adopted", "solution_id": "L-2", "date": date(2023, 12, 31), "reach": 0},
        {"event": "test_started", "solution_id": "L-4", "date": date(2024, 1, 31)},
        {"event": "rejected", "solution_id": "L-4", "date": LEAP},
        {"event": "discontinued", "solution_id": "L-Ø", "date": date(2023, 11, 30)},
        {"event": "test_started", "solution_id": "L-6", "date": date(2023, 2, 28)},
        {"event": "adopted", "solution_id": "L-6", "date": date(2023, 12, 31), "reach": 3},
    )


def managers_and_meetings(edges: Edges) -> None:
    edges.add(
        "central_managers",
        {"manager_id": "MIA", "identified_date": date(2023, 8, 31)},
        {"manager_id": "ØRN", "identified_date": LEAP, "removed_date": date(2024, 6, 30)},
        {"manager_id": "ANNA", "identified_date": LEAP},
        {"manager_id": "BO", "network_id": "N-3", "identified_date": date(2023, 1, 31)},
    )
    edges.add(
        "ownership",
        {"manager_id": "MIA", "date": date(2023, 9, 30), "ownership": 3, "commitment": "budget"},
        {"manager_id": "MIA", "date": LEAP, "ownership": 4, "relevance": 5},
        {"manager_id": "ØRN", "date": LEAP, "ownership": 3, "relevance": 4},
        {"manager_id": "BO", "date": date(2023, 6, 30), "network_id": "N-3"},
    )
    edges.add(
        "touchpoints",
        {"kind": "expectation_agreement", "date": date(2023, 10, 30)},
        {"kind": "sparring", "date": LEAP},
        {"kind": "sparring", "date": date(2024, 1, 31)},
        {"kind": "sparring", "date": date(2023, 12, 31)},
        {"kind": "platform_access", "date": LEAP, "counterpart": "Ældre"},
        {"kind": "platform_access", "date": LEAP, "counterpart": "ældre"},
        {"kind": "platform_access", "date": LEAP, "counterpart": None},
        {"kind": "showcase", "date": LEAP, "audience": "city"},
        {"kind": "political_assessment", "date": LEAP, "outcome": "relevant"},
        {"kind": "political_assessment", "date": LEAP, "outcome": "not_relevant"},
        {"kind": "political_dialogue", "date": LEAP},
        {"kind": "strategic_link", "date": date(2024, 8, 30), "agenda": "new", "by_id": "BO"},
        {"kind": "political_assessment", "date": date(2023, 12, 31), "outcome": "not_relevant"}
        | {"network_id": "N-3", "by_id": "ØRN"},
    )
    disputed = {"record_kind": "touchpoints", "raised_date": LEAP}
    edges.add(
        "disputes",
        {**disputed, "record_key": "S-102"},
        {**disputed, "record_key": "S-103", "resolved_date": date(2024, 3, 31), "outcome": "upheld"},
        {"record_kind": "ownership", "record_key": "N-1/MIA/2024-02-29", "raised_date": date(2024, 3, 1)},
        {"record_kind": "value_records", "record_key": "V-101", "raised_date": date(2024, 3, 1)},
    )


def values_and_pulse(edges: Edges) -> None:
    told = {"baseline": 0.1, "target": 0.3, "date": LEAP}
    edges.add(
        "value_records",
        {**told, "measured": 0.1 + 0.2},
        {**told, "measured": 0.1},
        {**told, "measured": None, "measure": "Åbningstid", "value_type": "citizen"},
        {**told, "measured": 1.0, "baseline": None, "unit": "dage"},
        {**told, "measured": -1.0, "target": -1.0, "unit": "Dage", "date": date(2023, 2, 28)},
    )
    answer = {"date": date(2023, 12, 31), "responsibility": "R6"}
    edges.add("pulse", *[{**answer, "score": score} for score in (4, 4, 4, 3, 5)])
    edges.add("pulse", *[{**answer, "score": 4, "responsibility": "R1"} for _ in range(4)])
    edges.add("pulse", *[{**answer, "score": 1, "responsibility": "R9", "date": date(2024, 6, 30)}] * 5)
