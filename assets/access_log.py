"""Who read what about a leader: a log whose lines hold each other fast.

Each line carries the hash of the one before, and a head file the number of lines and the last hash, so
that a line changed, removed, moved or cut from the end is found and named. Values are written as JSON:
no name, however odd, can forge a line.
"""

import fcntl
import getpass
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from assets.clock import now
from assets.publication.file_steps import sync_folder

START = "0" * 64
MODE = 0o600  # of the log, its head and its lock


@dataclass(frozen=True)
class LogCheck:
    """What the checker found.

    Attributes:
        lines: Lines read.
        head: Hash of the last line that holds; 64 zeros for an empty log.
        first_wrong_line: 1 for the first; None when all hold.
        reason_da, reason_en: What is wrong with it; empty when all hold.
    """

    lines: int
    head: str
    first_wrong_line: int | None = None
    reason_da: str = ""
    reason_en: str = ""

    @property
    def intact(self) -> bool:
        """Every line holds and none is missing."""
        return self.first_wrong_line is None


def append(
    path: Path, what: str, details: Mapping[str, str], *, who: str = "", at: datetime | None = None
) -> str:
    """Add a line and return its hash; on disk, with the head, before it returns.

    Args:
        what: The act, such as ``read_dialogue_sheet`` or ``sql``.
        details: What it was done to; no personal value but ids of networks, periods and indicators.
        who: The user; the account that runs the process unless a proxy vouches for another.
    """
    with _locked(path):
        lines, previous = _read_head(path)
        entry = {
            "line": lines + 1,
            "at": (at or now()).isoformat(),
            "who": who or getpass.getuser(),
            "what": what,
            "details": dict(sorted(details.items())),
            "previous": previous,
        }
        digest = _digest(entry)
        text = json.dumps(entry | {"hash": digest}, ensure_ascii=True, separators=(",", ":"))
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, MODE)
        with os.fdopen(descriptor, "a", encoding="ascii") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
        _write_head(path, lines + 1, digest)
    return digest


def check(path: Path) -> LogCheck:
    """Read the whole log again and name the first line that does not hold."""
    head_lines, head_hash = _read_head(path)
    previous, count = START, 0
    for count, line in enumerate(_lines(path), start=1):
        try:
            entry = json.loads(line)
            digest = entry.pop("hash")
        except (ValueError, KeyError, AttributeError):
            return LogCheck(count, previous, count, "linjen kan ikke læses", "the line cannot be read")
        if entry.get("line") != count or entry.get("previous") != previous:
            return LogCheck(
                count,
                previous,
                count,
                "en linje foran den er fjernet, tilføjet eller flyttet",
                "a line before it was removed, added or moved",
            )
        if digest != _digest(entry):
            return LogCheck(count, previous, count, "linjen er ændret", "the line was changed")
        previous = digest
    if (count, previous) != (head_lines, head_hash):
        return LogCheck(
            count,
            previous,
            min(count, head_lines) + 1,
            f"loggen slutter efter {count} linjer, men {head_lines} er skrevet",
            f"the log ends after {count} lines, but {head_lines} were written",
        )
    return LogCheck(count, previous)


def _digest(entry: Mapping[str, object]) -> str:
    return hashlib.sha256(json.dumps(entry, ensure_ascii=True, sort_keys=True).encode()).hexdigest()


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="ascii", errors="replace").splitlines() if path.exists() else []


def _head_file(path: Path) -> Path:
    return path.with_name(f"{path.name}.head")


def _read_head(path: Path) -> tuple[int, str]:
    """Lines and last hash as last written; none where the head is gone, so that lines show as wrong."""
    try:
        head = json.loads(_head_file(path).read_text(encoding="ascii"))
        return int(head["lines"]), str(head["hash"])
    except (OSError, ValueError, KeyError):
        return 0, START


def _write_head(path: Path, lines: int, digest: str) -> None:
    aside = path.with_name(f".{path.name}.head.part")
    with os.fdopen(
        os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, MODE), "w", encoding="ascii"
    ) as file:
        os.fchmod(file.fileno(), MODE)  # one of before may be there with wider permissions
        json.dump({"lines": lines, "hash": digest}, file)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(_head_file(path))
    sync_folder(path.parent)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    lock_file = path.with_name(f".{path.name}.lock")
    with os.fdopen(os.open(lock_file, os.O_RDWR | os.O_CREAT, MODE), "r+", encoding="ascii") as lock:
        os.fchmod(lock.fileno(), MODE)
        fcntl.flock(lock, fcntl.LOCK_EX)
        _finish_interrupted(path)
        yield


def _finish_interrupted(path: Path) -> None:
    """Take up a line that was written before a kill but whose head was not, if it holds."""
    lines, previous = _read_head(path)
    written = _lines(path)
    if len(written) != lines + 1:
        return
    try:
        entry = json.loads(written[-1])
        digest = entry.pop("hash")
    except (ValueError, KeyError, AttributeError):
        return
    if entry.get("previous") == previous and digest == _digest(entry):
        _write_head(path, lines + 1, digest)
