"""Cells of every type as text, without losing which number or day was meant."""

from datetime import date, datetime, time, timedelta

import openpyxl
import polars as pl
import pytest

from assets.raw.workbook_text import column_text, number_text, other_text, write_cells


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1234.5, "1234,5"),
        (4.0, "4"),
        (-0.0, "0"),
        (-1234567.25, "-1234567,25"),
        (0.1, "0,1"),
        (1e-7, "0,0000001"),
        (1e20, "100000000000000000000"),
        (123456789012345678.0, "123456789012345680"),
        (0.30000000000000004, "0,30000000000000004"),
    ],
)
def test_a_number_has_a_decimal_comma_and_its_shortest_exact_digits(value, text):
    assert number_text(value) == text
    assert column_text(["Beløb", value, ""])[1].to_list() == [None, text, None]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (date(2025, 12, 31), "2025-12-31"),
        (datetime(2025, 12, 31, 14, 5), "2025-12-31 14:05:00"),
        (datetime(2025, 12, 31, 23, 59, 59, 999_600), "2026-01-01"),
        (time(10, 10, 10), "10:10:10"),
        (timedelta(hours=255, minutes=10, seconds=10), "255:10:10"),
        (True, "SAND"),
        (False, "FALSK"),
        (date(1900, 2, 28), "1900-02-28/29"),
    ],
)
def test_dates_times_and_truth_values_have_one_form(value, text):
    assert other_text(value) == text
    assert column_text([value, "x"])[1].to_list() == [text, None]


def test_a_column_of_mixed_types_keeps_text_apart_from_the_rest():
    text, others = column_text(["Dato", date(2025, 1, 2), "03-01-2025", 45000.0, True, ""])
    assert text.to_list() == ["Dato", None, "03-01-2025", None, None, None]
    assert others.to_list() == [None, "2025-01-02", None, "45000", "SAND", None]


def test_a_text_that_looks_like_a_number_stays_as_written():
    assert column_text(["1234.5", "0100"])[0].to_list() == ["1234.5", "0100"]


def test_cells_outside_the_frame_make_rows_and_columns():
    frame = pl.DataFrame({"row_number": pl.Series([3], dtype=pl.Int32), "B": ["x"]})
    wider = write_cells(frame, {(5, "AA"): "#REF!", (2, "A"): None})
    assert wider.to_dict(as_series=False) == {
        "row_number": [2, 3, 4, 5],
        "A": [None, None, None, None],
        "B": [None, "x", None, None],
        "AA": [None, None, None, "#REF!"],
    }


@pytest.mark.parametrize(
    "number_format",
    [
        "dd-mm-yyyy",
        "yyyy-mm-dd",
        "d/m-yyyy",
        "[$-406]d. mmmm yyyy;@",
        "dd/mm/yy",
        "mmm-yy",
        "[$-F800]dddd, mmmm dd",
    ],
)
@pytest.mark.parametrize("epoch", [datetime(1899, 12, 30), datetime(1904, 1, 1)])
def test_a_date_is_a_date_in_every_form_and_both_calendars(tmp_path, reader, number_format, epoch):  # F12
    workbook = openpyxl.Workbook()
    workbook.epoch = epoch
    workbook.active["A1"] = date(2025, 3, 4)
    workbook.active["A1"].number_format = number_format
    workbook.save(tmp_path / "a.xlsx")
    sheet = reader.read(tmp_path / "a.xlsx", "a.xlsx").sheets[0]
    assert sheet.frame["A"].to_list() == ["2025-03-04"]


@pytest.mark.parametrize(
    "number_format", ["#,##0.00", '0 "dage"', '#,##0 "kr. i md."', "0.00E+00", "[Red]0", "@", "General"]
)
def test_a_number_stays_a_number_in_every_form(tmp_path, reader, number_format):
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = 45000.5
    workbook.active["A1"].number_format = number_format
    workbook.save(tmp_path / "a.xlsx")
    sheet = reader.read(tmp_path / "a.xlsx", "a.xlsx").sheets[0]
    assert sheet.frame["A"].to_list() == ["45000,5"]
