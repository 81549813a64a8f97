"""What lasts after closing, against a Kaplan-Meier curve worked by hand."""

from datetime import date, timedelta
from math import exp, log, sqrt

import pytest

CLOSED = date(2024, 4, 1)


@pytest.fixture
def closed(scene):
    """N-1 closed on 1 April 2024 with four solutions in use since March; t is 364 days later."""
    scene.replace("networks", {"end_date": CLOSED})
    scene.add("solutions", *({"solution_id": f"L-{number}"} for number in range(1, 5)))
    scene.add(
        "adoption_events",
        *(
            {"solution_id": f"L-{number}", "event": "adopted", "date": date(2024, 3, 1)}
            for number in range(1, 5)
        ),
    )
    return scene


def steps(frame, measure="after_closing_step", period="2025Q1"):
    """Days to (value, lower, upper, n) of one curve."""
    chosen = frame.filter((frame["period"] == period) & (frame["measure_id"] == measure))
    return {
        int(row["dimension"]): (row["value"], row["lower"], row["upper"], row["n"])
        for row in chosen.iter_rows(named=True)
    }


def ended(solution_id, days, unit="Børn"):
    return {
        "solution_id": solution_id,
        "event": "discontinued",
        "unit": unit,
        "date": CLOSED + timedelta(days),
    }


def test_the_share_falls_when_no_unit_uses_the_solution_any_more(compute, closed):
    closed.add("adoption_events", ended("L-1", 100), ended("L-2", 200))
    found = steps(compute(closed, "results.organisation_survival"))
    assert [found[day][0] for day in (0, 100, 200, 364)] == pytest.approx([1, 3 / 4, 3 / 4 * 2 / 3, 1 / 2])
    assert [found[day][3] for day in (0, 100, 200, 364)] == [4, 4, 3, 2]


def test_the_interval_is_the_log_log_one_of_greenwood(compute, closed):
    closed.add("adoption_events", ended("L-1", 100))
    value, lower, upper, _ = steps(compute(closed, "results.organisation_survival"))[100]
    spread = 1.959964 * sqrt(1 / (4 * 3)) / abs(log(value))
    middle = log(-log(value))
    assert (lower, upper) == pytest.approx((exp(-exp(middle + spread)), exp(-exp(middle - spread))))


def test_a_solution_still_used_elsewhere_has_not_ended(compute, closed):
    closed.add(
        "adoption_events",
        {"solution_id": "L-1", "event": "scaled", "unit": "Kultur", "date": date(2024, 3, 20)},
        ended("L-1", 100),
    )
    assert steps(compute(closed, "results.organisation_survival"))[364][0] == 1


def test_a_solution_that_ended_before_the_network_closed_is_not_followed(compute, closed):
    closed.add("adoption_events", ended("L-1", -1))
    assert steps(compute(closed, "results.organisation_survival"))[0][3] == 3


def test_a_solution_adopted_after_the_network_closed_is_followed_from_then(compute, closed):
    closed.add("solutions", {"solution_id": "L-5"})
    closed.add("adoption_events", {"solution_id": "L-5", "event": "adopted", "date": CLOSED + timedelta(264)})
    found = steps(compute(closed, "results.organisation_survival"))
    assert found[0][3] == 5
    assert 100 in found  # followed for 100 days up to 31 March 2025


def test_an_end_after_the_quarter_is_not_known_in_it(compute, closed):
    closed.add("adoption_events", ended("L-1", 200))
    frame = compute(closed, "results.organisation_survival")
    assert min(value for value, *_ in steps(frame, period="2024Q3").values()) == 1


def test_a_mark_nobody_was_followed_to_is_empty(compute, closed):
    marks = steps(compute(closed, "results.organisation_survival"), "after_closing_mark")
    assert marks[182] == (1, None, None, 4)
    assert marks[365] == (None, None, None, 0)


def test_when_all_have_ended_the_share_is_zero_and_has_no_interval(compute, closed):
    closed.add("adoption_events", *(ended(f"L-{number}", 50) for number in range(1, 5)))
    assert steps(compute(closed, "results.organisation_survival"))[50] == (0, None, None, 4)


def test_a_solution_taken_up_on_the_day_its_test_began_waited_no_day(compute, scene):
    scene.add("solutions", {"solution_id": "L-1"}, {"solution_id": "L-2"})
    scene.add(
        "adoption_events",
        {"solution_id": "L-1", "event": "test_started", "date": date(2024, 6, 1)},
        {"solution_id": "L-1", "event": "adopted", "date": date(2024, 6, 1)},
        {"solution_id": "L-2", "event": "test_started", "date": date(2024, 6, 1)},
    )
    assert steps(compute(scene, "results.organisation_survival"), "to_base_step")[0][0] == 0.5
