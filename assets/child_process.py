"""A Python process of its own that answers questions: its imports and its work go on beside the run's."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from struct import Struct
from threading import Lock
from typing import IO

_ROOT = Path(__file__).resolve().parents[1]
_START = (
    "import importlib, sys; sys.path.insert(0, sys.argv[1]); "
    "importlib.import_module('assets.collector').collect_seldom(); "
    "importlib.import_module(sys.argv[2]).main()"
)
_LENGTH = Struct(">Q")


@dataclass(frozen=True)
class _Line:
    """The way to one of the processes and back."""

    questions: IO[bytes]
    answers: IO[bytes]


class ChildProcess:
    """A process that runs ``main()`` of a module and answers questions, one after the other.

    With more than one line it divides, once it has loaded what it needs, into as many as there are lines,
    which answer side by side. They end with the process that started them, since their questions then end;
    when one went down, the next question finds new ones.

    Args:
        module: The module, whose ``main`` calls :func:`answer_questions`.
        down: The error to raise where a process went down before it had answered.
        lines: How many questions are answered at a time.
    """

    def __init__(self, module: str, down: Callable[[], Exception], lines: int = 1) -> None:
        self._module = module
        self._down = down
        self._process: subprocess.Popen[bytes] | None = None
        self._lines: list[_Line] = []
        self._free: SimpleQueue[int] = SimpleQueue()
        for line in range(lines):
            self._free.put(line)
        self._asking = ThreadPoolExecutor(lines, module.rpartition(".")[2])
        self._lock = Lock()
        self._count = lines

    def start(self) -> None:
        """Start the process without waiting for it."""
        with self._lock:
            if self._process is not None and self._process.poll() is not None:
                self._end()
            if self._process is None:
                self._begin()

    def ask(self, *parts: bytes) -> Future[bytes]:
        """Ask without waiting; the answer raises ``down()`` where the process went down."""
        return self._asking.submit(self._ask, parts)

    def close(self) -> None:
        """End the process, whatever it is at."""
        with self._lock:
            self._end()

    def _begin(self) -> None:
        theirs: list[tuple[int, int]] = []
        for _ in range(self._count):
            asked, question = os.pipe()
            answer, answering = os.pipe()
            theirs.append((asked, answering))
            self._lines.append(_Line(os.fdopen(question, "wb"), os.fdopen(answer, "rb")))
        ends = [end for pair in theirs for end in pair]
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-c", _START, str(_ROOT), self._module, *map(str, ends)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=ends,
                start_new_session=True,
            )
        finally:
            for end in ends:
                os.close(end)

    def _end(self) -> None:
        process, self._process, self._lines = self._process, None, []
        if process is not None:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def _ask(self, parts: tuple[bytes, ...]) -> bytes:
        line = self._free.get()
        try:
            self.start()
            lines = self._lines
            write_parts(lines[line].questions, *parts)
            (answer,) = read_parts(lines[line].answers, 1)
        except (EOFError, OSError, IndexError) as error:
            self.close()
            raise self._down() from error
        finally:
            self._free.put(line)
        return answer


def answer_questions(
    parts: int, answer: Callable[..., bytes], ready: Callable[[], object] | None = None
) -> None:
    """Answer questions of so many parts until they end; what ``answer`` raises ends this process.

    Args:
        ready: Done first in each of the processes that this one divides into.
    """
    ends = [int(end) for end in sys.argv[3:]]
    lines = list(zip(ends[::2], ends[1::2], strict=True))
    mine = lines[0]
    for line in lines[1:]:
        if os.fork() == 0:
            mine = line
            break
    for end in ends:
        if end not in mine:
            os.close(end)
    if ready is not None:
        ready()
    with os.fdopen(mine[0], "rb") as asked, os.fdopen(mine[1], "wb") as answering:
        while True:
            try:
                question = read_parts(asked, parts)
            except EOFError:
                return
            write_parts(answering, answer(*question))


def write_parts(stream: IO[bytes], *parts: bytes) -> None:
    """Send parts down a pipe, each with its length before it."""
    for part in parts:
        stream.write(_LENGTH.pack(len(part)) + part)
    stream.flush()


def read_parts(stream: IO[bytes], count: int) -> list[bytes]:
    """Receive so many parts. Raises ``EOFError`` where the other side closed the pipe."""

    def exactly(length: int) -> bytes:
        part = stream.read(length)
        if len(part) < length:
            raise EOFError
        return part

    return [exactly(_LENGTH.unpack(exactly(_LENGTH.size))[0]) for _ in range(count)]
