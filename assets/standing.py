"""Whether anything has changed since the last run: where nothing has, what stands is what a run would make.

A run that went well leaves a fingerprint of all it came from and of all it left: the inbox by content, the
request, the settings, the code, and every file of the home by size and time of change. Whatever differs,
whoever changed it, asks for a whole run; so does deleting the fingerprint.
"""

import hashlib
import json
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

from assets.home import SETTINGS_TEXT, Home
from assets.request import RunRequest
from assets.run_summary import RunSummary

ROOT = Path(__file__).resolve().parents[1]
CODE = ("assets", "pipelines", "sql")
LIBRARIES = ("altair", "duckdb", "great-expectations", "polars", "vl-convert-python")
# Of the home, what no figure, report or copy comes from: Dagster's own logs, and what is only added to.
LEFT_OUT = (
    "archive",
    "dagster",
    "inbox",
    "warehouse/writer.lock",
    "warehouse/standing.json",
    "warehouse/access.log",
    "warehouse/access.log.head",
    "warehouse/.access.log.lock",
)


def sources(home: Home, request: RunRequest) -> str | None:
    """The fingerprint of what a run comes from; None where a file cannot be read."""
    try:
        said = [str(request), sys.version, *(version(name) for name in LIBRARIES)]
        for folder in (*(ROOT / name for name in CODE), request.inbox):
            said += _contents(folder)
        there = home.settings_file.exists()  # a home that is not there yet is made with the text of new ones
        said.append(home.settings_file.read_text(encoding="utf-8-sig") if there else SETTINGS_TEXT)
    except (OSError, ValueError):
        return None
    return _digest(said)


def remember(
    home: Home, request: RunRequest, before: str | None, summary: RunSummary, reports: tuple[str, ...]
) -> None:
    """Keep the fingerprint of a run that went well, with what it said of itself.

    Args:
        before: ``sources`` as the run began; where they have changed since, nothing is kept.
    """
    if before is None or before != sources(home, request):
        return
    said = {"fingerprint": _with_states(home, before), "summary": asdict(summary), "reports": reports}
    home.standing.write_text(json.dumps(said), encoding="utf-8")


def forget(home: Home) -> None:
    """Ask for a whole run next time."""
    home.standing.unlink(missing_ok=True)


def still_stands(home: Home, now: str | None) -> tuple[RunSummary, tuple[str, ...]] | None:
    """What the last run said and the reports it wrote; None where anything has changed since.

    Args:
        now: ``sources`` as they are now.
    """
    if now is None:
        return None
    try:
        said = json.loads(home.standing.read_text(encoding="utf-8"))
        if said["fingerprint"] != _with_states(home, now):
            return None
        summary: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in said["summary"].items()
        }
        return RunSummary(**summary), tuple(said["reports"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _with_states(home: Home, given: str) -> str:
    return _digest([given, *_states(home.root)])


def _digest(said: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for line in said:
        digest.update(line.encode("utf-8", "surrogateescape") + b"\0")
    return digest.hexdigest()


def _contents(folder: Path) -> Iterator[str]:
    """Each file below a folder, with the hash of what it holds."""
    for path in _files(folder):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            yield f"{name}\t{path.readlink()}"
        else:
            with path.open("rb") as file:
                yield f"{name}\t{hashlib.file_digest(file, 'sha256').hexdigest()}"


def _states(root: Path) -> Iterator[str]:
    """Each file of the home that a run could have left, by size, time of change and number."""
    for path in _files(root):
        name = path.relative_to(root).as_posix()
        if name in LEFT_OUT or name.split("/")[0] in LEFT_OUT:
            continue
        status = path.lstat()
        yield f"{name}\t{status.st_size}\t{status.st_mtime_ns}\t{status.st_ino}\t{status.st_mode}"


def _files(folder: Path) -> Iterator[Path]:
    """Every file below a folder, by name. Raises ``OSError`` where a folder cannot be looked into."""

    def refuse(error: OSError) -> None:
        raise error

    for place, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        links = [name for name in folders if (Path(place) / name).is_symlink()]
        for name in sorted([*names, *links]):
            yield Path(place) / name
