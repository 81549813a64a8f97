"""What the reading process hands back: every sheet as text, with what was seen on the way.

It travels as one JSON header and one Arrow IPC stream a sheet, so that a crash of the reader costs
one file and nothing else.
"""

import io
import json
import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, BinaryIO

import polars as pl

from assets.raw.faults import RefusedError

ROW_NUMBER = "row_number"
FIELD_COUNT = "field_count"
Cell = tuple[int, str]  # row number, column letter
_LENGTH = struct.Struct("<Q")


@dataclass
class SheetText:
    """One sheet as text.

    Attributes:
        frame: ``row_number`` (Int32) and a String column a column letter, null where the cell is empty;
            a CSV also has ``field_count``.
        merged: Ranges (``A5:A9``).
        hidden_rows, hidden_columns: Row numbers; column letters.
        errors: Cells that show an error; their text stands in the frame.
        uncached: Formulas that were never calculated.
        cpr: Cells that held a civil registration number; empty in the frame.
        contacts: Cells that hold an e-mail address or telephone number wherever they stand.
        free_contacts: The same, taken for one only in a column meant for prose.
        unclosed: Rows where a quote opens that is never closed (CSV).
    """

    name: str
    frame: pl.DataFrame
    hidden: bool = False
    merged: list[str] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[str] = field(default_factory=list)
    errors: list[Cell] = field(default_factory=list)
    uncached: list[Cell] = field(default_factory=list)
    cpr: list[Cell] = field(default_factory=list)
    contacts: list[Cell] = field(default_factory=list)
    free_contacts: list[Cell] = field(default_factory=list)
    unclosed: list[int] = field(default_factory=list)

    @property
    def letters(self) -> list[str]:
        """The column letters of the frame, in order."""
        return [name for name in self.frame.columns if name not in (ROW_NUMBER, FIELD_COUNT)]


@dataclass
class FileText:
    """A whole file as text: its format, its encoding (CSV) and its sheets."""

    format: str
    encoding: str | None = None
    sheets: list[SheetText] = field(default_factory=list)


def write_message(stream: BinaryIO, content: FileText | RefusedError) -> None:
    """Send a result down a pipe, whole."""
    header: dict[str, Any]
    frames: list[bytes] = []
    if isinstance(content, RefusedError):
        header = {"refused": content.rule, "detail": content.detail}
    else:
        sheets = []
        for sheet in content.sheets:
            buffer = io.BytesIO()
            sheet.frame.write_ipc_stream(buffer)
            frames.append(buffer.getvalue())
            facts = {name: value for name, value in vars(sheet).items() if name != "frame"}
            sheets.append(facts | {"length": len(frames[-1])})
        header = {"format": content.format, "encoding": content.encoding, "sheets": sheets}
    text = json.dumps(header, ensure_ascii=True).encode("ascii")
    stream.write(_LENGTH.pack(len(text)) + text)
    for frame in frames:
        stream.write(frame)
    stream.flush()


def read_message(read_exactly: Callable[[int], bytes]) -> FileText:
    """Receive a result. Raises :class:`RefusedError` where the file was refused."""
    (length,) = _LENGTH.unpack(read_exactly(_LENGTH.size))
    header = json.loads(read_exactly(length))
    if "refused" in header:
        raise RefusedError(header["refused"], **header["detail"])
    sheets = []
    for facts in header["sheets"]:
        frame = pl.read_ipc_stream(io.BytesIO(read_exactly(facts.pop("length"))))
        for name in ("errors", "uncached", "cpr", "contacts", "free_contacts"):
            facts[name] = [(row, letter) for row, letter in facts[name]]
        sheets.append(SheetText(frame=frame, **facts))
    return FileText(header["format"], header["encoding"], sheets)
