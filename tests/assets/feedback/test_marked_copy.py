from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from assets.feedback.marked_copy import Mark, SheetCells, write_marked_copy

BAD_DATE = Mark("Netværk", 3, "B3", "Startdato", "31-02-25", "type", "error", "Skriv datoen som 31-12-2025.")


def sent(path: Path) -> Path:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "Netværk"
    for row in (["Netværks-id", "Startdato"], ["N-01", "01-01-2025"], ["N-02", "31-02-25"], ["N-03", "=B2"]):
        sheet.append(row)
    sheet["A2"].font = Font(bold=True)
    workbook.save(path)
    return path


def test_the_note_stands_in_the_very_cell_and_the_rest_is_untouched(tmp_path: Path) -> None:
    written = write_marked_copy(sent(tmp_path / "a.xlsx"), tmp_path / "out" / "a.xlsx", [BAD_DATE])
    sheet = load_workbook(written)["Netværk"]
    assert sheet["B3"].comment.text == "Fejl: Skriv datoen som 31-12-2025."
    assert sheet["B3"].value == "31-02-25"
    assert sheet["B3"].fill.fgColor.rgb.endswith("F4B6B0")
    assert sheet["A2"].font.bold and sheet["B4"].value == "=B2" and sheet["A3"].comment is None


def test_the_findings_sheet_comes_first_and_links_to_the_cell(tmp_path: Path) -> None:
    written = write_marked_copy(sent(tmp_path / "a.xlsx"), tmp_path / "a_m.xlsx", [BAD_DATE])
    workbook = load_workbook(written)
    assert workbook.sheetnames[0] == "Fund"
    links = [cell.hyperlink.location for row in workbook["Fund"] for cell in row if cell.hyperlink]
    assert links == ["'Netværk'!B3"]


def test_a_personal_value_is_emptied_and_repeated_nowhere(tmp_path: Path) -> None:
    mark = Mark("Netværk", 3, "B3", "Startdato", "010101-1234", "cpr", "error", "Fjern personnummeret.")
    source = sent(tmp_path / "a.xlsx")
    workbook = load_workbook(source)
    workbook["Netværk"]["B3"] = "010101-1234"
    workbook.save(source)
    written = write_marked_copy(source, tmp_path / "m.xlsx", [mark])
    texts = [str(cell.value) for sheet in load_workbook(written) for row in sheet for cell in row]
    assert not any("010101" in text for text in texts)


def test_a_csv_comes_back_as_a_workbook_where_a_formula_is_text(tmp_path: Path) -> None:
    source = tmp_path / "Optagelse.csv"
    source.write_text("Enhed;Dato\n=1+1;x\n", encoding="utf-8")
    cells = SheetCells("Optagelse", {1: {"A": "Enhed", "B": "Dato"}, 2: {"A": "=1+1", "B": "x"}})
    mark = Mark("Optagelse", 2, "B2", "Dato", "x", "type", "error", "Write the date as 2025-12-31.")
    written = write_marked_copy(source, tmp_path / "Optagelse", [mark], "en", [cells])
    assert written.suffix == ".xlsx"
    sheet = load_workbook(written)["Optagelse"]
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=1+1", "s")
    assert sheet["B2"].comment.text.startswith("Error:")
