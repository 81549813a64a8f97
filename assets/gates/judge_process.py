"""The judge in a process of its own: it is imported and it judges while the run goes on with other work."""

import atexit
import json
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from struct import Struct
from threading import Lock
from typing import IO, Any

from assets.errors import TwoLanguageError
from assets.gates.judge import Expectations, Verdict

_ROOT = Path(__file__).resolve().parents[2]
_START = "import sys; sys.path.insert(0, sys.argv[1]); from assets.gates.judge_process import main; main()"
_LENGTH = Struct(">Q")


class JudgeError(TwoLanguageError):
    """The judge's process did not answer."""

    def __init__(self) -> None:
        super().__init__(
            "Kontrollerne kunne ikke gennemføres: deres proces gik ned, måske af mangel på hukommelse. "
            "Kør igen",
            "The checks could not be made: their process went down, perhaps for lack of memory. Run again",
        )


class JudgeProcess:
    """One child process that judges frame after frame; started anew when it went down."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._asking = ThreadPoolExecutor(1, "judge")
        self._lock = Lock()

    def start(self) -> None:
        """Start the process without waiting for it."""
        with self._lock:
            if self._process is not None and self._process.poll() is not None:
                self._end()
            if self._process is None:
                self._process = subprocess.Popen(
                    [sys.executable, "-I", "-c", _START, str(_ROOT)],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                )

    def judge(self, table: str, frame: Any, expectations: Expectations) -> Future[dict[str, Verdict]]:
        """Have an Arrow table judged; the result raises :class:`JudgeError` where the process went down."""
        return self._asking.submit(self._ask, table, frame, expectations)

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._end()

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()

    def _ask(self, table: str, frame: Any, expectations: Expectations) -> dict[str, Verdict]:
        self.start()
        process = self._process
        try:
            if process is None or process.stdin is None or process.stdout is None:
                raise JudgeError
            question = json.dumps({"table": table, "expectations": expectations}).encode()
            write_parts(process.stdin, question, to_bytes(frame))
            (answer,) = read_parts(process.stdout, 1)
        except (EOFError, OSError) as error:
            self.close()
            raise JudgeError from error
        return {name: Verdict(**verdict) for name, verdict in json.loads(answer).items()}


HIRED = JudgeProcess()
atexit.register(HIRED.close)


def warm_up() -> None:
    """Let the judge import what it needs while the caller goes on."""
    HIRED.start()


def to_bytes(frame: Any) -> bytes:
    """An Arrow table as a stream of its own."""
    import pyarrow

    sink = pyarrow.BufferOutputStream()
    with pyarrow.ipc.new_stream(sink, frame.schema) as stream:
        stream.write_table(frame)
    return bytes(sink.getvalue())


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


def answers(judge: Callable[[str, Any, Expectations], dict[str, Verdict]], asked: IO[bytes]) -> bytes:
    """Read one question and answer it. Raises ``EOFError`` where there are no more."""
    import pyarrow

    question, frame = read_parts(asked, 2)
    said = json.loads(question)
    table = pyarrow.ipc.open_stream(frame).read_all()
    verdicts = judge(said["table"], table, said["expectations"])
    return json.dumps({name: asdict(verdict) for name, verdict in verdicts.items()}).encode()


def main() -> None:
    """Answer questions on standard input until it closes."""
    answering = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints is no answer
    from assets.gates.judge import Judge

    judge = Judge()
    while True:
        try:
            answer = answers(judge.judge, sys.stdin.buffer)
        except EOFError:
            return
        write_parts(answering, answer)
