"""Disputes: upheld records count no longer, open ones count and are also left out, both ways shown."""

from datetime import date

import pytest


@pytest.fixture
def results(compute, connection):
    """Published rows of N-1 in 2025Q1: by indicator id (with dimension), and by responsibility."""

    def run(scene):
        compute(scene, "results.evidence", "results.indicator_result", "results.responsibility_result")
        here = "where network_id = 'N-1' and period = '2025Q1'"
        indicators = connection.sql(f"select * from results.indicator_result {here}").pl()
        responsibilities = connection.sql(f"select * from results.responsibility_result {here}").pl()
        return (
            {row["indicator_id"] + row["dimension"]: row for row in indicators.iter_rows(named=True)},
            {row["responsibility_id"]: row for row in responsibilities.iter_rows(named=True)},
        )

    return run


def both(row):
    return row["value"], row["disputed"], row["value_if_upheld"], row["status_if_upheld"]


def linked(scene, **dispute):
    scene.add("touchpoints", touchpoint_id="S-1", kind="strategic_link")
    return scene.add("disputes", record_key="S-1", **dispute)


def test_a_record_under_an_open_dispute_counts_and_is_shown_left_out(results, scene):
    indicators, responsibilities = results(linked(scene))
    assert both(indicators["R1.1"]) == (1.0, True, 0.0, "not_fulfilled")
    found = responsibilities["R1"]
    assert (found["status"], found["disputed"], found["status_if_upheld"]) == (
        "fulfilled",
        True,
        "not_fulfilled",
    )


def test_what_the_dispute_does_not_change_is_not_disputed(results, scene):
    indicators, responsibilities = results(linked(scene))
    assert both(indicators["R2.2"]) == (0.0, False, None, None)
    assert both(indicators["V7"]) == (0.0, False, None, None)
    assert (responsibilities["R2"]["disputed"], responsibilities["R2"]["status_if_upheld"]) == (False, None)


@pytest.mark.parametrize(("outcome", "value"), [("upheld", 0.0), ("refused", 1.0)])
def test_a_decided_dispute_is_over(results, scene, outcome, value):
    indicators, _ = results(linked(scene, outcome=outcome, resolved_date=date(2025, 3, 2)))
    assert both(indicators["R1.1"]) == (value, False, None, None)


def test_an_upheld_dispute_outweighs_an_open_one_of_the_same_record(results, scene):
    linked(scene).add("disputes", record_key="S-1", outcome="upheld")
    indicators, _ = results(scene)
    assert both(indicators["R1.1"]) == (0.0, False, None, None)


def test_all_open_disputes_are_left_out_together(results, scene):
    scene.add("touchpoints", {"touchpoint_id": "S-1"}, {"touchpoint_id": "S-2"}, kind="strategic_link")
    scene.add("disputes", {"record_key": "S-1"}, {"record_key": "S-2"})
    indicators, _ = results(scene)
    assert both(indicators["R1.1"]) == (2.0, True, 0.0, "not_fulfilled")


def test_a_change_of_counts_alone_disputes_the_figure_and_not_the_responsibility(results, scene):
    """Three links, one of them disputed: the count changes, the status stands."""
    linked(scene).add("touchpoints", {}, {}, kind="strategic_link")
    indicators, responsibilities = results(scene)
    assert both(indicators["R1.1"]) == (3.0, True, 2.0, "fulfilled")
    assert (responsibilities["R1"]["disputed"], responsibilities["R1"]["status_if_upheld"]) == (False, None)


def test_a_type_of_value_that_would_vanish_is_zero_the_other_way(results, scene):
    scene.add("value_records", value_id="V-1", baseline=1.0, measured=2.0)
    scene.add("disputes", record_kind="value_records", record_key="V-1")
    indicators, _ = results(scene)
    assert both(indicators["V6quality"]) == (1.0, True, 0.0, None)


def test_a_dispute_of_the_only_record_does_not_make_a_kind_not_kept(results, scene):
    scene.nowhere_else("value_records")
    scene.add("value_records", value_id="V-1", baseline=1.0, measured=2.0)
    scene.add("disputes", record_kind="value_records", record_key="V-1", outcome="upheld")
    indicators, _ = results(scene)
    assert (indicators["R7.1"]["status"], indicators["R7.1"]["reason"]) == ("not_fulfilled", None)


def test_an_event_is_disputed_in_the_network_whose_solution_it_is(results, scene):
    scene.add("solutions", solution_id="L-1").add("adoption_events", event_id="H-1")
    scene.add("disputes", record_kind="adoption_events", record_key="H-1")
    indicators, _ = results(scene)
    assert both(indicators["V2"]) == (1.0, True, 0.0, None)


def test_networks_no_open_dispute_touches_are_counted_one_way(compute, scene):
    linked(scene)
    scene.add("networks", network_id="N-2")
    found = compute(scene, "core.units").filter(basis="if_upheld")
    assert found.get_column("network_id").unique().to_list() == ["N-1"]


def test_evidence_names_the_records_as_things_stand(results, connection, scene):
    linked(scene).add("touchpoints", touchpoint_id="S-2", kind="strategic_link", by_id="BO")
    scene.add("disputes", record_key="S-2", outcome="upheld")
    results(scene)
    found = connection.execute(
        "select record_kind, record_key, part from results.evidence "
        "where network_id = 'N-1' and period = '2025Q1' and indicator_id = 'R1.1'"
    ).fetchall()
    assert found == [("touchpoints", "S-1", "numerator")]


def test_evidence_of_the_pulse_names_the_delivery_only(results, connection, scene):
    scene.add("pulse", *[{"delivery_sequence": 7}] * 6, {"delivery_sequence": 9})
    results(scene)
    found = connection.execute(
        "select record_kind, record_key from results.evidence "
        "where network_id = 'N-1' and period = '2025Q1' and indicator_id = 'R1.P' order by all"
    ).fetchall()
    assert found == [("delivery", "7"), ("delivery", "9")]


def test_a_figure_a_common_rule_kept_back_has_no_evidence(results, connection, scene):
    scene.replace("roles", valid_from=date(2025, 1, 15))
    linked(scene)
    results(scene)
    found = connection.execute(
        "select count(*) from results.evidence where network_id = 'N-1' and period = '2025Q1'"
    ).fetchall()
    assert found == [(0,)]
