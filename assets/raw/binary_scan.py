"""The records of binary Excel sheets (``.xls``, ``.xlsb``), for what a fast reader keeps silent about.

Layouts: [MS-XLS] and [MS-XLSB], Microsoft's open specifications.
"""

import struct
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from assets.raw.addresses import column_letter
from assets.raw.faults import RefusedError
from assets.raw.limits import Limits
from assets.raw.sheet_facts import SheetFacts, refuse_beyond

ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
_XLS_EOF, _XLS_SHEET, _XLS_ROW, _XLS_COLUMNS, _XLS_FORMULA, _XLS_BOOL_OR_ERROR = (
    10,
    0x85,
    0x208,
    0x7D,
    6,
    0x205,
)
_XLS_VALUES = {0x203, 0x27E, 0xBD, 0xFD, 0x204, 0xD6, _XLS_FORMULA, _XLS_BOOL_OR_ERROR}
_XLSB_ROW, _XLSB_ERROR, _XLSB_FORMULA_ERROR, _XLSB_COLUMNS, _XLSB_MERGE, _XLSB_SHEET = 0, 3, 11, 60, 176, 156
_XLSB_VALUES = range(2, 12)


def scan_xls(stream: BinaryIO, limits: Limits) -> dict[str, SheetFacts]:
    """Facts of every sheet of an ``.xls``, by name. Raises :class:`RefusedError`."""
    import olefile  # type: ignore[import-untyped]

    stream.seek(0)
    try:
        container = olefile.OleFileIO(stream)
        name = "Workbook" if container.exists("Workbook") else "Book"
        data = container.openstream(name).read()
    except (OSError, ValueError, IndexError, struct.error) as error:
        raise RefusedError("damaged", reason="structure") from error
    try:
        return {
            name: _xls_sheet(data, position, hidden, limits) for name, position, hidden in _xls_sheets(data)
        }
    except (struct.error, IndexError) as error:
        raise RefusedError("damaged", reason="structure") from error


def _xls_records(data: bytes, position: int) -> Iterator[tuple[int, bytes]]:
    """Records from a position to the end of that part of the stream."""
    while position + 4 <= len(data):
        kind, length = struct.unpack_from("<HH", data, position)
        yield kind, data[position + 4 : position + 4 + length]
        if kind == _XLS_EOF:
            return
        position += 4 + length
    raise RefusedError("damaged", reason="cut_off")


def _xls_sheets(data: bytes) -> list[tuple[str, int, bool]]:
    """Name, position and whether it is hidden, of every worksheet of a workbook stream."""
    sheets = []
    for kind, body in _xls_records(data, 0):
        if kind == _XLS_SHEET and len(body) > 8 and body[5] == 0:
            position, state, _, letters, wide = struct.unpack_from("<LBBBB", body)
            text = body[8 : 8 + letters * (2 if wide & 1 else 1)]
            sheets.append(
                (text.decode("utf-16-le" if wide & 1 else "latin-1", "replace"), position, state != 0)
            )
    return sheets


def _xls_sheet(data: bytes, position: int, hidden: bool, limits: Limits) -> SheetFacts:
    facts = SheetFacts(hidden=hidden)
    rows: set[int] = set()
    for kind, body in _xls_records(data, position):
        if kind in _XLS_VALUES:
            row, column = struct.unpack_from("<HH", body)
            rows.add(row)
            refuse_beyond(row + 1, column, len(rows), limits)
            error = None
            if kind == _XLS_BOOL_OR_ERROR and body[7]:
                error = body[6]
            elif kind == _XLS_FORMULA and body[12:14] == b"\xff\xff" and body[6] == 2:
                error = body[8]
            if error is not None:
                facts.errors[row + 1, column_letter(column)] = ERRORS.get(error, "#N/A")
        elif kind == _XLS_ROW and struct.unpack_from("<H", body, 12)[0] & 0x20:
            facts.hidden_rows.append(struct.unpack_from("<H", body)[0] + 1)
        elif kind == _XLS_COLUMNS and struct.unpack_from("<H", body, 8)[0] & 1:
            first, last = struct.unpack_from("<HH", body)
            last = min(last, limits.columns - 1)
            facts.hidden_columns.extend(column_letter(index) for index in range(first, last + 1))
    return facts


def xlsb_sheet_names(workbook: bytes) -> dict[str, tuple[str, bool]]:
    """Relation id → sheet name and whether it is hidden, from ``xl/workbook.bin``."""
    sheets = {}
    for kind, body in _xlsb_records([workbook]):
        if kind == _XLSB_SHEET:
            (state,) = struct.unpack_from("<L", body)
            relation, after = _wide_text(body, 8)
            name, _ = _wide_text(body, after)
            sheets[relation] = (name, state != 0)
    return sheets


def scan_xlsb(pieces: Iterable[bytes], limits: Limits) -> SheetFacts:
    """Facts of one sheet of an ``.xlsb``. Raises :class:`RefusedError`."""
    facts = SheetFacts(merged=[])
    row = rows_with_content = 0
    row_counted = True
    for kind, body in _xlsb_records(pieces):
        if kind == _XLSB_ROW:
            row = struct.unpack_from("<L", body)[0] + 1
            row_counted = False
            if len(body) > 11 and body[11] & 0x10:
                facts.hidden_rows.append(row)
        elif kind in _XLSB_VALUES:
            (column,) = struct.unpack_from("<L", body)
            rows_with_content += not row_counted
            row_counted = True
            refuse_beyond(row, column, rows_with_content, limits)
            if kind in (_XLSB_ERROR, _XLSB_FORMULA_ERROR):
                facts.errors[row, column_letter(column)] = ERRORS.get(body[8], "#N/A")
        elif kind == _XLSB_COLUMNS and body[16] & 1:
            first, last = struct.unpack_from("<LL", body)
            last = min(last, limits.columns - 1)
            facts.hidden_columns.extend(column_letter(index) for index in range(first, last + 1))
        elif kind == _XLSB_MERGE and facts.merged is not None:
            top, bottom, left, right = struct.unpack_from("<LLLL", body)
            facts.merged.append(f"{column_letter(left)}{top + 1}:{column_letter(right)}{bottom + 1}")
    return facts


def _xlsb_records(pieces: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """Records of a part that comes in pieces. Raises ``damaged`` where it ends inside one."""
    data, position = b"", 0
    for piece in pieces:
        data, position = data[position:] + piece, 0
        while (record := _xlsb_record(data, position)) is not None:
            kind, start, end = record
            yield kind, data[start:end]
            position = end
    if position != len(data):
        raise RefusedError("damaged", reason="cut_off")


def _xlsb_record(data: bytes, position: int) -> tuple[int, int, int] | None:
    """Type, start and end of the record at a position; none where it is not whole yet."""
    if position >= len(data):
        return None
    kind = data[position]
    position += 1
    if kind & 0x80:
        if position >= len(data):
            return None
        kind = (kind & 0x7F) | (data[position] & 0x7F) << 7
        position += 1
    length = 0
    for shift in (0, 7, 14, 21):
        if position >= len(data):
            return None
        byte = data[position]
        position += 1
        length |= (byte & 0x7F) << shift
        if not byte & 0x80:
            break
    return (kind, position, position + length) if position + length <= len(data) else None


def _wide_text(body: bytes, position: int) -> tuple[str, int]:
    (letters,) = struct.unpack_from("<L", body, position)
    if letters == 0xFFFFFFFF:
        return "", position + 4
    end = position + 4 + 2 * letters
    return body[position + 4 : end].decode("utf-16-le", "replace"), end
