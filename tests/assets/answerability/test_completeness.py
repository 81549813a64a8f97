"""Completeness and health: delivered, in time, mended in time; the quarter ends on 31 March 2025."""

from datetime import date

import pytest

KINDS = ("networks", "roles", "people", "touchpoints")


@pytest.fixture
def complete(compute, scene):
    """Rows of ``results.completeness`` by (network, kind), for one quarter."""
    scene.as_of = date(2025, 6, 30)
    scene.add("touchpoints", touchpoint_id="S-1", by_id="ANNA", date=date(2025, 2, 1))

    def run(period="2025Q1"):
        rows = compute(scene, "core.units", "core.kinds_kept", "results.completeness")
        found = rows.filter(rows["period"] == period).iter_rows(named=True)
        return {(row["network_id"], row["kind"]): row for row in found}

    return run


def test_a_delivery_on_the_last_agreed_day_is_in_time(complete, deliver, agreed):
    deliver(1, date(2025, 4, 20), *KINDS)
    row = complete()["N-1", "touchpoints"]
    assert (row["delivered"], row["days_after_quarter"], row["rows_held"]) == ("on_time", 20, 1)


def test_a_delivery_a_day_later_is_late(complete, deliver, agreed):
    deliver(1, date(2025, 4, 21), *KINDS)
    assert complete()["", "touchpoints"]["delivered"] == "late"


def test_what_was_delivered_before_the_quarter_ended_says_nothing_of_all_of_it(complete, deliver, agreed):
    deliver(1, date(2025, 3, 30), *KINDS)
    assert complete()["", "touchpoints"]["delivered"] == "missing"


def test_a_later_correction_does_not_make_the_first_delivery_late(complete, deliver, agreed):
    deliver(1, date(2025, 4, 5), *KINDS, state="superseded")
    deliver(2, date(2025, 5, 30), *KINDS)
    assert complete()["N-1", "touchpoints"]["delivered_date"] == date(2025, 4, 5)


def test_a_quarter_whose_deadline_is_not_reached_is_not_due(complete, deliver, agreed):
    deliver(1, date(2025, 4, 5), *KINDS)
    assert complete("2025Q2")["", "touchpoints"]["delivered"] == "not_due"


def test_a_delivery_without_an_agreed_deadline_is_neither_early_nor_late(complete, deliver):
    deliver(1, date(2025, 9, 1), *KINDS)
    assert complete("2025Q2")["", "touchpoints"]["delivered"] == "delivered"


def test_a_network_without_a_row_in_a_kind_that_is_kept_has_none(complete, deliver, agreed, scene):
    scene.replace("touchpoints")
    deliver(1, date(2025, 4, 5), *KINDS)
    assert complete()["N-1", "touchpoints"]["delivered"] == "no_rows"


def test_findings_are_overdue_when_open_or_mended_after_the_deadline(complete, deliver, agreed, found):
    deliver(1, date(2025, 2, 1), *KINDS, state="superseded")
    deliver(2, date(2025, 4, 5), *KINDS)
    found(date(2025, 2, 1), date(2025, 2, 11), record="mended on the tenth day")
    found(date(2025, 2, 1), date(2025, 2, 12), record="mended on the eleventh")
    found(date(2025, 2, 1), record="open")
    found(date(2025, 2, 1), waived=True, record="waived")
    row = complete()["N-1", "touchpoints"]
    counts = ("findings", "findings_mended", "findings_waived", "findings_overdue")
    assert [row[name] for name in counts] == [4, 2, 1, 2]
    assert complete()["", "touchpoints"]["findings"] == 4


def test_completeness_says_nothing_of_performance(complete, deliver, agreed):
    deliver(1, date(2025, 4, 5), *KINDS)
    row = complete()["N-1", "touchpoints"]
    assert not {"status", "value", "indicator_id", "reference_leader_id"} & row.keys()
