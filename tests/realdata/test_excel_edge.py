"""Workbooks that break careless readers: the right value or the right finding, never silence."""

import pytest

from assets.raw.faults import RefusedError
from assets.raw.reading import read_file

pytestmark = pytest.mark.realdata


@pytest.fixture
def cells(realdata, reader):
    """Cells of a workbook as text: ``(sheet, address)`` → text; and its sheets."""

    def read(name):
        content = reader.read(realdata / "excel_edge" / name, name)
        texts = {
            (sheet.name, f"{letter}{row['row_number']}"): row[letter]
            for sheet in content.sheets
            for row in sheet.frame.rows(named=True)
            for letter in sheet.letters
            if row[letter] is not None
        }
        return texts, {sheet.name: sheet for sheet in content.sheets}

    return read


@pytest.mark.parametrize("position", range(18))
def test_none_of_them_crashes_a_reading_and_each_says_what_it_is(realdata, reader, position):
    path = sorted((realdata / "excel_edge").glob("*.xlsx"))[position]
    reading = read_file(path, reader=reader)
    expected = {"calamine_pass_protected.xlsx": "encrypted", "calamine_empty_sheet.xlsx": "empty_file"}
    assert reading.refused == expected.get(path.name, "no_known_sheet")
    assert reading.faults[0].rule == reading.refused


def test_there_are_no_more_than_these(realdata):
    assert len(list((realdata / "excel_edge").glob("*.xlsx"))) == 18


def test_every_error_value_is_named(cells):
    texts, sheets = cells("calamine_errors.xlsx")
    shown = [texts["Feuil1", f"A{row}"] for row in range(1, 8)]
    assert shown == ["#DIV/0!", "#NAME?", "#VALUE!", "#NULL!", "#REF!", "#NUM!", "#N/A"]
    assert sheets["Feuil1"].errors == [(row, "A") for row in range(1, 8)]


@pytest.mark.parametrize(
    ("name", "third"),
    [
        ("calamine_date.xlsx", "255:10:10"),
        ("calamine_date_1904.xlsx", "255:10:10"),
        ("calamine_date_iso.xlsx", "10:10:10"),
    ],
)
def test_dates_of_both_calendars_and_durations_beyond_a_day(cells, name, third):
    texts, sheets = cells(name)
    (sheet,) = sheets
    assert texts[sheet, "A1"] == "2021-01-01"
    assert texts[sheet, "A3"] == third


def test_the_day_that_never_was_is_written_as_no_day(cells):
    texts, _ = cells("readxl_dates-leap-year-1900-xlsx.xlsx")
    assert texts["for_testing", "A2"] == texts["for_testing", "B2"] == "1900-01-01 08:00:00"
    assert texts["for_testing", "A4"].startswith("1900-02-28/29")


def test_a_password_is_said_to_be_a_password(realdata, reader):
    with pytest.raises(RefusedError) as caught:
        reader.read(realdata / "excel_edge" / "calamine_pass_protected.xlsx", "calamine_pass_protected.xlsx")
    assert (caught.value.rule, caught.value.detail) == ("encrypted", {"reason": "password"})


def test_merged_ranges_are_told_and_only_the_first_cell_has_the_value(cells):
    texts, sheets = cells("calamine_merged_range.xlsx")
    assert {"A1:A2", "B1:B2", "H1:H2"} <= set(sheets["Sheet1"].merged)
    assert texts["Sheet1", "A1"] == "A1"
    assert ("Sheet1", "A2") not in texts


def test_rows_and_columns_keep_their_places_when_a_table_starts_further_down(cells):
    texts, _ = cells("calamine_temperature-in-middle.xlsx")
    assert (texts["Sheet1", "B4"], texts["Sheet1", "C4"]) == ("label", "value")
    assert (texts["Sheet1", "B5"], texts["Sheet1", "C5"]) == ("celsius", "22,2222")
    texts, _ = cells("calamine_header-row.xlsx")
    assert [texts["Sheet1", f"{letter}9"] for letter in "ABCD"] == [
        "Columns",
        "Column A",
        "Column B",
        "Column C",
    ]


def test_hidden_and_very_hidden_sheets_are_read_and_told(cells):
    _, sheets = cells("calamine_any_sheets.xlsx")
    assert [(name, sheet.hidden) for name, sheet in sheets.items()] == [
        ("Visible", False),
        ("Hidden", True),
        ("VeryHidden", True),
    ]


def test_cells_without_references_stand_where_they_are_read(cells):
    texts, sheets = cells("calamine_issue_261.xlsx")
    assert texts["Some Sheet", "A1"] == "String Value 32"
    assert "A1:E5" in sheets["Some Sheet"].merged


def test_big_numbers_lose_no_digit(cells):
    texts, _ = cells("readxl_big-texty-numbers-xlsx.xlsx")
    for row in range(3, 8):
        if ("Sheet1", f"B{row}") in texts:
            assert texts["Sheet1", f"A{row}"] == texts["Sheet1", f"B{row}"]
    assert texts["Sheet1", "A4"] == "2147483648"


def test_headings_twice_or_missing_keep_their_columns_apart(cells):
    texts, _ = cells("readxl_unnamed-duplicated-columns.xlsx")
    assert (texts["Sheet1", "B1"], texts["Sheet1", "D1"]) == ("var2", "var2")
    assert (texts["Sheet1", "B2"], texts["Sheet1", "D2"]) == ("a", "aa")
    texts, _ = cells("readxl_names-need-repair-xlsx.xlsx")
    assert (texts["Sheet1", "A1"], texts["Sheet1", "B1"], texts["Sheet1", "D1"]) == ("a b", "a b", "c%&$")


def test_dates_kept_as_text_and_true_dates_read_alike(cells):
    texts, _ = cells("readxl_texty-dates-xlsx.xlsx")
    assert texts["Sheet1", "A2"] == "1985-03-11 13:00:00"


def test_types_are_told_apart_and_white_space_is_kept(cells):
    texts, _ = cells("readxl_type-me.xlsx")
    assert texts["numeric_coercion", "A3"] == "SAND"
    assert texts["date_coercion", "A3"] == "2016-05-23"
    texts, _ = cells("readxl_whitespace-xlsx.xlsx")
    assert texts["whitespace", "A1"] == " <-space, space-> "
