"""R1 strategic agenda, R2 platforms and coherence; N-1 led by ANNA, counted to 31 March 2025."""

from datetime import date

import pytest


def values(row):
    return row["value"], row["own_status"], row["own_reason"]


def test_a_strategic_link_by_anyone_counts(measure, scene):
    scene.add("touchpoints", {"by_id": "BO"}, {"by_id": "ANNA"}, kind="strategic_link")
    assert values(measure(scene, "R1.1")) == (2.0, None, None)


@pytest.mark.parametrize(
    ("held", "counted"),
    [(date(2024, 3, 31), 0), (date(2024, 4, 1), 1), (date(2025, 3, 31), 1), (date(2025, 4, 1), 0)],
)
def test_the_twelve_months_leave_their_first_day_out_and_their_last_in(measure, scene, held, counted):
    scene.add("touchpoints", kind="strategic_link", date=held)
    assert values(measure(scene, "R1.1")) == (float(counted), None, None)


def test_month_arithmetic_clips_to_the_months_end(measure, scene):
    """Six months before 31 August is 28 February: the 28th is out, 1 March is in."""
    scene.as_of = date(2025, 9, 30)
    scene.replace("networks", end_date=date(2025, 8, 31))
    scene.add("touchpoints", {"date": date(2025, 2, 28)}, {"date": date(2025, 3, 1)}, kind="coordination")
    assert measure(scene, "R2.2", "2025Q3")["value"] == 1.0


def test_counterparts_are_counted_once_however_they_are_written(measure, scene):
    scene.add(
        "touchpoints",
        {"counterpart": "Kulturhuset"},
        {"counterpart": "KULTURHUSET"},
        {"counterpart": "Byrådet"},
        {"counterpart": None},
        kind="platform_access",
    )
    assert values(measure(scene, "R2.1")) == (2.0, None, None)


def test_platforms_opened_by_someone_else_or_before_the_leader_came_do_not_count(measure, scene):
    scene.replace("roles", valid_from=date(2024, 10, 1))
    scene.add(
        "touchpoints",
        {"by_id": "BO", "date": date(2025, 1, 1)},
        {"by_id": "ANNA", "date": date(2024, 9, 30)},
        kind="platform_access",
        counterpart="Byrådet",
    )
    assert measure(scene, "R2.1")["value"] == 0.0


def test_coordination_by_someone_else_does_not_count(measure, scene):
    scene.add("touchpoints", {"by_id": "BO"}, {"by_id": "ANNA"}, kind="coordination")
    assert measure(scene, "R2.2")["value"] == 1.0


@pytest.mark.parametrize(("held", "counted"), [(date(2024, 9, 30), 0.0), (date(2024, 10, 1), 1.0)])
def test_coordination_counts_for_six_months(measure, scene, held, counted):
    scene.add("touchpoints", kind="coordination", date=held)
    assert measure(scene, "R2.2")["value"] == counted


def test_touchpoints_of_another_network_do_not_count(measure, scene):
    scene.add("touchpoints", kind="coordination", network_id="N-0")
    assert measure(scene, "R2.2")["value"] == 0.0
