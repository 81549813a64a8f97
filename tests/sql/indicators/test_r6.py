"""R6 relevance and ownership at level 4-5; N-1 led by ANNA, counted to 31 March 2025."""

from datetime import date

import pytest

MANAGERS = ("MIA", "NOA", "OLA", "PER")


def central(scene, *names, level=4, **same):
    scene.add("people", *({"person_id": name} for name in names), level=level)
    scene.add("central_managers", *({"manager_id": name} for name in names), **same)
    return scene


def own(row):
    return row["own_status"], row["own_reason"]


def bounds(row):
    return row["numerator"], row["denominator"], row["value"], row["lower"], row["upper"], row["n"]


def test_ownership_of_four_or_a_commitment_counts_and_bounds_hold_those_not_heard(measure, scene):
    """Of four: one owns, one commits, one does neither, one is not heard."""
    central(scene, *MANAGERS).add(
        "ownership",
        {"manager_id": "MIA", "ownership": 4},
        {"manager_id": "NOA", "ownership": 1, "commitment": "time"},
        {"manager_id": "OLA", "ownership": 3},
    )
    assert bounds(measure(scene, "R6.1")) == (2.0, 4.0, 0.5, 0.5, 0.75, 4)


def test_only_the_latest_answer_within_the_year_speaks(measure, scene):
    central(scene, "MIA", "NOA").add(
        "ownership",
        {"manager_id": "MIA", "ownership": 5, "date": date(2025, 1, 1)},
        {"manager_id": "MIA", "ownership": 1, "date": date(2025, 3, 31)},
        {"manager_id": "MIA", "ownership": 5, "date": date(2025, 4, 1)},
        {"manager_id": "NOA", "ownership": 5, "date": date(2024, 3, 31)},
    )
    row = measure(scene, "R6.1")
    assert (bounds(row), own(row)) == ((0.0, 2.0, 0.0, 0.0, 0.5, 2), (None, None))


@pytest.mark.parametrize(("heard", "reason"), [(2, None), (1, "too_few_heard")])
@pytest.mark.parametrize("indicator_id", ["R6.1", "R6.2"])
def test_fewer_than_half_heard_are_too_few(measure, scene, indicator_id, heard, reason):
    central(scene, *MANAGERS).add("ownership", *({"manager_id": name} for name in MANAGERS[:heard]))
    assert own(measure(scene, indicator_id)) == ("not_assessable" if reason else None, reason)


def test_relevance_of_four_counts(measure, scene):
    central(scene, "MIA", "NOA").add(
        "ownership", {"manager_id": "MIA", "relevance": 4}, {"manager_id": "NOA", "relevance": 3}
    )
    assert bounds(measure(scene, "R6.2")) == (1.0, 2.0, 0.5, 0.5, 0.5, 2)


def test_those_heard_are_a_share_of_all_without_bounds(measure, scene):
    central(scene, *MANAGERS).add(
        "ownership", {"manager_id": "MIA"}, {"manager_id": "NOA"}, {"manager_id": "EVA"}
    )
    assert bounds(measure(scene, "R6.3")) == (2.0, 4.0, 0.5, None, None, 4)


def test_managers_act_by_testing_adopting_or_scaling_the_networks_solutions(measure, scene):
    central(scene, *MANAGERS).add("solutions", solution_id="L-1")
    scene.add(
        "adoption_events",
        {"manager_id": "MIA", "event": "test_started"},
        {"manager_id": "MIA", "event": "scaled"},
        {"manager_id": "NOA", "event": "adopted", "date": date(2025, 4, 1)},
        {"manager_id": "OLA", "event": "adoption_decided"},
        {"manager_id": "PER", "event": "scaled", "solution_id": "L-0"},
        {"manager_id": "EVA", "event": "adopted"},
    )
    assert bounds(measure(scene, "R6.4")) == (1.0, 4.0, 0.25, None, None, 4)


@pytest.mark.parametrize(
    ("listed", "stands"),
    [
        ({"identified_date": date(2025, 3, 31)}, True),
        ({"identified_date": date(2025, 4, 1)}, False),
        ({"removed_date": date(2025, 3, 31)}, False),  # the first day without
        ({"removed_date": date(2025, 4, 1)}, True),
    ],
)
def test_a_manager_stands_from_the_day_identified_to_the_day_before_removal(measure, scene, listed, stands):
    central(scene, "MIA", **listed)
    central(scene, "NOA")
    assert measure(scene, "R6.3")["n"] == (2 if stands else 1)


def test_a_manager_named_twice_is_one(measure, scene):
    central(scene, "MIA").add("central_managers", manager_id="MIA", identified_date=date(2025, 1, 1))
    assert measure(scene, "R6.3")["n"] == 1


def test_the_level_is_that_of_the_day_counted_to(measure, scene):
    scene.add(
        "people",
        {"person_id": "MIA", "level": 4, "valid_to": date(2025, 3, 30)},
        {"person_id": "MIA", "level": 3, "valid_from": date(2025, 3, 31)},
        {"person_id": "NOA", "level": 5},
    )
    scene.add("central_managers", {"manager_id": "MIA"}, {"manager_id": "NOA"})
    assert measure(scene, "R6.3")["n"] == 1


@pytest.mark.parametrize("indicator_id", ["R6.1", "R6.2", "R6.3", "R6.4"])
@pytest.mark.parametrize("level", [None, 3])
def test_managers_none_of_whom_is_at_level_4_or_5_leave_the_level_unknown(
    measure, scene, indicator_id, level
):
    central(scene, "MIA", level=level)
    assert own(measure(scene, indicator_id)) == ("not_assessable", "level_unknown")


@pytest.mark.parametrize("indicator_id", ["R6.1", "R6.2", "R6.3", "R6.4"])
@pytest.mark.parametrize(
    ("started", "said"),
    [
        (date(2024, 10, 3), ("not_assessable", "no_data")),  # 179 days old
        (date(2024, 10, 2), ("not_fulfilled", "none_identified")),
    ],
)
def test_a_network_with_nobody_listed_is_given_180_days(measure, scene, indicator_id, started, said):
    scene.replace("networks", start_date=started)
    row = measure(scene, indicator_id)
    assert (own(row), bounds(row)) == (said, (0.0, 0.0, 0.0, None, None, 0))


def test_someone_whose_level_is_not_known_that_day_is_no_central_manager(measure, scene):
    scene.add("central_managers", manager_id="MIA")
    assert own(measure(scene, "R6.1")) == ("not_assessable", "level_unknown")
