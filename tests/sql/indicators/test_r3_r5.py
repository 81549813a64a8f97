"""R3 sparring and R5 presence, expectations, progress; N-1 led by ANNA, counted to 31 March 2025."""

from datetime import date

import pytest


def share(row):
    return row["numerator"], row["denominator"], row["value"], row["n"]


def test_months_with_sparring_are_counted_once_each(measure, scene):
    """October to March; two sparrings in March, one in December: 2 of 6 months."""
    scene.add("touchpoints", *({"date": date(2025, 3, day)} for day in (3, 31)), {"date": date(2024, 12, 1)})
    assert share(measure(scene, "R3.1")) == (2.0, 6.0, 2 / 6, 6)


def test_a_month_not_ended_on_the_day_counted_to_is_not_asked_about(measure, scene):
    """As of 30 March: September to February, and a sparring in March helps nobody."""
    scene.as_of = date(2025, 3, 30)
    scene.add("touchpoints", {"date": date(2025, 3, 3)}, {"date": date(2024, 9, 1)})
    assert share(measure(scene, "R3.1")) == (1.0, 6.0, 1 / 6, 6)


@pytest.mark.parametrize(
    ("since", "months", "reason"),
    [(date(2024, 12, 1), 4.0, None), (date(2024, 12, 2), 3.0, None), (date(2025, 1, 2), 2.0, "not_due")],
)
def test_only_months_wholly_in_the_leaders_time_are_asked_about(measure, scene, since, months, reason):
    scene.replace("roles", valid_from=since)
    row = measure(scene, "R3.1")
    assert (row["denominator"], row["own_reason"]) == (months, reason)


def test_the_networks_start_bounds_the_months_when_the_leader_was_named_before_it(measure, scene):
    scene.replace("networks", start_date=date(2024, 11, 15))
    assert measure(scene, "R3.1")["denominator"] == 4.0


def test_time_in_the_role_is_unbroken_when_no_day_lies_between(measure, scene):
    scene.replace(
        "roles",
        {"valid_from": date(2024, 1, 1), "valid_to": date(2025, 1, 14)},
        {"valid_from": date(2025, 1, 15)},
    )
    assert measure(scene, "R3.1")["denominator"] == 6.0


def test_a_day_between_starts_the_time_in_the_role_anew(measure, scene):
    scene.replace(
        "roles",
        {"valid_from": date(2024, 1, 1), "valid_to": date(2025, 1, 13)},
        {"valid_from": date(2025, 1, 15)},
    )
    row = measure(scene, "R3.1")
    assert (row["denominator"], row["own_status"], row["own_reason"]) == (2.0, "not_assessable", "not_due")


def test_any_touchpoint_by_the_leader_is_presence(measure, scene):
    scene.add(
        "touchpoints",
        {"date": date(2024, 10, 31), "kind": "engagement"},
        {"date": date(2024, 11, 1), "kind": "showcase", "audience": "city"},
        {"date": date(2024, 12, 1), "by_id": "BO"},
    )
    assert share(measure(scene, "R5.1")) == (2.0, 6.0, 2 / 6, 6)


def test_presence_in_fewer_than_three_months_is_not_due(measure, scene):
    scene.replace("roles", valid_from=date(2025, 1, 2))
    row = measure(scene, "R5.1")
    assert (row["own_status"], row["own_reason"]) == ("not_assessable", "not_due")


@pytest.mark.parametrize(
    ("agreed", "value"),
    [
        (date(2024, 3, 31), 0.0),  # 61 days before 31 May
        (date(2024, 4, 1), 1.0),
        (date(2024, 7, 30), 1.0),  # 60 days after
        (date(2024, 7, 31), 0.5),
        (date(2025, 3, 31), 0.5),
        (date(2025, 4, 1), 0.0),
    ],
)
def test_expectations_count_whole_within_sixty_days_and_half_after(measure, scene, agreed, value):
    scene.replace("roles", valid_from=date(2024, 5, 31))
    scene.add("touchpoints", kind="expectation_agreement", date=agreed)
    assert measure(scene, "R5.2")["value"] == value


def test_an_early_agreement_outweighs_a_late_one(measure, scene):
    scene.add(
        "touchpoints",
        {"date": date(2024, 2, 1)},
        {"date": date(2024, 9, 1)},
        kind="expectation_agreement",
    )
    assert measure(scene, "R5.2")["value"] == 1.0


def test_expectations_agreed_by_someone_else_do_not_count(measure, scene):
    scene.add("touchpoints", kind="expectation_agreement", date=date(2024, 2, 1), by_id="BO")
    assert measure(scene, "R5.2")["value"] == 0.0


def test_a_phase_is_due_thirty_days_after_plan_and_on_time_until_then(measure, scene):
    scene.add(
        "phases",
        {"planned_date": date(2025, 3, 1), "actual_date": date(2025, 3, 31)},  # due today, on time today
        {"planned_date": date(2025, 3, 2), "actual_date": date(2025, 3, 2)},  # not due
        {"planned_date": date(2025, 1, 1), "actual_date": date(2025, 2, 1)},  # a day late
        {"planned_date": date(2025, 1, 1), "actual_date": None},
        {"planned_date": None, "actual_date": date(2025, 1, 1)},
    )
    assert share(measure(scene, "R5.3")) == (1.0, 3.0, 1 / 3, 3)


def test_one_phase_due_is_no_data(measure, scene):
    scene.add("phases", planned_date=date(2025, 1, 1), actual_date=date(2025, 1, 1))
    row = measure(scene, "R5.3")
    assert (row["own_status"], row["own_reason"]) == ("not_assessable", "no_data")
