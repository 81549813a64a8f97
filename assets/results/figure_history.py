"""Holding back a figure of the organisation that, less what an earlier publication told, speaks of a few.

The rule is the summary's (``assets/results/suppression.py``): within a quarter measured on one day, no sum or
difference of what was told, with any factors, may speak of too few. ``results.figure_basis`` lays aside who
stands behind what is told for the first time; once a publication was made, ``audit.figure_history`` keeps it.
Neither is published.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import duckdb
import polars as pl

from assets.engine.change_state import forget
from assets.results.figure_contributions import (
    PROTECTED,
    FigureKey,
    Part,
    people_behind,
    read_contributions,
)
from assets.results.summary_history import keep_what_was_published, publications_made
from assets.results.suppression import may_follow
from assets.warehouse import replace_table

BASIS, HISTORY = "results.figure_basis", "audit.figure_history"
BASIS_SCHEMA = {
    "organisation_id": pl.String,
    "period": pl.String,
    "measure_id": pl.String,
    "publications_before": pl.Int64,
    "network_id": pl.String,
    "manager_id": pl.String,
    "measured_on": pl.String,
    "said": pl.String,
    "person_id": pl.String,
}
Behind = Sequence[tuple[Part, str | None]]
_NUMBERS = ("numerator", "denominator", "value", "lower", "upper", "n")


def hold_back_figures(connection: duckdb.DuckDBPyConnection) -> int:
    """Empty the figures of ``results.organisation_result`` that may not follow earlier ones; how many.

    What is told for the first time is laid aside, and counts as told once it is published.
    """
    history = _read_history(connection)
    shown = {
        FigureKey(*row)
        for row in connection.execute(
            "select distinct organisation_id, period, measure_id from results.organisation_result "
            "where not suppressed and list_contains(?, measure_id)",
            [sorted(PROTECTED)],
        ).fetchall()
    }
    contributions = read_contributions(connection)
    held, told = [], []
    made = publications_made(connection)
    for key in sorted(shown):
        behind = contributions.get(key, [])
        known = history.get(key, [])
        if not may_be_told(key.measure_id, behind, known):
            held.append(key)
        elif {part for part, _ in behind} not in [{part for part, _ in row} for row in known]:
            told += [(*key, made, *part, person) for part, person in behind]
    replace_table(connection, BASIS, pl.DataFrame(told, schema=BASIS_SCHEMA, orient="row"))
    emptied = ", ".join(f"{name} = null" for name in _NUMBERS)
    for key in held:
        connection.execute(
            f"update results.organisation_result set suppressed = true, {emptied} "
            "where organisation_id = ? and period = ? and measure_id = ?",
            list(key),
        )
    if held:
        forget(connection, ["results.organisation_result"])
    return len(held)


def may_be_told(measure_id: str, behind: Behind, known: Sequence[Behind]) -> bool:
    """Whether a figure, beside the earlier ones of its quarter, speaks of no group that is too small.

    Args:
        behind: The parts it is the sum of.
        known: The parts of each earlier figure, oldest first.
    """
    days = {part.measured_on for part, _ in behind}
    of_these_days = [row for row in known if days & {part.measured_on for part, _ in row}]
    if not of_these_days:
        return True  # another day is another measurement of everybody
    bits: dict[Part, tuple[int, str | None]] = {}
    for part, person in (*(one for row in of_these_days for one in row), *behind):
        bit = bits[part][0] if part in bits else 1 << len(bits)
        bits[part] = (bit, person or (bits[part][1] if part in bits else None))
    atoms = people_behind(measure_id, bits)
    return may_follow(atoms, _mask(bits, behind), [_mask(bits, row) for row in of_these_days])


def _mask(bits: Mapping[Part, tuple[int, str | None]], row: Behind) -> int:
    mask = 0
    for part, _ in row:
        mask |= bits[part][0]
    return mask


def create_history(connection: duckdb.DuckDBPyConnection) -> None:
    """Create both tables where they are not there yet."""
    types = ", ".join(
        f'"{name}" {"BIGINT" if kind == pl.Int64 else "VARCHAR"}' for name, kind in BASIS_SCHEMA.items()
    )
    for table in (BASIS, HISTORY):
        connection.execute(f"create table if not exists {table} ({types})")


def _read_history(connection: duckdb.DuckDBPyConnection) -> dict[FigureKey, list[Behind]]:
    create_history(connection)
    keep_what_was_published(connection, BASIS, HISTORY, tuple(BASIS_SCHEMA))
    rows: dict[FigureKey, dict[int, list[tuple[Part, str | None]]]] = defaultdict(dict)
    for organisation, period, measure, made, *part, person in connection.execute(
        f"select {', '.join(BASIS_SCHEMA)} from {HISTORY} order by all"
    ).fetchall():
        key = FigureKey(organisation, period, measure)
        rows[key].setdefault(made, []).append((Part(*part), person))
    return {key: [of_key[made] for made in sorted(of_key)] for key, of_key in rows.items()}
