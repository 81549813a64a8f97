"""core.units: which quarters a network is judged in, by which days, and who is answerable."""

from datetime import date

import pytest


def units(compute, scene, basis="counted"):
    return compute(scene, "core.units").filter(network_id="N-1", basis=basis).sort("period")


def only(frame, period):
    return frame.filter(period=period).row(0, named=True)


def test_quarters_run_from_the_start_to_the_one_that_holds_the_as_of_day(compute, scene):
    scene.as_of = date(2025, 2, 14)
    scene.replace("networks", start_date=date(2024, 6, 30))
    found = units(compute, scene)
    assert found.get_column("period").to_list() == ["2024Q2", "2024Q3", "2024Q4", "2025Q1"]
    assert found.select("period_end", "provisional").rows() == [
        (date(2024, 6, 30), False),
        (date(2024, 9, 30), False),
        (date(2024, 12, 31), False),
        (date(2025, 2, 14), True),
    ]


def test_the_quarter_is_not_provisional_on_its_last_day(compute, scene):
    assert only(units(compute, scene), "2025Q1")["provisional"] is False


def test_a_network_that_starts_after_the_as_of_day_has_no_unit(compute, scene):
    scene.replace("networks", start_date=date(2025, 4, 1))
    assert units(compute, scene).is_empty()


def test_an_ended_network_is_active_in_the_quarter_of_its_last_day_then_followed_up(compute, scene):
    scene.replace("networks", end_date=date(2024, 7, 1))
    found = units(compute, scene).select("period", "phase", "counted_to").rows()
    assert found == [
        ("2024Q1", "active", date(2024, 3, 31)),
        ("2024Q2", "active", date(2024, 6, 30)),
        ("2024Q3", "active", date(2024, 7, 1)),
        ("2024Q4", "follow_up", date(2024, 7, 1)),
        ("2025Q1", "follow_up", date(2024, 7, 1)),
    ]


@pytest.mark.parametrize(("ended", "last"), [(date(2022, 12, 31), "2024Q4"), (date(2023, 1, 1), "2025Q1")])
def test_follow_up_lasts_while_the_quarters_first_day_is_within_24_months(compute, scene, ended, last):
    scene.replace("networks", start_date=date(2022, 1, 1), end_date=ended)
    assert units(compute, scene).get_column("period").to_list()[-1] == last


def test_the_leader_is_the_one_of_the_day_counted_to(compute, scene):
    scene.replace(
        "roles",
        {"person_id": "ANNA", "valid_to": date(2025, 3, 30)},
        {"person_id": "BO", "valid_from": date(2025, 3, 31)},
    )
    found = only(units(compute, scene), "2025Q1")
    assert (found["reference_leader_id"], found["role_since"], found["tenure_days"]) == (
        "BO",
        date(2025, 3, 31),
        0,
    )


def test_the_last_day_of_a_role_is_in_it(compute, scene):
    scene.replace("roles", valid_to=date(2025, 3, 31))
    assert only(units(compute, scene), "2025Q1")["reference_leader_id"] == "ANNA"


def test_a_network_between_leaders_has_none(compute, scene):
    scene.replace("roles", valid_to=date(2025, 3, 30))
    found = only(units(compute, scene), "2025Q1")
    assert (found["reference_leader_id"], found["role_since"], found["tenure_days"]) == (None, None, None)


def test_other_roles_lead_nothing(compute, scene):
    scene.replace("roles", role="network_leader")
    assert only(units(compute, scene), "2025Q1")["reference_leader_id"] is None


def test_a_leader_who_returns_starts_anew(compute, scene):
    scene.replace(
        "roles",
        {"person_id": "ANNA", "valid_to": date(2024, 6, 30)},
        {"person_id": "BO", "valid_from": date(2024, 7, 1), "valid_to": date(2024, 12, 31)},
        {"person_id": "ANNA", "valid_from": date(2025, 1, 1)},
    )
    assert only(units(compute, scene), "2025Q1")["role_since"] == date(2025, 1, 1)


def test_a_short_interval_within_a_long_one_does_not_break_the_time_in_the_role(compute, scene):
    scene.replace(
        "roles",
        {"valid_from": date(2024, 1, 1), "valid_to": date(2024, 12, 31)},
        {"valid_from": date(2024, 2, 1), "valid_to": date(2024, 3, 1)},
        {"valid_from": date(2025, 1, 1)},
    )
    assert only(units(compute, scene), "2025Q1")["role_since"] == date(2024, 1, 1)


def test_nobody_answers_for_the_time_before_the_network(compute, scene):
    scene.replace("roles", valid_from=date(2020, 1, 1))
    found = only(units(compute, scene), "2025Q1")
    assert (found["role_since"], found["responsible_since"]) == (date(2020, 1, 1), date(2024, 1, 1))


@pytest.mark.parametrize(
    ("idea", "exempt"), [(None, True), (date(2025, 4, 1), True), (date(2025, 3, 31), False)]
)
def test_a_learning_network_without_a_solution_is_exempt(compute, scene, idea, exempt):
    scene.replace("networks", network_type="learning")
    if idea:
        scene.add("solutions", idea_date=idea)
    assert only(units(compute, scene), "2025Q1")["learning_exempt"] is exempt


def test_a_learning_network_is_not_exempt_where_solutions_are_not_kept(compute, scene):
    scene.replace("networks", network_type="learning").without("solutions", "adoption_events")
    assert only(units(compute, scene), "2025Q1")["learning_exempt"] is False


def test_two_organisations_with_the_same_ids_do_not_mix(compute, scene):
    other = {"organisation_id": "bredby"}
    scene.add("networks", start_date=date(2025, 1, 1), **other)
    scene.add("roles", person_id="BO", **other)
    found = compute(scene, "core.units").filter(network_id="N-1", period="2025Q1").sort("organisation_id")
    assert found.select("organisation_id", "reference_leader_id", "start_date").rows() == [
        ("aalby", "ANNA", date(2024, 1, 1)),
        ("bredby", "BO", date(2025, 1, 1)),
    ]
