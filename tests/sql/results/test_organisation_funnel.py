"""From idea to base, by hand: steps, seasons, and what is held back."""

from datetime import date

import pytest

NETWORKS = ("N-1", "N-2", "N-3")


def figures(frame, period="2025Q1", measure="funnel"):
    """Dimension to value of one quarter."""
    chosen = frame.filter((frame["period"] == period) & (frame["measure_id"] == measure))
    return dict(zip(chosen["dimension"], chosen["value"], strict=True))


@pytest.fixture
def three(scene):
    """Three networks beside the far one, each with one idea of spring 2024."""
    scene.add("networks", *({"network_id": name} for name in NETWORKS[1:]))
    scene.add(
        "solutions",
        *(
            {"network_id": name, "solution_id": f"L-{number}", "idea_date": date(2024, 3, 1)}
            for number, name in enumerate(NETWORKS, start=1)
        ),
    )
    return scene


def test_each_step_counts_ideas_once(compute, three):
    three.add(
        "adoption_events",
        {"solution_id": "L-1", "event": "test_started", "date": date(2024, 5, 1)},
        {"solution_id": "L-1", "event": "test_started", "unit": "Kultur", "date": date(2024, 6, 1)},
        {"solution_id": "L-1", "event": "adopted", "date": date(2024, 9, 1)},
        {"solution_id": "L-1", "event": "scaled", "unit": "Kultur", "date": date(2024, 12, 1)},
        {"solution_id": "L-2", "event": "test_started", "date": date(2024, 5, 1)},
        {"solution_id": "L-2", "event": "rejected", "date": date(2024, 8, 1)},
    )
    found = figures(compute(three, "results.organisation_funnel"))
    # The far network's L-0 was adopted without a test, so it is decided and in base but not tested.
    assert {
        step: found[step] for step in ("idea", "tested", "decided", "turned_down", "in_base", "scaled")
    } == {
        "idea": 4,
        "tested": 2,
        "decided": 3,
        "turned_down": 1,
        "in_base": 2,
        "scaled": 1,
    }


def test_a_step_counts_from_its_own_quarter_on(compute, three):
    three.add("adoption_events", {"solution_id": "L-1", "event": "test_started", "date": date(2024, 7, 1)})
    frame = compute(three, "results.organisation_funnel")
    assert [figures(frame, period)["tested"] for period in ("2024Q2", "2024Q3")] == [0, 1]


def test_a_share_says_how_many_ideas_it_rests_on(compute, three):
    three.add("adoption_events", {"solution_id": "L-1", "event": "test_started"})
    frame = compute(three, "results.organisation_funnel")
    row = frame.filter(
        (frame["period"] == "2025Q1")
        & (frame["measure_id"] == "funnel_share")
        & (frame["dimension"] == "tested")
    ).row(0, named=True)
    assert (row["numerator"], row["denominator"], row["value"], row["n"]) == (1, 4, 0.25, 4)


def test_a_season_with_three_networks_stands_alone(compute, three):
    found = figures(compute(three, "results.organisation_funnel"))
    assert found["2024H1/idea"] == 4
    assert "pooled/idea" not in found


def test_small_seasons_are_pooled_and_one_alone_takes_a_larger_with_it(compute, three):
    three.add("solutions", {"solution_id": "L-9", "idea_date": date(2024, 8, 1)})
    found = figures(compute(three, "results.organisation_funnel"))
    assert found["pooled/idea"] == found["idea"] == 5
    assert not [name for name in found if name.startswith("20")]


def test_with_fewer_than_three_networks_nothing_is_shown(compute, scene):
    scene.add("solutions", {"solution_id": "L-1"})
    frame = compute(scene, "results.organisation_funnel")
    assert frame["suppressed"].all()
    assert frame["value"].null_count() == frame["numerator"].null_count() == frame.height


def test_a_test_that_ended_ninety_days_ago_waits_until_it_is_decided(compute, three):
    three.add(
        "adoption_events",
        {"solution_id": "L-1", "event": "test_ended", "date": date(2024, 12, 31)},
        {"solution_id": "L-2", "event": "test_ended", "date": date(2025, 1, 1)},
        {"solution_id": "L-3", "event": "test_ended", "date": date(2024, 6, 1)},
        {"solution_id": "L-3", "event": "adoption_decided", "date": date(2024, 7, 1)},
    )
    frame = compute(three, "results.organisation_funnel")
    # 90 days before 31 March 2025 is 31 December 2024: L-1 and L-3 are due, L-3 is decided.
    assert figures(frame, measure="tests_waiting") == {"": 1}
    assert figures(frame, measure="tests_decided") == {"": 0.5}


def test_an_event_whose_dispute_was_upheld_does_not_count(compute, three):
    three.add("adoption_events", {"event_id": "H-9", "solution_id": "L-1", "event": "test_started"})
    three.add("disputes", {"record_kind": "adoption_events", "record_key": "H-9", "outcome": "upheld"})
    assert figures(compute(three, "results.organisation_funnel"))["tested"] == 0
