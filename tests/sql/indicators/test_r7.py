"""R7 value followed up, shown and reached; N-1 led by ANNA, counted to 31 March 2025."""

from datetime import date

import pytest

YOUNG = date(2024, 10, 3)  # 179 days before the day counted to
OLD = date(2024, 10, 2)


def own(row):
    return row["own_status"], row["own_reason"]


def test_value_with_baseline_and_measurement_counts_whatever_its_sign(measure, scene):
    scene.add(
        "value_records",
        {"baseline": 10.0, "measured": 5.0},
        {"baseline": 10.0, "measured": 20.0, "date": date(2024, 4, 1)},
        {"baseline": 10.0, "measured": 20.0, "date": date(2024, 3, 31)},
        {"baseline": 10.0},
        {"measured": 5.0},
    )
    row = measure(scene, "R7.1")
    assert (row["value"], row["numerator"], row["n"], own(row)) == (2.0, None, None, (None, None))


@pytest.mark.parametrize("indicator_id", ["R7.1", "R7.2"])
@pytest.mark.parametrize(("started", "reason"), [(YOUNG, "not_due"), (OLD, None)])
def test_none_in_a_network_younger_than_180_days_is_not_due(measure, scene, indicator_id, started, reason):
    scene.replace("networks", start_date=started)
    row = measure(scene, indicator_id)
    assert (own(row), row["value"]) == (("not_assessable" if reason else None, reason), 0.0)


def test_one_in_a_young_network_is_told(measure, scene):
    scene.replace("networks", start_date=YOUNG)
    scene.add("value_records", baseline=1.0, measured=1.0)
    scene.add("touchpoints", kind="showcase", audience="city")
    assert (measure(scene, "R7.1")["value"], own(measure(scene, "R7.1"))) == (1.0, (None, None))
    assert own(measure(scene, "R7.2")) == (None, None)


def test_audiences_are_counted_once_each_of_three_by_anyone(measure, scene):
    scene.add(
        "touchpoints",
        {"audience": "city"},
        {"audience": "city", "by_id": "BO"},
        {"audience": "politicians", "by_id": "BO"},
        {"audience": "organisation", "date": date(2024, 3, 31)},
        kind="showcase",
    )
    row = measure(scene, "R7.2")
    assert (row["numerator"], row["denominator"], row["value"], row["n"]) == (2.0, 3.0, 2 / 3, 3)


@pytest.mark.parametrize(
    ("goal", "reached"),
    [
        ((10.0, 20.0, 20.0), 1.0),  # baseline, target, measured
        ((10.0, 20.0, 19.9), 0.0),
        ((20.0, 10.0, 10.0), 1.0),  # down is the way
        ((20.0, 10.0, 10.1), 0.0),
        ((10.0, 10.0, 10.0), 1.0),
        ((10.0, 10.0, 9.0), 0.0),
    ],
)
def test_a_goal_is_reached_up_or_down_as_its_target_lies(measure, scene, goal, reached):
    baseline, target, measured = goal
    scene.add("value_records", baseline=baseline, target=target, measured=measured)
    row = measure(scene, "R7.3")
    assert (row["numerator"], row["denominator"], row["value"], row["n"]) == (reached, 1.0, reached, 1)


def test_only_the_latest_of_a_measure_speaks_and_on_a_tie_the_highest_id(measure, scene):
    goal = {"baseline": 10.0, "target": 20.0}
    scene.add(
        "value_records",
        {**goal, "measured": 25.0, "date": date(2025, 1, 1), "measure": "Ventetid"},
        {**goal, "measured": 15.0, "date": date(2025, 2, 1), "measure": "VENTETID", "value_id": "V-7"},
        {**goal, "measured": 20.0, "date": date(2025, 2, 1), "measure": "ventetid", "value_id": "V-8"},
        {**goal, "measured": 99.0, "date": date(2025, 4, 1), "measure": "Ventetid"},
        {**goal, "measured": 15.0, "measure": "Ventetid", "unit": "dage"},
        {**goal, "measured": 15.0, "measure": "Ventetid", "solution_id": "L-1"},
        {"baseline": 10.0, "measured": 30.0, "measure": "Ventetid", "date": date(2025, 3, 1)},
    )
    row = measure(scene, "R7.3")
    assert (row["numerator"], row["denominator"]) == (1.0, 3.0)


def test_no_record_with_a_target_is_no_data(measure, scene):
    scene.add("value_records", baseline=1.0, measured=2.0)
    assert own(measure(scene, "R7.3")) == ("not_assessable", "no_data")
