"""What the evidence names is enough to work every figure out anew."""

from datetime import date

import pytest

from tests.recompute import disagreements


@pytest.fixture
def lively(scene):
    """A network with something behind every figure."""
    scene.replace("networks", start_date=date(2023, 1, 1)).replace("roles", valid_from=date(2023, 1, 1))
    scene.replace(
        "people", {"person_id": "ANNA", "area": "Børn"}, {"person_id": "MIA", "level": 4, "area": "Vej"}
    )
    scene.add("roles", person_id="MIA", role="participant")
    scene.add("central_managers").add("ownership", ownership=4)
    for kind in ("strategic_link", "coordination", "sparring", "political_assessment", "political_dialogue"):
        scene.add("touchpoints", kind=kind, outcome="relevant" if kind == "political_assessment" else None)
    scene.add("touchpoints", kind="expectation_agreement", date=date(2023, 5, 1))
    scene.add("touchpoints", kind="platform_access", counterpart="Byrådet")
    scene.add("touchpoints", kind="showcase", audience="city")
    scene.add(
        "phases",
        *[{"planned_date": date(2024, 6, 1), "actual_date": day} for day in (date(2024, 6, 2), None)],
    )
    needs = (date(2023, 3, 1), date(2023, 4, 1), date(2023, 6, 1))
    scene.add(
        "solutions",
        *({"solution_id": f"L-{number}", "need_date": day} for number, day in enumerate(needs, 1)),
        idea_date=date(2023, 2, 1),
        capital_need=20_000,
    )
    granted = {"status": "granted", "decided_date": date(2024, 2, 1), "amount_granted": 30_000}
    scene.add(
        "applications", {**granted, "submitted_date": date(2023, 5, 1)}, {**granted, "source": "internal"}
    )
    scene.add("applications", status="rejected", decided_date=date(2024, 2, 1), responsible_id="ANNA")
    for number, event, day in (
        (1, "test_started", date(2023, 4, 1)),
        (1, "test_ended", date(2023, 9, 1)),
        (1, "adopted", date(2023, 10, 1)),
        (2, "test_started", date(2023, 5, 1)),
        (2, "rejected", date(2023, 12, 1)),
        (3, "test_started", date(2023, 6, 1)),
    ):
        scene.add(
            "adoption_events", solution_id=f"L-{number}", event=event, date=day, reach=40, manager_id="MIA"
        )
    return scene.add("value_records", baseline=1.0, target=2.0, measured=3.0)


def test_every_figure_is_worked_out_anew_from_the_records_its_evidence_names(compute, connection, lively):
    compute(lively, "results.evidence", "results.indicator_result")
    wrong, figures = disagreements(connection)
    assert wrong == []
    assert figures > 200
    told = connection.execute(
        "select distinct indicator_id from results.indicator_result "
        "where network_id = 'N-1' and value is not null"
    ).fetchall()
    # R8.4 comes after a network's end, and the pulse publishes no value.
    assert len(told) == 25 - 1 + 7
