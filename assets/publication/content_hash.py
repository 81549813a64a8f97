"""The content hash: what two publications have in common when they are the same publication.

The text form, from which anybody with DuckDB (1.2 or later) and Python's standard library can compute it
again; this module itself needs nothing else:

- Tables are taken in order of ``schema.name``, all base tables of ``main`` and ``audit`` but ``audit.run``
  and ``audit.publication``. Columns are taken in table order, without those whose names end in ``_at``.
- A table begins with the line ``schema.name``, then one line ``name<TAB>type`` per column, the type as
  ``information_schema.columns`` spells it.
- Then one line per row, sorted by all those columns in turn (key columns come first), ascending,
  empty values first, text by its bytes. The values of a row are separated by a tab.
- Empty is ``\\N``. Text stands as it is, but a backslash, tab, line feed and carriage return are ``\\\\``,
  ``\\t``, ``\\n`` and ``\\r``. Dates are ``2025-12-31``; whole numbers and decimals have a point and no
  thousands separators; truth is ``true`` or ``false``; a ``DOUBLE`` is ``%.15g`` of C, minus zero as ``0``.
- Every line ends with a line feed; all of it is UTF-8. A table's hash is SHA-256 of its lines; the content
  hash is SHA-256 of the lines ``schema.name<TAB>hash of the table``, in the same order.
"""

import hashlib
from collections.abc import Mapping

import duckdb

UNSEALED = ("audit.run", "audit.publication")
BATCH_ROWS = 50_000


def content_hash(connection: duckdb.DuckDBPyConnection, database: str | None = None) -> str:
    """The content hash of an attached database (default: the one that was opened)."""
    return combine(table_hashes(connection, database))


def combine(hashes: Mapping[str, str]) -> str:
    """The content hash from the hashes of its tables, by ``schema.name``."""
    lines = "".join(f"{table}\t{hashes[table]}\n" for table in sorted(hashes))
    return hashlib.sha256(lines.encode()).hexdigest()


def table_hashes(connection: duckdb.DuckDBPyConnection, database: str | None = None) -> dict[str, str]:
    """SHA-256 of each sealed table, by ``schema.name`` in order."""
    database = database or current_database(connection)
    return {
        table: table_hash(connection, database, table, columns)
        for table, columns in sealed_columns(connection, database).items()
    }


def current_database(connection: duckdb.DuckDBPyConnection) -> str:
    """Name of the database that names without one mean."""
    row = connection.execute("select current_database()").fetchone()
    assert row is not None
    return str(row[0])


def sealed_columns(
    connection: duckdb.DuckDBPyConnection, database: str
) -> dict[str, tuple[tuple[str, str], ...]]:
    """Column names and types that count, by ``schema.name`` in order."""
    found = connection.execute(
        """
        select columns.table_schema || '.' || columns.table_name, columns.column_name, columns.data_type
        from information_schema.columns as columns
        join information_schema.tables as tables using (table_catalog, table_schema, table_name)
        where columns.table_catalog = ? and tables.table_type = 'BASE TABLE'
            and columns.table_schema in ('main', 'audit') and not ends_with(columns.column_name, '_at')
        order by columns.table_schema || '.' || columns.table_name, columns.ordinal_position
        """,
        [database],
    ).fetchall()
    columns: dict[str, list[tuple[str, str]]] = {}
    for table, name, type_ in found:
        if table not in UNSEALED:
            columns.setdefault(table, []).append((name, type_))
    return {table: tuple(columns[table]) for table in sorted(columns)}


def row_text_query(database: str, table: str, columns: tuple[tuple[str, str], ...]) -> str:
    """A query for one text column: the lines of a table's rows, in order, without their line feeds."""
    schema, name = table.split(".", 1)
    parts = ", ".join(_value_text(column, type_) for column, type_ in columns)
    order = ", ".join(f'"{column}" asc nulls first' for column, _ in columns)
    source = f'"{database}"."{schema}"."{name}"'
    return f"select concat_ws(chr(9), {parts}) as line from {source} order by {order}"


def _value_text(column: str, type_: str) -> str:
    name = f'"{column}"'
    if type_ == "VARCHAR":
        text = name
        for plain, escaped in (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r")):
            text = f"replace({text}, chr({ord(plain)}), '{escaped}')"
    elif type_ == "DOUBLE":
        text = f"printf('%.15g', case when {name} = 0 then 0 else {name} end)"
        text = f"case when {name} is not null then {text} end"
    else:
        text = f"cast({name} as varchar)"
    return f"coalesce({text}, '\\N')"


def table_hash(
    connection: duckdb.DuckDBPyConnection, database: str, table: str, columns: tuple[tuple[str, str], ...]
) -> str:
    """SHA-256 of one table's lines."""
    heading = f"{table}\n" + "".join(f"{name}\t{type_}\n" for name, type_ in columns)
    digest = hashlib.sha256(heading.encode())
    cursor = connection.execute(row_text_query(database, table, columns))
    while rows := cursor.fetchmany(BATCH_ROWS):
        digest.update("".join(f"{line}\n" for (line,) in rows).encode())
    return digest.hexdigest()
