"""The lake: a root of Parquet that DuckDB and Spark both read and write.

A table is written as a whole into a run folder, ``<lake>/<schema>/<name>/run=<id>/``; ``current.json`` in the
root says which run stands for each table, and is replaced whole. Only columns that some model names leave the
warehouse: names of people and other descriptive text do not.
"""

import json
import os
import secrets
import shutil
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import duckdb
from sqlglot import exp, parse_one

from assets.engine.errors import EngineError
from assets.engine.types import spark_type
from assets.sql_models import load_models
from assets.warehouse import SCHEMAS

LAKE_VARIABLE = "NETVAERDI_LAKE"
RUNS_KEPT = 2
_MEMORY = "netvaerdi_lake"
Columns = dict[str, str]  # name to DuckDB's type


class Lake:
    """The Parquet root, for one run of models."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.run_id = datetime.now(UTC).strftime("%Y%m%dT%H%M%S") + "-" + secrets.token_hex(4)

    @classmethod
    def from_environment(cls) -> "Lake":
        """The lake that ``NETVAERDI_LAKE`` names. Raises :class:`EngineError` where it names none."""
        named = os.environ.get(LAKE_VARIABLE, "").strip()
        if not named:
            raise EngineError(
                f"Sæt {LAKE_VARIABLE} til en mappe, som både denne maskine og Spark kan læse og skrive.",
                f"Set {LAKE_VARIABLE} to a folder that both this machine and Spark can read and write.",
            )
        return cls(Path(named).expanduser().absolute())

    def folder(self, table: str) -> Path:
        """Where this run writes ``schema.name``."""
        return self.root.joinpath(*table.split("."), f"run={self.run_id}")

    def export(self, connection: duckdb.DuckDBPyConnection, table: str) -> Path:
        """Write a table of the warehouse, as far as the models read it; the folder it stands in."""
        folder = self.folder(table)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        selected = ", ".join(
            f'cast("{name}" as decimal(38, 0)) as "{name}"' if type_ == "HUGEINT" else f'"{name}"'
            for name, type_ in read_columns(connection, table).items()
        )
        file = str(folder / "part-0.parquet").replace("'", "''")
        connection.execute(f"copy (select {selected} from {table}) to '{file}' (format parquet)")
        return folder

    def switch(self, folders: Mapping[str, Path]) -> None:
        """Let these run folders stand for their tables from now on, and clear away the oldest others."""
        file = self.root / "current.json"
        said: dict[str, str] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
        said |= {table: folder.relative_to(self.root).as_posix() for table, folder in folders.items()}
        building = file.with_name(f".current-{self.run_id}.json")
        building.write_text(json.dumps(dict(sorted(said.items())), indent=1) + "\n", encoding="utf-8")
        building.replace(file)
        for table, folder in folders.items():
            runs = sorted(folder.parent.glob("run=*"), reverse=True)
            for old in runs[RUNS_KEPT:]:
                if old.relative_to(self.root).as_posix() != said[table]:
                    shutil.rmtree(old, ignore_errors=True)


def clear_lake() -> int:
    """Delete every run folder of the lake that ``NETVAERDI_LAKE`` names; how many. Without one there is none.

    All of it is made from the warehouse, and is made again by the next run. Other files are left alone.
    """
    named = os.environ.get(LAKE_VARIABLE, "").strip()
    root = Path(named).expanduser().absolute() if named else None
    if root is None or not root.is_dir():
        return 0
    (root / "current.json").unlink(missing_ok=True)
    runs = [folder for schema in SCHEMAS for folder in (root / schema).glob("*/run=*") if folder.is_dir()]
    for folder in runs:
        shutil.rmtree(folder)
    return len(runs)


def table_columns(connection: duckdb.DuckDBPyConnection, table: str) -> Columns:
    """Every column of a table of the warehouse, in order."""
    schema, name = table.split(".")
    rows = connection.execute(
        "select column_name, data_type from duckdb_columns() where schema_name = ? and table_name = ? "
        "and database_name = current_database() order by column_index",
        [schema, name],
    ).fetchall()
    return dict(rows)


def read_columns(connection: duckdb.DuckDBPyConnection, table: str) -> Columns:
    """The columns of a table that models may read."""
    columns = table_columns(connection, table)
    named = named_columns().get(table)
    return columns if named is None else {name: columns[name] for name in columns if name in named}


def spark_schema(columns: Columns) -> str:
    """The columns as Spark declares them."""
    return ", ".join(f"`{name}` {spark_type(type_)}" for name, type_ in columns.items())


@cache
def named_columns() -> Mapping[str, frozenset[str]]:
    """Table to every column name in the models that read it; without those read with a ``*`` of their own."""
    named: dict[str, set[str]] = {}
    whole: set[str] = set()
    for model in load_models():
        tree = parse_one(model.query, read="duckdb")
        columns = {column.name for column in tree.find_all(exp.Column)}
        for table in model.reads:
            named.setdefault(table, set()).update(columns)
        for select in tree.find_all(exp.Select):
            if select.is_star:
                whole.update(_tables_of(select))
    made = {model.table for model in load_models()}
    return {table: frozenset(names) for table, names in named.items() if table not in whole | made}


def _tables_of(select: exp.Select) -> Iterable[str]:
    sources = [select.args.get("from_") or select.args.get("from"), *(select.args.get("joins") or [])]
    for source in sources:
        table = source.this if source is not None else None
        if isinstance(table, exp.Table) and table.db:
            yield f"{table.db}.{table.name}"


def fingerprint(connection: duckdb.DuckDBPyConnection, table: str) -> str:
    """The same for the same rows in any order."""
    said = connection.execute(f"select count(*), sum(hash(rows)) from {table} as rows").fetchall()[0]
    return f"{said[0]} {said[1]}"


def remembered(connection: duckdb.DuckDBPyConnection) -> dict[str, tuple[str, str]]:
    """Table to fingerprint and folder, of what this connection's tables stand as in the lake."""
    said = connection.execute(f"select getvariable('{_MEMORY}')").fetchall()[0][0]
    return {table: (print_, folder) for table, (print_, folder) in json.loads(said or "{}").items()}


def remember(connection: duckdb.DuckDBPyConnection, standing: Mapping[str, tuple[str, str]]) -> None:
    """Keep that as long as the connection is open."""
    connection.execute(f"set variable {_MEMORY} = ?", [json.dumps(standing)])
