"""The gates in words: what each asks of its table, in Danish and English, and what came of it.

The outcome is always a word beside a shape, so that no one needs to tell colours apart.
"""

import re
from collections.abc import Sequence
from functools import cache

from assets.gates.quality import LAYERS, Gate
from assets.gates.sql_checks import checks_of
from assets.gates.suites import Rule, suites_of

Both = tuple[str, str]  # Danish, English
OUTCOMES: dict[str, tuple[str, Both]] = {
    "passed": ("●", ("bestået", "passed")),
    "failed": ("▲", ("ikke bestået", "failed")),
    "error": ("✕", ("kunne ikke afgøres", "could not be judged")),
    "": ("–", ("ikke kørt", "did not run")),
}
_NOT_A_WORD = re.compile(r"\W+")


def check_name(gate: Gate) -> str:
    """The gate's name as an asset check may be called: ``not_null:person_id`` is ``not_null_person_id``."""
    return _NOT_A_WORD.sub("_", gate.check)


@cache
def gate_words() -> dict[Gate, Both]:
    """What every gate asks."""
    asked = {
        suite.gate(rule): rule_words(rule)
        for layer in LAYERS
        for suite in suites_of(layer)
        for rule in suite.rules
    }
    return asked | {
        check.gate: (
            f"Må ikke findes: {_lower(check.said[0])}",
            f"There may be none: {_lower(check.said[1])}",
        )
        for layer in LAYERS
        for check in checks_of(layer)
    }


def rule_words(rule: Rule) -> Both:
    """What a rule of a suite asks of the table."""
    columns = _names(rule.columns)
    match rule.kind:
        case "not_null":
            return f"{columns} er udfyldt.", f"{columns} is filled in."
        case "unique":
            return f"Ingen to rækker har samme {columns}.", f"No two rows have the same {columns}."
        case "one_of":
            values = _names(rule.argument)
            return f"{columns} er en af {values}.", f"{columns} is one of {values}."
        case "between":
            return f"{columns} er {_bounds(rule, 0)}.", f"{columns} is {_bounds(rule, 1)}."
        case "not_after":
            earlier, later = rule.columns
            return f"`{earlier}` er ikke senere end `{later}`.", f"`{earlier}` is not later than `{later}`."
        case "matches":
            pattern = f"`{rule.argument}`"
            return f"{columns} følger mønsteret {pattern}.", f"{columns} follows the pattern {pattern}."
        case "refers_to":
            table, _ = rule.argument
            return f"{columns} findes i `{table}`.", f"{columns} is there in `{table}`."
        case "rows_at_least":
            one = rule.argument == 1
            return (
                f"Mindst {rule.argument} {'række' if one else 'rækker'}.",
                f"At least {rule.argument} {'row' if one else 'rows'}.",
            )
        case _:
            return f"Det gælder, at `{rule.argument}`.", f"It holds that `{rule.argument}`."


def _bounds(rule: Rule, language: int) -> str:
    said = {"at_least": ("mindst", "at least"), "at_most": ("højst", "at most")}
    return (" og ", " and ")[language].join(
        f"{said[name][language]} {bound}" for name, bound in rule.argument.items()
    )


def _names(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
