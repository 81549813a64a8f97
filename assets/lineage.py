"""Which column each column of a model is made of, read from its SQL.

Reading all models takes seconds, so what was read is kept in ``sql/column_lineage.json`` under each model's
fingerprint: ``python -m assets.lineage WAREHOUSE`` writes it anew. A model that has changed since is read
when it runs, and remembered in the home. An accepted column's meaning names the heading of the spreadsheet
it comes from, so that the way ends there.
"""

import hashlib
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from assets.contract import KINDS
from assets.sql_models import SQL_ROOT, Model, load_models

SHOWN = 4  # columns and headings in a description
FILE = SQL_ROOT / "column_lineage.json"
Sources = Mapping[str, list[str]]  # column to ``schema.table.column``
Shapes = dict[str, dict[str, dict[str, str]]]  # schema, table, column, type


def fingerprint(model: Model) -> str:
    """Of what the lineage is read from."""
    return hashlib.sha256(model.query.encode()).hexdigest()[:12]


def column_lineage(
    connection: duckdb.DuckDBPyConnection, models: Iterable[Model], memory: Path
) -> dict[str, Sources]:
    """Table to the sources of its columns; a model that has changed is read now and written to ``memory``."""
    known = kept()
    remembered = _read(memory)
    found: dict[str, Sources] = {}
    new = False
    tables: Shapes = {}
    for model in models:
        key = f"{model.table} {fingerprint(model)}"
        if key not in known and key not in remembered:
            tables = tables or shapes(connection)
            remembered[key] = read_lineage(model, tables)
            new = True
        found[model.table] = known.get(key) or remembered.get(key) or {}
    if new:
        _write(memory, remembered)
    return found


def origins(tables: Iterable[str], memory: Path) -> dict[str, dict[str, str]]:
    """Table to column to what it is made of: the columns read, and the headings of the sheets behind them.

    Dagster draws column lineage in its paid edition only, so the way is told where columns are described.
    """
    lineages = _all_lineages(memory)
    return {
        table: {
            column: f"← {_few(sources)}" + (f" ⇐ {_few(headings)}" if headings else "")
            for column, sources in lineages.get(table, {}).items()
            if sources
            for headings in [sorted(_headings(sources, lineages))]
        }
        for table in tables
    }


def _headings(sources: Iterable[str], lineages: Mapping[str, Sources]) -> set[str]:
    """Sheet and heading of every accepted column that these columns are made of, however far back."""
    found: set[str] = set()
    seen: set[str] = set()
    waiting = list(sources)
    while waiting:
        source = waiting.pop()
        if source in seen:
            continue
        seen.add(source)
        table, _, column = source.rpartition(".")
        if source in sheet_headings():
            found.add(sheet_headings()[source])
        waiting += lineages.get(table, {}).get(column, ())
    return found


@cache
def sheet_headings() -> dict[str, str]:
    """Accepted column to ``Ark »Overskrift«``, as the contract has them."""
    return {
        f"accepted.{kind.name}.{column.name}": f"{kind.sheet} »{column.heading}«"
        for kind in KINDS
        for column in kind.columns
    }


def _few(names: Sequence[str]) -> str:
    more = f" (+{len(names) - SHOWN})" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more


def _all_lineages(memory: Path) -> dict[str, Sources]:
    known, remembered = kept(), _read(memory)
    keys = {model.table: f"{model.table} {fingerprint(model)}" for model in load_models()}
    return {table: known.get(key) or remembered.get(key) or {} for table, key in keys.items()}


def read_lineage(model: Model, tables: Shapes) -> Sources:
    """The sources of every column of one model; empty where its SQL cannot be followed."""
    import sqlglot
    from sqlglot import exp
    from sqlglot.errors import SqlglotError
    from sqlglot.lineage import lineage
    from sqlglot.optimizer.qualify import qualify
    from sqlglot.optimizer.scope import build_scope

    try:
        tree: Any = qualify(
            sqlglot.parse_one(model.query, dialect="duckdb"),
            schema=tables,
            dialect="duckdb",
            validate_qualify_columns=False,
            identify=False,
        )
        scope = build_scope(tree)
        columns: dict[str, list[str]] = {}
        for name in tree.named_selects:
            node = lineage(name, tree, schema=tables, dialect="duckdb", scope=scope, copy=False)
            columns[name] = sorted(
                {
                    f"{one.source.db}.{one.source.name}.{one.name.split('.')[-1].strip(chr(34))}"
                    for one in node.walk()
                    if isinstance(one.source, exp.Table) and one.source.db
                }
            )
    except (SqlglotError, ValueError, KeyError):
        return {}
    return columns


def shapes(connection: duckdb.DuckDBPyConnection) -> Shapes:
    """Every table's columns and types, as the reader of SQL needs them."""
    found: Shapes = {}
    for schema, table, column, type_ in connection.execute(
        "select schema_name, table_name, column_name, data_type from duckdb_columns() "
        "where not internal order by column_index"
    ).fetchall():
        found.setdefault(schema, {}).setdefault(table, {})[column] = type_
    return found


@cache
def kept() -> dict[str, Sources]:
    """What the file beside the models says."""
    return _read(FILE)


def _read(file: Path) -> dict[str, Sources]:
    try:
        read: dict[str, Sources] = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return read


def _write(file: Path, lineages: Mapping[str, Sources]) -> None:
    """One line a model, so that a change to one is a change of one line."""
    lines = [
        f"{json.dumps(key)}: {json.dumps(dict(lineages[key]), separators=(',', ':'))}"
        for key in sorted(lineages)
    ]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def main(warehouse: str) -> None:
    """Write the file anew, by the columns of a warehouse in which everything was computed."""
    with duckdb.connect(warehouse, read_only=True) as connection:
        tables = shapes(connection)
    _write(
        FILE, {f"{model.table} {fingerprint(model)}": read_lineage(model, tables) for model in load_models()}
    )


if __name__ == "__main__":
    main(sys.argv[1])
