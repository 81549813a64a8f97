"""A reader in a process of its own: limits on memory and time, and one file's crash is only its own."""

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path
from types import TracebackType

from assets.raw.content import FileText, read_message
from assets.raw.faults import RefusedError
from assets.raw.limits import Limits

_ROOT = Path(__file__).resolve().parents[2]
_START = "import sys; sys.path.insert(0, sys.argv[1]); from assets.raw.worker import main; main()"
_PIECE = 1 << 20
LARGE = 2_000_000  # bytes as sent
# The limit is on address space, so allocators must not reserve by the gigabyte what they never use.
_ENVIRONMENT = {
    "LANG": "C.UTF-8",
    "POLARS_MAX_THREADS": "2",
    "MALLOC_ARENA_MAX": "2",
    "MIMALLOC_ARENA_RESERVE": "65536",
    "MIMALLOC_ARENA_EAGER_COMMIT": "0",
}


_WAITING: list[subprocess.Popen[bytes]] = []


def prepare_reader() -> None:
    """Let a reading process load beside other work; the next reader that starts takes it over."""
    if not _WAITING:
        _WAITING.append(_begin())


def _begin() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-I", "-B", "-c", _START, str(_ROOT)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_ENVIRONMENT,
        start_new_session=True,
    )


class Reader:
    """Reads files one after another in one child process, which is started anew when it fails.

    A context manager; the process starts with the first file, or at once by :meth:`start`.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Reader":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def start(self) -> None:
        """Start the process without waiting for it."""
        if self._process is not None and self._process.poll() is not None:
            self.close()
        if self._process is None:
            self._process = _WAITING.pop() if _WAITING else _begin()

    def kill(self) -> None:
        """Have the process end; whoever waits for its answer is told that it went down."""
        process = self._process
        if process is not None:
            process.kill()

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is None:
            return
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                stream.close()
        process.kill()
        process.wait()

    def read(self, path: Path, name: str) -> FileText:
        """One file as text.

        Raises:
            RefusedError: The file is refused, or its reading took too long, too much or the process down.
        """
        if _is_large(path, name):
            try:
                return self._ask(path, name, at_once=True)
            except RefusedError:
                self.close()  # its reader may still be at the file
                raise
            except _FailedError as failure:
                if failure.reason == "time":
                    raise RefusedError("unreadable", reason="time") from failure
                # The process died of this file. Asked again, it looks at all of it before it reads.
        try:
            return self._ask(path, name)
        except _FailedError as failure:
            raise RefusedError("unreadable", reason=failure.reason) from failure

    def write_blanked(self, path: Path, name: str, out: Path) -> None:
        """Write a copy of a file without registration numbers. Raises :class:`RefusedError`."""
        try:
            self._ask(path, name, out=os.fspath(out))
        except _FailedError as failure:
            raise RefusedError("unreadable", reason=failure.reason) from failure

    def _ask(self, path: Path, name: str, *, out: str = "", at_once: bool = False) -> FileText:
        self.start()
        process = self._process
        assert process is not None and process.stdin is not None and process.stdout is not None
        request = {
            "path": os.fspath(path),
            "name": name,
            "out": out,
            "at_once": at_once,
            "limits": asdict(self._limits),
        }
        deadline = time.monotonic() + self._limits.seconds
        answers = _Answers(process.stdout.fileno(), deadline)
        try:
            process.stdin.write(json.dumps(request).encode("ascii") + b"\n")
            process.stdin.flush()
            return read_message(answers.exactly)
        except TimeoutError as error:
            self.close()
            raise _FailedError("time") from error
        except (EOFError, OSError) as error:
            status = process.wait(timeout=10) if process.poll() is None else process.returncode
            self.close()
            reason = "memory" if status == -signal.SIGABRT else "crash"
            raise _FailedError(reason) from error


def _is_large(path: Path, name: str) -> bool:
    """Whether reading a file takes so long that it pays to look at it meanwhile."""
    try:
        return Path(name).suffix.casefold() in (".xlsx", ".xlsm") and path.stat().st_size > LARGE
    except OSError:
        return False


class _FailedError(Exception):
    """The process did not answer."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class _Answers:
    """Bytes from a pipe, no later than a deadline."""

    def __init__(self, descriptor: int, deadline: float) -> None:
        self._descriptor = descriptor
        self._deadline = deadline
        self._selector = selectors.DefaultSelector()
        self._selector.register(descriptor, selectors.EVENT_READ)

    def exactly(self, count: int) -> bytes:
        """That many bytes. Raises ``TimeoutError`` or ``EOFError``."""
        pieces = bytearray()
        while len(pieces) < count:
            if not self._selector.select(max(0.0, self._deadline - time.monotonic())):
                raise TimeoutError
            piece = os.read(self._descriptor, min(_PIECE, count - len(pieces)))
            if not piece:
                raise EOFError
            pieces += piece
        return bytes(pieces)
