"""From a published figure to the cells it rests on, in Python: what ``audit.trace`` gives, as one object."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb

from assets.errors import TwoLanguageError

FIGURE = """
select
    results.*,
    indicators.name_da,
    indicators.name_en,
    indicators.formula_da,
    indicators.formula_en,
    indicators.unit,
    indicators.source_kinds
from main.indicator_result as results
inner join main.indicator as indicators on results.indicator_id = indicators.indicator_id
where results.organisation_id = ? and results.network_id = ? and results.period = ?
    and results.indicator_id = ? and results.dimension = ?
"""
CELLS = """
select
    part, record_kind, record_key, delivery_sequence, path, sha256, sheet, row_number,
    cell, heading, field, written, counted_as, note_da, note_en
from audit.trace(?, ?, ?, ?, ?)
"""
ASKED = (
    ("organisation_id", "organisationen", "organisation"),
    ("network_id", "netværket", "network"),
    ("period", "kvartalet", "quarter"),
    ("indicator_id", "indikatoren", "indicator"),
    ("dimension", "underopdelingen", "dimension"),
)


class TraceError(TwoLanguageError):
    """There is no such figure, or no publication to look in."""


@dataclass(frozen=True)
class Cell:
    """A cell as it stood: ``address`` is ``D17``, ``field`` the canonical column, ``written`` its text.

    Attributes:
        counted_as: The name it counts as, where an alias of the settings says another than the one written.
    """

    address: str
    heading: str
    field: str
    written: str
    counted_as: str | None = None


@dataclass(frozen=True)
class TracedRecord:
    """A record behind the figure, and where it was read; no sheet, row or cells behind the pulse.

    Attributes:
        subject: What the figure counts once, where several records say it: a solution, a place, a network.
        counted: What it counts of it: kroner, people, days, or 1.
    """

    part: str
    record_kind: str
    record_key: str
    delivery_sequence: int
    path: str
    sha256: str
    sheet: str | None
    row_number: int | None
    cells: tuple[Cell, ...]
    subject: str | None = None
    counted: float | None = None


@dataclass(frozen=True)
class Trace:
    """A published figure and what it rests on.

    Attributes:
        figure: The row of ``indicator_result``, with the indicator's names, formula, unit and source kinds.
        records: The records behind it, those of the numerator first.
        note_da, note_en: Why there are no records or cells, where there are none.
    """

    figure: dict[str, Any]
    records: tuple[TracedRecord, ...]
    note_da: str | None
    note_en: str | None


def trace(  # noqa: PLR0917 - the parts of a figure's key
    database: Path, organisation: str, network: str, period: str, indicator: str, dimension: str = ""
) -> Trace:
    """The trace of one published figure.

    Raises:
        TraceError: Nothing is published, or there is no such figure; it says which part of the question is
            unknown and what is near.
    """
    with opened(database) as connection:
        key = (organisation, network.upper(), period.upper(), indicator.upper(), dimension)
        figure = find_figure(connection, key)
        rows = connection.execute(CELLS, [figure[name] for name, _, _ in ASKED]).fetchall()
    notes = next(((row[-2], row[-1]) for row in rows if row[-1]), (None, None))
    records = tuple(
        _record(place, list(cells))
        for place, cells in groupby(rows, key=lambda row: row[:8])
        if place[1] is not None
    )
    return Trace(figure, records, *notes)


def _record(place: tuple[Any, ...], rows: list[tuple[Any, ...]]) -> TracedRecord:
    part, kind, key, delivery, path, sha256, sheet, row_number = place
    cells = tuple(Cell(*row[8:13]) for row in rows if row[8])
    return TracedRecord(part, kind, key, delivery, path, sha256, sheet, row_number, cells)


@contextmanager
def opened(database: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published file, for reading. Raises :class:`TraceError` where there is none."""
    if not database.is_file():
        raise TraceError(
            "Der er intet offentliggjort endnu. Kør netvaerdi run først.",
            "Nothing is published yet. Run netvaerdi run first.",
        )
    connection = duckdb.connect(str(database), read_only=True)
    try:
        yield connection
    finally:
        connection.close()


def find_figure(connection: duckdb.DuckDBPyConnection, key: tuple[str, ...]) -> dict[str, Any]:
    """The figure of that key, in the order of ``ASKED``. Raises :class:`TraceError` where there is none."""
    cursor = connection.execute(FIGURE, list(key))
    names = [column[0] for column in cursor.description or ()]
    row = cursor.fetchone()
    if row is None:
        raise unknown_part(connection, "main.indicator_result", ASKED, key)
    cursor.fetchall()
    return dict(zip(names, row, strict=True))


def unknown_part(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    asked: tuple[tuple[str, str, str], ...],
    key: tuple[str, ...],
) -> TraceError:
    """Which part of the key is the first that no figure of the table has, given the parts before it."""
    known = "true"
    given: list[str] = []
    for (column, da, en), said in zip(asked, key, strict=True):
        query = f"select distinct {column} from {table} where {known} order by all"
        there = [str(row[0]) for row in connection.execute(query, given).fetchall()]
        if said not in there:
            near = get_close_matches(said, there, n=3, cutoff=0.5) or there[:8]
            shown = ", ".join(name or "''" for name in near) or "–"
            return TraceError(
                f"Intet offentliggjort tal har {da} {said or repr('')}. Findes: {shown}.",
                f"No published figure has the {en} {said or repr('')}. There are: {shown}.",
            )
        known += f" and {column} = ?"
        given.append(said)
    return TraceError("Tallet findes ikke.", "There is no such figure.")
