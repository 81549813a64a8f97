"""Ending work at its n-th step: killed, broken off by an error, or with the disk full from there on.

A step is anything that changes what stays: a file opened to be written, given a name, removed or synced, a
folder made, a statement to the warehouse. They are counted from outside, by Python's audit events and by a
connection that counts, so that the program itself has no switch that could be left on. For processes of
their own only: an audit hook stays until its process ends.
"""

import errno
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb

MODES = ("count", "kill", "raise", "full")
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
NAMING = {"os.rename", "os.mkdir", "os.truncate", "shutil.copyfile", "shutil.move"}
REMOVING = {"os.remove", "os.rmdir"}

_SYNC = os.fsync
_counting: list["Steps"] = []  # the one at work in this process, if any


class StepError(Exception):
    """The error that breaks the work off."""


class Steps:
    """Counts steps below a folder and ends the work at one of them.

    Args:
        at: The step that ends it, from 1; in the mode ``count`` none does.
        look: Called with the number of each step before it is taken; what it does itself is no step.
    """

    def __init__(self, root: Path, mode: str, at: int = 0, look: Callable[[int], None] | None = None):
        assert mode in MODES
        self.root, self.mode, self.at, self.look = str(root.resolve()), mode, at, look
        self.names: list[str] = []

    def __enter__(self) -> "Steps":
        """Count from now on, in this process."""
        if os.fsync is _SYNC:
            sys.addaudithook(_heard)
            os.fsync = _synced
        _counting.append(self)
        return self

    def __exit__(self, *given) -> None:
        _counting.remove(self)

    @property
    def taken(self) -> int:
        """Steps so far."""
        return len(self.names)

    def step(self, name: str, *, needs_space: bool = True) -> None:
        """One step is about to be taken."""
        self.names.append(name)
        if self.look is not None:
            _counting.remove(self)
            self.look(self.taken)
            _counting.append(self)
        if self.mode == "count" or self.taken < self.at:
            return
        if self.mode == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        elif self.mode == "raise" and self.taken == self.at:
            raise StepError(name)
        elif self.mode == "full" and needs_space:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def connection(self, opened: duckdb.DuckDBPyConnection) -> "CountingConnection":
        """The same connection, each of whose statements is a step."""
        return CountingConnection(opened, self)

    def heard(self, event: str, given: tuple) -> None:
        """An audit event, a step or not."""
        if event == "open":
            path, _, flags = given
            if isinstance(flags, int) and flags & WRITING and self._ours(path):
                self.step(f"open {Path(os.fsdecode(path)).name}")
        elif event in NAMING and self._ours(given[0]):
            self.step(f"{event} {Path(os.fsdecode(given[0])).name}")
        elif event in REMOVING and self._ours(given[0]):
            self.step(f"{event} {Path(os.fsdecode(given[0])).name}", needs_space=False)

    def _ours(self, path: object) -> bool:
        return isinstance(path, str | bytes | os.PathLike) and os.fsdecode(path).startswith(self.root)


def _heard(event: str, given: tuple) -> None:
    for steps in _counting:
        steps.heard(event, given)


def _synced(descriptor: int) -> None:
    for steps in _counting:
        steps.step("fsync")
    _SYNC(descriptor)


class CountingConnection:
    """A DuckDB connection that tells of each statement before it is run."""

    def __init__(self, opened: duckdb.DuckDBPyConnection, steps: Steps):
        self._opened, self._steps = opened, steps

    def execute(self, query, *given):
        if not str(query).lstrip().lower().startswith(("select", "rollback", "detach")):
            self._steps.step(f"sql {' '.join(str(query).split())[:60]}")
        return self._opened.execute(query, *given)

    def executemany(self, query, *given):
        self._steps.step(f"sql {' '.join(str(query).split())[:60]}")
        return self._opened.executemany(query, *given)

    def __getattr__(self, name):
        return getattr(self._opened, name)
