"""Write a workbook or a CSV file so that the same content is the same bytes.

openpyxl stamps a workbook with the time of writing; here every stamp is one fixed moment.
"""

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from assets.contract import Column, Kind

Row = Mapping[str, Any]
# How a value of one column is written; the number is the row's place in the sheet.
Notation = Callable[[Any, int], Any]

STAMP = datetime(2026, 9, 30, 12, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_MONTHS = ("jan.", "feb.", "mar.", "apr.", "maj", "jun.", "jul.", "aug.", "sep.", "okt.", "nov.", "dec.")


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook as an office lays it out.

    Attributes:
        kind: The record kind it holds.
        rows: The records by canonical column; a text where a date or number belongs is written as it is.
        title: Lines above the headings.
        headings: Other headings than the contract's, by canonical column.
        notations: How a column's values are written, where not as plain cells.
        empty: What stands where there is nothing, by canonical column; else the cell is left blank.
        order: Canonical columns in another order than the contract's, or fewer.
        remarks: A column of the office's own at the end: its heading, and its text by row number.
        hidden_column: Canonical name of a column that is hidden.
        below: Rows under the table (a total, a note): canonical column to text.
    """

    kind: Kind
    rows: Sequence[Row]
    title: tuple[str, ...]
    headings: Mapping[str, str] = field(default_factory=dict)
    notations: Mapping[str, Notation] = field(default_factory=dict)
    empty: Mapping[str, str] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    remarks: tuple[str, Mapping[int, str]] | None = None
    hidden_column: str | None = None
    below: tuple[Row, ...] = ()

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns in the order written."""
        return tuple(self.kind.column(name) for name in self.order) or self.kind.columns

    def heading_cells(self) -> list[str]:
        """The heading row."""
        cells = [self.headings.get(column.name, column.heading) for column in self.columns]
        return cells + ([self.remarks[0]] if self.remarks else [])

    def body_cells(self) -> list[list[Any]]:
        """The records' rows, then those under the table."""
        body = []
        for number, row in enumerate(self.rows):
            cells = [self._cell(column, row.get(column.name), number) for column in self.columns]
            body.append(cells + ([self.remarks[1].get(number)] if self.remarks else []))
        return body + [[row.get(column.name) for column in self.columns] for row in self.below]

    def _cell(self, column: Column, value: Any, number: int) -> Any:
        if value is None:
            return self.empty.get(column.name)
        if column.type == "enum":
            value = next((choice.label for choice in column.choices if choice.value == value), value)
        elif isinstance(value, str) and column.type not in ("identifier", "text"):
            return value  # typed by somebody where a date or a number belongs
        notation = self.notations.get(column.name)
        return notation(value, number) if notation else value


def spelled(day: date, _: int) -> str:
    """``31. dec. 2025``."""
    return f"{day.day}. {_MONTHS[day.month - 1]} {day.year}"


def dotted(day: date, _: int) -> str:
    """``31.12.2025``."""
    return f"{day:%d.%m.%Y}"


def dashed(day: date, _: int) -> str:
    """``31-12-2025``."""
    return f"{day:%d-%m-%Y}"


def mixed_dates(day: date, number: int) -> date | str:
    """Real dates, and here and there one that somebody typed: every writing of the contract."""
    typed = (f"{day:%d/%m-%Y}", dashed(day, 0), dotted(day, 0), spelled(day, 0))
    return typed[number // 5 % len(typed)] if number % 5 == 3 else day


def in_thousands(amount: int | Decimal, _: int) -> Decimal | int:
    """An amount of kroner for a column headed ``(t.kr.)``."""
    thousands = Decimal(amount) / 1000
    return int(thousands) if thousands == thousands.to_integral_value() else thousands


def mixed_money(amount: int, number: int) -> int | str:
    """Whole kroner; every third as text, ``50.000,-``."""
    return f"{danish_number(amount)},-" if number % 3 == 1 else amount


def danish_number(amount: int) -> str:
    """``1.234.567``."""
    return f"{amount:,}".replace(",", ".")


def mixed_numbers(number: float, place: int) -> float | str:
    """A number; every fourth typed as text with a decimal comma."""
    return f"{number:g}".replace(".", ",") if place % 4 == 2 else number


def untidy_id(identifier: str, place: int) -> str:
    """An id; now and then in small letters, with a space too many or with another hyphen."""
    written = {
        11: identifier.lower(),
        23: f" {identifier}",
        37: identifier.replace("-", "\N{NON-BREAKING HYPHEN}"),
    }
    return written.get(place % 41, identifier)


def untidy_label(label: str, place: int) -> str:
    """A label of a closed list; now and then in small letters or with a space after it."""
    return {5: label.lower(), 16: f"{label} "}.get(place % 23, label)


def write_workbook(
    path: Path, sheets: Sequence[Sheet], lists: Mapping[str, tuple[str, ...]] | None = None
) -> None:
    """Write the sheets to ``path``; ``lists`` become a hidden sheet ``Lister`` of the office's own."""
    from openpyxl import Workbook

    workbook = Workbook()
    for empty in list(workbook.worksheets):
        workbook.remove(empty)
    workbook.properties.creator = "Netværkssekretariatet"
    workbook.properties.created = STAMP
    for sheet in sheets:
        _fill(workbook.create_sheet(sheet.kind.sheet), sheet)
    if lists:
        worksheet = workbook.create_sheet("Lister")
        worksheet.append(["Syntetiske data", *lists])
        for number in range(max(len(words) for words in lists.values())):
            worksheet.append(
                ["", *(words[number] if number < len(words) else None for words in lists.values())]
            )
        worksheet.sheet_state = "hidden"
    buffer = io.BytesIO()
    workbook.save(buffer)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_with_fixed_stamps(buffer.getvalue()))


def _fill(worksheet: Any, sheet: Sheet) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    for line in sheet.title:
        worksheet.append([line])
    worksheet.append([])
    worksheet.append(sheet.heading_cells())
    heading_row = len(sheet.title) + 2
    worksheet["A1"].font = Font(bold=True, size=14)
    for cell in worksheet[heading_row]:
        cell.font = Font(bold=True)
    for cells in sheet.body_cells():
        worksheet.append(cells)
    for row in worksheet.iter_rows(min_row=heading_row + 1):
        for cell in row:
            if isinstance(cell.value, date):
                cell.number_format = "dd-mm-yyyy"
    for position, column in enumerate(sheet.columns, start=1):
        dimension = worksheet.column_dimensions[get_column_letter(position)]
        dimension.width = 34 if column.descriptive else 18
        dimension.hidden = column.name == sheet.hidden_column
    worksheet.freeze_panes = f"A{heading_row + 1}"


def _with_fixed_stamps(workbook: bytes) -> bytes:
    """The same workbook with one moment in every place that holds the time of writing."""
    stamp = STAMP.strftime("%Y-%m-%dT%H:%M:%SZ").encode("ascii")
    fixed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as before, zipfile.ZipFile(fixed, "w") as after:
        for part in before.infolist():
            content = before.read(part)
            if part.filename == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>" + stamp + rb"\g<2>", content)
            entry = zipfile.ZipInfo(part.filename, date_time=STAMP.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(entry, content)
    return fixed.getvalue()


def write_csv(path: Path, sheet: Sheet) -> None:
    """Write one kind as Danish Excel's "CSV": semicolons, CRLF, Windows-1252, the title padded out."""
    width = len(sheet.columns)
    lines = [[line] + [""] * (width - 1) for line in sheet.title]
    lines.append(sheet.heading_cells())
    lines += [["" if cell is None else str(cell) for cell in cells] for cells in sheet.body_cells()]
    text = "".join(";".join(cells) + "\r\n" for cells in lines)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("cp1252"))
