"""What every notebook begins with: which published file is meant, and an opening of it that only reads."""

import os
from pathlib import Path

import duckdb

from assets.auditor.hardened import open_hardened
from assets.home import Home
from assets.publication.tables import quoted

DATABASE_VARIABLE = "NETVAERDI_DATABASE"
HOME_VARIABLE = "NETVAERDI_HOME"


def published_file() -> Path:
    """The file that ``NETVAERDI_DATABASE`` names, else that of the home (``NETVAERDI_HOME``).

    Raises:
        HomeError: No file is named, and there is no home either.
    """
    named = os.environ.get(DATABASE_VARIABLE)
    if named:
        return Path(named).expanduser().absolute()
    return Home.open(Path(os.environ.get(HOME_VARIABLE) or "~/netvaerdi")).database


def open_published() -> duckdb.DuckDBPyConnection:
    """The published file, opened so that no cell can change it or reach anything beside it."""
    return open_hardened(published_file())


def organisations(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Every organisation with figures, in order."""
    rows = connection.execute(
        "select distinct organisation_id from main.indicator_result order by organisation_id"
    ).fetchall()
    return [str(row[0]) for row in rows]


def sql_text(value: object) -> str:
    """What was chosen in a notebook, as an SQL literal."""
    return quoted(str(value))
