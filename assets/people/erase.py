"""Erasing a person from a home, once and for all: every layer, every publication kept, every file.

The order makes it safe to be killed anywhere: first it is sealed whom to know again, so that an old file
dropped anew says nothing; then each layer is taken in turn, each file whole or not at all; last it is sealed
what was touched. Doing it again completes it. A run follows, which publishes what stands without the person.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from assets.home import Home, load_settings
from assets.organisations import read_limits
from assets.people.keys import keys_of
from assets.people.matching import Matcher, matcher_of, tombstones_of
from assets.people.person import Person, find_person
from assets.people.places import layer_of
from assets.people.redact_database import Touched, redact_database, rewrite_whole
from assets.people.redact_files import TEXTS, holds, redact_kept, redact_text_file
from assets.people.roles import RESEARCH
from assets.people.sealed import (
    Redaction,
    begin_redaction,
    changed_outputs,
    next_entry_number,
    note_redaction,
    note_tombstones,
    written,
)
from assets.publication.database import BLOCK_SIZE, STORAGE_VERSION
from assets.publication.file_steps import building_path, put_in_place
from assets.publication.outputs import holding_reports
from assets.publication.seal import file_sha256, read_published
from assets.raw.archive import find_kept
from assets.warehouse import open_warehouse
from assets.writer import hold_writer

Progress = Callable[[str, str], None]
PUBLISHED_OPTIONS = (f"storage_version '{STORAGE_VERSION}'", f"block_size {BLOCK_SIZE}")


@dataclass(frozen=True)
class Erasure:
    """What an erasure did.

    Attributes:
        entry: Number of the sealed entry.
        inbox: Files of the inbox that still name the person: they are the senders' to mend.
        lake: Run folders deleted from the lake that Spark reads; the next run writes it anew.
    """

    entry: int
    redaction: Redaction
    inbox: tuple[str, ...]
    lake: int = 0


def erase(
    home: Home,
    organisation: str,
    asked: str,
    *,
    also: tuple[str, ...] = (),
    reason: str = "erasure",
    progress: Progress = lambda da, en: None,
) -> Erasure:
    """Erase a person of an organisation from every layer of a home.

    Raises:
        UnknownPerson: Nobody of that id or name is known.
        KeyFileError: There is no key to remember the person by.
        WriterBusy: A run holds the warehouse.
    """
    with hold_writer(home, "netvaerdi person erase", on_wait=progress):
        with open_warehouse(home.warehouse_file) as connection:
            person = find_person(connection, organisation, asked, also)
        note_tombstones(home, tombstones_of(keys_of(home), organisation, person.words))
        return redact_home(home, person, reason=reason, progress=progress)


def redact_home(home: Home, person: Person, *, reason: str, progress: Progress, instead: str = "") -> Erasure:
    """Take a person out of every layer and seal what was touched; the warehouse is held by the caller.

    Args:
        instead: Correct and do not erase: the word to stand wherever the person's words stand.
    """
    from assets.engine.lake import clear_lake

    matcher = matcher_of(person.words, instead)
    completes = begin_redaction(home, reason)
    entry = next_entry_number(home)
    progress("lageret", "the warehouse")
    touched, deliveries = _warehouse(home, person.organisation, matcher)
    lake = clear_lake()
    progress("offentliggørelserne", "the publications")
    publications, tables = _publications(home, person.organisation, matcher, completes)
    if touched.tables:
        tables[0] = sorted(touched.tables)
    progress("filerne", "the files")
    with holding_reports(home):
        files = _files(home, matcher, entry)
        if completes:
            files = changed_outputs(home) | files
        redaction = Redaction(reason, publications, tables, files, deliveries)
        number = note_redaction(home, redaction)
    inbox = tuple(
        path.relative_to(home.root).as_posix()
        for path in sorted(home.inbox.rglob("*"))
        if path.is_file() and holds(path, matcher)
    )
    return Erasure(number, redaction, inbox, lake)


def _warehouse(home: Home, organisation: str, matcher: Matcher) -> tuple[Touched, list[int]]:
    with open_warehouse(home.warehouse_file) as connection:
        connection.execute("begin")
        touched = redact_database(connection, organisation, matcher, warehouse=True)
        deliveries = {sequence for sequence, *_ in touched.cells}
        if deliveries:
            _count_again(connection, sorted(deliveries))
        connection.execute("commit")
        deliveries |= _archive(home, connection, organisation, matcher, touched)
    rewritten = building_path(home.warehouse_file)
    rewrite_whole(home.warehouse_file, rewritten)
    put_in_place(rewritten, home.warehouse_file)
    return touched, sorted(deliveries)


def _count_again(connection: duckdb.DuckDBPyConnection, deliveries: list[int]) -> None:
    """An emptied row is a blank one: skipped, and no longer accepted."""
    connection.execute(
        """
        update raw.delivery
        set
            rows_accepted = rows_accepted - (skipped.rows - rows_skipped),
            rows_skipped = skipped.rows
        from (
            select source_row.delivery_sequence, count(source_row.skip_reason) as rows
            from raw.source_row
            join raw.sheet using (delivery_sequence, sheet)
            where sheet.kind is not null and list_contains(?, delivery_sequence)
            group by source_row.delivery_sequence
        ) as skipped
        where delivery.sequence = skipped.delivery_sequence
        """,
        [deliveries],
    )


def _archive(
    home: Home,
    connection: duckdb.DuckDBPyConnection,
    organisation: str,
    matcher: Matcher,
    touched: Touched,
) -> set[int]:
    """Kept deliveries that name the person become copies that do not; the sequences of those."""
    limits = read_limits(load_settings(home))
    named: set[int] = set()
    rows = connection.execute(
        "select sequence, sha256 from raw.delivery where organisation_id = ? or organisation_id = ''",
        [organisation],
    ).fetchall()
    emptied_of: dict[str, set[tuple[str, int]]] = {}
    # A name in a text alone empties no row, and not every format tells its words without being read.
    naming = {sequence for sequence, *_ in touched.cells}
    names = {said.partition("+")[0] for sequence, said in rows if sequence in naming}
    for sequence, said in rows:
        own = {(sheet, row) for at, sheet, row in touched.emptied if at == sequence}
        emptied_of.setdefault(said.partition("+")[0], set()).update(own)
    for sha256, emptied in emptied_of.items():
        kept = find_kept(home.archive, sha256)
        if kept is None or not (emptied or sha256 in names or holds(kept, matcher)):
            continue
        copy = redact_kept(home.archive, sha256, kept, emptied=emptied, matcher=matcher, limits=limits)
        of_it = [sequence for sequence, said in rows if said.partition("+")[0] == sha256]
        connection.execute(
            "update raw.delivery set archived = ? where list_contains(?, sequence)",
            ["none" if copy is None else "blanked", of_it],
        )
        named.update(of_it)
    return named


def _publications(
    home: Home, organisation: str, matcher: Matcher, completes: bool
) -> tuple[dict[int, str], dict[int, list[str]]]:
    """Every publication kept, and the one that stands: sequence to new hash, and to the tables touched.

    Args:
        completes: An earlier redaction was broken off: what it had already changed is sealed too.
    """
    known = written(home)
    hashes: dict[int, str] = {}
    tables: dict[int, list[str]] = {}
    chain = read_published(home)
    for published in reversed(chain):
        kept = home.published / "history" / published.folder / home.database.name
        stands = published == chain[-1]
        source = kept if kept.exists() else home.database if stands else None
        if source is None:
            continue
        names = _redact_publication(source, organisation, matcher)
        if stands and source != home.database:
            _same(source, home.database)
        sha256 = file_sha256(source)
        if names or (completes and known.get(published.sequence) != sha256):
            tables[published.sequence] = names
            hashes[published.sequence] = sha256
    return hashes, tables


def _redact_publication(path: Path, organisation: str, matcher: Matcher) -> list[str]:
    work = building_path(path).with_suffix(".work")
    fresh = building_path(path)
    try:
        shutil.copyfile(path, work)
        with duckdb.connect(str(work)) as connection:
            touched = redact_database(connection, organisation, matcher, warehouse=False)
        if touched.tables:
            rewrite_whole(work, fresh, PUBLISHED_OPTIONS)
            fresh.chmod(path.stat().st_mode & 0o777)
            put_in_place(fresh, path)
        return sorted(touched.tables)
    finally:
        for leftover in (work, work.with_name(f"{work.name}.wal"), fresh):
            leftover.unlink(missing_ok=True)


def _same(source: Path, target: Path) -> None:
    building = building_path(target)
    shutil.copyfile(source, building)
    building.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o640)
    put_in_place(building, target)


def _files(home: Home, matcher: Matcher, entry: int) -> dict[str, str]:
    """Reports, sheets, marked copies and the rest: texts are redacted, what cannot be is removed."""
    changed: dict[str, str] = {}
    research = home.published / RESEARCH
    for path in sorted(home.root.rglob("*")):
        inside = path.relative_to(home.root).as_posix()
        layer = layer_of(inside)
        if not path.is_file() or path.is_symlink() or layer in ("archive", "inbox", "warehouse", "history"):
            continue
        if path.suffix in (".duckdb", ".db", ".toml") and path != research:
            continue
        if path == research or holds(path, matcher):
            kept = ("reports", "dialogue", "todo") if matcher.replaces else ("reports",)
            if path != research and path.suffix.casefold() in TEXTS and layer in kept:
                redact_text_file(path, matcher, entry)
                changed[inside] = file_sha256(path)
            else:
                path.unlink()
                changed[inside] = ""
    return changed
