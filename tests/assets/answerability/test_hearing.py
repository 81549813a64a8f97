"""The right of reply: a sheet is a draft until its leader was heard, and final only after that."""

from datetime import date

import pytest

from tests.builders import ORGANISATION


@pytest.fixture
def sheet(compute, scene, offices):
    """Rows of ``results.hearing`` of the network in 2025Q1, by indicator; as of 31 March 2025."""

    def run():
        rows = compute(scene, "core.units", "results.hearing")
        mine = rows.filter((rows["network_id"] == "N-1") & (rows["period"] == "2025Q1"))
        return {row["indicator_id"]: row for row in mine.iter_rows(named=True)}

    return run


@pytest.fixture
def hear(offices):
    def add(**said):
        offices(
            "settings.hearings",
            **{"organisation_id": ORGANISATION, "network_id": "N-1", "period": "2025Q1"} | said,
        )

    return add


def test_a_sheet_nobody_was_heard_on_is_a_draft(sheet):
    assert sheet()[""]["state"] == "draft"


def test_a_hearing_makes_it_heard_from_its_day(sheet, hear):
    hear(heard_on=date(2025, 3, 31))
    row = sheet()[""]
    assert (row["state"], row["heard_on"], row["final_on"]) == ("heard", date(2025, 3, 31), None)


def test_a_hearing_planned_for_tomorrow_has_not_happened(sheet, hear):
    hear(heard_on=date(2025, 4, 1))
    assert sheet()[""]["state"] == "draft"


def test_a_final_sheet_keeps_both_days(sheet, hear):
    hear(heard_on=date(2025, 3, 10), final_on=date(2025, 3, 20))
    row = sheet()[""]
    assert (row["state"], row["heard_on"], row["final_on"]) == (
        "final",
        date(2025, 3, 10),
        date(2025, 3, 20),
    )


def test_a_sheet_is_not_final_before_its_leader_was_heard(sheet, hear):
    hear(final_on=date(2025, 3, 20))
    row = sheet()[""]
    assert (row["state"], row["final_on"]) == ("draft", None)


def test_a_remark_stands_with_its_figure_and_makes_the_sheet_heard(sheet, hear):
    hear(indicator_id="R4.4", heard_on=date(2025, 3, 10), remarks="Fonden åbnede sent")
    rows = sheet()
    assert rows["R4.4"]["remarks"] == "Fonden åbnede sent"
    assert (rows[""]["state"], rows[""]["remarks"]) == ("heard", None)


def test_a_network_without_a_leader_has_no_sheet(sheet, scene):
    scene.replace("roles")
    assert sheet() == {}
