"""Great Expectations as a judge of frames.

It takes about two seconds to import, so nothing here imports it before a judge is made.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

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
Expectations = Mapping[str, tuple[str, Mapping[str, Any]]]  # by name: a kind of TYPES, and its arguments


@dataclass(frozen=True)
class Verdict:
    """What came of one expectation.

    Attributes:
        success: Whether it was met.
        violations: Rows against it.
        cause: Why it could not be judged; empty where it was. Never a value.
    """

    success: bool
    violations: int
    cause: str = ""


class Judge:
    """One ephemeral context, in which frames are judged; it sends nothing and draws no progress bars."""

    def __init__(self) -> None:
        os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
        import great_expectations

        self._gx = great_expectations
        self._context = self._gx.get_context(mode="ephemeral")
        self._context.variables.progress_bars = {"globally": False}
        self._frames = self._context.data_sources.add_pandas("frames")

    def judge(self, table: str, frame: Any, expectations: Expectations) -> dict[str, Verdict]:
        """Validate an Arrow table, read into pandas by DuckDB; a verdict for each expectation by name."""
        with duckdb.connect() as connection:
            rows = connection.from_arrow(frame).df()
        asset = self._frames.add_dataframe_asset(table)
        batch = asset.add_batch_definition_whole_dataframe("all rows").get_batch({"dataframe": rows})
        asked = [
            getattr(self._gx.expectations, TYPES[kind])(meta={"name": name}, **arguments)
            for name, (kind, arguments) in expectations.items()
        ]
        suite = self._gx.ExpectationSuite(name=table, expectations=asked)
        validated = batch.validate(suite, result_format=RESULT_FORMAT)
        self._frames.delete_asset(table)
        return {result.expectation_config.meta["name"]: _verdict(result) for result in validated.results}


def _verdict(result: Any) -> Verdict:
    if raised := _raised(result):
        return Verdict(False, 0, raised)
    return Verdict(
        bool(result.success), int(result.result.get("unexpected_count", 0 if result.success else 1))
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
