"""Great Expectations as the judge of every accepted kind and every result table.

Up to ``FRAME_ROWS`` rows a table is judged whole, as a frame. Beyond that SQL counts each rule's
violations over every row, and Great Expectations judges the counts. There is no sample. An expectation
that could not be evaluated (``exception_info``) is an error: neither passed nor failed.
"""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

import duckdb

from assets.gates.judge import TYPES, Expectations, Judge, Verdict
from assets.gates.judge_process import HIRED, verdicts, warm_up
from assets.gates.quality import Layer, QualityResult
from assets.gates.suites import Rule, Suite, offends, suites_of

__all__ = [
    "FRAME_ROWS",
    "Judge",
    "begin_early",
    "begin_suites",
    "count_violations",
    "judge_table",
    "run_suites",
    "warm_up",
]

FRAME_ROWS = 100_000


@dataclass(frozen=True)
class Case:
    """One table as it is put before the judge.

    Attributes:
        rows: Rows of the table.
        frame: An Arrow table of all rows, or of one row with the violations of each rule.
        counts: The violations of each rule, where those are judged.
    """

    suite: Suite
    rows: int
    frame: Any
    expectations: Expectations
    counts: Mapping[str, int] | None = None


Begun = tuple[Case | list[QualityResult], "Future[bytes]"]
NO_QUESTION: "Future[bytes]" = Future()
_EARLY: dict[tuple[str, str], Begun] = {}  # by run and table


def run_suites(connection: duckdb.DuckDBPyConnection, layer: Layer) -> list[QualityResult]:
    """Judge every table of the layer that has a suite; a result a rule."""
    return begin_suites(connection, layer)()


def begin_suites(
    connection: duckdb.DuckDBPyConnection, layer: Layer, run_id: str = ""
) -> Callable[[], list[QualityResult]]:
    """Put every table of the layer that has a suite before the judge; what is returned waits for the results.

    A table that :func:`begin_early` put there already is not put there again. The rows are read before this
    returns, so that the caller may go on with the connection.
    """
    begun: list[Begun] = []
    for suite in suites_of(layer):
        key = run_id, suite.table
        begun.append(_EARLY.pop(key) if key in _EARLY else _begin(connection, suite))

    def results() -> list[QualityResult]:
        return [
            result
            for case, asked in begun
            for result in (case if isinstance(case, list) else conclude(case, verdicts(asked)))
        ]

    return results


def begin_early(connection: duckdb.DuckDBPyConnection, tables: Iterable[str], run_id: str) -> None:
    """Put tables before the judge as soon as they stand, while the run goes on; nothing may write them since.

    The results are asked for by :func:`begin_suites` of the same run, which without this puts them there
    itself. Tables without a suite are passed over.
    """
    for key in [key for key in _EARLY if key[0] != run_id]:
        del _EARLY[key]  # of a run that ended before its gates
    wanted = set(tables)
    for suite in suites_of("accepted") + suites_of("results"):
        if suite.table in wanted:
            _EARLY[run_id, suite.table] = _begin(connection, suite)


def _begin(connection: duckdb.DuckDBPyConnection, suite: Suite) -> Begun:
    case = case_of(connection, suite)
    if isinstance(case, list):
        return case, NO_QUESTION
    return case, HIRED.judge(suite.table, case.frame, case.expectations)


def judge_table(
    connection: duckdb.DuckDBPyConnection, suite: Suite, judge: Judge, frame_rows: int = FRAME_ROWS
) -> list[QualityResult]:
    """Judge one table by its suite, here and now."""
    case = case_of(connection, suite, frame_rows)
    if isinstance(case, list):
        return case
    return conclude(case, judge.judge(suite.table, case.frame, case.expectations))


def case_of(
    connection: duckdb.DuckDBPyConnection, suite: Suite, frame_rows: int = FRAME_ROWS
) -> Case | list[QualityResult]:
    """Read what is to be judged; an error of every rule where it cannot be read."""
    try:
        rows = int(connection.execute(f"select count(*) from {suite.table}").fetchall()[0][0])
        if rows <= frame_rows:
            frame = connection.sql(frame_query(connection, suite)).to_arrow_table()
            return Case(suite, rows, frame, {rule.name: expect_rows(rule) for rule in suite.rules})
        return _case_of_counts(connection, suite, rows)
    except duckdb.Error as error:
        return [_error(suite, rule, type(error).__name__, None) for rule in suite.rules]


def _case_of_counts(connection: duckdb.DuckDBPyConnection, suite: Suite, rows: int) -> Case:
    """A frame of one row, the violations of each rule; every one is expected to be 0."""
    import pyarrow

    counts = {rule.name: count_violations(connection, suite.table, rule) for rule in suite.rules}
    frame = pyarrow.table({name: [count] for name, count in counts.items()})
    return Case(
        suite,
        rows,
        frame,
        {name: ("between", {"column": name, "min_value": 0, "max_value": 0}) for name in counts},
        counts,
    )


def conclude(case: Case, said: Mapping[str, Verdict]) -> list[QualityResult]:
    """A result of each rule, from what was said by rule name."""
    return [_read(case, rule, said.get(rule.name)) for rule in case.suite.rules]


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


def expect_rows(rule: Rule) -> tuple[str, dict[str, Any]]:
    """A rule as an expectation of rows: its kind, and the arguments of its type in ``TYPES``."""
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
    return rule.kind, arguments


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


def _read(case: Case, rule: Rule, verdict: Verdict | None) -> QualityResult:
    suite, rows = case.suite, case.rows
    if verdict is None:
        return _error(suite, rule, "not evaluated", rows)
    if verdict.cause:
        return _error(suite, rule, verdict.cause, rows)
    return QualityResult(
        suite.gate(rule),
        TYPES[rule.kind],
        ",".join(rule.columns),
        "passed" if verdict.success else "failed",
        rows,
        verdict.violations if case.counts is None else case.counts[rule.name],
    )


def _error(suite: Suite, rule: Rule, cause: str, rows: int | None) -> QualityResult:
    return QualityResult(
        suite.gate(rule), TYPES[rule.kind], ",".join(rule.columns), "error", rows, None, cause
    )
