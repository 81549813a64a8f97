"""The version of the warehouse's tables, and how an older one becomes today's: a copy first, then the steps.

Code and warehouse belong together. A run that finds an older warehouse writes the whole home into one file
(in the folder that ``NETVAERDI_BACKUPS`` names, else beside the home) and migrates in one transaction. That
file laid out again (``netvaerdi restore``) is the way back to the code before. A warehouse newer than the
code is refused. A table whose model has another text is computed anew: only what is kept over runs needs a
step here.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

import duckdb

from assets.clock import now
from assets.errors import TwoLanguageError
from assets.home import Home
from assets.operations.backup import write_backup
from assets.warehouse import connect

VERSION = 4
BACKUPS_VARIABLE = "NETVAERDI_BACKUPS"
TABLE = """
create table if not exists audit.schema_version (
    version integer primary key,
    since timestamp not null,
    software_version varchar not null
)
"""
# From the version to the next. Version 1 is every warehouse that says nothing.
MIGRATIONS: dict[int, tuple[str, ...]] = {
    1: (
        "alter table if exists raw.delivery add column if not exists mapping_sha256 varchar",
        "alter table if exists audit.attempt add column if not exists started_by varchar",
        "alter table if exists audit.attempt add column if not exists started_by_user varchar",
    ),
    # Every model is built whole once, and then noted anew.
    2: ("drop table if exists audit.model_state",),
    3: ("drop table if exists audit.model_state",),
}

Progress = Callable[[str, str], None]


class SchemaError(TwoLanguageError):
    """The warehouse and the code do not belong together, or the copy before a migration could not be made."""


def version_of(connection: duckdb.DuckDBPyConnection) -> int | None:
    """The version of a warehouse; None for one that holds nothing yet."""
    names = connection.execute("select schema_name || '.' || table_name from duckdb_tables()").fetchall()
    if ("audit.schema_version",) in names:
        row = connection.execute("select max(version) from audit.schema_version").fetchone()
        if row and row[0] is not None:
            return int(row[0])
    return 1 if names else None


def migrate(connection: duckdb.DuckDBPyConnection) -> int:
    """Bring an open warehouse to today's version, all or nothing; how many steps that took.

    Raises:
        SchemaError: It is newer than this code.
    """
    found = version_of(connection)
    if found is not None and found > VERSION:
        raise _newer(found)
    connection.execute("begin")
    try:
        connection.execute("create schema if not exists audit")
        connection.execute(TABLE)
        for step in range(found or VERSION, VERSION):
            for statement in MIGRATIONS[step]:
                connection.execute(statement)
        connection.execute(
            "insert or ignore into audit.schema_version values (?, ?, ?)",
            [VERSION, now().replace(tzinfo=None), version("netvaerdi")],
        )
        connection.execute("commit")
    except BaseException:
        connection.rollback()
        raise
    return VERSION - (found or VERSION)


def migrate_home(home: Home, progress: Progress = lambda da, en: None) -> Path | None:
    """Copy the home and migrate its warehouse, where that is older; the copy. The caller is the one writer.

    Raises:
        SchemaError: The warehouse is newer than this code, or the copy cannot be written beside the home.
        DamagedDatabase: The warehouse cannot be read; nothing was changed.
    """
    if not home.warehouse_file.exists():
        return None
    with _opened(home.warehouse_file) as connection:
        found = version_of(connection)
    if found is None or found == VERSION:
        return None
    if found > VERSION:
        raise _newer(found)
    folder = Path(os.environ.get(BACKUPS_VARIABLE) or home.root.parent)
    copy = folder / f"{home.root.name}-v{found}-{now():%Y%m%dT%H%M%SZ}.tar.gz"
    progress(
        f"Datalageret er af version {found}; en kopi af hjemmet skrives i {copy}",
        f"The warehouse is of version {found}; a copy of the home is written to {copy}",
    )
    try:
        write_backup(home, copy)
    except TwoLanguageError as error:
        raise SchemaError(
            f"Datalageret er af version {found} og blev ikke ændret: kopien kunne ikke skrives. {error.da} "
            f"Nævn en mappe, der kan skrives, i {BACKUPS_VARIABLE}, og kør igen.",
            f"The warehouse is of version {found} and was not changed: the copy could not be written. "
            f"{error.en} Name a folder that can be written in {BACKUPS_VARIABLE}, and run again.",
        ) from error
    with _opened(home.warehouse_file) as connection:
        migrate(connection)
        connection.execute("checkpoint")
    progress(
        f"Datalageret er nu af version {VERSION}. Tilbage: netvaerdi restore {copy} --home TOM-MAPPE",
        f"The warehouse is now of version {VERSION}. Back: netvaerdi restore {copy} --home EMPTY-FOLDER",
    )
    return copy


def _newer(found: int) -> SchemaError:
    return SchemaError(
        f"Datalageret er af version {found}; dette program kender kun {VERSION}. Brug det nyere program, "
        "eller læg kopien fra før opgraderingen ud i en tom mappe: netvaerdi restore.",
        f"The warehouse is of version {found}; this program knows only {VERSION}. Use the newer program, "
        "or lay the copy from before the upgrade out in an empty folder: netvaerdi restore.",
    )


@contextmanager
def _opened(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    connection = connect(path)
    try:
        connection.execute("set timezone = 'UTC'")
        yield connection
    finally:
        connection.close()
