"""The published database: built aside, checked, sealed and moved onto its place.

A reader has the whole old publication or the whole new one. The order of the steps is what makes it so
when the process is killed between any two of them:

1. say in the ledger which published figures have changed, and why;
   build ``published/.building.netvaerdi.duckdb``, checkpoint, close, read it again from the beginning;
2. write the manifest and the copy that is kept into ``published/history``;
3. move the file onto its name;
4. note it in the warehouse and the log (``seal.reconcile`` does so in the next run, if this one was killed).
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

import duckdb

from assets.errors import TwoLanguageError
from assets.home import Home, load_settings
from assets.publication.audit_tables import DICTIONARY, PUBLICATION
from assets.publication.carry_over import BEFORE, query_with_others
from assets.publication.catalogue import PUBLISHED_TABLES
from assets.publication.chain import Entry, insert_entries, next_entry, sha256_hex
from assets.publication.content_hash import combine, table_hashes
from assets.publication.dictionary import write_dictionary
from assets.publication.file_steps import building_path, clear_leftovers, put_in_place
from assets.publication.history import keep, prune
from assets.publication.ledger import code_version, column_list, create_ledgers, record_run
from assets.publication.log import reports_before
from assets.publication.macros import create_macros
from assets.publication.restatement import erased_since, restate
from assets.publication.seal import (
    last_publication,
    log_lines,
    manifest_bytes,
    manifest_of,
    note_publication,
    reconcile,
)
from assets.publication.tables import PublishedTable, identifier, quoted
from assets.run_record import Run

STORAGE_VERSION = "v1.2.0"  # the oldest DuckDB that shall open it
BLOCK_SIZE = 16384  # many small tables: with the usual 256 KB each of them would fill a block

STANDS = (
    "Den seneste gode offentliggørelse står ved magt.",
    "The last good publication stands.",
)


class PublicationError(TwoLanguageError):
    """Nothing new was published; the last good publication stands."""


@dataclass(frozen=True)
class Publication:
    """What was published.

    Attributes:
        rows: Rows of each table, by ``schema.name``.
        head_hash: Hash of the chain up to here, as printed in reports.
    """

    database: Path
    sequence: int
    period: str
    content_hash: str
    head_hash: str
    rows: Mapping[str, int]


def publish(connection: duckdb.DuckDBPyConnection, home: Home, run: Run) -> Publication:
    """Publish what stands in the warehouse.

    Args:
        connection: The warehouse, as its one writer.
        home: Where to publish.
        run: Who asks, for the record.

    Raises:
        PublicationError: A table could not be built or the file did not read back; nothing has changed.
        SealError: The chain of earlier publications is broken.
    """
    home.published.mkdir(parents=True, exist_ok=True)
    clear_leftovers(home.published)
    create_ledgers(connection)
    chain = reconcile(connection, home)
    record_run(connection, run)
    erased = erased_since(connection, log_lines(home))
    try:
        restate(connection, last_publication(home, chain), run, len(chain) + 1, erased)
    except duckdb.BinderException as error:
        raise _not_published(_cause(error)) from error
    building = building_path(home.database)
    try:
        with _earlier_of_others(connection, home, run):
            drawn = reports_before(log_lines(home))[-1]
            entry, manifest, rows = build_file(connection, building, chain, run, drawn)
        check_file(building, entry)
        keep(home, entry, manifest, building)
        put_in_place(building, home.database)
    finally:
        building.unlink(missing_ok=True)
        building.with_name(building.name + ".wal").unlink(missing_ok=True)
    insert_entries(connection, PUBLICATION.source, [entry])
    note_publication(home, entry)
    prune(home, [*chain, entry], load_settings(home).keep_publications)
    return Publication(home.database, entry.sequence, entry.period, entry.content_hash, entry.head_hash, rows)


def build_file(
    connection: duckdb.DuckDBPyConnection,
    building: Path,
    chain: list[Entry],
    run: Run,
    drawn: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Entry, bytes, dict[str, int]]:
    """Build the file of the publication that follows ``chain``: its entry, manifest and rows by table.

    Args:
        drawn: The reports drawn of the publication before, by path, and their hashes.
    """
    connection.execute("set variable publishing_run_id = ?", [run.run_id])
    options = f"storage_version '{STORAGE_VERSION}', block_size {BLOCK_SIZE}"
    connection.execute(f"attach {quoted(str(building))} as published ({options})")
    try:
        connection.execute("begin transaction")  # one for all: each by itself would be written through
        connection.execute("create schema published.audit")
        rows = {
            table.full_name: write_table(connection, table, run.organisation)
            for table in PUBLISHED_TABLES
            if table not in (PUBLICATION, DICTIONARY)
        }
        rows[DICTIONARY.full_name] = write_dictionary(connection, "published")
        hashes = table_hashes(connection, "published")
        content = combine(hashes)
        manifest = manifest_bytes(
            manifest_of(
                connection,
                sequence=len(chain) + 1,
                code_version=code_version(),
                outputs={name: {"rows": rows[name], "sha256": hashes[name]} for name in hashes},
                content_hash=content,
                previous_hash=chain[-1].head_hash if chain else "",
                reports=drawn,
            )
        )
        entry = next_entry(
            chain,
            period=_latest_period(connection),
            content_hash=content,
            manifest_hash=sha256_hex(manifest),
            run_id=run.run_id,
            published_at=datetime.now(UTC).replace(tzinfo=None),
        )
        connection.execute(f"create table published.{PUBLICATION.full_name} ({column_list(PUBLICATION)})")
        insert_entries(connection, f"published.{PUBLICATION.full_name}", [*chain, entry])
        for table in PUBLISHED_TABLES:
            write_comments(connection, table)
        connection.execute("commit")
        connection.execute("checkpoint published")
    except BaseException:
        with suppress(duckdb.Error):  # the cause is what matters, not that there was nothing to undo
            connection.rollback()
        raise
    finally:
        connection.execute("detach published")
    rows[PUBLICATION.full_name] = entry.sequence
    _finish(building)
    return entry, manifest, rows


@contextmanager
def _earlier_of_others(connection: duckdb.DuckDBPyConnection, home: Home, run: Run) -> Iterator[None]:
    """The publication that stands, attached while the one of a single organisation is built."""
    if run.organisation is None or not home.database.exists():
        yield
        return
    connection.execute(f"attach {quoted(str(home.database))} as {BEFORE} (read_only)")
    try:
        yield
    finally:
        connection.execute(f"detach {BEFORE}")


def write_table(
    connection: duckdb.DuckDBPyConnection, table: PublishedTable, organisation: str | None = None
) -> int:
    """Write one table into the attached database ``published``, sorted by key; the number of its rows.

    Args:
        organisation: The one that was computed; the others' rows come from the publication before.
    """
    name = f"published.{table.full_name}"
    columns = ", ".join(
        f"cast({identifier(c.name)} as {c.type}) as {identifier(c.name)}" for c in table.columns
    )
    order = ", ".join(f"{identifier(column.name)} asc nulls first" for column in table.columns)
    try:
        query = query_with_others(connection, table, organisation) if organisation else table.query()
        connection.execute(f"create table {name} as select {columns} from ({query}) order by {order}")
        counted = connection.execute(f"select count(*) from {name}").fetchone()
        if table.key:
            _check_key(connection, table)
    except duckdb.Error as error:
        raise _not_published(f"{table.full_name}: {_cause(error)}") from error
    return int(counted[0]) if counted else 0


def _not_published(cause: str) -> PublicationError:
    return PublicationError(f"{cause}. {STANDS[0]}", f"{cause}. {STANDS[1]}")


def _cause(error: duckdb.Error) -> str:
    """The first line of an error; its kind alone where the line would quote data."""
    quotes_data = isinstance(
        error, duckdb.DataError | duckdb.ConversionException | duckdb.InvalidInputException
    )
    return type(error).__name__ if quotes_data else str(error).splitlines()[0].rstrip(".")


def _check_key(connection: duckdb.DuckDBPyConnection, table: PublishedTable) -> None:
    key = ", ".join(identifier(name) for name in table.column_names[: table.key])
    twice = connection.execute(
        f"select {key} from published.{table.full_name} group by {key} having count(*) > 1 limit 1"
    ).fetchone()
    if twice is not None:
        shown = "/".join("" if part is None else str(part) for part in twice)
        raise PublicationError(
            f"{table.full_name}: to rækker har nøglen {shown}. {STANDS[0]}",
            f"{table.full_name}: two rows have the key {shown}. {STANDS[1]}",
        )


def write_comments(connection: duckdb.DuckDBPyConnection, table: PublishedTable) -> None:
    """Describe a table of the attached database and each of its columns."""
    name = f"published.{table.full_name}"
    said = [f"comment on table {name} is {quoted(table.comment)}"]
    for column in table.columns:
        said.append(f"comment on column {name}.{identifier(column.name)} is {quoted(column.comment)}")
    connection.execute("; ".join(said))


def _finish(building: Path) -> None:
    """Macros are made where their names will be resolved: in the file opened by itself."""
    connection = duckdb.connect(str(building))
    try:
        create_macros(connection)
        connection.execute("checkpoint")
    finally:
        connection.close()


def _latest_period(connection: duckdb.DuckDBPyConnection) -> str:
    row = connection.execute("select max(period) from published.main.indicator_result").fetchone()
    return str(row[0]) if row and row[0] else "0000Q0"


def check_file(path: Path, entry: Entry) -> None:
    """Read a finished file from the beginning, by a connection of its own.

    Raises:
        PublicationError: It has a write-ahead log, or does not hold what was written.
    """
    if path.with_name(path.name + ".wal").exists():
        raise PublicationError(
            f"{path.name}: en skrivelog er efterladt. {STANDS[0]}",
            f"{path.name}: a write-ahead log was left behind. {STANDS[1]}",
        )
    connection = duckdb.connect(str(path), read_only=True)
    try:
        found = combine(table_hashes(connection))
    except duckdb.Error as error:
        raise PublicationError(
            f"{path.name} kan ikke læses: {_cause(error)}. {STANDS[0]}",
            f"{path.name} cannot be read: {_cause(error)}. {STANDS[1]}",
        ) from error
    finally:
        connection.close()
    if found != entry.content_hash:
        raise PublicationError(
            f"{path.name} indeholder ikke det, der blev skrevet. {STANDS[0]}",
            f"{path.name} does not hold what was written. {STANDS[1]}",
        )
