"""Why a published figure changed: past and present joined by replays, in the fixed order of the causes.

What was published is the first state and what is about to be is the last. Between them the figures are
computed again: with today's code and definitions on what was known then (``code``; ``definition`` where the
indicator has a new version), then with today's targets, then with the records that came late, those that
were corrected, without those that were withdrawn, and at last with the disputes. Each step's difference is
its part, so that the parts add up.

A figure of a quarter that had not ended when it was published moves because time passes; that is no
restatement. Nor is a figure of an organisation, a quarter or an indicator that was not published before.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import duckdb
import polars as pl

from assets.contract import KINDS
from assets.publication.audit_tables import CAUSES, RESTATEMENT
from assets.publication.record_states import corrected, late, same_records
from assets.publication.replay import Figure, Figures, Records, Replay, read_figures
from assets.run_record import Run

SLACK = 1e-9
ABSENT = Figure(None, None)
State = tuple[str, Figures]  # the cause that led to it, and its figures


@dataclass(frozen=True)
class _Published:
    """What the publication before said of quarters that had ended, and what it knew."""

    figures: Figures
    versions: dict[tuple[str, ...], int | None]
    closed: set[tuple[str, str]]
    indicators: set[str]
    targets: pl.DataFrame
    known: int


def restate(connection: duckdb.DuckDBPyConnection, database: Path | None, run: Run, sequence: int) -> int:
    """Write the ledger's rows for the publication that is about to be; the number of figures restated.

    Args:
        connection: The warehouse; ``audit.restatement`` is written, rows of a publication that never
            came about are removed.
        database: The publication before; None where there is none, and then nothing is restated.
        sequence: Number of the publication that is about to be.
    """
    connection.execute("delete from audit.restatement where publication_sequence >= ?", [sequence])
    known = _known_before(connection, run, sequence)
    if database is None:
        return 0
    before = _read_published(database)
    now = _closed_now(connection, before)
    changed = sorted(
        key
        for key in before.figures.keys() | now.keys()
        if run.organisation in (None, key[0])  # the others are published again as they stood
        and _differs(before.figures.get(key), now.get(key))
    )
    if not changed:
        return 0
    states: dict[str, tuple[State, ...]] = {}
    organisations = sorted({key[0] for key in changed})
    for moment in sorted({known.get(name, before.known) for name in organisations}):
        alike = [name for name in organisations if known.get(name, before.known) == moment]
        steps_of_these = tuple(_states(connection, before, now, run, alike, moment))
        states |= dict.fromkeys(alike, steps_of_these)
    versions = dict(
        connection.execute("select indicator_id, definition_version from definitions.indicator").fetchall()
    )
    rows: list[list[object]] = []
    for key in changed:
        steps = [(cause, figures.get(key, ABSENT)) for cause, figures in states[key[0]]]
        if versions.get(key[3]) != before.versions.get(key):
            steps = [("definition" if cause == "code" else cause, figure) for cause, figure in steps]
        rows.extend([sequence, *key, *row] for row in _told(steps))
    _insert(connection, rows)
    return len(changed)


def _known_before(connection: duckdb.DuckDBPyConnection, run: Run, sequence: int) -> dict[str, int]:
    """The latest delivery known when each organisation was last recomputed and published.

    An organisation that a run left as it stood was computed from older deliveries than that publication
    lists, so each has a moment of its own. This publication's are noted for the next.
    """
    connection.execute(
        "create table if not exists audit.recomputed "
        "(publication_sequence bigint, organisation_id varchar, known bigint)"
    )
    connection.execute("delete from audit.recomputed where publication_sequence >= ?", [sequence])
    known: dict[str, int] = dict(
        connection.execute(
            "select organisation_id, arg_max(known, publication_sequence) from audit.recomputed group by all"
        ).fetchall()
    )
    connection.execute(
        "insert into audit.recomputed select $sequence, organisation_id, (select coalesce(max(greatest("
        "sequence, coalesce(superseded_by, 0))), 0) from raw.delivery) from calendar.as_of "
        "where $organisation is null or organisation_id = $organisation",
        {"sequence": sequence, "organisation": run.organisation},
    )
    return known


def _read_published(database: Path) -> _Published:
    connection = duckdb.connect(str(database), read_only=True)
    try:
        closed = "(select * from main.indicator_result where not provisional)"
        versions = connection.execute(
            "select organisation_id, network_id, period, indicator_id, dimension, definition_version "
            f"from {closed}"
        ).fetchall()
        known = connection.execute(
            "select greatest(coalesce(max(sequence), 0), coalesce(max(superseded_by), 0)) from audit.delivery"
        ).fetchone()
        return _Published(
            read_figures(connection, closed),
            {tuple(row[:5]): row[5] for row in versions},
            {(row[0], row[2]) for row in versions},
            {name for (name,) in connection.execute("select indicator_id from main.indicator").fetchall()},
            connection.sql("select * from main.target").pl(),
            int(known[0]) if known else 0,
        )
    finally:
        connection.close()


def _closed_now(connection: duckdb.DuckDBPyConnection, before: _Published) -> Figures:
    """Today's figures of the quarters, organisations and indicators that were published as ended."""
    now = read_figures(connection, "(select * from results.indicator_result where not provisional)")
    return {
        key: figure
        for key, figure in now.items()
        if (key[0], key[2]) in before.closed and key[3] in before.indicators
    }


def _states(  # noqa: PLR0917 - both ends, who and when
    connection: duckdb.DuckDBPyConnection,
    before: _Published,
    now: Figures,
    run: Run,
    organisations: list[str],
    known: int,
) -> Iterator[State]:
    """The figures after each cause that was at work; the first is as published, the last is as now.

    A cause that was not at work has no state, and so no part.
    """
    replay = Replay(connection, organisations)
    try:
        records_then = replay.past_records(connection, known, run.as_of)
        records_now = replay.current_records(connection)
        targets_now: pl.DataFrame = connection.sql("select * from definitions.target").pl()
        steps = list(_record_steps(records_then, records_now))
        yield "published", before.figures
        replay.set_targets(_targets_like(before.targets, targets_now))
        if steps or not _same_rows(before.targets, targets_now):
            yield "code", replay.figures(records_then)
        if not _same_rows(before.targets, targets_now):
            replay.set_targets(targets_now)
            yield "target", replay.figures(records_then) if steps else now
        for place, (cause, records) in enumerate(steps, start=1):
            yield cause, now if place == len(steps) else replay.figures(records)
        if not steps and _same_rows(before.targets, targets_now):
            yield "code", now
    finally:
        replay.close()


def _record_steps(then: Records, now: Records) -> Iterator[tuple[str, Records]]:
    """The states of the records between then and now, each with the cause that led to it."""
    disputes = {"disputes": then["disputes"]}
    came = {kind.name: late(kind, then[kind.name], now[kind.name]) for kind in KINDS}
    mended = {kind.name: corrected(kind, then[kind.name], now[kind.name]) for kind in KINDS}
    state = then
    for cause, made in (
        ("late", came | disputes),
        ("corrected", mended | disputes),
        ("withdrawn", now | disputes),
        ("dispute", now),
    ):
        if not all(same_records(kind, state[kind.name], made[kind.name]) for kind in KINDS):
            yield cause, made
        state = made


def _targets_like(then: pl.DataFrame, now: pl.DataFrame) -> pl.DataFrame:
    """The published targets with the columns and types of ``definitions.target``."""
    return pl.concat([now.clear(), then.select(now.columns).cast(now.schema)])


def _same_rows(then: pl.DataFrame, now: pl.DataFrame) -> bool:
    """Whether targets say the same; why and by whom they were set moves no figure."""
    meaning = [name for name in now.columns if name not in ("reason", "owner")]
    one, other = (_targets_like(rows, now).select(meaning).sort(meaning) for rows in (then, now))
    return one.equals(other)


def _differs(one: Figure | None, other: Figure | None) -> bool:
    if one is None or other is None:
        return one is not other
    return not _same_value(one.value, other.value) or one.status != other.status


def _same_value(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= SLACK


def _told(steps: list[tuple[str, Figure]]) -> Iterator[list[object]]:
    """Measure, old, new and the parts in the order of the causes: of the value, and of the status."""
    first, last = steps[0][1], steps[-1][1]
    moves = [(cause, before, after) for (_, before), (cause, after) in pairwise(steps)]
    if not _same_value(first.value, last.value):
        parts = {
            cause: (after.value or 0.0) - (before.value or 0.0)
            for cause, before, after in moves
            if not _same_value(before.value, after.value)
        }
        yield ["value", _text(first.value), _text(last.value), *(parts.get(cause) for cause, _, _ in CAUSES)]
    if first.status != last.status:
        turns = {cause: 1.0 for cause, before, after in moves if before.status != after.status}
        yield ["status", first.status, last.status, *(turns.get(cause) for cause, _, _ in CAUSES)]


def _text(value: float | None) -> str | None:
    return None if value is None else repr(value)


def _insert(connection: duckdb.DuckDBPyConnection, rows: list[list[object]]) -> None:
    types = {"BIGINT": pl.Int64, "DOUBLE": pl.Float64, "VARCHAR": pl.String}
    schema = {column.name: types[column.type] for column in RESTATEMENT.columns}
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    connection.register("restated_rows", frame.to_arrow())
    try:
        connection.execute("insert into audit.restatement by name select * from restated_rows")
    finally:
        connection.unregister("restated_rows")
