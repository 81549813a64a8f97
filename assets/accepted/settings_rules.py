"""What a settings row names must exist: indicators, what they can be judged by, rules, quarters.

A row that names what there is none of is left out with a finding; it never stops a run.
"""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import cache

import polars as pl

from assets.accepted.ledger import faults
from assets.accepted.waivers import RULE_NAMES
from assets.contract import Kind
from assets.indicators.definition_files import RULES, load_definitions
from assets.raw.cells import fold_heading

QUARTER = r"^\d{4}Q[1-4]$"


@cache
def rules_of_indicators() -> dict[str, tuple[str, ...]]:
    """Every indicator's id, and what the offices may set of it: target, window, minimum count."""
    return {definition.indicator_id: definition.rules for definition in load_definitions()}


def named_faults(kind: Kind, rows: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Faults of a settings kind's rows for what they name."""
    if kind.name == "targets":
        yield from _targets(rows)
    elif kind.name == "hearings":
        yield _unknown_indicator(rows)
        wrong = rows.filter(~pl.col("period").str.contains(QUARTER))
        yield faults(wrong, "enum", "period", hint="quarter")
    elif kind.name == "waivers":
        said = rows.get_column("rule").drop_nulls().unique().to_list()
        near = {name: _near_rule(name) for name in said if fold_heading(name) not in RULE_NAMES}
        yield _unknown(rows, "rule", near)


def _targets(rows: pl.DataFrame) -> Iterator[pl.DataFrame]:
    yield _unknown_indicator(rows)
    known = rules_of_indicators()
    for rule in RULES:
        without = [name for name, rules in known.items() if rule not in rules]
        wrong = rows.filter(pl.col("indicator_id").is_in(without) & pl.col(rule).is_not_null())
        yield faults(wrong, "enum", rule, hint=pl.lit("not_of:") + pl.col("indicator_id"))
    nothing = [name for name, rules in known.items() if not rules]
    empty = pl.all_horizontal(pl.col(rule).is_null() for rule in RULES)
    idle = rows.filter(pl.col("indicator_id").is_in(nothing) & empty)
    yield faults(idle, "enum", "indicator_id", hint=pl.lit("not_of:") + pl.col("indicator_id"))


def _unknown_indicator(rows: pl.DataFrame) -> pl.DataFrame:
    known = rules_of_indicators()
    said = rows.get_column("indicator_id").drop_nulls().unique().to_list()
    return _unknown(rows, "indicator_id", {name: _near(name, known) for name in said if name not in known})


def _unknown(rows: pl.DataFrame, column: str, near: dict[str, str]) -> pl.DataFrame:
    """Faults of the cells whose value is a key of ``near``, each with what it may have meant."""
    wrong = rows.filter(pl.col(column).is_in(list(near)))
    meant = pl.col(column).replace_strict(list(near), list(near.values()), default="", return_dtype=pl.String)
    return faults(wrong, "enum", column, hint=pl.lit("near:") + meant)


def _near(name: str, known: Iterable[str]) -> str:
    return next(iter(get_close_matches(name, list(known), n=1, cutoff=0.5)), "")


def _near_rule(name: str) -> str:
    return RULE_NAMES.get(_near(fold_heading(name), RULE_NAMES), "")
