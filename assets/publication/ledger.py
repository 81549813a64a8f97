"""The ledgers kept over runs: runs that published, publications, restatements; and the code's version."""

import hashlib
import json
from datetime import UTC
from functools import cache
from pathlib import Path

import duckdb

from assets.publication.audit_tables import PUBLICATION, RESTATEMENT, RUN
from assets.publication.tables import PublishedTable, identifier
from assets.run_record import Run

ROOT = Path(__file__).resolve().parents[2]
CODE_FOLDERS = ("assets", "sql")
CODE_SUFFIXES = (".py", ".sql", ".toml", ".yaml", ".yml", ".j2")
KEPT_TABLES = (RUN, PUBLICATION, RESTATEMENT)


@cache
def code_version() -> str:
    """SHA-256 of the code and queries that make the numbers, shortened to 16 digits."""
    digest = hashlib.sha256()
    for folder in CODE_FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in CODE_SUFFIXES:
                content = hashlib.sha256(path.read_bytes()).hexdigest()
                digest.update(f"{path.relative_to(ROOT).as_posix()}\t{content}\n".encode())
    return digest.hexdigest()[:16]


def create_ledgers(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the tables of ``audit`` that are kept over runs, where they are not there yet."""
    connection.execute("create schema if not exists audit")
    for table in KEPT_TABLES:
        connection.execute(f"create table if not exists {table.source} ({column_list(table)})")
        _add_missing(connection, table)


def _add_missing(connection: duckdb.DuckDBPyConnection, table: PublishedTable) -> None:
    """Columns that a ledger of before did not have yet; it told of ``indicator_result`` alone."""
    known = {name for name, *_ in connection.execute(f"describe {table.source}").fetchall()}
    for column in table.columns:
        if column.name not in known:
            connection.execute(
                f"alter table {table.source} add column {identifier(column.name)} {column.type}"
            )
            if column.name == "table_name":
                connection.execute(f"update {table.source} set table_name = 'indicator_result'")


def column_list(table: PublishedTable) -> str:
    """Names and types, as ``create table`` takes them."""
    return ", ".join(f"{identifier(column.name)} {column.type}" for column in table.columns)


def record_run(connection: duckdb.DuckDBPyConnection, run: Run) -> None:
    """Write the run into ``audit.run``; again is the same."""
    days = connection.execute("select organisation_id, cast(as_of as varchar) from calendar.as_of").fetchall()
    connection.execute("delete from audit.run where run_id = ?", [run.run_id])
    connection.execute(
        f"insert into audit.run ({', '.join(RUN.column_names)}) values (?, ?, ?, ?, ?)",
        [
            run.run_id,
            run.started_at.astimezone(UTC).replace(tzinfo=None),
            code_version(),
            json.dumps(dict(sorted(days)), ensure_ascii=False),
            run.organisation or "",
        ],
    )
