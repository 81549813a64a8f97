"""What a delivery changed: its rows against those its path said before."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import duckdb

from assets.contract import KIND_BY_NAME, Column, Kind
from assets.raw.cells import (
    CellError,
    clean_text,
    is_empty,
    read_date,
    read_enum,
    read_identifier,
    read_integer,
)
from assets.settings_contract import SETTINGS_BY_NAME

_KINDS = KIND_BY_NAME | SETTINGS_BY_NAME


@dataclass(frozen=True)
class Changes:
    """Rows of one kind, new, changed, withdrawn and as before. An anonymous answer is never changed."""

    kind: str
    new: int
    changed: int
    withdrawn: int
    same: int


def previous_delivery(connection: duckdb.DuckDBPyConnection, sequence: int) -> int | None:
    """The delivery that stood at the same path before this one; none where none did."""
    row = connection.execute(
        """
        select max(before.sequence)
        from raw.delivery as this
        join raw.delivery as before
            on this.organisation_id = before.organisation_id and this.path = before.path
        where this.sequence = ? and before.sequence < this.sequence and before.rule is null
        """,
        [sequence],
    ).fetchone()
    return int(row[0]) if row and row[0] is not None else None


def changes_of(connection: duckdb.DuckDBPyConnection, sequence: int, before: int) -> list[Changes]:
    """What a delivery changed, a kind at a time."""
    earlier, later = _records(connection, before), _records(connection, sequence)
    return [
        _compared(kind, earlier.get(kind, []), later.get(kind, []))
        for kind in _KINDS
        if kind in earlier or kind in later
    ]


def _compared(kind: str, earlier: list[tuple[str, str]], later: list[tuple[str, str]]) -> Changes:
    if not _KINDS[kind].key:  # no row is the same answer as another: only how many are alike
        before, after = Counter(row for _, row in earlier), Counter(row for _, row in later)
        same = (before & after).total()
        return Changes(kind, after.total() - same, 0, before.total() - same, same)
    old, now = dict(reversed(earlier)), dict(reversed(later))
    both = old.keys() & now.keys()
    same = sum(old[key] == now[key] for key in both)
    return Changes(kind, len(now.keys() - both), len(both) - same, len(old.keys() - both), same)


def _records(connection: duckdb.DuckDBPyConnection, sequence: int) -> dict[str, list[tuple[str, str]]]:
    """Kind → (key, content) of every row that counts, as written but for spaces and notation of keys."""
    found: dict[str, list[tuple[str, str]]] = {}
    sheets = connection.execute(
        "select sheet, kind, cast(columns as varchar) from raw.sheet "
        "where delivery_sequence = ? and kind is not null",
        [sequence],
    ).fetchall()
    for sheet, kind_name, columns in sheets:
        kind = _KINDS[kind_name]
        letters = json.loads(columns or "{}")
        rows = connection.execute(
            "select cast(cells as varchar) from raw.source_row "
            "where delivery_sequence = ? and sheet = ? and skip_reason is null order by row_number",
            [sequence, sheet],
        )
        found.setdefault(kind_name, []).extend(_read(kind, letters, rows.fetchall()))
    return found


def _read(kind: Kind, letters: dict[str, str], rows: list[tuple[str]]) -> Iterator[tuple[str, str]]:
    keys = [kind.column(name) for name in kind.key]
    for (cells,) in rows:
        texts = json.loads(cells)
        said = {
            name: clean_text(texts[letter])
            for letter, name in letters.items()
            if letter in texts and not is_empty(texts[letter])
        }
        key = "/".join(_key_part(column, said.get(column.name, "")) for column in keys)
        yield key, json.dumps(dict(sorted(said.items())), ensure_ascii=False)


def _key_part(column: Column, text: str) -> str:
    try:
        match column.type:
            case "date":
                return read_date(text).isoformat()
            case "enum":
                return read_enum(text, column.choices)
            case "integer":
                return str(read_integer(text))
    except CellError:
        return text
    return read_identifier(text)
