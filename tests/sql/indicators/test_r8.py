"""R8 testing, uptake, scaling; N-1 counted to 31 March 2025 (90 days before: 31 December, 180: 2 October)."""

from datetime import date

import pytest


def own(row):
    return row["own_status"], row["own_reason"]


def share(row):
    return row["numerator"], row["denominator"], row["value"], row["n"]


def solutions(scene, *ids, **same):
    return scene.add("solutions", *({"solution_id": key} for key in ids), **same)


def events(scene, *told):
    """Events as ``solution event date unit``."""
    names = ("solution_id", "event", "date", "unit")
    return scene.add("adoption_events", *(dict(zip(names, row, strict=False)) for row in told))


@pytest.fixture
def ended(scene):
    """The network ended on 30 June 2024; 180 days after is 27 December."""
    scene.replace("networks", start_date=date(2023, 1, 1), end_date=date(2024, 6, 30))
    return scene.replace("roles", valid_from=date(2023, 1, 1))


def test_ideas_of_180_days_are_expected_to_be_tested(measure, scene):
    solutions(scene, "L-1", "L-2", idea_date=date(2024, 10, 2))
    solutions(scene, "L-3", idea_date=date(2024, 10, 3))
    events(scene, ("L-1", "test_started", date(2025, 3, 31)), ("L-2", "test_started", date(2025, 4, 1)))
    events(scene, ("L-3", "test_started", date(2025, 1, 1)), ("L-2", "adopted", date(2025, 1, 1)))
    assert share(measure(scene, "R8.1")) == (1.0, 2.0, 0.5, 2)


def test_ideas_younger_than_180_days_are_not_due(measure, scene):
    solutions(scene, "L-1", idea_date=date(2024, 10, 3))
    assert own(measure(scene, "R8.1")) == ("not_assessable", "not_due")


def test_a_test_that_ended_90_days_ago_is_expected_to_be_decided(measure, scene):
    solutions(scene, "L-1", "L-2", "L-3", "L-4")
    for key, first in (("L-1", 30), ("L-2", 31), ("L-3", 31)):
        events(scene, (key, "test_ended", date(2024, 12, first)))
    events(
        scene,
        ("L-4", "test_ended", date(2025, 1, 1)),  # 89 days
        ("L-1", "rejected", date(2025, 3, 31)),
        ("L-2", "adoption_decided", date(2024, 6, 1)),
        ("L-3", "adopted", date(2025, 4, 1)),
        ("L-3", "scaled", date(2025, 1, 1)),
    )
    assert share(measure(scene, "R8.2")) == (2.0, 3.0, 2 / 3, 3)


def test_the_first_end_of_a_test_sets_the_day(measure, scene):
    solutions(scene, "L-1")
    events(
        scene, ("L-1", "test_ended", date(2024, 12, 31), "A"), ("L-1", "test_ended", date(2025, 2, 1), "B")
    )
    assert share(measure(scene, "R8.2")) == (0.0, 1.0, 0.0, 1)


def test_no_test_ended_90_days_ago_is_not_due(measure, scene):
    solutions(scene, "L-1")
    assert own(measure(scene, "R8.2")) == ("not_assessable", "not_due")


def test_a_solution_is_scaled_when_in_use_in_two_units(measure, scene):
    solutions(scene, "L-1", "L-2", "L-3")
    events(
        scene,
        ("L-1", "adopted", date(2024, 10, 2), "Nord"),
        ("L-1", "scaled", date(2025, 1, 1), "Syd"),
        ("L-2", "adopted", date(2024, 10, 2), "Nord"),
        ("L-2", "scaled", date(2025, 1, 1), "NORD"),  # the same unit
        ("L-3", "adopted", date(2024, 10, 3), "Nord"),  # 179 days
        ("L-3", "scaled", date(2025, 1, 1), "Syd"),
    )
    assert share(measure(scene, "R8.3")) == (1.0, 2.0, 0.5, 2)


@pytest.mark.parametrize(
    ("told", "used"),
    [
        ([("discontinued", date(2025, 3, 31))], 0.0),
        ([("discontinued", date(2025, 4, 1))], 1.0),
        ([("discontinued", date(2025, 2, 1)), ("adopted", date(2025, 3, 1))], 1.0),
        (
            [("discontinued", date(2025, 3, 1)), ("adopted", date(2025, 3, 1))],
            0.0,
        ),  # discontinued counts last
        (
            [("test_started", date(2025, 3, 1)), ("rejected", date(2025, 3, 2))],
            1.0,
        ),  # these say nothing of use
    ],
)
def test_a_solution_is_in_use_by_its_latest_event_in_the_unit(measure, scene, told, used):
    solutions(scene, "L-1")
    events(scene, ("L-1", "adopted", date(2024, 9, 1), "Nord"))
    events(scene, *(("L-1", event, day, "Nord") for event, day in told))
    assert measure(scene, "V2")["value"] == used


@pytest.mark.parametrize(
    ("adopted", "reason"), [(date(2024, 10, 3), "not_due"), (date(2025, 4, 1), "no_data")]
)
def test_scaling_is_not_due_while_what_is_adopted_is_young_and_no_data_without(
    measure, scene, adopted, reason
):
    solutions(scene, "L-1")
    events(scene, ("L-1", "adopted", adopted))
    assert own(measure(scene, "R8.3")) == ("not_assessable", reason)


def test_scaling_is_counted_at_the_periods_end_also_after_the_network(measure, ended):
    """In follow-up counted_to stands still, but solutions are looked for on 31 March 2025."""
    solutions(ended, "L-1")
    events(ended, ("L-1", "adopted", date(2024, 10, 2), "Nord"), ("L-1", "scaled", date(2025, 3, 31), "Syd"))
    assert share(measure(ended, "R8.3")) == (1.0, 1.0, 1.0, 1)


def test_solutions_are_alive_after_the_network_when_in_use_in_one_unit(measure, ended):
    solutions(ended, "L-1", "L-2", "L-3")
    events(
        ended,
        ("L-1", "adopted", date(2024, 3, 1)),
        ("L-2", "adopted", date(2024, 3, 1)),
        ("L-2", "discontinued", date(2025, 3, 31)),
        ("L-3", "adopted", date(2025, 4, 1)),
    )
    assert share(measure(ended, "R8.4")) == (1.0, 2.0, 0.5, 2)


def test_a_network_that_left_nothing_in_base_has_no_data_on_what_lives_on(measure, ended):
    assert own(measure(ended, "R8.4")) == ("not_assessable", "no_data")


def test_what_lives_on_is_asked_from_180_days_after_the_end_and_never_before(compute, ended):
    asked = compute(ended, "indicators.r8_4_alive_after_the_network")
    assert asked.filter(network_id="N-1").get_column("period").to_list() == ["2024Q4", "2025Q1"]


def test_a_network_that_ends_within_the_quarter_is_active_in_it(compute, scene):
    scene.replace("networks", end_date=date(2025, 1, 1))
    assert compute(scene, "indicators.r8_4_alive_after_the_network").filter(network_id="N-1").is_empty()


def adopted_after(scene, *waits):
    """Solutions tested on 1 January 2023, adopted after so many days; None is never."""
    scene.replace("networks", start_date=date(2022, 6, 1))
    start = date(2023, 1, 1)
    for number, days in enumerate(waits, 1):
        solutions(scene, f"L-{number}")
        events(scene, (f"L-{number}", "test_started", start))
        if days is not None:
            events(scene, (f"L-{number}", "adopted", date.fromordinal(start.toordinal() + days)))
    return scene


def test_the_share_in_base_within_a_year_takes_in_day_365(measure, scene):
    row = measure(adopted_after(scene, 365, 366, None, None), "R8.5")
    assert (row["value"], row["n"], row["numerator"], row["denominator"]) == (0.25, 4, None, None)


@pytest.mark.parametrize(("waits", "value"), [((1, 2, 3), 1.0), ((None, None, None), 0.0)])
def test_there_is_no_interval_at_nothing_and_at_all(measure, scene, waits, value):
    row = measure(adopted_after(scene, *waits), "R8.5")
    assert (row["value"], row["lower"], row["upper"]) == (value, None, None)


def test_an_adoption_before_the_test_is_a_wait_of_no_days(measure, scene):
    assert measure(adopted_after(scene, -5, None, None, None), "R8.5")["value"] == 0.25


def test_two_solutions_tested_are_no_data(measure, scene):
    assert own(measure(adopted_after(scene, 1, 2), "R8.5")) == ("not_assessable", "no_data")


@pytest.mark.parametrize(("tested", "reason"), [(date(2024, 3, 31), None), (date(2024, 4, 1), "not_due")])
def test_no_wait_of_a_year_is_not_due_while_some_wait(measure, scene, tested, reason):
    """365 days from 31 March 2024, 364 from 1 April."""
    solutions(scene, "L-1", "L-2", "L-3")
    events(scene, *((f"L-{number}", "test_started", tested) for number in (1, 2, 3)))
    assert own(measure(scene, "R8.5")) == ("not_assessable" if reason else None, reason)


def test_a_rejected_solution_is_followed_to_the_day_counted_to(measure, scene):
    adopted_after(scene, 100, None, None)
    events(scene, ("L-2", "rejected", date(2023, 2, 1)))
    row = measure(scene, "R8.5")
    assert (row["value"], row["n"]) == (pytest.approx(1 / 3, abs=1e-12), 3)
