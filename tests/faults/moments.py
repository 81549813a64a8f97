"""What a home was at each step of some work: what a kill just then would leave to the next run.

A killed process leaves what it had given to the system and nothing else, so a copy of the files at a step is
what a kill at that step leaves (``test_fail_at_step.py`` holds it against real kills). One pass over the work
thus shows every kill, and moments that are alike need to be mended once only.
"""

import hashlib
import os
import shutil
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Moment:
    """A home just before a step.

    Attributes:
        at: The step, from 1.
        files: Path in the home to the hash of its content; '' for a folder.
        times: Path to when a file was last changed, in nanoseconds.
    """

    at: int
    files: dict[str, str]
    times: dict[str, int]


class Moments:
    """Keeps a home's moments, each content once.

    Args:
        only: The steps to look at; None for all.
    """

    def __init__(self, root: Path, store: Path, only: Collection[int] | None = None):
        self._root, self._store, self._only = root, store, only
        self.kept: list[Moment] = []

    def look(self, at: int) -> None:
        """Keep the home as it is before this step, unless it is as at the last that was kept."""
        if self._only is not None and at not in self._only:
            return
        now = read(self._root, at, self._keep)
        if not self.kept or now.files != self.kept[-1].files:
            self.kept.append(now)

    def _keep(self, path: Path, name: str) -> None:
        place = self._store / name
        if not place.exists():
            shutil.copyfile(path, place)


def read(root: Path, at: int = 0, keep: Callable[[Path, str], None] = lambda path, name: None) -> Moment:
    """A home as it is."""
    files, times = {}, {}
    for path in sorted(root.rglob("*")):
        inside = path.relative_to(root).as_posix()
        files[inside] = ""
        if path.is_file():
            with path.open("rb") as content:
                files[inside] = hashlib.file_digest(content, "blake2b").hexdigest()
            times[inside] = path.stat().st_mtime_ns
            keep(path, files[inside])
    return Moment(at, files, times)


def lay_out(moment: Moment, store: Path, root: Path) -> None:
    """Make a home as it was then."""
    root.mkdir(parents=True)
    for inside, name in moment.files.items():
        if name:
            shutil.copyfile(store / name, root / inside)
            os.utime(root / inside, ns=(moment.times[inside],) * 2)
        else:
            (root / inside).mkdir()
