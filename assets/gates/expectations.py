"""Great Expectations as the judge of every accepted kind and every result table.

Up to ``FRAME_ROWS`` rows a table is judged whole, as a frame. Beyond that SQL counts each rule's
violations over every row, and Great Expectations judges the counts. There is no sample. An expectation
that could not be evaluated (``exception_info``) is an error: neither passed nor failed.

Great Expectations takes about two seconds to import, so nothing here imports it before it is needed;
``warm_up`` does so beside other work.
"""

import os
from collections.abc import Mapping, Sequence
from threading import Thread
from typing import Any

import duckdb

from assets.gates.quality import Layer, QualityResult
from assets.gates.suites import Rule, Suite, offends, suites_of

FRAME_ROWS = 100_000
RESULT_FORMAT = {"result_format": "BASIC", "partial_unexpected_count": 0}
TYPES = {
    "not_null": "ExpectColumnValuesToNotBeNull",
    "unique": "ExpectCompoundColumnsToBeUnique",
    "one_of": "ExpectColumnValuesToBeInSet",
    "between": "ExpectColumnValuesToBeBetween",
    "not_after": "ExpectColumnPairValuesAToBeGreaterThanB",
    "matches": "ExpectColumnValuesToMatchRegex",
    "refers_to": "ExpectColumnValuesToBeInSet",
    "holds": "ExpectColumnValuesToBeInSet",
    "rows_at_least": "ExpectTableRowCountToBeBetween",
}


def warm_up() -> Thread:
    """Import Great Expectations in a thread of its own while the caller goes on."""
    thread = Thread(target=_library, name="import great_expectations", daemon=True)
    thread.start()
    return thread


def _library() -> Any:
    """The library, set to send nothing and to draw no progress bars."""
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    import great_expectations

    return great_expectations


class Judge:
    """One ephemeral context, in which frames are judged."""

    def __init__(self) -> None:
        self._gx = _library()
        self._context = self._gx.get_context(mode="ephemeral")
        self._context.variables.progress_bars = {"globally": False}
        self._frames = self._context.data_sources.add_pandas("frames")

    def judge(self, table: str, frame: Any, expectations: Mapping[str, Any]) -> dict[str, Any]:
        """Validate a pandas frame; expectation name to Great Expectations' own result of it."""
        asset = self._frames.add_dataframe_asset(table)
        batch = asset.add_batch_definition_whole_dataframe("all rows").get_batch({"dataframe": frame})
        suite = self._gx.ExpectationSuite(name=table, expectations=list(expectations.values()))
        validated = batch.validate(suite, result_format=RESULT_FORMAT)
        self._frames.delete_asset(table)
        return {result.expectation_config.meta["name"]: result for result in validated.results}

    def expectation(self, kind: str, name: str, **arguments: Any) -> Any:
        """An expectation of a type of ``TYPES``, recognised by its name among the results."""
        type_ = getattr(self._gx.expectations, TYPES[kind])
        return type_(meta={"name": name}, **arguments)


def run_suites(connection: duckdb.DuckDBPyConnection, layer: Layer) -> list[QualityResult]:
    """Judge every table of the layer that has a suite; a result a rule."""
    judge = Judge()
    return [result for suite in suites_of(layer) for result in judge_table(connection, suite, judge)]


def judge_table(
    connection: duckdb.DuckDBPyConnection, suite: Suite, judge: Judge, frame_rows: int = FRAME_ROWS
) -> list[QualityResult]:
    """Judge one table by its suite."""
    try:
        rows = int(connection.execute(f"select count(*) from {suite.table}").fetchall()[0][0])
        if rows <= frame_rows:
            judged = _judge_rows(connection, suite, judge)
        else:
            judged = _judge_counts(connection, suite, judge)
    except duckdb.Error as error:
        return [_error(suite, rule, type(error).__name__, None) for rule in suite.rules]
    return [_read(suite, rule, judged.get(rule.name), rows) for rule in suite.rules]


def _judge_rows(connection: duckdb.DuckDBPyConnection, suite: Suite, judge: Judge) -> dict[str, Any]:
    frame = connection.sql(frame_query(connection, suite)).df()
    expectations = {rule.name: _expect_rows(judge, rule) for rule in suite.rules}
    return judge.judge(suite.table, frame, expectations)


def frame_query(connection: duckdb.DuckDBPyConnection, suite: Suite) -> str:
    """The columns that the suite looks at, and a truth value for each rule that pandas cannot evaluate.

    A column that the table does not have is left out: its rules then end as errors of their own.
    """
    there = dict(
        connection.execute(
            "select column_name, data_type from duckdb_columns() where schema_name || '.' || table_name = ?",
            [suite.table],
        ).fetchall()
    )
    wanted = dict.fromkeys(column for rule in suite.rules for column in rule.columns if column in there)
    chosen = [
        f'cast("row"."{column}" as double) as "{column}"'
        if there[column].startswith("DECIMAL")
        else f'"row"."{column}"'
        for column in wanted
    ]
    chosen += [
        f'not {offends(rule)} as "{rule.name}"'
        for rule in suite.rules
        if rule.kind in ("refers_to", "holds") and all(column in there for column in rule.columns)
    ]
    return f'select {", ".join(chosen) or "1 as one"} from {suite.table} as "row"'


def _expect_rows(judge: Judge, rule: Rule) -> Any:
    columns = rule.columns
    match rule.kind:
        case "unique":
            arguments: dict[str, Any] = {"column_list": list(columns), "ignore_row_if": "never"}
        case "one_of":
            arguments = {"column": columns[0], "value_set": list(rule.argument)}
        case "between":
            arguments = {
                "column": columns[0],
                "min_value": rule.argument.get("at_least"),
                "max_value": rule.argument.get("at_most"),
            }
        case "not_after":
            arguments = {
                "column_A": columns[1],
                "column_B": columns[0],
                "or_equal": True,
                "ignore_row_if": "either_value_is_missing",
            }
        case "matches":
            arguments = {"column": columns[0], "regex": rule.argument}
        case "refers_to" | "holds":
            arguments = {"column": rule.name, "value_set": [True]}
        case "rows_at_least":
            arguments = {"min_value": rule.argument}
        case _:
            arguments = {"column": columns[0]}
    return judge.expectation(rule.kind, rule.name, **arguments)


def _judge_counts(connection: duckdb.DuckDBPyConnection, suite: Suite, judge: Judge) -> dict[str, Any]:
    """A frame of one row, the violations of each rule; every one is expected to be 0."""
    import pandas

    counts = {rule.name: count_violations(connection, suite.table, rule) for rule in suite.rules}
    expectations = {
        rule.name: judge.expectation("between", rule.name, column=rule.name, min_value=0, max_value=0)
        for rule in suite.rules
    }
    judged = judge.judge(suite.table, pandas.DataFrame([counts]), expectations)
    for name, result in judged.items():
        if not _raised(result) and counts[name] is not None:
            result.result["unexpected_count"] = counts[name]
    return judged


def count_violations(connection: duckdb.DuckDBPyConnection, table: str, rule: Rule) -> int:
    """How many rows are against the rule; for ``rows_at_least`` how many are missing."""
    if rule.kind == "unique":
        keys = ", ".join(f'"{column}"' for column in rule.columns)
        query = (
            "select coalesce(sum(rows), 0) from "
            f"(select count(*) as rows from {table} group by {keys} having count(*) > 1)"
        )
    elif rule.kind == "rows_at_least":
        query = f"select greatest({rule.argument} - count(*), 0) from {table}"
    else:
        query = f'select count(*) from {table} as "row" where {offends(rule)}'
    return int(connection.execute(query).fetchall()[0][0])


def _read(suite: Suite, rule: Rule, result: Any, rows: int) -> QualityResult:
    if result is None:
        return _error(suite, rule, "not evaluated", rows)
    if raised := _raised(result):
        return _error(suite, rule, raised, rows)
    violations = int(result.result.get("unexpected_count", 0 if result.success else 1))
    return QualityResult(
        suite.gate(rule),
        TYPES[rule.kind],
        ",".join(rule.columns),
        "passed" if result.success else "failed",
        rows,
        violations,
    )


def _raised(result: Any) -> str:
    """The kind of exception an expectation met; empty where it was judged."""
    info = result.exception_info or {}
    details: Sequence[Any] = [info] if "raised_exception" in info else list(info.values())
    for detail in details:
        if detail.get("raised_exception"):
            return "could not be evaluated"
    if result.success is None or (not result.result and not result.success):
        return "gave no result"
    return ""


def _error(suite: Suite, rule: Rule, cause: str, rows: int | None) -> QualityResult:
    return QualityResult(
        suite.gate(rule), TYPES[rule.kind], ",".join(rule.columns), "error", rows, None, cause
    )
