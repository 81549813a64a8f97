"""A whole file read: rows told apart, cells found faulty, nothing lost in silence."""

import json
import random
from datetime import date

import openpyxl
import polars as pl
import pytest

from assets.raw.child import LARGE, Reader
from assets.raw.limits import Limits
from assets.raw.reading import read_file

HEADINGS = ["Netværks-id", "Titel", "Type", "Startdato"]
GOOD = ["N-1", "Et", "innovation", date(2025, 1, 2)]


def faults(reading, *rules):
    return [
        (fault.rule, fault.row_number, fault.column_letter, fault.value)
        for fault in reading.faults
        if not rules or fault.rule in rules
    ]


def reasons(reading):
    rows = reading.sheets[0].rows
    return dict(zip(rows["row_number"].to_list(), rows["skip_reason"].to_list(), strict=True))


def test_rows_keep_their_numbers_and_their_cells_as_written(workbook, read):
    reading = read(
        workbook({"Netværk": [["Opdateret i maj"], [], HEADINGS, GOOD, [" N-2 ", "To", "læring", 45000]]})
    )
    sheet = reading.sheets[0]
    assert sheet.kind == "networks"
    assert sheet.heading_row == 3
    assert sheet.above == {1: {"A": "Opdateret i maj"}}
    assert sheet.rows.drop("skip_reason").rows() == [
        (4, "N-1", "Et", "innovation", "2025-01-02"),
        (5, " N-2 ", "To", "læring", "45000"),
    ]
    assert reading.faults == ()


def test_blank_total_note_and_example_rows_are_skipped(workbook, read):  # F21
    reading = read(
        workbook(
            {
                "Netværk": [
                    HEADINGS,
                    ["EKSEMPEL-1", "Sådan", "innovation", date(2025, 1, 1)],
                    GOOD,
                    [None, " ", "-", "n/a"],
                    ["I alt", None, None, 7],
                    [None, "Sum", None, 7],
                    [None, None, "Kilde: sekretariatet"],
                    ["Tal fra sekretariatet i maj"],
                    ["N-9"],
                ]
            }
        )
    )
    assert reasons(reading) == {
        2: "example",
        3: None,
        4: "blank",
        5: "total",
        6: "total",
        7: "note",
        8: "note",
        9: None,
    }
    assert reading.sheets[0].rows_read == 8
    assert reading.sheets[0].rows_skipped == 6
    assert reading.records() == {"networks": 2}


def test_a_network_called_total_is_no_total(workbook, read):
    reading = read(workbook({"Netværk": [HEADINGS, ["N-1", "Total", "innovation", date(2025, 1, 1)]]}))
    assert reasons(reading) == {2: None}


def test_error_cells_and_formulas_never_calculated_are_named(sheet, read, make):  # F11
    rows = (
        make.row(1, HEADINGS)
        + '<row r="2"><c r="A2" t="inlineStr"><is><t>N-1</t></is></c><c r="B2" t="e"><v>#REF!</v></c>'
        '<c r="D2"><f>TODAY()</f></c><c r="F2" t="e"><v>#N/A</v></c></row>'
    )
    reading = read(sheet(rows))
    assert faults(reading) == [("error_cell", 2, "B", "#REF!"), ("no_cached_value", 2, "D", "")]
    assert reading.sheets[0].rows["B"].to_list() == ["#REF!"]


def test_a_row_of_nothing_but_uncalculated_formulas_is_not_blank(sheet, read, make):
    rows = make.row(1, HEADINGS) + '<row r="2"><c r="A2"><f>B9</f></c><c r="B2"><f>C9</f></c></row>'
    reading = read(sheet(rows))
    assert reasons(reading) == {2: None}
    assert [fault[:3] for fault in faults(reading)] == [
        ("no_cached_value", 2, "A"),
        ("no_cached_value", 2, "B"),
    ]


def test_a_total_rows_own_formula_is_nobodys_fault(sheet, read, make):
    rows = make.row(1, HEADINGS) + make.row(2, ["I alt"]).replace(
        "</row>", '<c r="D2"><f>SUM(D1)</f></c></row>'
    )
    reading = read(sheet(rows))
    assert reasons(reading) == {2: "total"}
    assert reading.faults == ()


def test_control_characters_are_named_with_row_and_column(csv_file, read):  # F16
    reading = read(csv_file("Netværks-id;Titel;Type;Startdato\nN-1;E\0t;innovation;2025-01-02\n"))
    (fault,) = reading.faults
    assert (fault.rule, fault.row_number, fault.column_letter) == ("control_character", 2, "B")
    assert fault.detail == {"code": "U+0000"}
    assert "\0" not in fault.value


def test_text_decoded_twice_is_an_error(csv_file, read):
    twice = "Løsning på ærø".encode().decode("cp1252")
    reading = read(csv_file(f"Netværks-id;Titel;Type;Startdato\nN-1;{twice};innovation;2025-01-02\n"))
    assert faults(reading) == [("mojibake", 2, "B", twice)]


@pytest.mark.parametrize("name", ["Ærø", "Ångström", "Søren Ærø – Åse", "Århus €", "Ã alene"])
def test_ordinary_letters_are_not_taken_for_text_decoded_twice(csv_file, read, name):
    reading = read(csv_file(f"Netværks-id;Titel;Type;Startdato\nN-1;{name};innovation;2025-01-02\n"))
    assert reading.faults == ()


def test_rows_with_too_few_or_too_many_fields_are_each_named(csv_file, read):  # F19
    reading = read(
        csv_file(
            "Netværks-id;Titel;Type;Startdato\nN-1;Et;innovation\nN-2;To;innovation;2025-01-02;x\n"
            "N-3;Tre;innovation;2025-01-02;;\n\nN-4;Fire;innovation;2025-01-02\n"
        )
    )
    found = [fault for fault in reading.faults if fault.rule == "ragged_row"]
    assert [(fault.row_number, dict(fault.detail)) for fault in found] == [
        (2, {"fields": 3, "expected": 4}),
        (3, {"fields": 5, "expected": 4}),
    ]
    assert reasons(reading)[5] == "blank"


def test_an_unclosed_quote_names_the_row_and_keeps_the_rest(csv_file, read):  # F18
    reading = read(
        csv_file(
            'Netværks-id;Titel;Type;Startdato\nN-1;"Et;innovation;2025-01-02\nN-2;To;innovation;2025-01-02\n'
        )
    )
    assert faults(reading) == [("unclosed_quote", 2, "", "")]
    assert reading.records() == {"networks": 2}


def test_hidden_rows_columns_and_sheets_are_read_and_told(tmp_path, read):  # F21
    workbook = openpyxl.Workbook()
    visible, hidden = workbook.active, workbook.create_sheet("Roller")
    visible.title = "Netværk"
    for row in (HEADINGS, GOOD, ["N-2", *GOOD[1:]]):
        visible.append(row)
    visible.row_dimensions[3].hidden = True
    visible.column_dimensions["B"].hidden = True
    hidden.append(["Netværks-id", "Person-id", "Rolle", "Fra"])
    hidden.sheet_state = "veryHidden"
    workbook.save(tmp_path / "a.xlsx")
    reading = read(tmp_path / "a.xlsx")
    assert [(fault.rule, fault.sheet, dict(fault.detail)) for fault in reading.faults] == [
        ("hidden", "Netværk", {"what": "rows", "which": "3", "count": 1}),
        ("hidden", "Netværk", {"what": "columns", "which": "B", "count": 1}),
        ("hidden", "Roller", {"what": "sheet", "which": "", "count": 1}),
    ]
    assert reading.records() == {"networks": 2, "roles": 0}


def test_a_merged_cells_value_belongs_to_the_first_and_is_told(tmp_path, read):  # F21
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "Netværk"
    for row in (["Alle netværk"], HEADINGS, GOOD, ["N-2", *GOOD[1:]]):
        sheet.append(row)
    sheet.merge_cells("A1:D1")
    sheet.merge_cells("C3:C4")
    workbook.save(tmp_path / "a.xlsx")
    reading = read(tmp_path / "a.xlsx")
    (fault,) = reading.faults
    assert (fault.rule, fault.row_number, fault.column_letter) == ("merged_cell", 3, "C")
    assert fault.detail == {"range": "C3:C4"}
    assert reading.sheets[0].rows["C"].to_list() == ["innovation", None]


def test_a_registration_number_rejects_its_row_and_is_repeated_nowhere(workbook, read):  # F49
    reading = read(
        workbook(
            {
                "Netværk": [HEADINGS, ["N-1", "om 010190-1234", *GOOD[2:]], [None, None, "0101901234"]],
                "Ark": [["010190-1234"]],
            }
        )
    )
    assert faults(reading, "cpr") == [("cpr", 2, "B", ""), ("cpr", 3, "C", ""), ("cpr", 1, "A", "")]
    assert reasons(reading) == {2: None, 3: None}
    assert "1234" not in repr(reading)
    assert "1234" not in "".join(sheet.rows.write_json() for sheet in reading.sheets)


def test_an_e_mail_address_or_telephone_empties_its_cell(workbook, read):  # F49
    reading = read(
        workbook({"Netværk": [[*HEADINGS, "Udfordring"], [*GOOD, "Skriv til a@b.dk eller 20 30 40 50"]]})
    )
    assert faults(reading) == [("personal_data", 2, "E", "")]
    assert reading.faults[0].severity == "warning"
    assert reading.sheets[0].rows["E"].to_list() == [None]


def test_a_number_of_ten_digits_is_a_number(workbook, read):
    headings = ["Løsnings-id", "Netværks-id", "Titel", "Idédato", "Kapitalbehov"]
    reading = read(workbook({"Løsninger": [headings, ["L-1", "N-1", "x", date(2025, 1, 1), 1010901234]]}))
    assert reading.faults == ()
    assert reading.sheets[0].rows["E"].to_list() == ["1010901234"]


def test_a_sheet_with_headings_and_no_rows_is_read_as_none(workbook, read):
    reading = read(workbook({"Netværk": [HEADINGS]}))
    assert reading.refused == ""
    assert reading.records() == {"networks": 0}


def test_a_workbook_without_any_cell_is_empty(workbook, read):
    assert read(workbook({"Netværk": []})).refused == "empty_file"


def test_a_workbook_without_a_known_sheet_says_what_it_has(workbook, read):
    reading = read(workbook({"Persorner": [["a", "b"]], "Andet": [["c"]]}))
    assert reading.refused == "no_known_sheet"
    assert reading.faults[0].detail == {"sheets": ["Persorner", "Andet"], "near": {"Persorner": "Personer"}}


def test_an_unknown_sheet_is_kept_and_told_beside_a_known_one(workbook, read):
    reading = read(workbook({"Netværk": [HEADINGS, GOOD], "Noter": [["x", 1]]}))
    assert [(fault.rule, fault.sheet) for fault in reading.faults] == [("unknown_sheet", "Noter")]
    assert reading.sheets[1].rows.rows() == [(1, None, "x", "1")]
    assert reading.sheets[1].rows_read == 0


def test_a_sheet_without_a_required_column_is_refused_whole(workbook, read):
    reading = read(workbook({"Netværk": [HEADINGS[:3], GOOD[:3]]}))
    assert reading.refused == ""
    assert reading.sheets[0].refused == "missing_column"
    assert reading.records() == {"networks": 0}
    assert reading.sheets[0].rows_read == 1


def test_the_settings_workbook_has_its_own_kinds(workbook, read):
    sheets = {"Organisationer": [["Organisation", "Navn"], ["svaneby", "Svaneby"]]}
    reading = read(workbook(sheets, "_indstillinger.xlsx"))
    assert reading.sheets[0].kind == "organisations"
    assert read(workbook(sheets, "andet.xlsx")).refused == "no_known_sheet"


def test_a_reader_that_takes_too_long_costs_only_its_file(workbook):
    path = workbook({"Netværk": [HEADINGS, GOOD]})
    reading = read_file(path, limits=Limits(seconds=0))
    assert reading.refused == "unreadable"
    assert reading.faults[0].detail == {"reason": "time"}


def test_a_reader_that_runs_out_of_memory_costs_only_its_file(workbook, tmp_path, make):
    path = workbook({"Netværk": [HEADINGS, GOOD]})
    assert read_file(path, limits=Limits(memory_bytes=1)).faults[0].rule == "unreadable"
    assert read_file(path).records() == {"networks": 1}


def test_a_large_workbook_whose_far_cell_ends_the_reader_is_named_all_the_same(tmp_path, make):  # F08
    noise = random.Random(1)
    rows = "".join(make.row(number, [noise.randbytes(60).hex()] * 2) for number in range(2, 40_000))
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    path = make.zip(tmp_path / "a.xlsx", make.parts(make.xml(make.row(1, HEADINGS) + rows + far)))
    assert path.stat().st_size > LARGE
    with Reader(Limits()) as reader:
        assert read_file(path, reader=reader).faults[0].detail["cell"] == "XFD1048576"
        good = make.book(tmp_path / "b.xlsx", {"Netværk": [HEADINGS, GOOD]})
        assert read_file(good, reader=reader).records() == {"networks": 1}


def test_a_million_formatted_empty_rows_do_not_hide_the_real_ones(sheet, read, make):  # F09
    empty = "".join(f'<row r="{row}"><c r="A{row}" s="1"/></row>' for row in range(3, 1_000_000))
    reading = read(
        sheet(make.row(1, HEADINGS) + make.row(2, ["N-1", "Et", "innovation", "2025-01-02"]) + empty)
    )
    assert reading.records() == {"networks": 1}
    assert reading.sheets[0].rows.height == 1


def test_text_that_looks_like_sql_or_a_formula_is_text(workbook, read):  # F23
    hostile = "'); drop table raw.delivery; --"
    reading = read(
        workbook(
            {"Netværk": [HEADINGS, ["N-1", hostile, "innovation", "2025-01-02"]], hostile[:20]: [[hostile]]}
        )
    )
    assert reading.sheets[0].rows["B"].to_list() == [hostile]


def test_cells_as_json_read_back_as_they_were(csv_file, read):
    from assets.raw.tables import source_rows

    odd = 'a"b\\c\td'
    reading = read(
        csv_file(f'Netværks-id;Titel;Type;Startdato\nN-1;"{odd.replace(chr(34), chr(34) * 2)}\n2";x;\n')
    )
    (cells,) = source_rows(reading.sheets[0])["cells"].to_list()
    assert json.loads(cells) == {"A": "N-1", "B": f"{odd}\n2", "C": "x"}
    assert isinstance(reading.sheets[0].rows, pl.DataFrame)
