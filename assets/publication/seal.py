"""The seal: every publication's hash, chained to the one before, with a manifest of what it was made of.

Three places hold the chain and are held against each other by ``verify.py``: ``audit.publication`` in the
published file and in the warehouse, and the log ``published/history/log.jsonl``, one line each. The
manifests (and the last publications whole) stand in ``published/history/<sequence>-<period>-<hash>/``.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from assets.home import Home
from assets.publication.file_steps import append_line

LOG = "log.jsonl"
MANIFEST = "manifest.json"
DATABASE = "netvaerdi.duckdb"
COLUMNS = (
    "sequence, period, content_hash, manifest_hash, previous_hash, head_hash, run_id, "
    "cast(published_at as varchar) as published_at"
)


class SealError(Exception):
    """The chain does not hold together, so that nothing may be added to it."""


@dataclass(frozen=True)
class Entry:
    """One publication in the chain. ``published_at`` is UTC, as DuckDB writes a timestamp."""

    sequence: int
    period: str
    content_hash: str
    manifest_hash: str
    previous_hash: str
    head_hash: str
    run_id: str
    published_at: str

    def expected_head(self) -> str:
        """SHA-256 of the other columns, in order, a line each."""
        fields = asdict(self)
        del fields["head_hash"]
        lines = "".join(f"{name}={value}\n" for name, value in fields.items())
        return hashlib.sha256(lines.encode()).hexdigest()

    @property
    def folder(self) -> str:
        """Name of its folder in the history."""
        return f"{self.sequence:06d}-{self.period}-{self.content_hash[:12]}"

    def line(self) -> str:
        """Its line in the log."""
        return canonical_json(asdict(self))


def canonical_json(value: Any) -> str:
    """One text for one value: keys sorted, no spaces, letters as they are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def history_folder(home: Home) -> Path:
    """``published/history``."""
    return home.published / "history"


def next_entry(
    chain: Sequence[Entry],
    *,
    period: str,
    content_hash: str,
    manifest_hash: str,
    run_id: str,
    published_at: datetime,
) -> Entry:
    """The entry that follows the chain."""
    previous = chain[-1].head_hash if chain else ""
    at = published_at.isoformat(sep=" ", timespec="seconds")
    entry = Entry(len(chain) + 1, period, content_hash, manifest_hash, previous, "", run_id, at)
    return Entry(**(asdict(entry) | {"head_hash": entry.expected_head()}))


def read_table(connection: duckdb.DuckDBPyConnection, table: str = "audit.publication") -> list[Entry]:
    """The chain as a database holds it, in order."""
    rows = connection.execute(f"select {COLUMNS} from {table} order by sequence").fetchall()
    return [Entry(*row) for row in rows]


def insert_entries(connection: duckdb.DuckDBPyConnection, table: str, entries: Sequence[Entry]) -> None:
    """Add entries to a table like ``audit.publication``."""
    for entry in entries:
        names = ", ".join(asdict(entry))
        marks = ", ".join("?" for _ in asdict(entry))
        connection.execute(f"insert into {table} ({names}) values ({marks})", list(asdict(entry).values()))


def read_published(home: Home) -> list[Entry]:
    """The chain as the published file holds it; empty where nothing was published."""
    if not home.database.exists():
        return []
    connection = duckdb.connect(str(home.database), read_only=True)
    try:
        return read_table(connection)
    finally:
        connection.close()


def read_log(path: Path) -> list[Entry]:
    """The chain as the log holds it (``SealError`` for a line that cannot be read)."""
    if not path.exists():
        return []
    entries = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            entries.append(Entry(**json.loads(line)))
        except (ValueError, TypeError) as error:
            raise SealError(f"{LOG}, linje / line {number}: kan ikke læses / cannot be read") from error
    return entries


def reconcile(connection: duckdb.DuckDBPyConnection, home: Home) -> list[Entry]:
    """The chain so far; what a killed run had not yet noted is noted.

    The published file takes its place before warehouse and log are told, so after a kill they may lack
    its last entry; any other difference is no accident.

    Raises:
        SealError: The three disagree in another way; ``verify`` names where.
    """
    log = history_folder(home) / LOG
    warehouse, published, logged = read_table(connection), read_published(home), read_log(log)
    longest = max((published, warehouse, logged), key=len)
    for name, chain in (("warehouse", warehouse), (DATABASE, published), (LOG, logged)):
        is_prefix = chain == longest[: len(chain)]
        killed_here = len(longest) - len(chain) <= 1 and chain is not published
        replaced = chain is published and not chain
        if not is_prefix or not (chain == longest or killed_here or replaced or not chain):
            raise SealError(
                f"Kæden af offentliggørelser er brudt ({name}); kør netvaerdi verify. / "
                f"The chain of publications is broken ({name}); run netvaerdi verify."
            )
    insert_entries(connection, "audit.publication", longest[len(warehouse) :])
    for entry in longest[len(logged) :]:
        log.parent.mkdir(parents=True, exist_ok=True)
        append_line(log, entry.line())
    return longest


def manifest_of(
    connection: duckdb.DuckDBPyConnection,
    *,
    sequence: int,
    code_version: str,
    outputs: Mapping[str, Mapping[str, Any]],
    content_hash: str,
    previous_hash: str,
) -> dict[str, Any]:
    """What a publication was made of, from the warehouse that made it."""

    def rows(query: str) -> list[dict[str, Any]]:
        cursor = connection.execute(query)
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    return {
        "sequence": sequence,
        "previous_hash": previous_hash,
        "content_hash": content_hash,
        "code_version": code_version,
        "as_of": rows(
            "select organisation_id, cast(as_of as varchar) as as_of from calendar.as_of order by all"
        ),
        "inputs": rows(
            "select sequence, organisation_id, path, sha256, bytes, state from raw.delivery "
            "where state in ('current', 'held', 'quarantined') order by sequence"
        ),
        "definitions": rows(
            "select indicator_id, definition_version from definitions.indicator order by indicator_id"
        ),
        "targets": rows(
            "select indicator_id, organisation_id, network_type, cast(valid_from as varchar) as valid_from, "
            "target, partly_target from definitions.target order by all"
        ),
        "gates": rows("select layer, table_name, check_name, outcome from published.audit.quality_result"),
        "outputs": dict(outputs),
    }


def manifest_bytes(manifest: Mapping[str, Any]) -> bytes:
    """The manifest as its file holds it."""
    return (json.dumps(manifest, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()
