"""Large clean sheets as text, column by column: no cell becomes a Python object on the way.

A sheet is clean where its first row holds the headings and every column below has cells of one type.
Any other sheet is read cell by cell (``workbook_text``); both ways give the same text, which is tested.
"""

from datetime import date, time
from pathlib import Path
from typing import Any

import polars as pl

from assets.raw.addresses import column_letter

_NO_SUCH_DAY = date(1900, 2, 28)
_UNNAMED = "__UNNAMED__"
Column = tuple[pl.Series, pl.Series | None]  # text cells; all others


class CleanSheets:
    """A workbook whose clean sheets are read as columns."""

    def __init__(self, path: Path) -> None:
        import fastexcel  # 25 ms, and only large workbooks need it

        self._reader: Any = fastexcel.read_excel(path)
        self._mixed: Any = fastexcel.UnsupportedColumnTypeCombinationError

    def columns(self, name: str) -> dict[str, Column] | None:
        """Column letter → its cells from row 1 on, for a sheet whose first row holds the headings.

        Returns:
            None where a column has cells of several types, or headings were changed in reading.
        """
        try:
            sheet = self._reader.load_sheet(
                name, header_row=0, schema_sample_rows=None, dtype_coercion="strict"
            )
        except self._mixed:
            return None
        frame = pl.from_arrow(sheet.to_arrow())
        if not isinstance(frame, pl.DataFrame) or _renamed(frame.columns):
            return None
        columns: dict[str, Column] = {}
        for index, heading in enumerate(frame.columns):
            first = pl.Series([None if heading.startswith(_UNNAMED) else heading], dtype=pl.String)
            empty = pl.Series([None], dtype=pl.String)
            cells = frame.to_series(index)
            if cells.dtype == pl.String:
                columns[column_letter(index)] = (first.extend(cells.replace("", None)), None)
                continue
            texts = typed_texts(cells)
            if texts is None:
                return None
            nothing = empty.new_from_index(0, cells.len())
            columns[column_letter(index)] = (first.extend(nothing), empty.extend(texts))
        return columns


def _renamed(headings: list[str]) -> bool:
    """Whether a heading may stand for another: twice the same one gets a number in reading."""
    given = set(headings)
    return any(
        stem in given for stem, line, number in (name.rpartition("_") for name in headings) if line and number
    )


def typed_texts(cells: pl.Series) -> pl.Series | None:
    """Cells of one type as text; None for a type that is read cell by cell."""
    if cells.dtype == pl.Boolean:
        return pl.select(pl.when(cells).then(pl.lit("SAND")).when(~cells).then(pl.lit("FALSK"))).to_series()
    if cells.dtype.is_numeric():
        return number_texts(cells.cast(pl.Float64))
    if isinstance(cells.dtype, pl.Datetime | pl.Date):
        return _moment_texts(cells.cast(pl.Datetime("ms")))
    return None


def number_texts(numbers: pl.Series) -> pl.Series:
    """Numbers in plain Danish form, the shortest digits that mean exactly them: ``1234,5``."""
    from assets.raw.workbook_text import EXACT_WHOLE, number_text

    whole = (numbers == numbers.floor()) & (numbers.abs() < EXACT_WHOLE)
    shortest = numbers.cast(pl.String)
    if shortest.str.contains("e", literal=True).any():
        exact = [None if value is None else number_text(value) for value in numbers.to_list()]
        return pl.Series(exact, dtype=pl.String)
    integers = pl.when(whole).then(numbers).cast(pl.Int64).cast(pl.String)
    return pl.select(
        pl.coalesce(integers, shortest.str.strip_suffix(".0").str.replace(".", ",", literal=True))
    ).to_series()


def _moment_texts(moments: pl.Series) -> pl.Series | None:
    rounded = moments.dt.round("1s")
    if (rounded.dt.date() == _NO_SUCH_DAY).any():
        return None
    with_time = rounded.dt.time() != time()
    days = rounded.dt.to_string("%Y-%m-%d")
    if not with_time.any():
        return days
    return pl.select(
        pl.when(with_time).then(rounded.dt.to_string("%Y-%m-%d %H:%M:%S")).otherwise(days)
    ).to_series()
