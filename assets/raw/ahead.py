"""Reading ahead: several processes read the next files while the first are recorded.

Files are handed over in the order in which they are asked for, so what is recorded does not depend on which
was read first; and one that takes all its time, or takes its process down, holds up its own process only.
"""

import os
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType

from assets.raw.child import Reader
from assets.raw.content import FileText
from assets.raw.limits import Limits

# A process takes a third of a second to load: with fewer bytes than this for each, one is through before.
WORTH_A_PROCESS = 1_000_000


class ReadAhead:
    """Reads files as :class:`~assets.raw.child.Reader` does; those it was told of, up to the cores at once.

    Args:
        limits: Of each reading.
        processes: How many may read at once; the cores unless told.
    """

    def __init__(self, limits: Limits, processes: int | None = None) -> None:
        self._limits = limits
        self._most = processes or os.cpu_count() or 1
        self._readers: list[Reader] = []
        self._free: SimpleQueue[Reader] = SimpleQueue()
        self._hire()
        self._threads: ThreadPoolExecutor | None = None
        self._window = 0
        self._ahead: list[tuple[Path, str]] = []
        self._begun: dict[Path, Future[FileText]] = {}

    def __enter__(self) -> "ReadAhead":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def start(self) -> None:
        """Start the first process without waiting for it."""
        self._readers[0].start()

    def begin(self, files: Sequence[tuple[Path, str]]) -> None:
        """Begin to read files, path and name as sent, that will be asked for in this order."""
        worth = sum(_size(path) for path, _ in files) // WORTH_A_PROCESS
        processes = min(self._most, len(files), worth)
        if processes < 2:
            return
        while len(self._readers) < processes:
            self._hire()
        self._threads = ThreadPoolExecutor(processes, "reading")
        self._window = processes + 1  # no more than this is held read and not yet recorded
        self._ahead = list(files)
        self._go_on()

    def read(self, path: Path, name: str) -> FileText:
        """One file as text. Raises :class:`~assets.raw.faults.RefusedError` as ``Reader.read`` does."""
        while path in self._begun or any(path == other for other, _ in self._ahead):
            first, begun = next(iter(self._begun.items()))
            del self._begun[first]
            self._go_on()
            if first == path:
                return begun.result()
            begun.cancel()  # nobody asked for it
        return self._one(path, name)

    def write_blanked(self, path: Path, name: str, out: Path) -> None:
        """Write a copy of a file without registration numbers. Raises ``RefusedError``."""
        reader = self._free.get()
        try:
            reader.write_blanked(path, name, out)
        finally:
            self._free.put(reader)

    def close(self) -> None:
        """End every process, whatever it is at."""
        self._ahead, self._begun = [], {}
        if self._threads is not None:
            self._threads.shutdown(wait=False, cancel_futures=True)
            for reader in self._readers:
                reader.kill()
            self._threads.shutdown()
        for reader in self._readers:
            reader.close()

    def _hire(self) -> None:
        reader = Reader(self._limits)
        self._readers.append(reader)
        self._free.put(reader)

    def _go_on(self) -> None:
        while self._ahead and len(self._begun) < self._window and self._threads is not None:
            path, name = self._ahead.pop(0)
            self._begun[path] = self._threads.submit(self._one, path, name)

    def _one(self, path: Path, name: str) -> FileText:
        reader = self._free.get()
        try:
            return reader.read(path, name)
        finally:
            self._free.put(reader)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
