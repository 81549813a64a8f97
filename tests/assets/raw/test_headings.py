"""Which kind a sheet is, and which column is which."""

import polars as pl
import pytest

from assets.contract import KIND_BY_NAME, KINDS
from assets.raw.content import SheetText
from assets.raw.headings import headings_of, kind_by_name, recognise
from assets.settings_contract import SETTINGS_KINDS

NETWORKS = ["Netværks-id", "Titel", "Type", "Startdato"]


def sheet(name, *rows, first_row=1):
    width = max(map(len, rows))
    columns = {
        chr(65 + index): pl.Series(
            [row[index] or None if index < len(row) else None for row in rows], dtype=pl.String
        )
        for index in range(width)
    }
    numbers = pl.int_range(first_row, first_row + len(rows), dtype=pl.Int32, eager=True)
    return SheetText(name, pl.DataFrame({"row_number": numbers, **columns}))


def rules(found):
    return [fault.rule for fault in found.faults]


@pytest.mark.parametrize("kind", [*KINDS, *SETTINGS_KINDS])
def test_no_two_columns_of_a_kind_share_a_heading(kind):
    assert len(headings_of(kind)) >= len(kind.columns)
    assert set(headings_of(kind).values()) == set(kind.columns)
    assert all(headings_of(kind)[word].name for word in headings_of(kind))


@pytest.mark.parametrize(
    "name", ["Netværk", "netvaerk", "NETVÆRK ", "networks", "Netværk 2025", "01 Netværk", "Netværk (kopi)"]
)
def test_a_sheet_is_known_by_its_name_however_it_is_written(name):
    assert kind_by_name(name, KINDS) is KIND_BY_NAME["networks"]


def test_a_name_that_only_begins_like_a_kind_is_another_name():
    assert kind_by_name("Netværksmøder", KINDS) is None


def test_a_sheet_of_another_name_is_known_by_its_headings():
    found = recognise(sheet("Ark1", NETWORKS, ["N-1", "Et", "innovation", "2025-01-01"]), KINDS)
    assert found.kind is KIND_BY_NAME["networks"]
    assert found.heading_row == 1


@pytest.mark.parametrize(
    "headings",
    [
        ["NETVAERKS ID", "titel", "Type ", "Start-dato"],
        ["network_id", "title", "network type", "start_date"],
        ["Netværks-\nid", "Titel:", "Type (vælg)", "Startdato (dd-mm-åååå)"],
    ],
)
def test_headings_match_by_what_they_say_not_how(headings):  # F20
    found = recognise(sheet("Netværk", headings), KINDS)
    assert found.columns == {"A": "network_id", "B": "title", "C": "network_type", "D": "start_date"}
    assert rules(found) == []


def test_the_heading_row_may_stand_anywhere_in_the_first_thirty():
    rows = [["Netværk – opdateret af sekretariatet"], *([[""]] * 27), NETWORKS]
    assert recognise(sheet("Netværk", *rows, first_row=2), KINDS).heading_row == 30


def test_a_heading_row_below_the_first_thirty_is_not_looked_for():
    found = recognise(sheet("Netværk", *([["x"]] * 30), NETWORKS), KINDS)
    assert found.refused == "missing_column"


def test_headings_may_stand_over_two_rows():
    found = recognise(
        sheet(
            "Ansøgninger",
            ["Ansøgnings-id", "Netværks-id", "Fond/pulje", "Kilde", "Formål", "Beløb", "", "Status"],
            ["", "", "", "", "", "Ansøgt beløb", "Bevilget beløb", ""],
            ["A-1", "N-1", "Fonden", "Ekstern", "Testfase", "1000", "", "Kladde"],
        ),
        KINDS,
    )
    assert found.heading_row == 2
    assert found.columns["F"] == "amount_applied"
    assert found.columns["G"] == "amount_granted"
    assert found.columns["H"] == "status"


def test_a_heading_split_over_two_rows_is_put_together():
    found = recognise(
        sheet("Netværk", ["Netværks-", "Titel", "Type", "Start"], ["id", "", "", "dato"]), KINDS
    )
    assert found.columns == {"A": "network_id", "B": "title", "C": "network_type", "D": "start_date"}


def test_a_missing_column_is_one_finding_that_names_what_is_near():
    found = recognise(sheet("Netværk", ["Netværks-id", "Titel", "Type", "Startdatoen", "Farve"]), KINDS)
    assert found.refused == "missing_column"
    assert rules(found) == ["missing_column"]
    assert found.faults[0].detail == {
        "missing": ["Startdato"],
        "unexpected": ["Startdatoen", "Farve"],
        "near": {"Startdatoen": "Startdato"},
    }


def test_a_near_heading_of_a_column_that_may_be_missing_is_a_warning():
    found = recognise(sheet("Netværk", [*NETWORKS, "Afslutet"]), KINDS)
    assert found.refused == ""
    assert [(fault.rule, fault.column_letter, fault.value, fault.detail) for fault in found.faults] == [
        ("near_heading", "E", "Afslutet", {"meant": "Afsluttet"})
    ]


def test_an_unknown_column_is_information():
    found = recognise(sheet("Netværk", [*NETWORKS, "Bemærkning til os selv"]), KINDS)
    assert [(fault.rule, fault.severity, fault.value) for fault in found.faults] == [
        ("unknown_column", "info", "Bemærkning til os selv")
    ]


def test_the_same_heading_twice_rejects_the_sheet():
    found = recognise(sheet("Netværk", [*NETWORKS, "start_date"]), KINDS)
    assert found.refused == "duplicate_heading"
    assert found.faults[0].detail == {"heading": "Startdato", "columns": ["D", "E"]}


def test_a_unit_in_the_heading_is_kept_as_a_factor():
    headings = ["Løsnings-id", "Netværks-id", "Titel", "Idédato", "Kapitalbehov (t.kr.)"]
    assert recognise(sheet("Løsninger", headings), KINDS).multipliers == {"E": 1000}
    headings[-1] = "Kapitalbehov (mio. kr.)"
    assert recognise(sheet("Løsninger", headings), KINDS).multipliers == {"E": 1_000_000}
    headings[-1] = "Kapitalbehov (kr.)"
    assert recognise(sheet("Løsninger", headings), KINDS).multipliers == {}


def test_a_money_heading_in_a_unit_nobody_can_read_is_no_column():
    headings = ["Løsnings-id", "Netværks-id", "Titel", "Idédato", "Kapitalbehov (EUR)"]
    found = recognise(sheet("Løsninger", headings), KINDS)
    assert "capital_need" not in found.columns.values()
    assert rules(found) == ["near_heading"]


def test_an_unknown_sheet_says_which_was_perhaps_meant():
    found = recognise(sheet("Persorner", ["a", "b"]), KINDS)
    assert found.kind is None
    assert [(fault.rule, fault.detail) for fault in found.faults] == [("unknown_sheet", {"near": "Personer"})]
