"""What the intake asks of whoever remembers the people that were erased (``assets/people/at_intake.py``)."""

from pathlib import Path
from typing import Protocol

from assets.raw.reading import FileReading


class Erased(Protocol):
    """Takes erased people out of what is read and what is kept."""

    def without(self, reading: FileReading, organisation: str) -> FileReading:
        """The reading as if the file did not name them; a finding a row, which names nobody."""
        ...

    def keep(self, archive: Path, sha256: str, reading: FileReading, organisation: str) -> str | None:
        """Make the kept file one without them: what the archive keeps then; None where it named none."""
        ...
