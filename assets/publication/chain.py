"""The chain of publications: one entry each, holding the hash of the one before.

Needs nothing but DuckDB and the standard library, so that an auditor can carry it along.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import duckdb

MANIFEST = "manifest.json"
DATABASE = "netvaerdi.duckdb"
_COLUMNS = (
    "sequence, period, content_hash, manifest_hash, previous_hash, head_hash, run_id, "
    "cast(published_at as varchar) as published_at"
)


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
        """SHA-256 of the lines ``name=value`` of the columns before it, in order, each ended by a line feed.

        Run and time are left out, as they are of the content: the same files published in the same order
        have the same head, and so the same report. The log holds run and time fast.
        """
        return self._digest(but=("head_hash", "run_id", "published_at"))

    @property
    def holds(self) -> bool:
        """Whether the head is that of the columns; the first homes had run and time in it too."""
        return self.head_hash in (self.expected_head(), self._digest(but=("head_hash",)))

    def _digest(self, but: Sequence[str]) -> str:
        lines = (f"{name}={value}\n" for name, value in asdict(self).items() if name not in but)
        return sha256_hex("".join(lines))

    @property
    def folder(self) -> str:
        """Name of its folder in ``published/history``."""
        return f"{self.sequence:06d}-{self.period}-{self.content_hash[:12]}"


def sha256_hex(content: str | bytes) -> str:
    """SHA-256 of a text (as UTF-8) or of bytes."""
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def canonical_json(value: Any) -> str:
    """One text for one value: keys sorted, no spaces, letters as they are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


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


def first_break(chain: Sequence[Entry]) -> int | None:
    """Place (from 1) of the first entry that does not follow from the one before it; None where all do."""
    previous = ""
    for place, entry in enumerate(chain, start=1):
        if entry.sequence != place or entry.previous_hash != previous or not entry.holds:
            return place
        previous = entry.head_hash
    return None


def read_table(connection: duckdb.DuckDBPyConnection, table: str = "audit.publication") -> list[Entry]:
    """The chain as a database holds it, in order."""
    rows = connection.execute(f"select {_COLUMNS} from {table} order by sequence").fetchall()
    return [Entry(*row) for row in rows]


def insert_entries(connection: duckdb.DuckDBPyConnection, table: str, entries: Sequence[Entry]) -> None:
    """Add entries to a table like ``audit.publication``."""
    for entry in entries:
        values = asdict(entry)
        marks = ", ".join("?" for _ in values)
        connection.execute(
            f"insert into {table} ({', '.join(values)}) values ({marks})", list(values.values())
        )
