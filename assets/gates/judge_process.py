"""The judge in a process of its own: it is imported and it judges while the run goes on with other work."""

import atexit
import json
from concurrent.futures import Future
from dataclasses import asdict
from typing import Any

from assets.child_process import ChildProcess, answer_questions
from assets.errors import TwoLanguageError
from assets.gates.judge import Expectations, Verdict

JUDGES = 2
Verdicts = dict[str, Verdict]


class JudgeError(TwoLanguageError):
    """The judge's process did not answer."""

    def __init__(self) -> None:
        super().__init__(
            "Kontrollerne kunne ikke gennemføres: deres proces gik ned, måske af mangel på hukommelse. "
            "Kør igen",
            "The checks could not be made: their process went down, perhaps for lack of memory. Run again",
        )


class JudgeProcess:
    """Judges beside this process, who judge frame after frame; started anew when one went down."""

    def __init__(self) -> None:
        self._process = ChildProcess(__name__, JudgeError, JUDGES)

    def start(self) -> None:
        """Start the process without waiting for it."""
        self._process.start()

    def judge(self, table: str, frame: Any, expectations: Expectations) -> "Future[bytes]":
        """Have an Arrow table judged; :func:`verdicts` waits for it and reads what it says."""
        question = json.dumps({"table": table, "expectations": expectations}).encode()
        return self._process.ask(question, to_bytes(frame))

    def close(self) -> None:
        """End the process."""
        self._process.close()


HIRED = JudgeProcess()
atexit.register(HIRED.close)


def warm_up() -> None:
    """Let the judge import what it needs while the caller goes on."""
    HIRED.start()


def verdicts(asked: "Future[bytes]") -> Verdicts:
    """What the judge said, by expectation; raises :class:`JudgeError` where its process went down."""
    return {name: Verdict(**verdict) for name, verdict in json.loads(asked.result()).items()}


def to_bytes(frame: Any) -> bytes:
    """An Arrow table as a stream of its own."""
    import pyarrow

    sink = pyarrow.BufferOutputStream()
    with pyarrow.ipc.new_stream(sink, frame.schema) as stream:
        stream.write_table(frame)
    return bytes(sink.getvalue())


def main() -> None:
    """Answer questions on standard input until it closes."""
    from assets.gates.judge import Judge

    judge = Judge()

    def answer(question: bytes, frame: bytes) -> bytes:
        import pyarrow

        said = json.loads(question)
        table = pyarrow.ipc.open_stream(frame).read_all()
        judged = judge.judge(said["table"], table, said["expectations"])
        return json.dumps({name: asdict(verdict) for name, verdict in judged.items()}).encode()

    answer_questions(2, answer)
