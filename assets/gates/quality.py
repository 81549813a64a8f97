"""What the gates found: ``audit.quality_result`` for this run, ``audit.quality_history`` for those before.

A result says how many rows broke a rule, never which values they had.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

import duckdb
import polars as pl

Layer = Literal["accepted", "results"]
LAYERS: tuple[Layer, ...] = ("accepted", "results")
Outcome = Literal["passed", "failed", "error"]

SCHEMA_LAYERS: dict[str, Layer] = {
    "raw": "accepted",
    "settings": "accepted",
    "accepted": "accepted",
    "core": "results",
    "evidence": "results",
    "indicators": "results",
    "results": "results",
}
COLUMNS: dict[str, pl.DataType | type[pl.DataType]] = {
    "run_id": pl.String,
    "layer": pl.String,
    "table_name": pl.String,
    "check_name": pl.String,
    "expectation": pl.String,
    "column_name": pl.String,
    "outcome": pl.String,
    "success": pl.Boolean,
    "blocking": pl.Boolean,
    "rows_checked": pl.Int64,
    "violations": pl.Int64,
    "cause": pl.String,
    "checked_at": pl.Datetime("us"),
}
_TYPES: dict[object, str] = {
    pl.String: "VARCHAR",
    pl.Boolean: "BOOLEAN",
    pl.Int64: "BIGINT",
    pl.Datetime("us"): "TIMESTAMP",
}


@dataclass(frozen=True)
class Gate:
    """A check by name: the table it looks at, what it is called there, and whether it stops publication."""

    layer: Layer
    table: str
    check: str
    blocking: bool = True

    @property
    def name(self) -> str:
        """As a person is told of it: ``results.indicator_result: unique``."""
        return f"{self.table}: {self.check}"


@dataclass(frozen=True)
class QualityResult:
    """The outcome of one gate.

    Attributes:
        expectation: The Great Expectations type, ``sql`` or ``grain``.
        column: The columns it looks at, comma-separated; empty for the row as a whole.
        rows_checked, violations: Rows seen, and rows against the rule; empty where it could not be judged.
        cause: Of an error, its kind and the table or column that was missing; never a value.
    """

    gate: Gate
    expectation: str
    column: str
    outcome: Outcome
    rows_checked: int | None
    violations: int | None
    cause: str = ""

    @property
    def passed(self) -> bool:
        """Judged, and found in order."""
        return self.outcome == "passed"


def create_quality_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Create both tables where they are not there yet."""
    columns = ", ".join(f"{name} {_TYPES[type_]}" for name, type_ in COLUMNS.items())
    for table in ("quality_result", "quality_history"):
        connection.execute(f"create table if not exists audit.{table} ({columns})")


def record(
    connection: duckdb.DuckDBPyConnection,
    run_id: str,
    results: Iterable[QualityResult],
    checked_at: datetime | None = None,
) -> None:
    """Write the results of this run; those of other runs move to the history.

    A gate that is run again in the same run replaces its earlier result.
    """
    at = (checked_at or datetime.now(UTC)).astimezone(UTC).replace(tzinfo=None)
    rows = pl.DataFrame(
        [
            (
                run_id,
                result.gate.layer,
                result.gate.table,
                result.gate.check,
                result.expectation,
                result.column,
                result.outcome,
                result.passed,
                result.gate.blocking,
                result.rows_checked,
                result.violations,
                result.cause,
                at,
            )
            for result in results
        ],
        schema=COLUMNS,
        orient="row",
    )
    create_quality_tables(connection)
    connection.register("judged_gates", rows.to_arrow())
    try:
        connection.execute("begin")
        connection.execute(
            "insert into audit.quality_history by name select * from audit.quality_result where run_id <> ?",
            [run_id],
        )
        connection.execute("delete from audit.quality_result where run_id <> ?", [run_id])
        connection.execute(
            "delete from audit.quality_result using judged_gates where "
            + " and ".join(
                f"quality_result.{name} = judged_gates.{name}"
                for name in ("layer", "table_name", "check_name")
            )
        )
        connection.execute("insert into audit.quality_result by name select * from judged_gates")
        connection.execute("commit")
    except duckdb.Error:
        connection.execute("rollback")
        raise
    finally:
        connection.unregister("judged_gates")


def carry_over(
    connection: duckdb.DuckDBPyConnection, from_run: str, to_run: str, layers: Iterable[Layer]
) -> None:
    """Let what the gates of these layers said in one run stand for another that goes on from it."""
    create_quality_tables(connection)
    connection.execute("begin")
    try:
        connection.execute("insert into audit.quality_history by name select * from audit.quality_result")
        connection.execute("delete from audit.quality_result")
        connection.execute(
            "insert into audit.quality_result by name select * replace (? as run_id) "
            "from audit.quality_history where run_id = ? and list_contains(?, layer)",
            [to_run, from_run, list(layers)],
        )
        connection.execute("commit")
    except duckdb.Error:
        connection.execute("rollback")
        raise


def recorded(connection: duckdb.DuckDBPyConnection, run_id: str) -> dict[tuple[str, str, str], Outcome]:
    """Layer, table and check to outcome, of one run."""
    create_quality_tables(connection)
    return {
        (layer, table, check): outcome
        for layer, table, check, outcome in connection.execute(
            "select layer, table_name, check_name, outcome from audit.quality_result where run_id = ?",
            [run_id],
        ).fetchall()
    }


def results_of_run(connection: duckdb.DuckDBPyConnection, run_id: str) -> list[QualityResult]:
    """What came of every gate of one run so far, by table and check."""
    create_quality_tables(connection)
    return [
        QualityResult(Gate(layer, table, check, blocking), *rest)
        for layer, table, check, blocking, *rest in connection.execute(
            "select layer, table_name, check_name, blocking, expectation, column_name, outcome, "
            "rows_checked, violations, cause from audit.quality_result where run_id = ? "
            "order by table_name, check_name",
            [run_id],
        ).fetchall()
    ]
