"""The warehouse: one DuckDB file with one writer, and the few things every layer does with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import polars as pl

SCHEMAS = (
    "raw",
    "settings",
    "definitions",
    "calendar",
    "accepted",
    "core",
    "evidence",
    "indicators",
    "results",
    "audit",
)


def create_schemas(connection: duckdb.DuckDBPyConnection) -> None:
    """Create every schema that is not there yet."""
    for schema in SCHEMAS:
        connection.execute(f'create schema if not exists "{schema}"')


@contextmanager
def open_warehouse(path: Path | str = ":memory:") -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the warehouse for writing, with its schemas; checkpointed and closed at the end.

    Raises:
        duckdb.IOException: Another process holds it; the message names its process id.
    """
    connection = duckdb.connect(str(path))
    try:
        connection.execute("set timezone = 'UTC'")
        create_schemas(connection)
        yield connection
    finally:
        connection.close()


def replace_table(connection: duckdb.DuckDBPyConnection, table: str, rows: pl.DataFrame) -> int:
    """Replace ``schema.name`` by a frame; the number of its rows."""
    connection.register("incoming_rows", rows.to_arrow())
    try:
        connection.execute(f"create or replace table {table} as select * from incoming_rows")
    finally:
        connection.unregister("incoming_rows")
    return rows.height
