"""A Python process of its own that answers questions: its imports and its work go on beside the run's."""

import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
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


class ChildProcess:
    """A process that runs ``main()`` of a module and answers one question after the other.

    It ends with the process that started it, since its questions then end; when it went down, the next
    question finds a new one.

    Args:
        module: The module, whose ``main`` calls :func:`answer_questions`.
        down: The error to raise where the process went down before it had answered.
    """

    def __init__(self, module: str, down: Callable[[], Exception]) -> None:
        self._module = module
        self._down = down
        self._process: subprocess.Popen[bytes] | None = None
        self._asking = ThreadPoolExecutor(1, module.rpartition(".")[2])
        self._lock = Lock()

    def start(self) -> None:
        """Start the process without waiting for it."""
        with self._lock:
            if self._process is not None and self._process.poll() is not None:
                self._end()
            if self._process is None:
                self._process = subprocess.Popen(
                    [sys.executable, "-I", "-c", _START, str(_ROOT), self._module],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                )

    def ask(self, *parts: bytes) -> Future[bytes]:
        """Ask without waiting; the answer raises ``down()`` where the process went down."""
        return self._asking.submit(self._ask, parts)

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._end()

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()

    def _ask(self, parts: tuple[bytes, ...]) -> bytes:
        self.start()
        process = self._process
        try:
            if process is None or process.stdin is None or process.stdout is None:
                raise EOFError
            write_parts(process.stdin, *parts)
            (answer,) = read_parts(process.stdout, 1)
        except (EOFError, OSError) as error:
            self.close()
            raise self._down() from error
        return answer


def answer_questions(parts: int, answer: Callable[..., bytes]) -> None:
    """Answer questions of so many parts on standard input until it closes; what ``answer`` raises ends it."""
    answering = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints is no answer
    while True:
        try:
            asked = read_parts(sys.stdin.buffer, parts)
        except EOFError:
            return
        write_parts(answering, answer(*asked))


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
