"""Kroner, ownership, value and coverage of the whole organisation, by hand."""

from datetime import date

import pytest


def row_of(frame, measure, dimension="", period="2025Q1"):
    """The one row of a figure; none where there is no such row."""
    chosen = frame.filter(
        (frame["period"] == period) & (frame["measure_id"] == measure) & (frame["dimension"] == dimension)
    )
    return chosen.row(0, named=True) if chosen.height else None


def value(frame, measure, dimension="", period="2025Q1"):
    return row_of(frame, measure, dimension, period)["value"]


@pytest.fixture
def funded(scene):
    """Two grants and a rejection in 2025Q1, a draft, and a need of 60,000 kroner."""
    scene.add("solutions", {"solution_id": "L-1", "capital_need": 60_000, "need_date": date(2025, 1, 10)})
    granted = {"status": "granted", "decided_date": date(2025, 2, 1), "amount_applied": 50_000}
    return scene.add(
        "applications",
        granted | {"application_id": "A-1", "amount_granted": 40_000, "source": "external"},
        granted
        | {"application_id": "A-2", "amount_granted": 10_000, "source": "internal", "purpose": "scaling"},
        {"application_id": "A-3", "status": "rejected", "decided_date": date(2025, 3, 1)},
        {"application_id": "A-4", "status": "draft", "amount_applied": 999_000},
    )


def test_kroner_count_in_the_quarter_they_moved_and_in_all_after(compute, funded):
    frame = compute(funded, "results.organisation_capital")
    assert [value(frame, "kroner_granted", period=period) for period in ("2024Q4", "2025Q1")] == [0, 50_000]
    assert value(frame, "kroner_granted_to_date") == 50_000
    assert value(frame, "kroner_needed") == 60_000
    assert value(frame, "kroner_granted_in_year", "2025") == 40_000


def test_a_draft_is_not_asked_for(compute, funded):
    # and the far A-0 were all sent on 1 June 2024, A-0 and A-3 for 1,000 kroner each.
    assert value(compute(funded, "results.organisation_capital"), "kroner_asked_to_date") == 102_000


def test_the_external_share_is_of_the_kroner_granted(compute, funded):
    row = row_of(compute(funded, "results.organisation_capital"), "external_share")
    assert (row["numerator"], row["denominator"], row["value"]) == (40_000, 50_000, 0.8)


def test_applications_won_has_the_wilson_interval(compute, funded):
    row = row_of(compute(funded, "results.organisation_capital"), "applications_won")
    assert (row["numerator"], row["denominator"], row["n"]) == (2, 3, 3)
    assert (row["lower"], row["upper"]) == pytest.approx((0.207655, 0.938509), abs=1e-5)


def test_a_grant_whose_dispute_was_upheld_does_not_count(compute, funded):
    funded.add("disputes", {"record_kind": "applications", "record_key": "A-1", "outcome": "upheld"})
    assert value(compute(funded, "results.organisation_capital"), "kroner_granted") == 10_000


MANAGERS = [f"M-{number}" for number in range(1, 7)]


@pytest.fixture
def central(scene):
    """Six managers at level 4 on N-1's list; the far network's MIA is at no level and counts nowhere."""
    scene.add("people", *({"person_id": name, "level": 4} for name in MANAGERS))
    return scene.add("central_managers", *({"manager_id": name} for name in MANAGERS))


def answers(scene, names, **more):
    return scene.add("ownership", *({"manager_id": name, **more} for name in names))


def test_ownership_counts_those_not_heard_and_bounds_itself_by_them(compute, central):
    answers(central, MANAGERS[:2], ownership=4)
    answers(central, MANAGERS[2:3], ownership=2, commitment="time")
    answers(central, MANAGERS[3:5], ownership=3)
    frame = compute(central, "results.organisation_ownership")
    parts = {part: row_of(frame, "ownership", part) for part in ("owning", "not_owning", "not_heard")}
    assert [row["numerator"] for row in parts.values()] == [3, 2, 1]
    assert {row["denominator"] for row in parts.values()} == {6}
    assert (parts["owning"]["lower"], parts["owning"]["upper"]) == pytest.approx((3 / 6, 4 / 6))
    assert parts["not_heard"]["lower"] is None


def test_an_answer_older_than_a_year_is_not_heard(compute, central):
    answers(central, MANAGERS, ownership=5, date=date(2024, 3, 31))
    assert (
        row_of(compute(central, "results.organisation_ownership"), "ownership", "not_heard")["numerator"] == 6
    )


def test_ownership_is_hidden_with_fewer_than_five_managers(compute, central):
    central.replace("central_managers", *({"manager_id": name} for name in MANAGERS[:4]))
    answers(central, MANAGERS[:4], ownership=5)
    row = row_of(compute(central, "results.organisation_ownership"), "ownership", "owning")
    assert row["suppressed"]
    assert (row["numerator"], row["value"], row["n"]) == (None, None, None)


def test_ownership_is_hidden_when_one_to_four_answered(compute, central):
    answers(central, MANAGERS[:4], ownership=5)
    assert row_of(compute(central, "results.organisation_ownership"), "ownership", "not_heard")["suppressed"]


def test_without_answers_kept_there_is_no_ownership_but_there_are_managers(compute, central):
    frame = compute(central.without("ownership"), "results.organisation_ownership")
    assert row_of(frame, "ownership", "owning") is None
    assert value(frame, "managers_asked") == 6


@pytest.fixture
def measured(scene):
    """One value record of each outcome, all recent."""
    goal = {"baseline": 10, "target": 20}
    return scene.add(
        "value_records",
        goal | {"measure": "a", "measured": 20},
        goal | {"measure": "b", "measured": 12},
        goal | {"measure": "c", "measured": 10},
        goal | {"measure": "d", "measured": 9},
        {"measure": "e", "baseline": 10, "target": 5, "measured": 4},
        {"measure": "f", "baseline": 10, "measured": 4},
        {"measure": "g", "target": 5, "measured": 4},
    )


def test_a_measurement_has_reached_its_goal_or_moved_seen_from_its_baseline(compute, measured):
    frame = compute(measured, "results.organisation_value")
    outcomes = ("reached", "towards", "unchanged", "away", "no_target")
    assert [value(frame, "value_outcome", name) for name in outcomes] == [2, 1, 1, 1, 1]
    goals = row_of(frame, "goals_reached")
    assert (goals["numerator"], goals["denominator"]) == (2, 5)


def test_only_the_latest_measurement_of_a_goal_counts(compute, measured):
    measured.add(
        "value_records",
        {"measure": "d", "baseline": 10, "target": 20, "measured": 25, "date": date(2025, 3, 1)},
    )
    frame = compute(measured, "results.organisation_value")
    assert value(frame, "value_outcome", "reached") == 3
    assert row_of(frame, "value_outcome", "away") is None


def test_followed_up_means_baseline_and_measurement_within_a_year(compute, measured):
    measured.add("value_records", {"baseline": 1, "measured": 2, "date": date(2024, 3, 31)})
    assert value(compute(measured, "results.organisation_value"), "value_followed") == 6


def test_people_reached_are_those_of_the_places_still_in_use(compute, scene):
    scene.add("solutions", {"solution_id": "L-1"})
    scene.add(
        "adoption_events",
        {"solution_id": "L-1", "event": "adopted", "date": date(2024, 5, 1), "reach": 30},
        {"solution_id": "L-1", "event": "scaled", "date": date(2024, 8, 1), "reach": 50},
        {"solution_id": "L-1", "event": "adopted", "unit": "Kultur", "date": date(2024, 5, 1), "reach": 7},
        {"solution_id": "L-1", "event": "discontinued", "unit": "Kultur", "date": date(2024, 9, 1)},
    )
    frame = compute(scene, "results.organisation_value")
    row = row_of(frame, "people_reached")
    assert (row["value"], row["n"]) == (50, 1)
    assert value(frame, "people_reached", period="2024Q2") == 37
    assert (value(frame, "solutions_in_use"), value(frame, "places_in_use")) == (2, 2)  # with the far one


def test_what_leaders_do_is_hidden_below_five_networks_and_three_leaders(compute, scene):
    scene.add("touchpoints", {"kind": "political_dialogue"})
    row = row_of(compute(scene, "results.organisation_interplay"), "political_dialogue")
    assert (row["suppressed"], row["value"]) == (True, None)


@pytest.fixture
def five(scene):
    """Five networks beside the far one, led by three leaders."""
    scene.add("people", *({"person_id": name} for name in ("BO", "EVA")))
    for number, leader in enumerate(("ANNA", "BO", "EVA", "BO"), start=2):
        scene.add("networks", {"network_id": f"N-{number}"})
        scene.add("roles", {"network_id": f"N-{number}", "person_id": leader})
    return scene


def test_interplay_is_counted_over_all_active_networks_for_a_year(compute, five):
    five.add(
        "touchpoints",
        {"kind": "political_dialogue"},
        {"kind": "political_dialogue", "network_id": "N-2", "date": date(2024, 4, 1)},
        {"kind": "political_dialogue", "network_id": "N-3", "date": date(2024, 3, 31)},
        {"kind": "showcase", "audience": "city"},
    )
    frame = compute(five, "results.organisation_interplay")
    assert value(frame, "political_dialogue") == 2
    assert [value(frame, "value_shown", name) for name in ("city", "politicians")] == [1, 0]


def test_progress_allows_thirty_days(compute, five):
    five.add(
        "phases",
        {"phase": 1, "planned_date": date(2025, 1, 1), "actual_date": date(2025, 1, 31)},
        {"phase": 2, "planned_date": date(2025, 1, 1), "actual_date": date(2025, 2, 1)},
        {"phase": 3, "planned_date": date(2025, 3, 2)},
    )
    row = row_of(compute(five, "results.organisation_interplay"), "progress")
    # The far network's phase of 1 January 2025 was never reached; phase 3 is due on 1 April.
    assert (row["numerator"], row["denominator"]) == (1, 3)


def test_networks_are_counted_by_type_and_records_by_kind(compute, five):
    five.add("networks", {"network_id": "N-9", "network_type": "learning"})
    frame = compute(five, "results.organisation_coverage")
    assert value(frame, "networks_active") == 7
    assert value(frame, "networks_active", "learning") == 1
    assert value(frame, "records", "roles") == 6
    covered = row_of(frame, "networks_covered", "roles")
    assert (covered["numerator"], covered["denominator"]) == (6, 7)


def test_an_optional_cell_is_counted_where_it_could_be_filled(compute, scene):
    scene.add("solutions", {"solution_id": "L-1", "capital_need": 0}, {"solution_id": "L-2"})
    row = row_of(compute(scene, "results.organisation_coverage"), "cells_filled", "solutions.capital_need")
    assert (row["numerator"], row["denominator"]) == (1, 3)


def test_results_say_why_they_cannot_be_judged_once_enough_stand_behind(compute, five):
    frame = compute(five, "results.organisation_coverage")
    row = row_of(frame, "results_by_reason", "no_data")
    assert row["numerator"] > 0
    assert not row["suppressed"]
    assert row_of(frame, "results_by_reason", "no_data")["denominator"] == sum(
        row["numerator"]
        for row in frame.filter(
            (frame["period"] == "2025Q1") & (frame["measure_id"] == "results_by_reason")
        ).iter_rows(named=True)
    )


def test_every_figure_of_the_parts_is_a_row_of_the_whole_once(compute, five):
    frame = compute(five, "results.organisation_result")
    key = ["organisation_id", "period", "measure_id", "dimension"]
    assert frame.height == frame.unique(key).height
    assert set(frame["measure_id"]) >= {"funnel", "networks_active", "kroner_granted", "records", "progress"}


def test_every_measure_has_a_name_and_a_formula_in_both_languages(compute, five):
    from assets.reports.measures import MEASURE_BY_ID

    found = set(compute(five, "results.organisation_result")["measure_id"])
    assert found <= MEASURE_BY_ID.keys()
    assert all(all(measure.name) and all(measure.formula) for measure in MEASURE_BY_ID.values())
