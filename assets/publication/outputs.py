"""Reports as part of the chain: whatever is drawn of a publication is noted in the log by its hash.

``drawing`` wraps every step that writes reports, dialogue sheets, lists or the index. What a file is then
stands in the log; the manifest of the next publication repeats it, so that its head hash holds it fast.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from assets.home import Home
from assets.publication.file_steps import BUILDING
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
    drawing that was killed, and in a home whose reports were never noted, the others that lie there are noted
    along.

    Raises:
        SealError: The log is broken; nothing is noted.
    """
    with holding_reports(home) as broken_off:
        before = _states(home)
        try:
            yield
        finally:
            _note(home, before, broken_off)


@contextmanager
def holding_reports(home: Home) -> Iterator[bool]:
    """Hold the reports against whoever else draws; whether the one before was killed while it drew."""
    mark = history_folder(home) / DRAWING
    mark.parent.mkdir(parents=True, exist_ok=True)
    with mark.open("a+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        broken_off = bool(file.read())
        _say(file, "drawing")
        yield broken_off
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


def _note(home: Home, before: dict[str, tuple[int, ...]], broken_off: bool) -> None:
    chain, lines = read_published(home), log_lines(home)
    if not chain:
        return
    noted = noted_reports(lines)
    adopts = broken_off or not noted
    changed = [
        home.root / name
        for name, state in _states(home).items()
        if (before.get(name) != state or (adopts and name not in noted))
        and noted.get(name) != file_sha256(home.root / name)
    ]
    looked_for = before.keys() | noted.keys() if broken_off else before.keys()
    gone = [name for name in looked_for if noted.get(name) and not (home.root / name).is_file()]
    for entry in chain[len(logged_entries(lines)) :]:  # of a run that was killed before it could note it
        note_publication(home, entry)
    if changed or gone:
        note_outputs(home, chain[-1].sequence, changed, gone)
