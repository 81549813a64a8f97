"""CSV files as text: encoding, delimiter, and every fault named by the row where it stands.

A row number is the one a spreadsheet shows: a record over several lines is one row, a blank line is
one, and a first line ``sep=;`` is none.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import polars as pl

from assets.raw.addresses import column_letter
from assets.raw.content import FIELD_COUNT, ROW_NUMBER, FileText, SheetText
from assets.raw.faults import RefusedError
from assets.raw.limits import Limits
from assets.raw.personal_cells import find_personal_cells

DELIMITERS = (";", "\t", ",")
LONGEST_LINE = 1_000_000
_LOOKED_AT = 40
_MOST_RECOVERIES = 1000
_SEPARATOR_LINE = re.compile(r"""["']?sep=(.)["']?\s*""", re.IGNORECASE)
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")


def read_csv(path: Path, sheet_name: str, limits: Limits) -> FileText:
    """A CSV file as one sheet, named by its file.

    Raises:
        RefusedError: ``unreadable`` (no encoding fits), ``too_large`` (a line, rows or columns).
    """
    text, encoding = decode(path.read_bytes())
    _, _, records, unclosed = csv_records(text, limits)
    return FileText("csv", encoding, [_sheet(sheet_name, records, unclosed, limits)])


def csv_records(text: str, limits: Limits) -> tuple[str, str, list[list[str]], list[int]]:
    """The line ``sep=`` (or nothing), the delimiter, every record, and the rows where a quote stays open.

    Raises:
        RefusedError: ``too_large``: a line, rows or columns.
    """
    lines = [line for line in _LINE.findall(text) if line]
    longest = max(map(len, lines), default=0)
    if longest > LONGEST_LINE:
        raise RefusedError("too_large", reason="line", found=longest, limit=LONGEST_LINE)
    separator_line = ""
    match = _SEPARATOR_LINE.fullmatch(lines[0]) if lines else None
    if match:
        separator_line = lines[0]
        lines = lines[1:]
    delimiter = match[1] if match else sniff_delimiter(lines)
    records, unclosed = _records(lines, delimiter, limits)
    return separator_line, delimiter, records, unclosed


def decode(data: bytes) -> tuple[str, str]:
    """The text and the name of its encoding: UTF-8 (with or without BOM), UTF-16 or Windows-1252.

    Raises:
        RefusedError: ``unreadable`` (``encoding``): none of them fits.
    """
    if data.startswith(b"\xef\xbb\xbf"):
        candidates = ["utf-8-sig"]
    elif data.startswith((b"\xff\xfe", b"\xfe\xff")):
        candidates = ["utf-16"]
    elif data[1:4000:2].count(0) > len(data[1:4000:2]) * 0.7:
        candidates = ["utf-16-le"]
    elif data[0:4000:2].count(0) > len(data[0:4000:2]) * 0.7:
        candidates = ["utf-16-be"]
    else:
        candidates = ["utf-8", "cp1252"]
    for encoding in candidates:
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise RefusedError("unreadable", reason="encoding")


def sniff_delimiter(lines: Sequence[str]) -> str:
    """The delimiter that gives most rows the same number of fields; ``;`` where none does better."""
    best, best_score = DELIMITERS[0], 0
    for delimiter in DELIMITERS:
        widths = [
            len(record) for _, record, _ in islice(_parse(lines[: _LOOKED_AT * 4], delimiter), _LOOKED_AT)
        ]
        several = [width for width in widths if width > 1]
        score = max((several.count(width) * (width - 1) for width in set(several)), default=0)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _parse(lines: Sequence[str], delimiter: str) -> Iterator[tuple[int, list[str], bool]]:
    """Records in order: the line they begin on, their fields, and whether a quote opened there stays open.

    Such a line is taken as it stands, its quotes as letters, and reading goes on at the next one: one
    forgotten quote does not swallow the rows below it.
    """
    position = recoveries = 0
    while position < len(lines):
        rest = iter(lines[position:]) if position else iter(lines)
        reader = csv.reader(rest, delimiter=delimiter, strict=True)
        begun = position
        try:
            while True:
                start = begun + reader.line_num
                record = next(reader)
                if reader.line_num + begun - start > 1 and _swallowed(record, delimiter):
                    raise csv.Error("a quote swallowed whole rows")
                yield start, record, False
        except StopIteration:
            return
        except csv.Error:
            recoveries += 1
            literal = csv.reader(lines[start : start + 1], delimiter=delimiter, quoting=csv.QUOTE_NONE)
            yield start, next(literal, []), True
            position = start + 1
            if recoveries > _MOST_RECOVERIES:
                raise RefusedError("unclosed_quote", row_number=start + 1) from None


def _swallowed(record: list[str], delimiter: str) -> bool:
    """Whether a field of several lines looks like rows: as many delimiters inside a line as a row has."""
    enough = max(2, len(record) - 2)
    return any(
        line.count(delimiter) >= enough
        for field in record
        if "\n" in field or "\r" in field
        for line in field.splitlines()
    )


def _records(lines: list[str], delimiter: str, limits: Limits) -> tuple[list[list[str]], list[int]]:
    csv.field_size_limit(LONGEST_LINE)
    records: list[list[str]] = []
    unclosed: list[int] = []
    for _, record, is_open in _parse(lines, delimiter):
        records.append(record)
        if is_open:
            unclosed.append(len(records))
        if len(record) > limits.columns and any(record[limits.columns :]):
            raise RefusedError("too_large", reason="columns", found=len(record), limit=limits.columns)
        if len(records) > limits.rows + _LOOKED_AT:
            raise RefusedError("too_large", reason="rows", found=len(records), limit=limits.rows)
    while records and not any(records[-1]):
        records.pop()
    return records, unclosed


def _sheet(name: str, records: list[list[str]], unclosed: list[int], limits: Limits) -> SheetText:
    counts = [len(record) for record in records]
    width = min(max(counts, default=0), limits.columns)
    padded = [record[:width] + [""] * (width - len(record)) for record in records]
    sheet = SheetText(
        name,
        pl.DataFrame(
            {
                ROW_NUMBER: pl.int_range(1, len(records) + 1, dtype=pl.Int32, eager=True),
                FIELD_COUNT: pl.Series(counts, dtype=pl.Int32),
            }
        ),
        unclosed=unclosed,
    )
    texts = {
        column_letter(index): pl.Series(values, dtype=pl.String).replace("", None)
        for index, values in enumerate(zip(*padded, strict=True))
    }
    sheet.cpr, sheet.contacts, sheet.free_contacts = find_personal_cells(texts, 1)
    frame = sheet.frame.with_columns(text.alias(letter) for letter, text in texts.items())
    sheet.frame = frame.with_columns(
        pl.when(~pl.col(ROW_NUMBER).is_in([row for row, at in sheet.cpr if at == letter]))
        .then(pl.col(letter))
        .alias(letter)
        for letter in dict.fromkeys(letter for _, letter in sheet.cpr)
    )
    return sheet
