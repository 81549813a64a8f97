"""The checks in ``sql/checks/<schema>/<table>__<rule>.sql``: each selects the rows that break its rule.

The header says what a row found means, its usual cause, and whether it stops publication
(``-- Blocking: yes``). Besides them every model's stated grain is checked: the columns named after
"one row per" in its header are unique together.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb

from assets.gates.quality import SCHEMA_LAYERS, Gate, Layer, QualityResult
from assets.sql_models import SQL_ROOT, Model, load_models

CHECKS = SQL_ROOT / "checks"
GRAIN = "grain"
_BLOCKING = re.compile(r"^blocking:\s*(yes|no)\s*$", re.IGNORECASE | re.MULTILINE)
_GRAIN = re.compile(r"Grain:\s+one row per ([a-z_,\s]+)")

# What of an offending row may be told outside the warehouse: where it stands, never who or what it says.
PLACES = (
    "organisation_id",
    "path",
    "sheet",
    "row_number",
    "cell",
    "network_id",
    "period",
    "responsibility_id",
    "indicator_id",
    "measure_id",
    "dimension",
    "network_type",
    "window",
    "basis",
    "delivery_sequence",
)


@dataclass(frozen=True)
class SqlCheck:
    """One check: the gate it is, its header, the query of the offenders, and what these are (da, en)."""

    gate: Gate
    header: str
    query: str
    said: tuple[str, str] = ("", "")

    @property
    def key(self) -> str:
        """``<table>__<rule>``, as the file is named."""
        return f"{self.gate.table.split('.')[1]}__{self.gate.check}"


class CheckFileError(Exception):
    """A check file is not named or headed as it should be; the message names it."""


@cache
def load_sql_checks(root: Path = CHECKS) -> tuple[SqlCheck, ...]:
    """Every check file, by schema and name. Raises :class:`CheckFileError`."""
    return tuple(_read(path) for path in sorted(root.glob("*/*.sql")))


def _read(path: Path) -> SqlCheck:
    schema, (table, separator, rule) = path.parent.name, path.stem.partition("__")
    said = f"{schema}/{path.name}"
    if schema not in SCHEMA_LAYERS or not separator or not rule:
        raise CheckFileError(f"{said}: a check is named <schema>/<table>__<rule>.sql")
    model = Model("checks", path.stem, path.read_text(encoding="utf-8"))
    blocking = _BLOCKING.search(model.header)
    if blocking is None:
        raise CheckFileError(f"{said}: the header should say 'Blocking: yes' or 'Blocking: no'")
    stops = blocking[1].lower() == "yes"
    gate = Gate(SCHEMA_LAYERS[schema], f"{schema}.{table}", rule, stops)
    return SqlCheck(gate, model.header, model.query, model.said)


@cache
def grain_checks() -> tuple[SqlCheck, ...]:
    """A check of each model's stated grain. Raises :class:`CheckFileError` for a model that states none."""
    return tuple(_grain_check(model) for model in load_models())


def _grain_check(model: Model) -> SqlCheck:
    columns = grain_of(model)
    if not columns:
        raise CheckFileError(f"sql/{model.schema}/{model.name}.sql: no 'Grain: one row per …' in the header")
    keys = ", ".join(f'"{column}"' for column in columns)
    gate = Gate(SCHEMA_LAYERS[model.schema], model.table, GRAIN)
    listed = ", ".join(columns)
    said = (f"Rækker, der ikke er alene om deres {listed}.", f"Rows that are not alone in their {listed}.")
    query = f"select {keys}, count(*) as rows from {model.table} group by {keys} having count(*) > 1"
    return SqlCheck(gate, f"{said[1]}\nBlocking: yes", query, said)


def grain_of(model: Model) -> tuple[str, ...]:
    """The columns that a model's header says are unique together; empty where it says nothing."""
    stated = _GRAIN.search(model.header)
    if stated is None:
        return ()
    named = re.split(r",\s*|\s+and\s+", stated[1].strip())
    return tuple(name.split()[0] for name in named if name)


def checks_of(layer: Layer) -> tuple[SqlCheck, ...]:
    """Every check of one layer: those in files, then the grains of its models."""
    return tuple(check for check in (*load_sql_checks(), *grain_checks()) if check.gate.layer == layer)


def run_sql_checks(connection: duckdb.DuckDBPyConnection, layer: Layer) -> list[QualityResult]:
    """Run the checks of one layer; a result a check."""
    return [run_sql_check(connection, check) for check in checks_of(layer)]


def run_sql_check(connection: duckdb.DuckDBPyConnection, check: SqlCheck) -> QualityResult:
    """Count the offenders of one check; a query that cannot run is an error, not a pass."""
    kind = GRAIN if check.gate.check == GRAIN else "sql"
    try:
        offenders, rows = connection.execute(
            f"select (select count(*) from ({check.query})), (select count(*) from {check.gate.table})"
        ).fetchall()[0]
    except duckdb.Error as error:
        return QualityResult(check.gate, kind, "", "error", None, None, type(error).__name__)
    return QualityResult(check.gate, kind, "", "failed" if offenders else "passed", rows, offenders)
