"""The secretariat's to-do list on 31 March 2025: what waits, in which network, since when."""

from datetime import date

import polars as pl
import pytest

from assets.accepted.alias_questions import QUESTION
from assets.warehouse import replace_table

TABLES = ("core.unit_managers", "core.windows", "core.kinds_kept", "core.phases", "results.todo")


@pytest.fixture
def todo(compute, scene):
    """Tasks of the network, or of the organisation: ``{task: [(record_key, since, days)]}``."""

    def run(network="N-1"):
        found: dict[str, list] = {}
        for row in compute(scene, *TABLES).iter_rows(named=True):
            if row["network_id"] == network:
                said = (row["record_key"], row["since_date"], row["days_waited"])
                found.setdefault(row["task"], []).append(said)
        return found

    return run


def test_a_sent_application_waits_until_it_is_decided(todo, scene):
    scene.add(
        "applications",
        {"application_id": "A-1", "submitted_date": date(2025, 3, 1)},
        {"application_id": "A-2", "status": "rejected", "decided_date": date(2025, 3, 1)},
        {"application_id": "A-3", "status": "draft"},
    )
    assert todo()["application_without_decision"] == [("A-1", date(2025, 3, 1), 30)]


def test_a_phase_is_due_from_its_planned_day_until_it_happened(todo, scene):
    scene.add(
        "phases",
        {"phase": 1, "planned_date": date(2025, 3, 31)},
        {"phase": 2, "planned_date": date(2025, 4, 1)},
        {"phase": 3, "planned_date": date(2025, 3, 1), "actual_date": date(2025, 3, 20)},
    )
    assert todo()["phase_due"] == [("N-1/1", date(2025, 3, 31), 0)]


def test_a_central_manager_is_to_be_heard_once_a_year(todo, scene):
    scene.add("people", {"person_id": "MIA", "level": 4}, {"person_id": "NIS", "level": 5})
    scene.add("central_managers", {"manager_id": "MIA"}, {"manager_id": "NIS"})
    scene.add("ownership", manager_id="NIS", date=date(2025, 1, 1), ownership=4, relevance=4)
    assert [key for key, _, _ in todo()["manager_not_heard"]] == ["N-1/MIA/2024-02-01"]


def test_a_political_assessment_is_missing_until_there_is_one_in_the_window(todo, scene):
    assert todo()["assessment_missing"] == [("N-1", None, None)]
    scene.add(
        "touchpoints",
        touchpoint_id="S-1",
        kind="political_assessment",
        outcome="relevant",
        by_id="ANNA",
        date=date(2025, 1, 1),
    )
    assert "assessment_missing" not in todo()


def test_a_test_that_ended_waits_for_a_decision(todo, scene):
    scene.add("solutions", {"solution_id": "L-1"}, {"solution_id": "L-2"})
    scene.add(
        "adoption_events",
        {"event_id": "H-1", "solution_id": "L-1", "event": "test_ended", "date": date(2025, 3, 21)},
        {"event_id": "H-2", "solution_id": "L-2", "event": "test_ended", "date": date(2025, 3, 21)},
        {"event_id": "H-3", "solution_id": "L-2", "event": "rejected", "date": date(2025, 3, 25)},
    )
    assert todo()["test_without_decision"] == [("L-1", date(2025, 3, 21), 10)]


def test_an_active_network_without_a_leader_is_on_the_list(todo, scene):
    scene.replace("roles")
    assert todo()["leader_missing"] == [("N-1", None, None)]


def test_a_network_that_ended_waits_for_nothing(todo, scene):
    scene.replace("networks", end_date=date(2024, 12, 31))
    scene.add("applications", application_id="A-1")
    assert todo() == {}


def test_an_open_dispute_is_a_task_of_the_organisation(todo, scene):
    scene.add("touchpoints", touchpoint_id="S-1", by_id="ANNA", date=date(2025, 1, 1))
    scene.add(
        "disputes",
        dispute_id="I-1",
        record_kind="touchpoints",
        record_key="S-1",
        raised_date=date(2025, 3, 1),
    )
    assert todo("")["dispute_without_decision"] == [("I-1", date(2025, 3, 1), 30)]


def test_a_unit_that_may_have_been_renamed_is_asked_about(todo, connection, scene, monkeypatch):
    question = {
        "organisation_id": "aalby",
        "earlier_name": "Børn og Unge",
        "later_name": "Børn & Unge",
        "last_day": date(2024, 12, 31),
        "first_day": date(2025, 1, 1),
        "message_da": "",
        "message_en": "",
    }
    asked = pl.DataFrame([question], schema=QUESTION)

    def as_asked(opened, table, rows):
        return replace_table(opened, table, asked if table == "accepted.alias_question" else rows)

    monkeypatch.setattr("tests.conftest.replace_table", as_asked)
    assert todo("")["name_to_ask_about"] == [("Børn og Unge / Børn & Unge", date(2025, 1, 1), 89)]
