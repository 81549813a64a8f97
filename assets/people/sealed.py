"""What the log of publications says of erasures: whom to know again, what was touched, never what it said."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assets.clock import now
from assets.home import Home
from assets.publication.log import LOG, append_to_log, read_log
from assets.publication.seal import file_sha256, history_folder
from assets.publication.verify_checks import written_hashes

TOMBSTONE = "tombstone"
REDACTION = "redaction"
BEGUN = "redaction_begun"
HOLD = "legal_hold"


@dataclass(frozen=True)
class Redaction:
    """One erasure or deletion, as sealed.

    Attributes:
        reason: ``erasure``, ``retention`` or ``correction``.
        publications: Sequence of a publication to the hash its file has since.
        tables: Sequence to the tables touched in it; 0 is the warehouse.
        files: Path within the home to the hash it has since; empty where it was removed.
        deliveries: Sequences of deliveries whose rows or kept files were touched.
    """

    reason: str
    publications: Mapping[int, str] = field(default_factory=dict)
    tables: Mapping[int, Sequence[str]] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    deliveries: Sequence[int] = ()


def log_of(home: Home) -> Path:
    """The log of publications."""
    return history_folder(home) / LOG


def next_entry_number(home: Home) -> int:
    """Number of the line that is written next."""
    return len(read_log(log_of(home))) + 1


def tombstones(home: Home) -> list[Mapping[str, str | int]]:
    """What is remembered of everybody who was erased."""
    return [
        one for line in read_log(log_of(home)) if line.kind == TOMBSTONE for one in line.noted["tombstones"]
    ]


def note_tombstones(home: Home, remembered: Iterable[Mapping[str, str | int]]) -> int:
    """Note whom to know again, unless it is noted already; the entry's number, or of the earlier one."""
    known = {str(one["hash"]) for one in tombstones(home)}
    fresh = [dict(one) for one in remembered if str(one["hash"]) not in known]
    return note(home, TOMBSTONE, {"tombstones": fresh}) if fresh else 0


def note_redaction(home: Home, redaction: Redaction) -> int:
    """Seal what was touched; the entry's number."""
    return note(
        home,
        REDACTION,
        {
            "reason": redaction.reason,
            "at": now().isoformat(),
            "publications": {str(sequence): sha for sequence, sha in sorted(redaction.publications.items())},
            "tables": {str(sequence): sorted(names) for sequence, names in sorted(redaction.tables.items())},
            "files": dict(sorted(redaction.files.items())),
            "deliveries": sorted(redaction.deliveries),
        },
    )


def begin_redaction(home: Home, reason: str) -> bool:
    """Note that a redaction begins; whether an earlier one was broken off, which this one completes."""
    kinds = [line.kind for line in read_log(log_of(home)) if line.kind in (BEGUN, REDACTION)]
    note(home, BEGUN, {"reason": reason})
    return bool(kinds) and kinds[-1] == BEGUN


def changed_outputs(home: Home) -> dict[str, str]:
    """What was noted of a publication and is otherwise now: path to its hash; empty where it is gone."""
    last: dict[str, str] = {}
    for line in read_log(log_of(home)):
        if line.kind in ("outputs", REDACTION):
            last |= line.noted["files"]
    now_there = {name: file_sha256(home.root / name) if (home.root / name).is_file() else "" for name in last}
    return {name: sha256 for name, sha256 in now_there.items() if sha256 != last[name]}


def written(home: Home) -> dict[int, str]:
    """Sequence of a publication to the hash its file was last given."""
    return written_hashes(read_log(log_of(home)))[0]


def note(home: Home, kind: str, noted: Mapping[str, object]) -> int:
    """Append a line to the log; its number. Raises ``LogError`` where the log is broken."""
    return append_to_log(log_of(home), kind, noted)
