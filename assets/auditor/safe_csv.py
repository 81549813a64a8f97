"""CSV that a spreadsheet shows as it stands: no text becomes a formula, and reading back gives the original.

A text that begins with ``=``, ``+``, ``-``, ``@``, a tab, a carriage return or an apostrophe gets one more
apostrophe before it; :func:`read_text` takes it off again. Numbers, dates and truth are written as values.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

LIVE = ("=", "+", "-", "@", "\t", "\r", "'")
MARK = "'"


def write_value(value: object) -> str:
    """A value as its cell holds it: empty for null, a point in numbers, ISO dates, ``true`` and ``false``."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float | Decimal):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    return MARK + text if text.startswith(LIVE) else text


def read_text(cell: str) -> str:
    """The text that was written."""
    return cell.removeprefix(MARK)


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """The whole file: a heading row and the rows, comma between cells, CRLF after each row, no BOM."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([write_value(name) for name in columns])
    writer.writerows([write_value(value) for value in row] for row in rows)
    return out.getvalue()
