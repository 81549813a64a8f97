"""Large clean sheets read as columns say the same as read cell by cell, and dirty ones are left to that."""

from datetime import date, datetime, timedelta

import openpyxl
import pytest

from assets.raw import worker
from assets.raw.faults import RefusedError
from assets.raw.limits import Limits
from assets.raw.ooxml_scan import begins_with_headings
from assets.raw.workbook_text import parse_workbook

CLEAN = [
    [" Id ", "Tal", "Beløb", "Dag", "Stund", "Ja", "Tomt", "Note"],
    [" N-1 ", 1, 1234.5, date(2025, 1, 2), datetime(2025, 1, 2, 10, 30), True, None, "a\nb"],
    [None, None, None, None, None, None, None, None],
    ["N-2", 45000, 1e-7, date(2024, 2, 29), datetime(2025, 1, 3), False, None, None],
    [
        "0100",
        -7,
        1e20,
        date(1904, 1, 1),
        datetime(2025, 1, 4, 23, 59, 59, 700_000),
        True,
        None,
        "x",
        "udenfor",
    ],
]


def write(path, rows, name="Netværk"):
    workbook = openpyxl.Workbook()
    workbook.active.title = name
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            workbook.active.cell(number, column, value)
    workbook.save(path)
    return path


def test_a_clean_sheet_is_read_as_columns_to_the_same_text(tmp_path):
    path = write(tmp_path / "a.xlsx", CLEAN)
    assert parse_workbook(path, frozenset({"Netværk"}))[0].columns is not None
    fast = worker.read(path, path.name, Limits(), at_once=True).sheets[0].frame
    slow = worker.read(path, path.name, Limits()).sheets[0].frame
    assert fast.equals(slow, null_equal=True)
    assert fast["C"].to_list() == ["Beløb", "1234,5", None, "0,0000001", "100000000000000000000"]
    assert fast["E"].to_list() == ["Stund", "2025-01-02 10:30:00", None, "2025-01-03", "2025-01-05"]


@pytest.mark.parametrize(
    "rows",
    [
        [["Id", "Tal"], ["N-1", 1], ["N-2", "to"]],
        [["Id", "Dag"], ["N-1", date(2025, 1, 2)], ["N-2", 3]],
        [["Id", "Tal", "Tal"], ["N-1", 1, 2]],
        [["Id", "Tid"], ["N-1", timedelta(hours=30)]],
        [["Id", "Dag"], ["N-1", date(1900, 2, 28)]],
    ],
)
def test_a_sheet_of_mixed_columns_is_read_cell_by_cell_to_the_same_text(tmp_path, rows):
    path = write(tmp_path / "a.xlsx", rows)
    assert parse_workbook(path, frozenset({"Netværk"}))[0].columns is None
    fast = worker.read(path, path.name, Limits(), at_once=True).sheets[0].frame
    assert fast.equals(worker.read(path, path.name, Limits()).sheets[0].frame, null_equal=True)


@pytest.mark.parametrize(
    ("row", "headings"),
    [
        ('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1" t="s"><v>1</v></c></row>', True),
        ('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row>', False),
        ('<row r="1"><c r="B1" t="s"><v>0</v></c></row>', False),
        ('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>1</v></c></row>', False),
        ('<row r="3"><c r="A3" t="s"><v>0</v></c></row>', False),
        ("", False),
    ],
)
def test_only_text_from_the_first_cell_on_is_taken_for_headings(make, row, headings):
    assert begins_with_headings(make.xml(row).encode()) is headings


def test_what_is_found_while_the_reader_is_at_it_refuses_the_file(tmp_path, make):
    rows = make.row(1, ["Id"]) + '<row r="2"><c r="GS2"><v>1</v></c></row>'
    path = make.zip(tmp_path / "a.xlsx", make.parts(make.xml(rows)))
    with pytest.raises(worker.EndedError) as caught:
        worker.read(path, path.name, Limits(), at_once=True)
    assert caught.value.refusal.rule == "far_cell"


def test_a_bomb_is_refused_before_the_reader_begins(tmp_path, make):
    path = make.zip(tmp_path / "a.xlsx", make.parts(make.xml(" " * 30_000_000)))
    with pytest.raises(RefusedError, match="too_large"):
        worker.read(path, path.name, Limits(), at_once=True)
