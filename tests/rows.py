"""Rows of tests, kept as TOML: an entry names a table and values, ``each`` what differs from row to row."""

import json
import tomllib
from pathlib import Path
from typing import Any

import duckdb


def insert_rows(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Add every row of a file, in one transaction."""
    connection.execute("begin")
    for table, entries in tomllib.loads(path.read_text(encoding="utf-8")).items():
        for entry in entries:
            each = entry.pop("each", [{}])
            for values in each:
                insert_row(connection, table, **entry, **values)
    connection.execute("commit")


def insert_row(connection: duckdb.DuckDBPyConnection, table: str, **values: Any) -> None:
    """Add one row; columns left out are empty."""
    names = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join("?" for _ in values)
    given = [json.dumps(one, ensure_ascii=False) if isinstance(one, dict) else one for one in values.values()]
    connection.execute(f"insert into {table} ({names}) values ({marks})", given)
