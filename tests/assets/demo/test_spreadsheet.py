"""How the demo's offices write dates and amounts, and that a file's bytes follow from its content."""

from datetime import date
from pathlib import Path

import openpyxl

from assets.contract import NETWORKS, ROLES
from assets.demo.spreadsheet import (
    Sheet,
    danish_number,
    in_thousands,
    mixed_dates,
    mixed_money,
    spelled,
    untidy_id,
    untidy_label,
    write_csv,
    write_workbook,
)
from assets.raw.cells import read_date, read_enum, read_identifier, read_money

NETWORK = {
    "network_id": "NV-01",
    "title": "Ærø på æblet",
    "network_type": "welfare",
    "start_date": date(2025, 5, 2),
}


def test_a_date_is_spelled_as_danes_spell_it() -> None:
    assert spelled(date(2025, 12, 31), 0) == "31. dec. 2025"
    assert spelled(date(2025, 5, 2), 0) == "2. maj 2025"


def test_every_typed_date_and_amount_can_be_read_back() -> None:
    day = date(2026, 3, 7)
    written = [mixed_dates(day, number) for number in range(25)]
    assert {type(cell) for cell in written} == {date, str}
    assert all(read_date(cell if isinstance(cell, str) else cell.isoformat()) == day for cell in written)
    assert mixed_money(50_000, 1) == "50.000,-"
    assert read_money("50.000,-") == 50_000


def test_untidy_ids_and_labels_still_name_the_same_thing() -> None:
    ids = {untidy_id("NV-04", place) for place in range(41)}
    labels = {untidy_label("Referenceleder", place) for place in range(23)}
    assert len(ids) == 4
    assert {read_identifier(text) for text in ids} == {"NV-04"}
    assert len(labels) == 3
    assert {read_enum(text, ROLES) for text in labels} == {"reference_leader"}


def test_kroner_are_written_in_thousands_without_losing_a_krone() -> None:
    assert in_thousands(85_000, 0) == 85
    assert str(in_thousands(12_500, 0)) == "12.5"
    assert danish_number(1_234_567) == "1.234.567"


def test_a_workbook_has_its_title_headings_and_rows_where_they_belong(tmp_path: Path) -> None:
    sheet = Sheet(NETWORKS, [NETWORK], ("Titel", "Opdateret"), below=({"title": "En note"},))
    write_workbook(tmp_path / "a.xlsx", [sheet])
    rows = list(openpyxl.load_workbook(tmp_path / "a.xlsx")["Netværk"].iter_rows(values_only=True))
    assert rows[0][0] == "Titel"
    assert rows[3][:3] == ("Netværks-id", "Titel", "Type")
    assert rows[4][:3] == ("NV-01", "Ærø på æblet", "Velfærdsnetværk")
    assert rows[5][:2] == (None, "En note")


def test_a_workbook_written_twice_has_the_same_bytes(tmp_path: Path) -> None:
    sheet = Sheet(NETWORKS, [NETWORK], ("Titel",))
    for name in ("a.xlsx", "b.xlsx"):
        write_workbook(tmp_path / name, [sheet], lists={"Type": ("Velfærdsnetværk",)})
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_csv_is_what_danish_excel_writes(tmp_path: Path) -> None:
    write_csv(tmp_path / "Netværk.csv", Sheet(NETWORKS, [NETWORK], ("Titel",), order=("network_id", "title")))
    assert (tmp_path / "Netværk.csv").read_bytes() == (
        "Titel;\r\nNetværks-id;Titel\r\nNV-01;Ærø på æblet\r\n".encode("cp1252")
    )
