"""The models and gates as a dbt project, so that dbt-duckdb can be measured building the very same.

Each model of ``sql/`` becomes a file whose tables are named by ``ref`` and ``source``, each gate (a rule of a
suite, a file of ``sql/checks``, the grain of a model) a singular test of the rows against it. What no model
makes are sources: their tables, as a run left them, are copied into dbt's DuckDB file.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import duckdb

from assets.gates.quality import LAYERS, Gate
from assets.gates.sql_checks import checks_of
from assets.gates.suites import Rule, Suite, offends, suites_of
from assets.sql_models import Model, load_models
from assets.warehouse import SCHEMAS, create_schemas

DATABASE = "benchmark.duckdb"
_TABLE = re.compile(rf"\b(from|join)\s+((?:{'|'.join(SCHEMAS)})\.[a-z0-9_]+)", re.IGNORECASE)
_PROJECT = """\
name: netvaerdi
version: "1.0"
profile: netvaerdi
flags: {send_anonymous_usage_stats: false, use_colors: false}
models: {netvaerdi: {+materialized: table}}
"""
_PROFILE = """\
netvaerdi:
  target: here
  outputs: {here: {type: duckdb, path: DATABASE, schema: main, threads: THREADS}}
"""
# A folder's name is its schema, without dbt's own prefix.
_SCHEMA_MACRO = """\
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ custom_schema_name or target.schema }}
{%- endmacro %}
"""


def write_project(folder: Path, threads: int = 2) -> tuple[int, int]:
    """Write the project into a folder that is there; the number of its models and of its tests."""
    models = load_models()
    made = {model.table for model in models}
    put(folder / "dbt_project.yml", _PROJECT)
    put(
        folder / "profiles.yml",
        _PROFILE.replace("DATABASE", str(folder / DATABASE)).replace("THREADS", str(threads)),
    )
    put(folder / "macros" / "schema.sql", _SCHEMA_MACRO)
    named: set[str] = set()
    for model in models:
        text = as_dbt(model.query, made, named)
        config = f"{{{{ config(schema='{model.schema}', alias='{model.name}') }}}}\n"
        put(folder / "models" / model.schema / f"{dbt_name(model.table)}.sql", config + text + "\n")
    counted = 0
    for gate, query in gate_queries():
        severity = "error" if gate.blocking else "warn"
        config = f"{{{{ config(severity='{severity}') }}}}\n"
        counted += 1
        name = re.sub(r"[^a-z0-9_]+", "_", f"{gate.table}__{gate.check}".lower())
        put(folder / "tests" / f"{counted:03}_{name}.sql", config + as_dbt(query, made, named) + "\n")
    put(folder / "models" / "sources.yml", json.dumps(sources(named), indent=1))  # JSON is YAML too
    return len(models), counted


def put(path: Path, text: str) -> None:
    """Write a file, with the folder it stands in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def dbt_name(table: str) -> str:
    """dbt's name of a model: ``schema__name``, since a figure and its evidence have one name."""
    return table.replace(".", "__")


def as_dbt(query: str, made: set[str], named: set[str]) -> str:
    """The query with its tables as ``ref`` and ``source``; sources are added to ``named``."""

    def told(found: re.Match[str]) -> str:
        word, table = found[1], found[2].lower()
        if table in made:
            return f"{word} {{{{ ref('{dbt_name(table)}') }}}}"
        named.add(table)
        schema, name = table.split(".")
        return f"{word} {{{{ source('{schema}', '{name}') }}}}"

    return _TABLE.sub(told, query)


def sources(tables: set[str]) -> dict[str, object]:
    """The tables that no model makes, as dbt asks for them."""
    schemas = sorted({table.split(".")[0] for table in tables})
    return {
        "version": 2,
        "sources": [
            {
                "name": schema,
                "schema": schema,
                "tables": [
                    {"name": table.split(".")[1]} for table in sorted(tables) if table.split(".")[0] == schema
                ],
            }
            for schema in schemas
        ],
    }


def gate_queries() -> Iterator[tuple[Gate, str]]:
    """Every gate and the query of the rows against it, in the order of the layers."""
    for layer in LAYERS:
        for suite in suites_of(layer):
            for rule in suite.rules:
                yield suite.gate(rule), offending(suite, rule)
        for check in checks_of(layer):
            yield check.gate, check.query


def offending(suite: Suite, rule: Rule) -> str:
    """The rows of a table that are against a rule of its suite; one row where the table has too few."""
    if rule.kind == "unique":
        keys = ", ".join(f'"{column}"' for column in rule.columns)
        return f"select {keys} from {suite.table} group by {keys} having count(*) > 1"
    if rule.kind == "rows_at_least":
        return f"select 1 as missing from {suite.table} having count(*) < {rule.argument}"
    return f'select "row".* from {suite.table} as "row" where {offends(rule)}'


def copy_sources(warehouse: Path, database: Path) -> None:
    """Copy every table that no model makes from a run's warehouse into dbt's new DuckDB file."""
    made = {model.table for model in load_models()}
    with duckdb.connect(str(database)) as connection:
        create_schemas(connection)
        place = str(warehouse).replace("'", "''")
        connection.execute(f"attach '{place}' as home (read_only)")
        there = connection.execute(
            "select schema_name || '.' || table_name from duckdb_tables() where database_name = 'home'"
        ).fetchall()
        for (table,) in there:
            if table not in made:
                connection.execute(f"create table {table} as from home.{table}")


def differences(warehouse: Path, database: Path, models: tuple[Model, ...] | None = None) -> list[str]:
    """The models whose rows dbt's file has otherwise than the run's warehouse; empty when all agree."""
    unlike = []
    with duckdb.connect(str(database), read_only=True) as connection:
        place = str(warehouse).replace("'", "''")
        connection.execute(f"attach '{place}' as home (read_only)")
        for model in models or load_models():
            ours, theirs = f"from home.{model.table}", f"from {model.table}"
            apart = f"({ours} except all {theirs}) union all ({theirs} except all {ours})"
            if connection.execute(f"select count(*) from ({apart})").fetchall()[0][0]:
                unlike.append(model.table)
    return unlike
