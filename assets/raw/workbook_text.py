"""Workbooks of every format as text, read by calamine. Runs in the reading process only.

The text form keeps which number or day was meant without losing how the cell was typed: a numeric
cell has a decimal comma and no thousands separator (``1234,5``), a date is ``2025-12-31`` (with its
time where it has one), a truth value ``SAND`` or ``FALSK``; a text cell is its text.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import python_calamine

from assets.raw.addresses import column_index, column_letter
from assets.raw.content import ROW_NUMBER, Cell, SheetText
from assets.raw.fast_text import CleanSheets, Column, number_texts
from assets.raw.faults import RefusedError
from assets.raw.personal_cells import find_personal_cells
from assets.raw.sheet_facts import SheetFacts

# Excel's day 60 is 29 February 1900, which never was; calamine gives the 28th for both.
_NO_SUCH_DAY = date(1900, 2, 28)
EXACT_WHOLE = 1e15


@dataclass(frozen=True)
class ParsedSheet:
    """One worksheet as its reader holds it: as columns where it is clean, else as calamine has it."""

    name: str
    hidden: bool
    sheet: Any
    columns: dict[str, Column] | None = None


def parse_workbook(path: Path, headings_first: Set[str] = frozenset()) -> list[ParsedSheet]:
    """Every worksheet, in order. Raises ``CalamineError``.

    Args:
        headings_first: Sheets whose first row seems to hold the headings: they may be clean.
    """
    parsed = []
    clean = CleanSheets(path) if headings_first else None
    with python_calamine.CalamineWorkbook.from_path(path) as workbook:
        for metadata in workbook.sheets_metadata:
            if metadata.typ != python_calamine.SheetTypeEnum.WorkSheet:
                continue
            hidden = metadata.visible != python_calamine.SheetVisibleEnum.Visible
            columns = clean.columns(metadata.name) if clean and metadata.name in headings_first else None
            sheet = None if columns else workbook.get_sheet_by_name(metadata.name)
            parsed.append(ParsedSheet(metadata.name, hidden, sheet, columns))
    return parsed


def sheet_texts(parsed: list[ParsedSheet], facts: dict[str, SheetFacts]) -> list[SheetText]:
    """The worksheets as text.

    Args:
        parsed: Taken from here one by one, so that no sheet is held twice.
        facts: By sheet name, what the preflight saw that calamine does not tell.

    Raises:
        RefusedError: ``unreadable``: a sheet that the preflight did not see, so that its error cells and
            formulas without a value would pass for empty.
    """
    texts = []
    while parsed:
        given = parsed.pop(0)
        if given.name not in facts:
            raise RefusedError("unreadable", reason="reader")
        texts.append(_sheet_text(given, facts[given.name]))
    return texts


def _sheet_text(given: ParsedSheet, facts: SheetFacts) -> SheetText:
    first_row, columns = (1, given.columns) if given.columns else _cell_by_cell(given.sheet)
    texts = {letter: text for letter, (text, _) in columns.items()}
    height = next(iter(texts.values())).len() if texts else 0
    cpr, contacts, free_contacts = find_personal_cells(texts, first_row)
    frame = pl.DataFrame(
        {ROW_NUMBER: pl.int_range(first_row, first_row + height, dtype=pl.Int32, eager=True)}
    ).with_columns(
        (text if others is None else text.fill_null(others)).alias(letter)
        for letter, (text, others) in columns.items()
    )
    frame = write_cells(frame, dict(facts.errors))
    frame = write_cells(frame, dict.fromkeys(cpr), extend=False)
    frame = write_cells(frame, dict.fromkeys(facts.uncached))
    merged = facts.merged
    if merged is None and given.sheet is not None:
        merged = [
            f"{column_letter(left)}{top + 1}:{column_letter(right)}{bottom + 1}"
            for (top, left), (bottom, right) in given.sheet.merged_cell_ranges or []
        ]
    return SheetText(
        given.name,
        frame,
        hidden=given.hidden or facts.hidden,
        merged=merged or [],
        hidden_rows=facts.hidden_rows,
        hidden_columns=facts.hidden_columns,
        errors=sorted(facts.errors),
        uncached=facts.uncached,
        cpr=cpr,
        contacts=contacts,
        free_contacts=free_contacts,
    )


def _cell_by_cell(sheet: Any) -> tuple[int, dict[str, Column]]:
    """The first row number of a sheet and its columns, whatever types their cells have."""
    if sheet.start is None:
        return 1, {}
    start_row, start_column = sheet.start
    rows = sheet.to_python(skip_empty_area=True)
    columns = {
        column_letter(start_column + offset): column_text(values)
        for offset, values in enumerate(zip(*rows, strict=True))
    }
    return start_row + 1, columns


def column_text(values: Sequence[Any]) -> tuple[pl.Series, pl.Series | None]:
    """A column as two text columns of its length: text cells, and all others (none where there are none)."""
    types = set(map(type, values))
    if types == {str}:
        return pl.Series(values, dtype=pl.String).replace("", None), None
    text = pl.Series([value if type(value) is str and value else None for value in values], dtype=pl.String)
    others = pl.Series([None], dtype=pl.String).extend_constant(None, len(values) - 1)
    for kind in types - {str}:
        if kind in (float, int):
            part = number_texts(
                pl.Series([value if type(value) is kind else None for value in values], dtype=pl.Float64)
            )
        elif kind is date:
            part = _date_texts([value if type(value) is date else None for value in values])
        else:
            part = pl.Series(
                [other_text(value) if type(value) is kind else None for value in values], dtype=pl.String
            )
        others = others.fill_null(part)
    return text, others


def _date_texts(values: list[date | None]) -> pl.Series:
    days = pl.Series(values, dtype=pl.Date)
    texts = days.dt.to_string("%Y-%m-%d")
    if (days == _NO_SUCH_DAY).any():
        return pl.Series([None if day is None else other_text(day) for day in values], dtype=pl.String)
    return texts


def number_text(value: float) -> str:
    """A number in plain Danish form, the shortest digits that mean exactly it: ``1234,5``."""
    if abs(value) < EXACT_WHOLE and value == int(value):
        return str(int(value))
    return format(Decimal(repr(value)), "f").removesuffix(".0").replace(".", ",")


def other_text(value: Any) -> str:
    """A typed cell that is neither text nor number: a date, a time, a duration, a truth value."""
    if isinstance(value, bool):
        return "SAND" if value else "FALSK"
    if isinstance(value, datetime):
        moment = (value + timedelta(microseconds=500_000)).replace(microsecond=0)
        if moment.date() == _NO_SUCH_DAY:
            return f"1900-02-28/29 {moment:%H:%M:%S}"
        return moment.strftime("%Y-%m-%d") if moment.time() == time() else f"{moment:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, date):
        return "1900-02-28/29" if value == _NO_SUCH_DAY else value.isoformat()
    if isinstance(value, timedelta):
        seconds = round(value.total_seconds())
        sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
        return f"{sign}{seconds // 3600}:{seconds % 3600 // 60:02}:{seconds % 60:02}"
    return str(value)


def write_cells(frame: pl.DataFrame, texts: dict[Cell, str | None], *, extend: bool = True) -> pl.DataFrame:
    """The frame with these cells holding these texts; rows and columns are added where it has none."""
    if not texts:
        return frame
    numbers = frame[ROW_NUMBER].to_list()
    if extend:
        wanted = {row for row, _ in texts} - set(numbers)
        if wanted:
            low, high = min(wanted | set(numbers)), max(wanted | set(numbers))
            frame = (
                pl.DataFrame({ROW_NUMBER: pl.int_range(low, high + 1, dtype=pl.Int32, eager=True)})
                .join(frame, on=ROW_NUMBER, how="left")
                .sort(ROW_NUMBER)
            )
            numbers = frame[ROW_NUMBER].to_list()
    first = numbers[0] if numbers else 1
    by_letter: dict[str, dict[int, str | None]] = {}
    for (row, letter), text in texts.items():
        by_letter.setdefault(letter, {})[row - first] = text
    for letter, changes in by_letter.items():
        column = frame[letter].to_list() if letter in frame.columns else [None] * frame.height
        for index, text in changes.items():
            column[index] = text
        frame = frame.with_columns(pl.Series(letter, column, dtype=pl.String))
    letters = sorted((name for name in frame.columns if name != ROW_NUMBER), key=column_index)
    return frame.select(ROW_NUMBER, *letters)
