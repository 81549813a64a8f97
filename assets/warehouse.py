"""The warehouse: one DuckDB file with one writer, and the few things every layer does with it."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import polars as pl

from assets.errors import TwoLanguageError

LOOK_SECONDS = 5.0  # how long whoever only looks is waited for
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

# How DuckDB says that a file is not as it wrote it.
_DAMAGED = re.compile(
    r"corrupt database|not a valid DuckDB database|could not read enough bytes", re.IGNORECASE
)


class DamagedDatabase(TwoLanguageError):
    """A database is cut off, damaged or none; the message says how to mend."""


def damaged() -> DamagedDatabase:
    """What is said where DuckDB does not name the file."""
    return DamagedDatabase(
        "En database i hjemmet er beskadiget. Kør netvaerdi doctor: den siger hvilken, og hvordan den "
        "hentes igen fra en sikkerhedskopi (netvaerdi restore).",
        "A database of the home is damaged. Run netvaerdi doctor: it says which one, and how to have it "
        "back from a backup (netvaerdi restore).",
    )


def is_damaged(error: BaseException) -> bool:
    """Whether DuckDB says that a file is not as it wrote it."""
    return isinstance(error, duckdb.Error) and _DAMAGED.search(str(error)) is not None


def create_schemas(connection: duckdb.DuckDBPyConnection) -> None:
    """Create every schema that is not there yet."""
    for schema in SCHEMAS:
        connection.execute(f'create schema if not exists "{schema}"')


@contextmanager
def open_warehouse(path: Path | str = ":memory:") -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the warehouse for writing, with its schemas; checkpointed and closed at the end.

    Raises:
        duckdb.IOException, DamagedDatabase: As :func:`connect`.
    """
    connection = connect(path)
    try:
        connection.execute("set timezone = 'UTC'")
        create_schemas(connection)
        yield connection
    finally:
        connection.close()


def connect(path: Path | str) -> duckdb.DuckDBPyConnection:
    """Open for writing. There is one writer, but the sensor and others look into the file for a moment.

    Raises:
        duckdb.IOException: Another process holds it for longer than a look; the message names its process id.
        DamagedDatabase: It is damaged where opening it looks.
    """
    until = time.monotonic() + LOOK_SECONDS
    while True:
        try:
            return duckdb.connect(str(path))
        except duckdb.Error as error:
            if is_damaged(error):
                raise damaged() from None  # the run tells the first cause; which file it is, doctor says
            if "lock" not in str(error) or time.monotonic() > until:
                raise
        time.sleep(0.1)


def replace_table(connection: duckdb.DuckDBPyConnection, table: str, rows: pl.DataFrame) -> int:
    """Replace ``schema.name`` by a frame; the number of its rows."""
    connection.register("incoming_rows", rows.to_arrow())
    try:
        connection.execute(f"create or replace table {table} as select * from incoming_rows")
    finally:
        connection.unregister("incoming_rows")
    return rows.height
