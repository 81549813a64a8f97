"""The first row in which one copy of a table differs from another, told by its key and columns."""

from pathlib import Path

import duckdb

PAIRS = (("original", "changed"), ("changed", "original"))
KEY_AT_MOST = 8  # columns: the longest key of a published table


def first_difference(original: Path, changed: Path, table: str) -> tuple[str, str]:
    """The first row that is in one file and not in the other, and what became of it (da, en)."""
    connection = duckdb.connect()
    try:
        for name, path in (("original", original), ("changed", changed)):
            text = str(path).replace("'", "''")
            connection.execute(f"attach '{text}' as {name} (read_only)")
        was, became = (_first(connection, one, other, table) for one, other in PAIRS)
    except duckdb.Error as error:
        cause = str(error).splitlines()[0]
        return cause, cause
    finally:
        connection.close()
    if not was or not became:
        row = _short(was or became)
        return (
            f"{row} er {'fjernet' if was else 'indsat'}",
            f"{row} was {'removed' if was else 'put in'}",
        )
    same = {name: value for name, value in was.items() if became.get(name, value) == value}
    changes = "; ".join(f"{name}: {was[name]} → {became.get(name)}" for name in was if name not in same)
    told = f"{_short(same)}: {changes}"
    return told, told


def _first(connection: duckdb.DuckDBPyConnection, one: str, other: str, table: str) -> dict[str, object]:
    query = f"select * from {one}.{table} except all select * from {other}.{table} order by all limit 1"
    cursor = connection.execute(query)
    names = [column[0] for column in cursor.description or ()]
    rows = cursor.fetchall()
    return dict(zip(names, rows[0], strict=True)) if rows else {}


def _short(row: dict[str, object]) -> str:
    """The first values of a row: its key, which stands first in every table."""
    return "/".join(str(value) for value in list(row.values())[:KEY_AT_MOST] if value not in (None, ""))
