"""The publication in formats others read: Parquet with a Frictionless data package, and grants as 360Giving.

``datapackage.json`` describes every table: columns, types, keys, meaning in Danish and English, unit and who
may see it, with each file's size and hash.
"""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from assets.auditor.grants import grant_rows, grants_csv, grants_package
from assets.errors import TwoLanguageError
from assets.publication.catalogue import PUBLISHED_TABLES
from assets.publication.chain import Entry, read_table
from assets.publication.dictionary import READERS
from assets.publication.tables import PublishedColumn, PublishedTable, quoted

DESCRIPTOR = "datapackage.json"
# An empty text, and what readers that go by pandas make of a null.
MISSING = ["", "nan", "NaT", "None"]
TYPES = {
    "VARCHAR": "string",
    "DATE": "date",
    "TIMESTAMP": "datetime",
    "BOOLEAN": "boolean",
    "BIGINT": "integer",
    "INTEGER": "integer",
    "DOUBLE": "number",
    "DECIMAL(18,2)": "number",
}


class ExportError(TwoLanguageError):
    """Nothing, or not everything, was exported; the message says what to do."""


def export_publication(database: Path, folder: Path) -> list[str]:
    """Write the publication into a new or empty folder; the names of the files, relative to it.

    Raises:
        ExportError: The folder holds something already, or cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ExportError(
            f"{folder} findes og er ikke en tom mappe; vælg en ny.",
            f"{folder} is there and is no empty folder; choose a new one.",
        )
    try:
        (folder / "data").mkdir(parents=True, exist_ok=True)
        with duckdb.connect(str(database), read_only=True) as connection:
            [*_, last] = read_table(connection)
            resources = [_write_table(connection, table, folder) for table in PUBLISHED_TABLES]
            names = [str(one["path"]) for one in resources]
            names += _write_grants(connection, last, folder)
        text = json.dumps(_descriptor(last, resources), ensure_ascii=False, indent=1)
        (folder / DESCRIPTOR).write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise ExportError(
            f"{folder} kan ikke skrives: {error.strerror}.", f"{folder} cannot be written: {error.strerror}."
        ) from error
    return sorted([*names, DESCRIPTOR])


def _descriptor(last: Entry, resources: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "profile": "data-package",
        "name": "netvaerdi",
        "id": last.content_hash,
        "title": f"Netværdi, {last.period}",
        "description": "Den offentliggjorte database i tabeller. / The published database as tables.",
        "version": str(last.sequence),
        "created": last.published_at.replace(" ", "T") + "Z",
        "resources": resources,
    }


def _write_table(
    connection: duckdb.DuckDBPyConnection, table: PublishedTable, folder: Path
) -> dict[str, Any]:
    path = folder / "data" / f"{table.full_name}.parquet"
    connection.execute(f"copy {table.full_name} to {quoted(str(path))} (format parquet, compression zstd)")
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in table.columns],
        "missingValues": MISSING,
    }
    if table.key:
        schema["primaryKey"] = list(table.column_names[: table.key])
    return {
        "name": table.full_name.lower(),
        "path": path.relative_to(folder).as_posix(),
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "title": table.name,
        "description": table.comment,
        "hash": "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest(),
        "schema": schema,
    }


def _field(column: PublishedColumn) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": TYPES[column.type],
        "title": column.da,
        "description": column.comment,
        "readers": READERS[column.readers],
    }
    return field | {
        name: value for name, value in (("unit", column.unit), ("heading", column.heading)) if value
    }


def _write_grants(connection: duckdb.DuckDBPyConnection, last: Entry, folder: Path) -> Iterator[str]:
    """Grants as 360Giving JSON and CSV; neither where nothing was granted: a package holds at least one."""
    grants = grant_rows(connection)
    if not grants:
        return
    package = json.dumps(grants_package(grants, last), ensure_ascii=False, indent=1)
    for name, text in (("360giving.json", package + "\n"), ("360giving.csv", grants_csv(grants))):
        (folder / name).write_text(text, encoding="utf-8", newline="")
        yield name
