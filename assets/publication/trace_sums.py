"""From a figure of the organisation, a responsibility or the summary to what it counts, in Python.

The answers of ``audit.trace_organisation``, ``trace_responsibility`` and ``trace_summary``, as objects. They
hide nothing of the auditor's file; a figure held back is said to be so.
"""

from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb

from assets.publication.trace import Cell, TracedRecord, opened, unknown_part

WINDOWS = ("quarter", "two_years")
ORGANISATION_CELLS = """
select
    part, record_kind, record_key, delivery_sequence, path, sha256, sheet, row_number, subject, counted,
    cell, heading, field, written, counted_as, note_da, note_en
from audit.trace_organisation(?, ?, ?, ?)
"""
ASKED_MEASURE = (
    ("organisation_id", "organisationen", "organisation"),
    ("period", "kvartalet", "quarter"),
    ("measure_id", "målet", "measure"),
    ("dimension", "underopdelingen", "dimension"),
)
ASKED_SUMMARY = (
    ("organisation_id", "organisationen", "organisation"),
    ("period", "kvartalet", "quarter"),
    ("responsibility_id", "ansvaret", "responsibility"),
    ("network_type", "netværkstypen", "network type"),
    ('"window"', "vinduet", "window"),
)
ASKED_RESPONSIBILITY = (
    ("organisation_id", "organisationen", "organisation"),
    ("network_id", "netværket", "network"),
    ("period", "kvartalet", "quarter"),
    ("responsibility_id", "ansvaret", "responsibility"),
)


@dataclass(frozen=True)
class OrganisationTrace:
    """A figure of the organisation and what it rests on.

    Attributes:
        figure: The row of ``organisation_result``.
        records: The records behind it, those of the numerator first; a result counted is one without cells.
        note_da, note_en: Why there are no cells, or that the figure is held back.
    """

    figure: dict[str, Any]
    records: tuple[TracedRecord, ...]
    note_da: str | None
    note_en: str | None


@dataclass(frozen=True)
class CountTrace:
    """A judgement and what it counts.

    Attributes:
        figure: The row of ``responsibility_result`` or ``responsibility_summary``.
        counted: The indicators of the responsibility, or the judgements of the summary.
    """

    figure: dict[str, Any]
    counted: tuple[dict[str, Any], ...]


def trace_organisation(
    database: Path, organisation: str, period: str, measure: str, dimension: str = ""
) -> OrganisationTrace:
    """The trace of a figure of the organisation.

    Raises:
        TraceError: Nothing is published, or there is no such figure; it says which part of the question is
            unknown and what is near.
    """
    key = (organisation, period.upper(), measure.lower(), dimension)
    with opened(database) as connection:
        figure = _row(connection, "main.organisation_result", ASKED_MEASURE, key)
        rows = connection.execute(ORGANISATION_CELLS, list(key)).fetchall()
    notes = next(((row[-2], row[-1]) for row in rows if row[-1]), (None, None))
    records = tuple(
        _record(place, list(cells))
        for place, cells in groupby(rows, key=lambda row: row[:10])
        if place[1] is not None
    )
    return OrganisationTrace(figure, records, *notes)


def trace_responsibility(
    database: Path, organisation: str, network: str, period: str, responsibility: str
) -> CountTrace:
    """The indicators on which a network's responsibility was judged. Raises as :func:`trace_organisation`."""
    key = (organisation, network.upper(), period.upper(), responsibility.upper())
    with opened(database) as connection:
        figure = _row(connection, "main.responsibility_result", ASKED_RESPONSIBILITY, key)
        counted = _rows(connection, "select * from audit.trace_responsibility(?, ?, ?, ?)", key)
    return CountTrace(figure, counted)


def trace_summary(
    database: Path, organisation: str, period: str, responsibility: str, dimension: str = ""
) -> CountTrace:
    """The judgements that a row of the summary counts. Raises as :func:`trace_organisation`.

    Args:
        dimension: A network type, a window, or both: ``welfare``, ``two_years``, ``welfare/two_years``.
    """
    parts = [part for part in dimension.lower().split("/") if part]
    window = next((part for part in parts if part in WINDOWS), WINDOWS[0])
    network_type = next((part for part in parts if part not in WINDOWS), "")
    key = (organisation, period.upper(), responsibility.upper(), network_type, window)
    with opened(database) as connection:
        figure = _row(connection, "main.responsibility_summary", ASKED_SUMMARY, key)
        counted = _rows(connection, "select * from audit.trace_summary(?, ?, ?, ?, ?)", key)
    return CountTrace(figure, counted)


def _record(place: tuple[Any, ...], rows: list[tuple[Any, ...]]) -> TracedRecord:
    cells = tuple(Cell(*row[10:15]) for row in rows if row[10])
    part, kind, key, delivery, path, sha256, sheet, row_number, subject, counted = place
    return TracedRecord(part, kind, key, delivery, path, sha256, sheet, row_number, cells, subject, counted)


def _row(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    asked: tuple[tuple[str, str, str], ...],
    key: tuple[str, ...],
) -> dict[str, Any]:
    where = " and ".join(f"{column} = ?" for column, *_ in asked)
    found = _rows(connection, f"select * from {table} where {where}", key)
    if not found:
        raise unknown_part(connection, table, asked, key)
    return found[0]


def _rows(
    connection: duckdb.DuckDBPyConnection, query: str, key: tuple[str, ...]
) -> tuple[dict[str, Any], ...]:
    cursor = connection.execute(query, list(key))
    names = [column[0] for column in cursor.description or ()]
    return tuple(dict(zip(names, row, strict=True)) for row in cursor.fetchall())
