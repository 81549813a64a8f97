"""The log ``published/history/log.jsonl``: a line for every publication and every set of reports made of it.

A line is JSON: ``line`` (its number from 1), ``kind`` (``publication``, ``outputs``, and those of
``assets/people/sealed.py``), what is noted,
``previous`` (the hash of the line before, empty for the first) and ``hash``, SHA-256 of the line's JSON
without ``hash``, keys sorted and without spaces. So a line that was changed, moved or removed shows; that
the last lines were cut off shows against ``audit.publication`` and the folders of the history.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assets.publication.chain import Entry, canonical_json, sha256_hex
from assets.publication.file_steps import append_line, cut_half_line

LOG = "log.jsonl"
LOCK = ".log.lock"
DRAWING = ".drawing"  # beside the log; not empty while reports are being drawn
REPORT_FOLDERS = ("reports", "dialogue", "todo")  # whose files, within a home, are all noted


@dataclass(frozen=True)
class LogLine:
    """One line, read and held to be what it says; ``noted`` is what it notes."""

    number: int
    kind: str
    noted: dict[str, Any]
    hash: str


class LogError(Exception):
    """A line of the log is not what was written.

    Attributes:
        number: Its number, from 1.
    """

    def __init__(self, number: int) -> None:
        super().__init__(f"{LOG}, linje / line {number}")
        self.number = number


def make_line(lines: Sequence[LogLine], kind: str, noted: dict[str, Any]) -> str:
    """The text of the line that follows these."""
    said = {
        "line": len(lines) + 1,
        "kind": kind,
        "noted": noted,
        "previous": lines[-1].hash if lines else "",
    }
    return canonical_json(said | {"hash": sha256_hex(canonical_json(said))})


def append_to_log(path: Path, kind: str, noted: Mapping[str, Any]) -> int:
    """Add a line, on disk before it returns; its number. One process adds at a time.

    Raises:
        LogError: The log is broken; nothing is added to it.
    """
    import fcntl  # whoever only reads, on any system, needs none

    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_name(LOCK).open("a", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lines = read_log(path)
        cut_half_line(path)
        append_line(path, make_line(lines, kind, dict(noted)))
    return len(lines) + 1


def read_log(path: Path) -> list[LogLine]:
    """The lines, in order; none where there is no log.

    Raises:
        LogError: The first line that was changed, moved, put in or follows a removed one.
    """
    if not path.exists():
        return []
    lines: list[LogLine] = []
    for number, text in enumerate(whole_lines(path), start=1):
        try:
            said = json.loads(text)
            kind, noted, found = str(said["kind"]), dict(said["noted"]), str(said["hash"])
        except (ValueError, TypeError, KeyError) as error:
            raise LogError(number) from error
        if text != make_line(lines, kind, noted):
            raise LogError(number)
        lines.append(LogLine(number, kind, noted, found))
    return lines


def whole_lines(path: Path) -> list[str]:
    """The texts of the lines that were written to their end: a killed run may have left half a line last."""
    text = path.read_bytes().decode("utf-8", errors="replace")
    return text.split("\n")[:-1]


def logged_entries(lines: Sequence[LogLine]) -> list[Entry]:
    """The chain of publications as the log holds it."""
    return [Entry(**line.noted["entry"]) for line in lines if line.kind == "publication"]


def noted_files(lines: Sequence[LogLine]) -> dict[str, str]:
    """Path within the home of all that was made of publications to the hash last noted of it.

    Empty where it was erased or taken away. Files of an erasure that were never noted are left out.
    """
    last: dict[str, str] = {}
    for line in lines:
        if line.kind == "outputs":
            last |= line.noted["files"]
        elif line.kind == "redaction":
            last |= {name: sha for name, sha in line.noted["files"].items() if name in last}
    return last


def noted_reports(lines: Sequence[LogLine]) -> dict[str, str]:
    """Of what was noted the reports, dialogue sheets, lists and indexes."""
    return {name: sha for name, sha in noted_files(lines).items() if is_report(name)}


def reports_before(lines: Sequence[LogLine]) -> list[dict[str, str]]:
    """For each publication, in order, the reports noted since the one before; last, those since the last."""
    found: list[dict[str, str]] = [{}]
    for line in lines:
        if line.kind == "publication":
            found.append({})
        elif line.kind == "outputs":
            found[-1] |= {name: sha for name, sha in line.noted["files"].items() if is_report(name)}
    return found


def is_report(name: str) -> bool:
    """Whether a path within a home is of a folder that holds reports only."""
    return name.partition("/")[0] in REPORT_FOLDERS
