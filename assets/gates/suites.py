"""The suites of ``assets/gates/suites/``: what the contract promises of a table, in files a person can edit.

A file is named for its table. ``README.md`` beside the files says what may stand in them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from assets.gates.quality import SCHEMA_LAYERS, Gate, Layer

SUITES = Path(__file__).resolve().parent / "suites"
KEYS = (
    "not_null",
    "unique",
    "one_of",
    "between",
    "not_after",
    "matches",
    "refers_to",
    "holds",
    "rows_at_least",
)


class SuiteError(Exception):
    """A suite file says something that is not understood; the message names the file and the place."""


@dataclass(frozen=True)
class Rule:
    """One rule of a suite.

    Attributes:
        kind: One of ``KEYS``.
        name: Unique within the suite; the check's name.
        columns: The columns of the table that it looks at.
        argument: What the kind needs besides: values, bounds, pattern, target or condition.
    """

    kind: str
    name: str
    columns: tuple[str, ...]
    argument: Any = None


@dataclass(frozen=True)
class Suite:
    """What is expected of one table."""

    table: str
    rules: tuple[Rule, ...]

    @property
    def layer(self) -> Layer:
        """The layer before or after which it is judged."""
        return SCHEMA_LAYERS[self.table.split(".")[0]]

    def gate(self, rule: Rule) -> Gate:
        """The rule as a gate; every rule of a suite stops publication."""
        return Gate(self.layer, self.table, rule.name)


@cache
def load_suites(folder: Path = SUITES) -> tuple[Suite, ...]:
    """Every suite, by file name. Raises :class:`SuiteError`."""
    return tuple(read_suite(path) for path in sorted(folder.glob("*.yaml")))


def suites_of(layer: Layer) -> tuple[Suite, ...]:
    """The suites of one layer."""
    return tuple(suite for suite in load_suites() if suite.layer == layer)


def read_suite(path: Path) -> Suite:
    """Read one file. Raises :class:`SuiteError`."""
    said = yaml.safe_load(path.read_text(encoding="utf-8"))
    table = path.stem
    if not isinstance(said, Mapping) or table.split(".")[0] not in SCHEMA_LAYERS:
        raise SuiteError(f"{path.name}: a suite is named schema.table.yaml and lists rules by kind")
    unknown = [key for key in said if key not in KEYS]
    if unknown:
        raise SuiteError(f"{path.name}: unknown kind of rule {unknown[0]}; known are {', '.join(KEYS)}")
    try:
        rules = tuple(_rules(said))
    except (KeyError, TypeError, ValueError) as error:
        raise SuiteError(f"{path.name}: {error}") from error
    names = [rule.name for rule in rules]
    twice = [name for name in names if names.count(name) > 1]
    if twice:
        raise SuiteError(f"{path.name}: {twice[0]} stands twice")
    return Suite(table, rules)


def _rules(said: Mapping[str, Any]) -> Iterator[Rule]:
    if "rows_at_least" in said:
        yield Rule("rows_at_least", "rows_at_least", (), int(said["rows_at_least"]))
    for column in said.get("not_null", ()):
        yield Rule("not_null", f"not_null:{column}", (column,))
    if "unique" in said:
        yield Rule("unique", "unique", _texts(said["unique"]))
    for column, values in said.get("one_of", {}).items():
        yield Rule("one_of", f"one_of:{column}", (column,), _texts(values))
    for column, bounds in said.get("between", {}).items():
        if not bounds or set(bounds) - {"at_least", "at_most"}:
            raise ValueError(f"between {column}: give at_least, at_most or both")
        yield Rule("between", f"between:{column}", (column,), dict(bounds))
    for pair in said.get("not_after", ()):
        earlier, later = _texts(pair)
        yield Rule("not_after", f"not_after:{earlier},{later}", (earlier, later))
    for column, pattern in said.get("matches", {}).items():
        yield Rule("matches", f"matches:{column}", (column,), str(pattern))
    for reference in said.get("refers_to", ()):
        columns = _texts(reference["columns"])
        target = str(reference["in"]), _texts(reference.get("as", columns))
        yield Rule("refers_to", f"refers_to:{columns[-1]}", columns, target)
    for name, condition in said.get("holds", {}).items():
        yield Rule("holds", f"holds:{name}", (), str(condition))


def _texts(values: Sequence[Any]) -> tuple[str, ...]:
    if isinstance(values, str):
        raise TypeError(f"{values} should be a list")
    return tuple(str(value) for value in values)


def offends(rule: Rule) -> str | None:
    """The SQL condition that a row against the rule meets; none for rules about the table as a whole.

    ``row`` is the table's alias.
    """
    columns = [f'"row"."{column}"' for column in rule.columns]
    match rule.kind:
        case "not_null":
            return f"{columns[0]} is null"
        case "one_of":
            values = ", ".join(_literal(value) for value in rule.argument)
            return f"({columns[0]} is not null and {columns[0]} not in ({values}))"
        case "between":
            bounds = {"at_least": "<", "at_most": ">"}
            sides = [f"{columns[0]} {bounds[name]} {bound}" for name, bound in rule.argument.items()]
            return f"coalesce({' or '.join(sides)}, false)"
        case "not_after":
            return f"coalesce({columns[0]} > {columns[1]}, false)"
        case "matches":
            return f"coalesce(not regexp_matches({columns[0]}, {_literal(rule.argument)}), false)"
        case "refers_to":
            table, names = rule.argument
            met = " and ".join(
                f'target."{name}" = {column}' for name, column in zip(names, columns, strict=True)
            )
            given = " and ".join(f"{column} is not null" for column in columns)
            return f"({given} and not exists (select 1 from {table} as target where {met}))"
        case "holds":
            return f"not coalesce(({rule.argument}), false)"
        case _:
            return None


def _literal(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
