"""The log ``published/history/log.jsonl``: a line for every publication and every set of reports made of it.

A line is JSON: ``line`` (its number from 1), ``kind`` (``publication`` or ``outputs``), what is noted,
``previous`` (the hash of the line before, empty for the first) and ``hash``, SHA-256 of the line's JSON
without ``hash``, keys sorted and without spaces. So a line that was changed, moved or removed shows; that
the last lines were cut off shows against ``audit.publication`` and the folders of the history.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assets.publication.chain import Entry, canonical_json, sha256_hex

LOG = "log.jsonl"


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
