"""Warnings about records that are counted."""

import pytest

TWO = [{"level": "2"}, {"person_id": "BO", "level": "4"}]


def test_more_granted_than_applied_for(judged):
    granted = {"status": "Bevilget", "decided_date": "2024-07-01", "amount_granted": "1.001"}
    office = judged({"applications": [granted]})
    assert office.findings("rule", "cell", "severity") == [("granted_over_applied", "H2", "warning")]
    assert office.rows("applications", "application_id") == ["A-1"]


def test_adopted_before_the_first_test(judged):
    office = judged(
        {
            "solutions": [{}],
            "adoption_events": [
                {"event_id": "H-1", "date": "2024-06-02"},
                {"event_id": "H-2", "event": "Optaget i basis", "date": "2024-06-01"},
                {"event_id": "H-3", "event": "Optaget i basis", "date": "2024-06-02", "unit": "Ældre"},
            ],
        }
    )
    assert office.findings("rule", "row_number") == [("adopted_before_test", 3)]


@pytest.mark.parametrize(
    ("own", "superior", "warned"),
    [("3", "2", 0), ("2", "2", 1), ("1", "2", 1), (None, "2", 0), ("3", None, 1)],
)
def test_a_superior_has_a_smaller_level(judged, own, superior, warned):
    office = judged(
        {
            "people": [
                {},
                {"person_id": "BO", "level": own, "superior_id": "CARL"},
                {"person_id": "CARL", "level": superior},
            ],
        }
    )
    assert len(office.findings("rule", rule="level_order")) == warned


def test_a_superior_is_compared_only_while_both_rows_hold(judged):
    office = judged(
        {
            "people": [
                {},
                {"person_id": "BO", "level": "3", "superior_id": "CARL", "valid_from": "2024-01-01"},
                {"person_id": "CARL", "level": "4", "valid_from": "2020-01-01", "valid_to": "2023-12-31"},
                {"person_id": "CARL", "level": "2", "valid_from": "2024-01-01"},
            ],
        }
    )
    assert office.findings(rule="level_order") == []


def test_a_running_network_without_a_reference_leader(judged):
    office = judged(
        {
            "networks": [
                {},
                {"network_id": "N-2"},
                {"network_id": "N-3", "end_date": "2024-12-31"},
                {"network_id": "N-4", "network_type": "Læringsnetværk"},
            ],
            "roles": [{}, {"network_id": "N-2", "valid_to": "2026-11-23"}],
        }
    )
    assert office.findings("rule", "value") == [("no_reference_leader", "N-2")]


@pytest.mark.parametrize(
    ("network_type", "level", "warned"),
    [
        ("innovation", "2", 0),
        ("innovation", "3", 1),
        ("welfare", "3", 0),
        ("welfare", "4", 1),
        ("learning", "5", 0),
        ("welfare", None, 1),
    ],
)
def test_a_reference_leaders_level_fits_the_type(judged, network_type, level, warned):
    office = judged({"people": [{"level": level}], "networks": [{"network_type": network_type}]})
    assert len(office.findings(rule="leader_level")) == warned


@pytest.mark.parametrize(("level", "warned"), [("3", 1), ("4", 0), ("5", 0), (None, 1)])
def test_a_central_manager_is_at_level_4_or_5(judged, level, warned):
    office = judged(
        {"people": [{}, {"person_id": "BO", "level": level}], "central_managers": [{"manager_id": "BO"}]}
    )
    assert len(office.findings(rule="not_level_4_5")) == warned


@pytest.mark.parametrize(
    ("day", "warned"), [("2023-12-31", 1), ("2024-01-01", 0), ("2024-12-31", 0), ("2025-01-01", 1)]
)
def test_an_event_outside_its_networks_life(judged, day, warned):
    office = judged({"networks": [{"end_date": "2024-12-31"}], "touchpoints": [{"date": day}]})
    assert len(office.findings(rule="outside_network_life")) == warned
    assert office.rows("touchpoints", "touchpoint_id") == ["S-1"]


def test_an_adoption_is_judged_by_the_life_of_its_solutions_network(judged):
    office = judged({"networks": [{}], "solutions": [{}], "adoption_events": [{"date": "2023-12-31"}]})
    assert office.findings("rule", "cell") == [("outside_network_life", "E2")]


def test_letters_that_look_latin_are_flagged_and_not_merged(judged):
    cyrillic = "\u0410NNA"  # А
    office = judged({"people": [{}, {"person_id": cyrillic, "level": None}]})
    assert office.rows("people", "person_id") == ["ANNA", cyrillic]
    [(rule, cell, danish)] = office.findings("rule", "cell", "message_da")
    assert (rule, cell) == ("lookalike_letters", "A3")
    assert "»ANNA«" in danish
