"""The seal: each publication noted in the chain, with a manifest of what it was made of.

Three places hold the chain and are held against each other by ``verify.py``: ``audit.publication`` in the
published file and in the warehouse, and the log. The manifests (and the last publications whole) stand in
``published/history/<sequence>-<period>-<hash>/``.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import duckdb

from assets.errors import TwoLanguageError
from assets.home import Home
from assets.publication.chain import DATABASE, Entry, first_break, insert_entries, read_table
from assets.publication.log import LOG, LogError, LogLine, append_to_log, logged_entries, read_log


class SealError(TwoLanguageError):
    """The chain does not hold together, so that nothing may be added to it."""


def history_folder(home: Home) -> Path:
    """``published/history``."""
    return home.published / "history"


def read_published(home: Home) -> list[Entry]:
    """The chain as the published file holds it; empty where there is none, or none that can be read."""
    return _read_chain(home.database) or []


def last_publication(home: Home, chain: Sequence[Entry]) -> Path | None:
    """The last publication, to be read: as it stands, else as it was kept; None where neither can be."""
    if not chain:
        return None
    kept = history_folder(home) / chain[-1].folder / DATABASE
    return next((path for path in (home.database, kept) if _read_chain(path) == chain), None)


def _read_chain(database: Path) -> list[Entry] | None:
    """The chain in a file; None where it is gone or damaged (``verify`` says which)."""
    try:
        connection = duckdb.connect(str(database), read_only=True)
    except duckdb.Error:
        return None
    try:
        return read_table(connection)
    except duckdb.Error:
        return None
    finally:
        connection.close()


def note_publication(home: Home, entry: Entry) -> None:
    """Note a publication in the log, with the hash of the file as it stands."""
    _note(home, "publication", {"entry": asdict(entry), "file_sha256": file_sha256(home.database)})


def note_outputs(home: Home, sequence: int, files: Iterable[Path], gone: Iterable[str] = ()) -> None:
    """Note in the log what was made of a publication, and what was taken away.

    Args:
        files: Reports, noted by path within the home and hash.
        gone: Paths within the home of reports that are no more; their hash is empty.
    """
    hashes = {path.relative_to(home.root).as_posix(): file_sha256(path) for path in files}
    hashes |= dict.fromkeys(gone, "")
    _note(home, "outputs", {"publication": sequence, "files": dict(sorted(hashes.items()))})


def _note(home: Home, kind: str, noted: dict[str, Any]) -> None:
    try:
        append_to_log(history_folder(home) / LOG, kind, noted)
    except LogError as error:
        raise _broken(str(error)) from error


def log_lines(home: Home) -> list[LogLine]:
    """The lines of the log. Raises :class:`SealError` where it is broken."""
    try:
        return read_log(history_folder(home) / LOG)
    except LogError as error:
        raise _broken(str(error)) from error


def _broken(where: str) -> SealError:
    return SealError(
        f"Kæden af offentliggørelser er brudt ({where}); kør netvaerdi verify.",
        f"The chain of publications is broken ({where}); run netvaerdi verify.",
    )


def file_sha256(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def reconcile(connection: duckdb.DuckDBPyConnection, home: Home) -> list[Entry]:
    """The chain so far; what a killed run had not yet noted is noted.

    The published file takes its place before warehouse and log are told, so after a kill they may lack
    its last entry. A published file or a warehouse that is gone or damaged is made anew, and the chain
    goes on. Any other difference is no accident.

    Raises:
        SealError: The three disagree in another way; ``verify`` names where.
    """
    warehouse, published = read_table(connection), read_published(home)
    logged = logged_entries(log_lines(home))
    longest = max((published, warehouse, logged), key=len)
    if first_break(longest) is not None:
        raise _broken("audit.publication")
    for name, chain, may_lack in (("warehouse", warehouse, 1), (LOG, logged, 1), (DATABASE, published, 0)):
        is_start = chain == longest[: len(chain)]
        gone = not chain and chain is not logged
        if not is_start or (len(longest) - len(chain) > may_lack and not gone):
            raise _broken(name)
    insert_entries(connection, "audit.publication", longest[len(warehouse) :])
    for entry in longest[len(logged) :]:
        note_publication(home, entry)
    return longest


def manifest_of(
    connection: duckdb.DuckDBPyConnection,
    *,
    sequence: int,
    code_version: str,
    outputs: Mapping[str, Mapping[str, Any]],
    content_hash: str,
    previous_hash: str,
    reports: Mapping[str, str],
) -> dict[str, Any]:
    """What a publication was made of, from the warehouse that made it.

    Args:
        outputs: Each table's rows and hash.
        reports: What was drawn of the publication before, by path, and its hash: so the head of the chain
            holds the reports fast too.
    """

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
            "select sequence, organisation_id, path, sha256, bytes, state from raw.delivery order by sequence"
        ),
        "definitions": rows(
            "select indicator_id, definition_version, fingerprint from definitions.indicator_version "
            "order by all"
        ),
        "targets": rows(
            "select indicator_id, organisation_id, network_type, cast(valid_from as varchar) as valid_from, "
            "target, partly_target, window_months, minimum_count, direction from definitions.target "
            "order by all"
        ),
        "gates": rows(
            "select layer, table_name, check_name, outcome from published.audit.quality_result order by all"
        ),
        "outputs": dict(outputs),
        "reports": dict(reports),
    }


def manifest_bytes(manifest: Mapping[str, Any]) -> bytes:
    """The manifest as its file holds it."""
    return (json.dumps(manifest, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()
