"""Reports as part of the chain: whatever is drawn of a publication is noted in the log by its hash.

``drawing`` wraps every step that writes reports, dialogue sheets, lists or the index. What a file is then
stands in the log; the manifest of the next publication repeats it, so that its head hash holds it fast.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from assets.home import Home
from assets.publication.file_steps import BUILDING, clear_leftovers
from assets.publication.log import DRAWING, REPORT_FOLDERS, logged_entries, noted_reports
from assets.publication.seal import (
    file_sha256,
    history_folder,
    log_lines,
    note_outputs,
    note_publication,
    read_published,
)


@contextmanager
def drawing(home: Home) -> Iterator[None]:
    """Note every report that is written while the block lasts, by whatever process; one draws at a time.

    A file that is as it was last noted is not noted again; one that was taken away is noted as gone. After a
    drawing that was killed, what it had drawn is noted along, whatever this one draws, and what it left half
    is removed; noted are, then and in a home whose reports were never noted, the others that lie there too.

    Raises:
        SealError: The log is broken; nothing is noted.
    """
    with holding_reports(home) as since:
        if since is not None:
            for folder in REPORT_FOLDERS:
                clear_leftovers(home.root / folder)
        before = _states(home)
        try:
            yield
        finally:
            _note(home, before, since)


@contextmanager
def holding_reports(home: Home) -> Iterator[int | None]:
    """Hold the reports against whoever else draws; since when the one before drew, where it was killed.

    In nanoseconds, as files have it.
    """
    mark = history_folder(home) / DRAWING
    mark.parent.mkdir(parents=True, exist_ok=True)
    with mark.open("a+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        since = os.fstat(file.fileno()).st_mtime_ns if file.read() else None
        if since is None:  # else the mark keeps the moment since when nothing has been noted
            _say(file, "drawing")
        yield since
        _say(file, "")


def _say(file: IO[str], text: str) -> None:
    file.truncate(0)
    file.write(text)
    file.flush()


def report_files(home: Home) -> list[Path]:
    """Every file of the folders that hold reports only."""
    return [
        path
        for folder in REPORT_FOLDERS
        for path in sorted((home.root / folder).rglob("*"))
        if path.is_file() and not path.name.startswith(BUILDING)
    ]


def _states(home: Home) -> dict[str, tuple[int, ...]]:
    """Path within the home of each report to what tells a file that was written since."""
    found: dict[str, tuple[int, ...]] = {}
    for path in report_files(home):
        status = path.stat()
        found[path.relative_to(home.root).as_posix()] = (status.st_ino, status.st_mtime_ns, status.st_size)
    return found


def _drawn_since(state: tuple[int, ...], since: int | None) -> bool:
    """Whether a file was written by the drawing that was killed, or after it."""
    return since is not None and state[1] >= since


def _note(home: Home, before: dict[str, tuple[int, ...]], since: int | None) -> None:
    chain, lines = read_published(home), log_lines(home)
    if not chain:
        return
    noted = noted_reports(lines)
    adopts = since is not None or not noted
    changed = [
        home.root / name
        for name, state in _states(home).items()
        if (before.get(name) != state or (adopts and name not in noted) or _drawn_since(state, since))
        and noted.get(name) != file_sha256(home.root / name)
    ]
    looked_for = before.keys() if since is None else before.keys() | noted.keys()
    gone = [name for name in looked_for if noted.get(name) and not (home.root / name).is_file()]
    for entry in chain[len(logged_entries(lines)) :]:  # of a run that was killed before it could note it
        note_publication(home, entry)
    if changed or gone:
        note_outputs(home, chain[-1].sequence, changed, gone)
