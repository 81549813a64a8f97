"""Files that must be refused before a reader sees them, and say why."""

import struct
import zipfile
import zlib

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from assets.raw.faults import RefusedError
from assets.raw.limits import Limits
from assets.raw.preflight import preflight

ROW_OF_HEADINGS = ("Netværks-id", "Titel", "Type", "Startdato")


def refusal(path, limits=None):
    with pytest.raises(RefusedError) as caught:
        preflight(path, path.name, limits or Limits())
    return caught.value.rule, caught.value.detail


def test_a_file_without_bytes_is_empty(tmp_path):  # F01
    path = tmp_path / "tom.xlsx"
    path.write_bytes(b"")
    assert refusal(path) == ("empty_file", {"reason": "no_bytes"})


def test_a_workbook_cut_off_half_way_is_damaged(workbook):  # F02
    path = workbook({"Netværk": [ROW_OF_HEADINGS] * 50})
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert refusal(path) == ("damaged", {"reason": "cut_off"})


def test_a_single_damaged_byte_in_any_part_is_found(workbook):  # F03
    path = workbook({"Netværk": [ROW_OF_HEADINGS] * 50})
    whole = path.read_bytes()
    with zipfile.ZipFile(path) as container:
        places = [
            (entry.filename, entry.header_offset + 30 + len(entry.filename) + entry.compress_size // 2)
            for entry in container.infolist()
        ]
    for _, place in places:
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x10]) + whole[place + 1 :])
        assert refusal(path)[0] == "damaged"


def test_a_workbook_behind_a_password_says_so(workbook, tmp_path):  # F04
    plain = workbook({"Netværk": [ROW_OF_HEADINGS]})
    path = tmp_path / "laast.xlsx"
    with plain.open("rb") as given, path.open("wb") as out:
        OOXMLFile(given).encrypt("hemmelig", out)
    assert refusal(path) == ("encrypted", {"reason": "password"})


@pytest.mark.parametrize(
    ("name", "content", "true_type"),
    [
        ("netvaerk.xls", b"<html><body><table><tr><td>1</td></tr></table></body></html>", "html"),
        ("netvaerk.xlsx", "Netværks-id;Titel\r\nN-1;Et\r\n".encode("cp1252"), "csv"),
        ("netvaerk.csv", b"%PDF-1.7 ...", "pdf"),
        ("netvaerk.csv", b'[{"id": 1}]', "json"),
        ("netvaerk.ods", b"\x89PNG\r\n\x1a\n....", "image"),
    ],
)
def test_content_that_is_not_what_the_name_says_is_called_what_it_is(
    tmp_path, name, content, true_type
):  # F05
    path = tmp_path / name
    path.write_bytes(content)
    assert refusal(path) == ("wrong_type", {"named": name[-4:].strip("."), "is": true_type})


def test_a_workbook_called_csv_is_called_a_workbook(workbook):  # F05
    assert refusal(workbook({"Netværk": [ROW_OF_HEADINGS]}, "netvaerk.csv")) == (
        "wrong_type",
        {"named": "csv", "is": "xlsx"},
    )


def test_a_word_document_called_xlsx_is_called_a_word_document(tmp_path, make):
    path = make.zip(tmp_path / "brev.xlsx", {"word/document.xml": "<document/>"})
    assert refusal(path) == ("wrong_type", {"named": "xlsx", "is": "word"})


def test_a_macro_workbook_may_be_called_xlsx_and_the_other_way_round(workbook):
    path = workbook({"Netværk": [ROW_OF_HEADINGS]}, "netvaerk.xlsm")
    assert preflight(path, path.name, Limits()).format == "xlsm"


def test_a_file_beyond_the_size_is_refused_by_its_size(workbook):
    path = workbook({"Netværk": [ROW_OF_HEADINGS]})
    size = path.stat().st_size
    assert refusal(path, Limits(file_bytes=size - 1)) == (
        "too_large",
        {"reason": "file_bytes", "found": size, "limit": size - 1},
    )


def test_a_workbook_that_unpacks_to_hundreds_of_megabytes_is_refused_by_what_it_claims(tmp_path, make):  # F06
    path = make.zip(tmp_path / "bombe.xlsx", make.parts(make.xml(" " * 30_000_000)))
    assert refusal(path)[0] == "too_large"
    assert refusal(path)[1]["reason"] == "ratio"
    assert refusal(path, Limits(unpacked_bytes=1_000_000))[1]["reason"] == "unpacked_bytes"


def test_a_part_that_unpacks_to_more_than_it_claims_is_unsafe(tmp_path, make):  # F06
    content = make.xml(make.row(1, ROW_OF_HEADINGS) + " " * 400_000).encode()
    path = make.zip(tmp_path / "loegn.xlsx", make.parts(content.decode()))
    lied = path.read_bytes().replace(struct.pack("<L", len(content)), struct.pack("<L", 500))
    path.write_bytes(lied)
    assert refusal(path) == ("unsafe", {"reason": "size_lie", "part": "xl/worksheets/sheet1.xml"})


def test_two_parts_of_one_name_are_unsafe(tmp_path, make):
    path = make.zip(tmp_path / "dobbelt.xlsx", make.parts(make.xml("")))
    with zipfile.ZipFile(path, "a") as container, pytest.warns(UserWarning, match="Duplicate"):
        container.writestr("xl/worksheets/sheet1.xml", make.xml(""))
    assert refusal(path) == ("unsafe", {"reason": "duplicate_part", "part": "xl/worksheets/sheet1.xml"})


def test_a_part_that_would_lie_outside_its_folder_is_unsafe(tmp_path, make):
    path = make.zip(tmp_path / "ud.xlsx", make.parts(make.xml(""), **{"../../ud.xml": "<a/>"}))
    assert refusal(path)[1]["reason"] == "part_name"


@pytest.mark.parametrize("before", ['<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "<!doctype a>"])
def test_a_document_type_in_any_part_is_unsafe(sheet, before):  # F10
    assert refusal(sheet("", before=before)) == (
        "unsafe",
        {"reason": "doctype", "part": "xl/worksheets/sheet1.xml"},
    )


def test_a_document_type_across_two_pieces_is_found():
    from assets.raw.ooxml_scan import guarded

    with pytest.raises(RefusedError):
        list(guarded([b"<?xml version='1.0'?><!DOC", b"TYPE a><a/>"], "a.xml"))


def test_a_cell_in_the_far_corner_is_named(sheet, make):  # F08
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert refusal(sheet(make.row(1, ROW_OF_HEADINGS) + far)) == (
        "far_cell",
        {"cell": "XFD1048576", "rows": 300_000, "columns": 200},
    )


@pytest.mark.parametrize(
    "row",
    [
        "<row r='2'><c r='GS2'><v>1</v></c></row>",
        '<row r="2"><c s="0" r="GS2"><v>1</v></c></row>',
        '<row r="300001"><c><v>1</v></c></row>',
        '<x:row r="2"><x:c r="ABC2"><x:v>1</x:v></x:c></x:row>',
    ],
)
def test_a_far_cell_is_found_however_its_address_is_written(sheet, tmp_path, make, row):
    path = sheet(row)
    if "x:" in row:
        xml = make.xml(row).replace("<worksheet xmlns", "<x:worksheet xmlns:x").replace("</work", "</x:work")
        path = make.zip(tmp_path / "praefiks.xlsx", make.parts(xml))
    assert refusal(path)[0] == "far_cell"


def test_the_last_cell_within_the_limits_is_not_far(sheet):
    path = sheet('<row r="2"><c r="GR2"><v>1</v></c></row><row r="300000"><c r="A300000"><v>1</v></c></row>')
    assert preflight(path, path.name, Limits()).facts["Netværk"].errors == {}


def test_formatted_but_empty_cells_far_away_do_not_count(sheet, make):  # F09
    empty = '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    path = sheet(make.row(1, ROW_OF_HEADINGS) + empty)
    assert "Netværk" in preflight(path, path.name, Limits()).facts


def test_more_rows_than_the_limit_are_too_many_rows(sheet, make):
    rows = "".join(make.row(number, ["a"]) for number in range(1, 13))
    assert refusal(sheet(rows), Limits(rows=10))[0] == "too_large"


def test_error_cells_and_formulas_never_calculated_are_found(sheet):  # F11
    path = sheet(
        '<row r="3"><c r="B3" t="e"><v>#REF!</v></c><c r="C3"><f>A1+1</f></c><c r="D3"><f>A1</f><v></v></c>'
        '<c r="E3" t="str"><f>IF(A1="","",1)</f><v></v></c><c r="F3"><f>1+1</f><v>2</v></c>'
        '<c r="G3" t="e"><f>NA()</f><v>#N/A</v></c></row>'
    )
    facts = preflight(path, path.name, Limits()).facts["Netværk"]
    assert facts.errors == {(3, "B"): "#REF!", (3, "G"): "#N/A"}
    assert facts.uncached == [(3, "C"), (3, "D")]


@pytest.mark.parametrize(
    "cell",
    [
        """<c r="B3" t='e'><v>#REF!</v></c>""",
        '<c r="B3" t = "e"><v>#REF!</v></c>',
        '<c r="B3"\nt\n=\n"e"><v>#REF!</v></c>',
        '<c r="&#66;3" t="&#101;"><v>#REF!</v></c>',
        '<c t="e" r="B3"><v>#REF!</v></c>',
    ],
)
def test_an_error_cell_is_found_however_it_is_written(sheet, cell):
    path = sheet(f'<row r="3"><c r="A3"><v>1</v></c>{cell}</row>')
    facts = preflight(path, path.name, Limits()).facts["Netværk"]
    assert facts.errors == {(3, "B"): "#REF!"}


def test_cells_without_addresses_are_counted_from_the_left(sheet):
    path = sheet('<row><c><v>1</v></c><c t="e"><v>#N/A</v></c></row><row><c t="e"><v>#NUM!</v></c></row>')
    assert preflight(path, path.name, Limits()).facts["Netværk"].errors == {
        (1, "B"): "#N/A",
        (2, "A"): "#NUM!",
    }


ODS_CELL = '<table:table-cell office:value-type="string"{}><text:p>{}</text:p></table:table-cell>'


def test_trailing_empty_repeats_of_an_ods_are_fine(tmp_path, make):  # F07
    rows = (
        f"<table:table-row>{ODS_CELL.format('', 'x')}"
        '<table:table-cell table:number-columns-repeated="16383"/>'
        '</table:table-row><table:table-row table:number-rows-repeated="1048575">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    path = make.ods(tmp_path / "a.ods", rows)
    assert preflight(path, path.name, Limits()).format == "ods"


@pytest.mark.parametrize(
    "rows",
    [
        f'<table:table-row table:number-rows-repeated="1000000">{ODS_CELL.format("", "x")}</table:table-row>',
        "<table:table-row>"
        + ODS_CELL.format(' table:number-columns-repeated="1000"', "x")
        + "</table:table-row>",
    ],
)
def test_repeated_values_of_an_ods_beyond_the_limits_are_refused(tmp_path, make, rows):  # F07
    assert refusal(make.ods(tmp_path / "a.ods", rows))[0] in ("far_cell", "too_large")


def test_errors_and_hidden_rows_of_an_ods_are_found(tmp_path, make):
    rows = (
        f'<table:table-row table:visibility="collapse">{ODS_CELL.format("", "x")}</table:table-row>'
        f"<table:table-row>{ODS_CELL.format('', '#REF!')}"
        '<table:table-cell table:formula="of:=1+1"/></table:table-row>'
    )
    facts = preflight(make.ods(tmp_path / "a.ods", rows), "a.ods", Limits()).facts["Netværk"]
    assert facts.hidden_rows == [1]
    assert facts.errors == {(2, "A"): "#REF!"}
    assert facts.uncached == [(2, "B")]


def test_an_ods_behind_a_password_says_so(tmp_path, make):
    path = make.zip(
        tmp_path / "laast.ods",
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": zlib.compress(b"hemmeligt"),
            "META-INF/manifest.xml": "<manifest><encryption-data/></manifest>",
        },
    )
    assert refusal(path) == ("encrypted", {"reason": "password"})
