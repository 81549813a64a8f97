"""The sender's own workbook with the findings in the very cells.

A colour and a note in each cell that has a finding, a sheet ``Fund`` (Findings) with a link to every one,
and an index by sheet and rule. Formulas, styles and values are otherwise left as they were. A CSV or a
legacy workbook comes back as ``.xlsx`` with the cells as they were read. Cells with personal data are
emptied: what may not be kept is not sent round again either.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from assets.feedback.template import MADE_AT, Lang

EDITABLE_SUFFIXES = (".xlsx", ".xlsm")
PERSONAL_RULES = ("cpr", "personal_data")
MAX_NOTE = 1_500
MAX_SHEET_NAME = 31

# Colour is never alone: the note begins with the word of the severity.
_FILLS = {
    "error": PatternFill("solid", fgColor="F4B6B0"),
    "warning": PatternFill("solid", fgColor="FBE3A6"),
    "info": PatternFill("solid", fgColor="CFE3F1"),
}
_ORDER = {"error": 0, "warning": 1, "info": 2}
_BOLD = Font(bold=True)
_LINK = Font(color="1F4E5F", underline="single")

WORDS = {
    "da": {
        "error": "Fejl",
        "warning": "Advarsel",
        "info": "Oplysning",
        "sheet": "Fund",
        "title": "Fund i {}",
        "counts": "{} fejl, {} advarsler, {} oplysninger",
        "columns": ("Ark", "Celle", "Række", "Kolonne", "Værdi", "Grad", "Regel", "Sådan rettes det"),
        "index": "Oversigt",
        "index_columns": ("Ark", "Regel", "Grad", "Antal"),
        "whole_file": "hele filen",
    },
    "en": {
        "error": "Error",
        "warning": "Warning",
        "info": "Information",
        "sheet": "Findings",
        "title": "Findings in {}",
        "counts": "{} errors, {} warnings, {} notes",
        "columns": ("Sheet", "Cell", "Row", "Column", "Value", "Severity", "Rule", "How to mend it"),
        "index": "Index",
        "index_columns": ("Sheet", "Rule", "Severity", "Count"),
        "whole_file": "the whole file",
    },
}


@dataclass(frozen=True)
class Mark:
    """One finding as the copy shows it; ``cell`` is empty for a finding of a row, sheet or file."""

    sheet: str
    row_number: int | None
    cell: str
    heading: str
    value: str
    rule: str
    severity: str
    message: str


@dataclass(frozen=True)
class SheetCells:
    """The cells of a sheet as read, for files that cannot be written in their own format.

    ``rows`` maps a row number to its texts by column letter.
    """

    name: str
    rows: dict[int, dict[str, str]]


def write_marked_copy(
    source: Path,
    target: Path,
    marks: Sequence[Mark],
    lang: Lang = "da",
    sheets: Sequence[SheetCells] = (),
) -> Path:
    """Write the marked copy of ``source``; the path written.

    Args:
        source: The file as sent (for one with personal numbers, the copy with those cells emptied).
        target: Where the copy goes; its suffix becomes ``.xlsx`` unless the source is ``.xlsx`` or ``.xlsm``.
        marks: Every finding of the file.
        sheets: The cells as read, used where the source is no ``.xlsx`` or ``.xlsm``.
    """
    suffix = source.suffix.lower()
    if suffix in EDITABLE_SUFFIXES:
        workbook = load_workbook(source, keep_vba=suffix == ".xlsm")
        target = target.with_suffix(suffix)
    else:
        workbook = _workbook_of(sheets)
        target = target.with_suffix(".xlsx")
    ordered = sorted(
        marks, key=lambda mark: (mark.sheet, mark.row_number or 0, mark.cell, _ORDER[mark.severity])
    )
    _mark_cells(workbook, ordered, lang)
    _write_findings_sheet(workbook, ordered, source.name, lang)
    workbook.properties.modified = MADE_AT
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_name(f".{target.name}.part")
    workbook.save(aside)
    aside.replace(target)
    return target


def _workbook_of(sheets: Iterable[SheetCells]) -> Workbook:
    workbook = Workbook()
    del workbook["Sheet"]
    for cells in sheets:
        sheet = workbook.create_sheet(cells.name[:MAX_SHEET_NAME])
        for row_number, texts in cells.rows.items():
            for letter, text in texts.items():
                # Text stays text: a leading = must not become a formula.
                sheet[f"{letter}{row_number}"].value = text
                sheet[f"{letter}{row_number}"].data_type = "s"
    return workbook


def _mark_cells(workbook: Workbook, marks: Sequence[Mark], lang: Lang) -> None:
    by_cell: dict[tuple[str, str], list[Mark]] = defaultdict(list)
    for mark in marks:
        if mark.sheet in workbook.sheetnames and (mark.cell or mark.row_number):
            by_cell[(mark.sheet, mark.cell or f"A{mark.row_number}")].append(mark)
    for (sheet_name, address), found in by_cell.items():
        sheet = workbook[sheet_name]
        cell = sheet[_top_left(sheet, address)]
        worst = min(found, key=lambda mark: _ORDER[mark.severity])
        if any(mark.rule in PERSONAL_RULES for mark in found):
            cell.value = None
        note = "\n".join(f"{WORDS[lang][mark.severity]}: {mark.message}" for mark in found)[:MAX_NOTE]
        if cell.comment is not None:
            note = f"{cell.comment.text}\n---\n{note}"
        cell.comment = Comment(note, "Netværdi", height=140, width=300)
        cell.fill = _FILLS[worst.severity]


def _top_left(sheet: Worksheet, address: str) -> str:
    """The cell that holds a merged range's value, or the address itself."""
    for merged in sheet.merged_cells.ranges:
        if address in merged:
            return str(merged.coord).split(":", maxsplit=1)[0]
    return address


def _write_findings_sheet(workbook: Workbook, marks: Sequence[Mark], file_name: str, lang: Lang) -> None:
    words = WORDS[lang]
    name = _free_name(workbook, str(words["sheet"]))
    sheet = workbook.create_sheet(name, 0)
    workbook.active = 0
    counts = [sum(mark.severity == severity for mark in marks) for severity in _ORDER]
    sheet["A1"] = str(words["title"]).format(file_name)
    sheet["A1"].font = Font(bold=True, size=14)
    sheet["A2"] = str(words["counts"]).format(*counts)
    row = _write_index(sheet, marks, 4, lang) + 2
    _write_row(sheet, row, words["columns"], bold=True)
    sheet.print_title_rows = f"{row}:{row}"
    for mark in marks:
        row += 1
        where = mark.cell or (f"A{mark.row_number}" if mark.row_number else "")
        _write_row(
            sheet,
            row,
            (
                mark.sheet or words["whole_file"],
                mark.cell,
                mark.row_number,
                mark.heading,
                "" if mark.rule in PERSONAL_RULES else mark.value,
                words[mark.severity],
                mark.rule,
                mark.message,
            ),
        )
        sheet.cell(row, 6).fill = _FILLS[mark.severity]
        if where and mark.sheet in workbook.sheetnames:
            quoted = mark.sheet.replace("'", "''")
            sheet.cell(row, 2).value = where
            sheet.cell(row, 2).hyperlink = Hyperlink(ref=f"B{row}", location=f"'{quoted}'!{where}")
            sheet.cell(row, 2).font = _LINK
    for position, width in enumerate((22, 9, 8, 24, 26, 13, 22, 90), start=1):
        sheet.column_dimensions[get_column_letter(position)].width = width


def _write_index(sheet: Worksheet, marks: Sequence[Mark], row: int, lang: Lang) -> int:
    words = WORDS[lang]
    sheet.cell(row, 1, str(words["index"])).font = _BOLD
    row += 1
    _write_row(sheet, row, words["index_columns"], bold=True)
    counts: dict[tuple[str, str, str], int] = defaultdict(int)
    for mark in marks:
        counts[(mark.sheet, mark.rule, mark.severity)] += 1
    for (sheet_name, rule, severity), count in sorted(
        counts.items(), key=lambda item: (_ORDER[item[0][2]], item[0])
    ):
        row += 1
        _write_row(sheet, row, (sheet_name or words["whole_file"], rule, words[severity], count))
    return row


def _write_row(sheet: Worksheet, row: int, values: Iterable[object], *, bold: bool = False) -> None:
    for position, value in enumerate(values, start=1):
        cell = sheet.cell(row, position)
        cell.value = value  # type: ignore[assignment]
        if isinstance(value, str):
            cell.data_type = "s"
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        if bold:
            cell.font = _BOLD


def _free_name(workbook: Workbook, name: str) -> str:
    candidate, number = name, 2
    while candidate in workbook.sheetnames:
        candidate, number = f"{name} {number}", number + 1
    return candidate
