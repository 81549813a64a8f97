"""The demo's files, written by a process of their own beside other work."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assets.child_process import ChildProcess, answer_questions
from assets.errors import TwoLanguageError


def _down() -> TwoLanguageError:
    return TwoLanguageError(
        "Demoens filer kunne ikke skrives: deres proces gik ned. Se, om der er plads på disken, og kør igen",
        "The demo's files could not be written: their process went down. See whether there is room on the "
        "disk, and run again",
    )


@contextmanager
def writing_aside(inbox: Path) -> Iterator[None]:
    """Write the demo's deliveries into ``inbox`` beside the body; both are done when it ends.

    Raises:
        TwoLanguageError: They could not be written.
    """
    writer = ChildProcess(__name__, _down)
    try:
        asked = writer.ask(json.dumps(str(inbox)).encode())
        yield
        asked.result()
    finally:
        writer.close()


def main() -> None:
    """Write into the folders asked for."""
    from assets.demo.municipality import write_demo

    def answer(question: bytes) -> bytes:
        write_demo(Path(json.loads(question)))
        return b""

    answer_questions(1, answer)
