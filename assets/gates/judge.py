"""Great Expectations as a judge of frames.

It takes about two seconds to import, so nothing here imports it before a judge is made.
"""

import importlib.util
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.machinery import ModuleSpec
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
# Great Expectations imports these for expectations that no gate uses: a third of its loading.
SELDOM_USED = frozenset({"altair", "scipy.stats"})
# It can do without these. Beside Spark's client alone it looks for a whole Spark, and ends the process where
# there is none; the grammars of web addresses and SQLAlchemy, which others bring, take a second to load.
NEVER_USED = frozenset({"pyspark", "rfc3987_syntax", "sqlalchemy"})
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


class _Later:
    """Finds modules as the other finders do, and has them loaded when they are first used."""

    def __init__(self, names: frozenset[str]) -> None:
        self._names = names

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        """How to load a module that can wait; None for every other."""
        if name not in self._names:
            return None
        for finder in sys.meta_path:
            spec = None if finder is self else finder.find_spec(name, path, target)
            if spec is not None and spec.loader is not None:
                spec.loader = importlib.util.LazyLoader(spec.loader)
                return spec
        return None


@contextmanager
def loaded_when_used(names: frozenset[str]) -> Iterator[None]:
    """Within the body, importing one of these modules costs nothing until it is used."""
    later = _Later(names)
    sys.meta_path.insert(0, later)
    try:
        yield
    finally:
        sys.meta_path.remove(later)


@contextmanager
def not_to_be_found(packages: frozenset[str]) -> Iterator[None]:
    """Within the body these packages cannot be imported, though they are installed or imported already."""
    hidden = {name: module for name, module in sys.modules.items() if name.partition(".")[0] in packages}
    for name in hidden:
        del sys.modules[name]
    for package in packages:
        sys.modules[package] = None  # type: ignore[assignment]  # so importing it raises ImportError
    try:
        yield
    finally:
        for package in packages:
            del sys.modules[package]
        sys.modules.update(hidden)


class Judge:
    """One ephemeral context, in which frames are judged; it sends nothing and draws no progress bars."""

    def __init__(self) -> None:
        os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
        with loaded_when_used(SELDOM_USED), not_to_be_found(NEVER_USED):
            import great_expectations

        self._gx = great_expectations
        self._context = self._gx.get_context(mode="ephemeral")
        self._context.variables.progress_bars = {"globally": False}
        # One asset for all: each new one has the whole configuration written out anew.
        asset = self._context.data_sources.add_pandas("frames").add_dataframe_asset("frame")
        self._frame = asset.add_batch_definition_whole_dataframe("all rows")

    def judge(self, table: str, frame: Any, expectations: Expectations) -> dict[str, Verdict]:
        """Validate an Arrow table, read into pandas by DuckDB; a verdict for each expectation by name."""
        with duckdb.connect() as connection:
            rows = connection.from_arrow(frame).df()
        batch = self._frame.get_batch({"dataframe": rows})
        asked = [
            getattr(self._gx.expectations, TYPES[kind])(meta={"name": name}, **arguments)
            for name, (kind, arguments) in expectations.items()
        ]
        suite = self._gx.ExpectationSuite(name=table, expectations=asked)
        validated = batch.validate(suite, result_format=RESULT_FORMAT)
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
