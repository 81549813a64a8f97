"""A connection to a published file on which no statement can do harm.

``read_only`` alone still reads other files and runs ``copy … to``; here nothing outside the database is
reached, no extension is loaded, no setting can be changed back, and memory and time have limits.
DuckDB lets a statement write where it keeps its own files, also with external access off: into the
folder for what does not fit in memory (``export database '….tmp'``). So there is none, and what is
asked must to begin with be no statement that writes, attaches or loads.
"""

import re
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, wait
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import duckdb

from assets.publication.tables import identifier, quoted

DEFAULT_SECONDS = 60.0
DEFAULT_MEMORY = "1GB"
DEFAULT_THREADS = 2
GRACE_SECONDS = 5.0
REFUSED = frozenset(
    {"", "ATTACH", "COPY", "COPY_DATABASE", "DETACH", "EXECUTE", "EXPORT", "EXTENSION", "LOAD", "PREPARE"}
)
_WRITES = re.compile(r"\b(copy|export)\b", re.IGNORECASE)
# The last of them keeps the others as they are.
SHUT = {"enable_external_access": "false", "lock_configuration": "true"}


@dataclass(frozen=True)
class Answer:
    """One statement's answer: column names, and at most as many rows as asked for."""

    columns: list[str]
    rows: list[tuple[object, ...]]
    cut: bool


class TimeLimit(Exception):
    """A statement ran longer than it may."""


class Unstoppable(Exception):
    """A statement goes on though it was told to stop: one function that works on for itself.

    Its connection can be neither asked nor closed: the process is to be ended.
    """


def open_hardened(
    database: Path,
    *,
    beside: Mapping[str, Path] | None = None,
    memory: str = DEFAULT_MEMORY,
    threads: int = DEFAULT_THREADS,
) -> duckdb.DuckDBPyConnection:
    """Open a published file for reading and nothing else; the caller closes it.

    Args:
        beside: Other published files by the name they are asked under; attached before the door is shut.

    Raises:
        duckdb.IOException: There is no such file, or it is no DuckDB file.
    """
    config = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "allow_community_extensions": "false",
        "allow_persistent_secrets": "false",
        "memory_limit": memory,
        "temp_directory": "",
        "max_temp_directory_size": "0KB",
        "threads": str(threads),
    }
    connection = duckdb.connect(str(database), read_only=True, config=config)
    try:
        for name, path in (beside or {}).items():
            connection.execute(f"attach {quoted(str(path))} as {identifier(name)} (read_only)")
        # A second connection of this process to the same file shares the first one's doors, shut already.
        if not connection.execute("select current_setting('lock_configuration')").fetchall()[0][0]:
            for setting, value in SHUT.items():
                connection.execute(f"set {setting} = {value}")
    except duckdb.Error:
        connection.close()
        raise
    return connection


@contextmanager
def hardened_connection(
    database: Path,
    *,
    beside: Mapping[str, Path] | None = None,
    memory: str = DEFAULT_MEMORY,
    threads: int = DEFAULT_THREADS,
) -> Iterator[duckdb.DuckDBPyConnection]:
    """The same, closed at the end."""
    connection = open_hardened(database, beside=beside, memory=memory, threads=threads)
    try:
        yield connection
    finally:
        connection.close()


def ask(
    connection: duckdb.DuckDBPyConnection,
    statement: str,
    *,
    seconds: float = DEFAULT_SECONDS,
    max_rows: int = 1_000,
) -> Answer:
    """Run one statement, within its time.

    It runs in a thread beside, so that an interrupt from the keyboard is heard while it runs.

    Raises:
        TimeLimit: It took longer than ``seconds``.
        KeyboardInterrupt: It was stopped from the keyboard; the connection can be asked again.
        Unstoppable: It did not stop within ``GRACE_SECONDS`` of either.
        duckdb.Error: It is no statement DuckDB takes, or one that is refused here.
    """
    asked: Future[Answer] = Future()

    def run() -> None:
        try:
            asked.set_result(_answer(connection, statement, max_rows))
        except BaseException as error:
            asked.set_exception(error)

    Thread(target=run, daemon=True).start()
    try:
        return asked.result(timeout=seconds)
    except (TimeoutError, KeyboardInterrupt) as stopped:
        connection.interrupt()
        if wait([asked], timeout=GRACE_SECONDS).not_done:
            raise Unstoppable(f"{seconds:g} s") from stopped
        if isinstance(stopped, KeyboardInterrupt):
            raise
        raise TimeLimit(f"{seconds:g} s") from stopped


def _answer(connection: duckdb.DuckDBPyConnection, statement: str, max_rows: int) -> Answer:
    for one in connection.extract_statements(statement):
        kind = _kind(one)
        if kind in REFUSED or (kind == "EXPLAIN" and _WRITES.search(one.query)):
            raise duckdb.PermissionException(f"{kind}: her kan der kun spørges / here one can only ask")
    connection.execute(statement)
    if connection.description is None:
        return Answer([], [], False)
    columns = [str(column[0]) for column in connection.description]
    rows = connection.fetchmany(max_rows + 1)
    if len(rows) > max_rows:
        # The rest of an unread result would block the connection.
        connection.execute("select 1").fetchall()
    return Answer(columns, rows[:max_rows], len(rows) > max_rows)


def _kind(statement: duckdb.Statement) -> str:
    """The statement's kind; empty for one that DuckDB's Python has no name for (``update extensions``)."""
    try:
        return str(statement.type.name)
    except ValueError:
        return ""
