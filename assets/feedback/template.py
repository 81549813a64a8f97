"""The workbook that the contract accepts, made from the contract itself.

A sheet a kind: what it is for in row 1, headings in row 2 with help as a note, an example row that
intake skips, drop-downs for closed lists, and date and number formats down the sheet.
"""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from assets.contract import KINDS, Column, Kind
from assets.feedback.severities import Lang

ROWS_WITH_HELP = 1_000
HEADING_ROW = 2
NUMBER_FORMATS = {"date": "dd-mm-yyyy", "money": "#,##0.00", "integer": "0", "number": "General"}
EXAMPLE_ID = "EKSEMPEL-1"
# Fixed, so that the same contract gives the same workbook.
MADE_AT = datetime(2026, 1, 1)

_TITLE_FONT = Font(name="Calibri", size=12, italic=True, color="404040")
_HEADING_FONT = Font(name="Calibri", size=11, bold=True, color="FFFFFF")
_REQUIRED_FILL = PatternFill("solid", fgColor="1F4E5F")
_OPTIONAL_FILL = PatternFill("solid", fgColor="5B7C8A")
_EXAMPLE_FONT = Font(name="Calibri", size=11, italic=True, color="6B6B6B")
_EDGE = Border(bottom=Side("thin", color="1F4E5F"))

WORDS = {
    "da": {
        "required": "Skal udfyldes.",
        "optional": "Kan stå tom.",
        "choices": "Vælg: {}.",
        "range": "Helt tal fra {} til {}.",
        "date": "Dato, fx 31-12-2025.",
        "money": "Kroner, fx 12.500,00.",
        "example": "Eksempelrækken springes over; skriv fra næste række.",
        "bad_choice": "Vælg en værdi fra listen.",
        "bad_date": "Skriv en dato, fx 31-12-2025.",
        "bad_number": "Skriv et tal, fx 12.500,00.",
        "bad_range": "Skriv et helt tal fra {} til {}.",
    },
    "en": {
        "required": "Required.",
        "optional": "May be left empty.",
        "choices": "Choose: {}.",
        "range": "A whole number from {} to {}.",
        "date": "A date, e.g. 2025-12-31.",
        "money": "Kroner, e.g. 12.500,00.",
        "example": "The example row is skipped; write from the next row on.",
        "bad_choice": "Choose a value from the list.",
        "bad_date": "Write a date, e.g. 2025-12-31.",
        "bad_number": "Write a number, e.g. 12.500,00.",
        "bad_range": "Write a whole number from {} to {}.",
    },
}


def write_template(path: Path, lang: Lang = "da", kinds: Sequence[Kind] = KINDS) -> None:
    """Write the workbook of these kinds to ``path`` (``.xlsx``), headings and lists in ``lang``."""
    workbook = Workbook()
    del workbook["Sheet"]
    workbook.properties.creator = "Netværdi"
    workbook.properties.title = "Netværdi: skabelon" if lang == "da" else "Netværdi: template"
    workbook.properties.created = workbook.properties.modified = MADE_AT
    for kind in kinds:
        _write_sheet(workbook.create_sheet(sheet_title(kind, lang)), kind, lang)
    workbook.save(path)


def sheet_title(kind: Kind, lang: Lang) -> str:
    """The sheet's name: Danish, or the canonical name."""
    return kind.sheet if lang == "da" else kind.name


def heading(column: Column, lang: Lang) -> str:
    """The column's heading: Danish, or the canonical name."""
    return column.heading if lang == "da" else column.name


def help_text(column: Column, lang: Lang) -> str:
    """What to write in the column, whether it must be there, and in which form."""
    words = WORDS[lang]
    sentences = [f"{column.meaning_da if lang == 'da' else column.meaning_en}."]
    sentences.append(words["required"] if column.required else words["optional"])
    if column.choices:
        sentences.append(words["choices"].format(", ".join(labels(column, lang))))
    elif column.minimum is not None and column.maximum is not None:
        sentences.append(words["range"].format(column.minimum, column.maximum))
    elif column.type in ("date", "money"):
        sentences.append(words[column.type])
    return " ".join(sentences)


def labels(column: Column, lang: Lang) -> list[str]:
    """The closed list as the sheet shows it."""
    return [choice.label if lang == "da" else choice.label_en for choice in column.choices]


def example_cell(column: Column, lang: Lang) -> str | int | float | date | None:
    """A cell of the example row; the key's first part begins with EKSEMPEL, by which intake skips the row."""
    if column.type == "identifier" or (column.type == "text" and column.key):
        return EXAMPLE_ID if column.required or column.key else None
    if column.choices:
        return labels(column, lang)[0]
    if column.type == "date":
        return None if column.may_be_future else date(2025, 3, 31)
    if column.type == "money":
        return 12_500
    if column.type in ("integer", "number"):
        return column.minimum if column.minimum is not None else 100
    return column.default or ("Eksempel" if lang == "da" else "Example")


def _write_sheet(sheet: Worksheet, kind: Kind, lang: Lang) -> None:
    meaning = kind.meaning_da if lang == "da" else kind.meaning_en
    sheet["A1"] = f"{meaning}. {WORDS[lang]['example']}"
    sheet["A1"].font = _TITLE_FONT
    for position, column in enumerate(kind.columns, start=1):
        letter = get_column_letter(position)
        cell = sheet.cell(HEADING_ROW, position, heading(column, lang))
        cell.font = _HEADING_FONT
        cell.fill = _REQUIRED_FILL if column.required else _OPTIONAL_FILL
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        cell.border = _EDGE
        cell.comment = Comment(help_text(column, lang), "Netværdi", height=120, width=260)
        example = sheet.cell(HEADING_ROW + 1, position, example_cell(column, lang))
        example.font = _EXAMPLE_FONT
        number_format = NUMBER_FORMATS.get(column.type, "@")
        example.number_format = number_format
        sheet.column_dimensions[letter].number_format = number_format
        longest = max(map(len, [heading(column, lang), *labels(column, lang)]))
        sheet.column_dimensions[letter].width = max(14, min(34, longest + 6))
        validation = _validation(column, lang)
        if validation is not None:
            validation.add(f"{letter}{HEADING_ROW + 2}:{letter}{HEADING_ROW + 1 + ROWS_WITH_HELP}")
            sheet.add_data_validation(validation)
    sheet.row_dimensions[HEADING_ROW].height = 30
    sheet.freeze_panes = f"A{HEADING_ROW + 1}"
    sheet.print_title_rows = f"{HEADING_ROW}:{HEADING_ROW}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _validation(column: Column, lang: Lang) -> DataValidation | None:
    words = WORDS[lang]
    if column.choices:
        listed = ",".join(labels(column, lang))
        validation = DataValidation("list", formula1=f'"{listed}"', allow_blank=not column.required)
        validation.error = words["bad_choice"]
    elif column.type == "date":
        validation = DataValidation(
            "date", operator="greaterThan", formula1="1", allow_blank=not column.required
        )
        validation.error = words["bad_date"]
    elif column.minimum is not None and column.maximum is not None:
        validation = DataValidation(
            "whole",
            operator="between",
            formula1=str(column.minimum),
            formula2=str(column.maximum),
            allow_blank=not column.required,
        )
        validation.error = words["bad_range"].format(column.minimum, column.maximum)
    elif column.type in ("money", "integer", "number"):
        validation = DataValidation("decimal", operator="greaterThanOrEqual", formula1="-1E+15")
        if column.minimum is not None:
            validation.formula1 = str(column.minimum)
        validation.allow_blank = not column.required
        validation.error = words["bad_number"]
    else:
        return None
    validation.errorTitle = heading(column, lang)[:32]
    validation.showErrorMessage = True
    return validation
