"""The marked copy: findings in the very cells, everything else byte for byte as it was sent."""

import re
import shutil
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import load_workbook

from assets.feedback.marked_copy import Mark, SheetCells, write_marked_copy

BAD_DATE = Mark("Netværk", 3, "D3", "Startdato", "31-02-25", "type", "error", "Skriv datoen som 31-12-2025.")
BAD_TYPE = Mark("Netværk", 3, "C3", "Type", "Inovation", "enum", "error", "Mente du »Innovationsnetværk«?")
UNKNOWN = Mark("Netværk", 1, "F1", "Kontakt", "Kontakt", "unknown_column", "info", "Kolonnen er ukendt.")
CONTACT = Mark("Netværk", 3, "F3", "Kontakt", "", "personal_data", "warning", "Slet adressen.")
MISSING = Mark("Netværk", 30, "C30", "Type", "", "required", "error", "Cellen er tom.")
NO_CELL = Mark("Netværk", 4, "B4", "Titel", "", "required", "warning", "Cellen er tom.")
ROW = Mark("Tom", 2, "", "", "", "ragged_row", "error", "Linjen har 3 felter.")
WHOLE = Mark("", None, "", "", "", "hidden", "info", "Arket er skjult.")
ALL = [BAD_DATE, BAD_TYPE, UNKNOWN, CONTACT, MISSING, NO_CELL, ROW, WHOLE]


def sent(path: Path) -> Path:
    """A workbook with what spreadsheets have: styles, a formula with its value, a chart, a note, names."""
    workbook = xlsxwriter.Workbook(path, {"default_date_format": "dd-mm-yyyy"})
    head = workbook.add_format({"bold": True, "bg_color": "#1F4E5F", "font_color": "white"})
    money = workbook.add_format({"num_format": "#,##0.00", "border": 1})
    sheet = workbook.add_worksheet("Netværk")
    sheet.write_row(0, 0, ["Netværks-id", "Titel", "Type", "Startdato", "Beløb", "Kontakt"], head)
    sheet.write_row(1, 0, ["N-01", "Et", "Innovationsnetværk", date(2024, 1, 2), 1200.5, "ok"])
    sheet.write_row(2, 0, ["N-02", 'To <&"', "Inovation", "31-02-25"])
    sheet.write(2, 5, "anna@example.dk")
    sheet.write_formula("E4", "=SUM(E2:E3)", money, 1200.5)
    sheet.write_comment("C3", "Se bilag 4", {"author": "Kontoret"})
    sheet.merge_range("A7:B8", "flettet")
    sheet.conditional_format("E2:E9", {"type": "data_bar"})
    chart = workbook.add_chart({"type": "column"})
    chart.add_series({"values": "=Netværk!$E$2:$E$4"})
    sheet.insert_chart("H2", chart)
    notes = workbook.add_worksheet("Noter")
    notes.write("A1", "x")
    notes.activate()
    notes.repeat_rows(0)
    workbook.add_worksheet("Tom")
    workbook.close()
    return path


@pytest.fixture
def marked(tmp_path: Path) -> tuple[Path, Path]:
    source = sent(tmp_path / "a.xlsx")
    return source, write_marked_copy(source, tmp_path / "ud" / "a.xlsx", ALL)


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_the_note_stands_in_the_very_cell_and_begins_with_a_word(marked: tuple[Path, Path]) -> None:
    sheet = load_workbook(marked[1])["Netværk"]
    assert sheet["D3"].comment.text == "Fejl: Skriv datoen som 31-12-2025."
    assert sheet["F1"].comment.text == "Oplysning: Kolonnen er ukendt."
    assert sheet["D3"].value == "31-02-25"
    assert sheet["D3"].fill.fgColor.rgb == "FFF4B6B0"
    assert sheet["A3"].comment is None


def test_a_note_that_was_there_stays_with_ours_below(marked: tuple[Path, Path]) -> None:
    text = load_workbook(marked[1])["Netværk"]["C3"].comment.text
    assert text.startswith("Se bilag 4") and text.endswith("Fejl: Mente du »Innovationsnetværk«?")


def test_cells_that_were_not_there_are_marked_in_their_place(marked: tuple[Path, Path]) -> None:
    workbook = load_workbook(marked[1])
    sheet = workbook["Netværk"]
    assert sheet["C30"].fill.fgColor.rgb == "FFF4B6B0"
    assert sheet["B4"].fill.fgColor.rgb == "FFFBE3A6"
    assert workbook["Tom"]["A2"].comment.text == "Fejl: Linjen har 3 felter."


def test_formulas_keep_the_values_they_were_calculated_to(marked: tuple[Path, Path]) -> None:
    assert load_workbook(marked[1])["Netværk"]["E4"].value == "=SUM(E2:E3)"
    assert load_workbook(marked[1], data_only=True)["Netværk"]["E4"].value == 1200.5


def test_nothing_but_what_is_marked_changes(marked: tuple[Path, Path]) -> None:
    before, after = parts_of(marked[0]), parts_of(marked[1])
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "xl/sharedStrings.xml",
        "xl/worksheets/sheet1.xml",
        "xl/worksheets/sheet2.xml",
        "xl/worksheets/sheet3.xml",
        "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml",
    }
    unmarked = re.compile(rb'<c r="(?:A1|A2|B2|D2|E2|E4|A3|B3)"[^>]*>.*?</c>')
    sheet = "xl/worksheets/sheet1.xml"
    assert unmarked.findall(before[sheet]) == unmarked.findall(after[sheet])
    assert before[sheet].partition(b"</sheetData>")[2] == after[sheet].partition(b"</sheetData>")[2]
    assert (
        before["xl/worksheets/sheet2.xml"].replace(b' tabSelected="1"', b"")
        == (after["xl/worksheets/sheet2.xml"])
    )


def test_dark_text_stands_on_the_colour_and_number_formats_stay(marked: tuple[Path, Path]) -> None:
    sheet = load_workbook(marked[1])["Netværk"]
    assert (sheet["F1"].font.bold, sheet["F1"].font.color.rgb) == (True, "FF000000")
    assert (sheet["E1"].font.color.rgb, sheet["E4"].number_format) == ("FFFFFFFF", "#,##0.00")


def test_the_findings_sheet_comes_first_and_links_to_every_cell(marked: tuple[Path, Path]) -> None:
    workbook = load_workbook(marked[1])
    assert workbook.sheetnames == ["Fund", "Netværk", "Noter", "Tom"]
    assert workbook.active.title == "Fund"
    sheet = workbook["Fund"]
    links = {cell.hyperlink.location for row in sheet for cell in row if cell.hyperlink}
    assert links == {f"'Netværk'!{mark.cell}" for mark in ALL if mark.cell} | {"'Tom'!A2"}
    headings = [row for row in sheet.iter_rows(values_only=True) if row[0] == "Ark"]
    assert headings[0][:4] == ("Ark", "Regel", "Grad", "Antal")
    assert headings[1][-1] == "Sådan rettes det"
    rules = {row[1] for row in sheet.iter_rows(min_row=7, values_only=True) if row[0] == "Netværk"}
    assert "cellen er tom" in rules and "required" not in rules
    assert sheet["A2"].value == "4 fejl, 2 advarsler, 2 oplysninger"


def test_names_that_belong_to_a_sheet_still_belong_to_it(marked: tuple[Path, Path]) -> None:
    assert load_workbook(marked[1])["Noter"].print_title_rows == "$1:$1"


def test_an_address_is_emptied_and_stands_nowhere_in_the_copy(marked: tuple[Path, Path]) -> None:
    assert load_workbook(marked[1])["Netværk"]["F3"].value is None
    assert not any(b"anna@" in content for content in parts_of(marked[1]).values())
    assert load_workbook(marked[1])["Netværk"]["F2"].value == "ok"


def test_the_same_copy_has_the_same_bytes(tmp_path: Path) -> None:
    source = sent(tmp_path / "a.xlsx")
    first = write_marked_copy(source, tmp_path / "1.xlsx", ALL)
    second = write_marked_copy(source, tmp_path / "2.xlsx", ALL)
    assert first.read_bytes() == second.read_bytes()


def test_a_finding_in_a_merged_range_stands_in_its_first_cell(tmp_path: Path) -> None:
    mark = Mark("Netværk", 8, "B8", "Titel", "", "merged_cell", "warning", "Ophæv fletningen.")
    copy = write_marked_copy(sent(tmp_path / "a.xlsx"), tmp_path / "m.xlsx", [mark])
    assert load_workbook(copy)["Netværk"]["A7"].comment.text == "Advarsel: Ophæv fletningen."


def test_a_copy_marked_again_is_still_a_workbook(marked: tuple[Path, Path], tmp_path: Path) -> None:
    again = write_marked_copy(marked[1], tmp_path / "igen.xlsx", [BAD_DATE, ROW])
    workbook = load_workbook(again)
    assert workbook.sheetnames[:2] == ["Fund 2", "Fund"]
    assert workbook["Netværk"]["D3"].comment.text.count("Fejl: ") == 2


def test_a_csv_comes_back_as_a_workbook_where_a_formula_is_text(tmp_path: Path) -> None:
    source = tmp_path / "Optagelse.csv"
    source.write_text("Enhed;Dato\n=1+1;x\n", encoding="utf-8")
    heading = {"A": "Enhed", "B": "Dato", "C": "Hvad der skete"}
    cells = SheetCells("Optagelse", [(1, heading), (2, {"A": "=1+1", "B": "x\x07", "C": "y" * 90})])
    mark = Mark("Optagelse", 2, "B2", "Dato", "x", "type", "error", "Write the date as 2025-12-31.")
    written = write_marked_copy(source, tmp_path / "Optagelse", [mark], "en", lambda: [cells])
    assert written.suffix == ".xlsx"
    sheet = load_workbook(written)["Optagelse"]
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=1+1", "s")
    assert sheet["B2"].comment.text.startswith("Error:")
    assert [sheet.column_dimensions[letter].width for letter in "ABC"] == [
        9,
        9,
        45,
    ]  # to be read, not guessed


def test_a_package_no_spreadsheet_writes_is_marked_from_its_cells(tmp_path: Path) -> None:
    source = sent(tmp_path / "a.xlsx")
    strange = tmp_path / "b.xlsx"
    with zipfile.ZipFile(strange, "w") as package:
        for name, content in parts_of(source).items():
            package.writestr(name, content.replace(b'<c r="D3"', b'<c r="D3" s="x"'))
    cells = SheetCells("Netværk", [(3, {"D": "31-02-25"})])
    copy = write_marked_copy(strange, tmp_path / "m.xlsx", [BAD_DATE], "da", lambda: [cells])
    sheet = load_workbook(copy)["Netværk"]
    assert (sheet["D3"].value, sheet["D3"].comment.text[:5]) == ("31-02-25", "Fejl:")


def test_names_no_sheet_can_have_are_changed_and_their_links_follow(tmp_path: Path) -> None:
    cells = [SheetCells(name, [(1, {"A": "x"})]) for name in ("a/b:c", "a b c", "l" * 40)]
    marks = [Mark(one.name, 1, "A1", "", "", "type", "error", "Ret.") for one in cells]
    written = write_marked_copy(tmp_path / "x.csv", tmp_path / "x.xlsx", marks, "da", lambda: cells)
    workbook = load_workbook(written)
    links = [cell.hyperlink.location for row in workbook["Fund"] for cell in row if cell.hyperlink]
    assert sorted(links) == sorted(f"'{name}'!A1" for name in workbook.sheetnames[1:])


def test_a_file_that_may_not_be_opened_gets_the_findings_alone(tmp_path: Path) -> None:
    mark = Mark("", None, "", "", "", "encrypted", "error", "Fjern adgangskoden.")
    workbook = load_workbook(write_marked_copy(None, tmp_path / "l.xlsx", [mark], name="laast.xlsx"))
    assert workbook["Fund"]["A1"].value == "Fund i laast.xlsx"
    texts = [cell for row in workbook["Fund"].iter_rows(values_only=True) for cell in row]
    assert "Fjern adgangskoden." in texts


@pytest.mark.libreoffice
def test_libreoffice_opens_the_copy_and_finds_values_and_notes_in_it(
    marked: tuple[Path, Path], tmp_path: Path
) -> None:
    office = shutil.which("soffice") or shutil.which("localc")
    assert office is not None
    subprocess.run(
        [
            office,
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
            "ods",
            "--outdir",
            str(tmp_path),
            str(marked[1]),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    with zipfile.ZipFile(tmp_path / "a.ods") as package:
        content = package.read("content.xml").decode("utf-8")
    assert "Fejl: Skriv datoen som 31-12-2025." in content
    assert 'office:value="1200.5"' in content
    assert content.index('table:name="Fund"') < content.index('table:name="Netværk"')
