"""The tables of ``raw``: what was sent, kept as it was written."""

import json
from collections.abc import Iterable, Sequence

import duckdb
import polars as pl

from assets.raw.content import ROW_NUMBER
from assets.raw.faults import Fault
from assets.raw.reading import FileReading, SheetReading
from assets.raw.source_rows import SKIP_REASON

TABLES = {
    "delivery": {
        "sequence": "BIGINT primary key",
        "organisation_id": "VARCHAR not null",
        "path": "VARCHAR not null",
        "sha256": "VARCHAR not null",
        "bytes": "BIGINT not null",
        "received_at": "TIMESTAMP not null",
        "received_date": "DATE not null",
        "state": "VARCHAR not null",
        "superseded_at": "TIMESTAMP",
        "superseded_by": "BIGINT",
        "format": "VARCHAR",
        "encoding": "VARCHAR",
        "archived": "VARCHAR",
        "rule": "VARCHAR",
        "rows_read": "BIGINT",
        "rows_accepted": "BIGINT",
        "rows_rejected": "BIGINT",
        "rows_skipped": "BIGINT",
        "mapping_sha256": "VARCHAR",
    },
    "sheet": {
        "delivery_sequence": "BIGINT not null",
        "sheet": "VARCHAR not null",
        "sheet_position": "INTEGER not null",
        "kind": "VARCHAR",
        "heading_row": "INTEGER",
        "headings": "JSON",
        "columns": "JSON",
        "multipliers": "JSON",
        "above": "JSON",
        "hidden": "BOOLEAN",
        "refused": "VARCHAR",
        "rows_read": "BIGINT",
    },
    "source_row": {
        "delivery_sequence": "BIGINT not null",
        "organisation_id": "VARCHAR not null",
        "sheet": "VARCHAR not null",
        "kind": "VARCHAR",
        "row_number": "INTEGER not null",
        "cells": "JSON",
        "skip_reason": "VARCHAR",
    },
    "reading_fault": {
        "delivery_sequence": "BIGINT",
        "organisation_id": "VARCHAR not null",
        "path": "VARCHAR not null",
        "sheet": "VARCHAR",
        "row_number": "INTEGER",
        "column_letter": "VARCHAR",
        "rule": "VARCHAR not null",
        "severity": "VARCHAR not null",
        "value": "VARCHAR",
        "detail": "JSON",
    },
}

_ESCAPES = {"\\": "\\\\", '"': '\\"'} | {chr(code): f"\\u{code:04x}" for code in range(0x20)}


def create_raw_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the tables of ``raw`` that are not there yet."""
    connection.execute("create schema if not exists raw")
    for table, columns in TABLES.items():
        stated = ", ".join(f'"{name}" {type_}' for name, type_ in columns.items())
        connection.execute(f"create table if not exists raw.{table} ({stated})")
    # A warehouse made before there were mapping files.
    connection.execute("alter table raw.delivery add column if not exists mapping_sha256 VARCHAR")


def insert_faults(
    connection: duckdb.DuckDBPyConnection,
    sequence: int | None,
    organisation_id: str,
    path: str,
    faults: Sequence[Fault],
) -> None:
    """Add faults of one delivery, or (``sequence`` None) of a path that no delivery came from."""
    _insert(
        connection,
        "reading_fault",
        pl.DataFrame(
            {
                "delivery_sequence": pl.Series([sequence] * len(faults), dtype=pl.Int64),
                "organisation_id": [organisation_id] * len(faults),
                "path": [path] * len(faults),
                "sheet": [fault.sheet or None for fault in faults],
                "row_number": pl.Series([fault.row_number for fault in faults], dtype=pl.Int32),
                "column_letter": [fault.column_letter or None for fault in faults],
                "rule": [fault.rule for fault in faults],
                "severity": [fault.severity for fault in faults],
                "value": [fault.value for fault in faults],
                "detail": [json.dumps(fault.detail, ensure_ascii=False) for fault in faults],
            },
            schema_overrides={"sheet": pl.String, "column_letter": pl.String},
        ),
    )


def insert_reading(
    connection: duckdb.DuckDBPyConnection, sequence: int, organisation_id: str, reading: FileReading
) -> None:
    """Add a delivery's sheets and rows."""
    for sheet in reading.sheets:
        values = [
            sequence,
            sheet.name,
            sheet.position,
            sheet.kind,
            sheet.heading_row,
            *(_json(part) for part in (sheet.headings, sheet.columns, sheet.multipliers, sheet.above)),
            sheet.hidden,
            sheet.refused or None,
            sheet.rows_read,
        ]
        marks = ", ".join("?" * len(values))
        connection.execute(f"insert into raw.sheet values ({marks})", values)
        rows = source_rows(sheet).with_columns(
            pl.lit(sequence, dtype=pl.Int64).alias("delivery_sequence"),
            pl.lit(organisation_id).alias("organisation_id"),
            pl.lit(sheet.name).alias("sheet"),
            pl.lit(sheet.kind, dtype=pl.String).alias("kind"),
        )
        _insert(connection, "source_row", rows.select(*TABLES["source_row"]))


def source_rows(sheet: SheetReading) -> pl.DataFrame:
    """``row_number``, ``cells`` (JSON: column letter → text, empty cells left out) and ``skip_reason``."""
    return sheet.rows.select(ROW_NUMBER, _cells_json(sheet.letters).alias("cells"), SKIP_REASON)


def _cells_json(letters: Iterable[str]) -> pl.Expr:
    # Built column by column: one escape a column instead of one object a row.
    members = [
        pl.concat_str(pl.lit(f'"{letter}":'), _json_string(pl.col(letter)), ignore_nulls=False)
        for letter in letters
    ]
    inside = pl.concat_str(*members, separator=",", ignore_nulls=True) if members else pl.lit("")
    return pl.concat_str(pl.lit("{"), inside, pl.lit("}"))


def _json_string(text: pl.Expr) -> pl.Expr:
    escaped = text.str.replace_many(_ESCAPES)
    return pl.concat_str(pl.lit('"'), escaped, pl.lit('"'))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: pl.DataFrame) -> None:
    if rows.is_empty():
        return
    connection.register("incoming_rows", rows.to_arrow())
    try:
        connection.execute(f"insert into raw.{table} by name select * from incoming_rows")
    finally:
        connection.unregister("incoming_rows")
