"""Why a published figure changed: past and present joined by replays, in the fixed order of the causes.

What was published is the first state and what is about to be is the last. Between them the figures are
computed again: with today's code and definitions on what was known then (``code``; ``definition`` where an
indicator behind the figure has a new version; ``erased`` where a person was erased in between, whose rows
no replay can bring back), then with today's targets, then with the records that came late, those that
were corrected, without those that were withdrawn, and at last with the disputes. Each step's difference is
its part, so that the parts add up.

A figure of a quarter that had not ended when it was published moves because time passes; that is no
restatement. Nor is a figure of an organisation, a quarter or an indicator that was not published before,
or a row of the summary that is shown now and was hidden, or the other way.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import duckdb
import polars as pl

from assets.contract import KINDS
from assets.publication.audit_tables import CAUSES, RESTATEMENT
from assets.publication.figures import (
    INDICATOR,
    ORGANISATION,
    SLACK,
    SUMMARY,
    Figures,
    Key,
    Said,
    find_changed,
    read_ends,
)
from assets.publication.log import LogLine
from assets.publication.record_states import corrected, late, same_records
from assets.publication.replay import Records, Replay
from assets.publication.tables import quoted
from assets.run_record import Run

BEFORE = "published_before"
State = tuple[str, Figures]  # the cause that led to it, and its figures
Versions = dict[tuple[str, ...], dict[str, int | None]]  # a figure's place to the versions behind it


@dataclass(frozen=True)
class _Change:
    """What is to be explained.

    Attributes:
        then, now: The figures that changed, as published and as they are about to be.
        versions: Of the indicators behind each figure, as published.
        targets: As published.
        known: The latest delivery that the publication lists.
    """

    then: Figures
    now: Figures
    versions: Versions
    targets: pl.DataFrame
    known: int

    @property
    def keys(self) -> set[Key]:
        """Every figure that changed."""
        return self.then.keys() | self.now.keys()


def restate(
    connection: duckdb.DuckDBPyConnection,
    database: Path | None,
    run: Run,
    sequence: int,
    erased: frozenset[str] = frozenset(),
) -> int:
    """Write the ledger's rows for the publication that is about to be; how many.

    Args:
        connection: The warehouse; ``audit.restatement`` is written, rows of a publication that never
            came about are removed.
        database: The publication before; None where there is none, and then nothing is restated.
        sequence: Number of the publication that is about to be.
        erased: Organisations from which a person was erased since the publication before.
    """
    connection.execute("delete from audit.restatement where publication_sequence >= ?", [sequence])
    known = _known_before(connection, run, sequence)
    if database is None:
        return 0
    change = _read_change(connection, database, run.organisation)
    if change is None:
        return 0
    organisations = sorted({key[1] for key in change.keys})
    states: dict[str, tuple[State, ...]] = {}
    for moment in sorted({known.get(name, change.known) for name in organisations}):
        alike = [name for name in organisations if known.get(name, change.known) == moment]
        steps_of_these = tuple(_states(connection, change, run, alike, moment))
        states |= dict.fromkeys(alike, steps_of_these)
    versions = dict(
        connection.execute("select indicator_id, definition_version from definitions.indicator").fetchall()
    )
    rows: list[list[object]] = []
    for key in sorted(change.keys):
        first = (
            "erased" if key[1] in erased else "definition" if _redefined(change, key, versions) else "code"
        )
        steps = [(first if cause == "code" else cause, figures.get(key)) for cause, figures in states[key[1]]]
        rows.append([sequence, *key, *_told(key, steps)])
    _insert(connection, rows)
    return len(rows)


def erased_since(connection: duckdb.DuckDBPyConnection, lines: Sequence[LogLine]) -> frozenset[str]:
    """The organisations of whose deliveries rows were erased since the last publication."""
    deliveries: list[int] = []
    for line in lines:
        if line.kind == "publication":
            deliveries = []
        elif line.kind == "redaction" and line.noted["reason"] != "correction":
            deliveries += line.noted["deliveries"]
    found = connection.execute(
        "select distinct organisation_id from raw.delivery where sequence in (select unnest(?))", [deliveries]
    ).fetchall()
    return frozenset(name for (name,) in found)


def _redefined(change: _Change, key: Key, now: dict[str, int | None]) -> bool:
    """Whether an indicator behind the figure has another version than when it was published."""
    table, organisation, network, period, name, dimension, _ = key
    behind = change.versions.get((table, organisation, network, period, name, dimension), {})
    if table == SUMMARY:
        behind = change.versions.get((table, organisation, "", period, name, ""), {})
    return any(indicator in now and now[indicator] != version for indicator, version in behind.items())


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


@contextmanager
def _attached(connection: duckdb.DuckDBPyConnection, database: Path) -> Iterator[None]:
    connection.execute(f"attach {quoted(str(database))} as {BEFORE} (read_only)")
    try:
        yield
    finally:
        connection.execute("drop table if exists temp.restated")
        connection.execute(f"detach {BEFORE}")


def _read_change(
    connection: duckdb.DuckDBPyConnection, database: Path, organisation: str | None
) -> _Change | None:
    """What changed since the publication before; None where nothing did."""
    with _attached(connection, database):
        if not find_changed(connection, BEFORE, organisation):
            return None
        then, now = read_ends(connection)
        [(known,)] = connection.execute(
            "select greatest(coalesce(max(sequence), 0), coalesce(max(superseded_by), 0)) "
            f"from {BEFORE}.audit.delivery"
        ).fetchall()
        targets: pl.DataFrame = connection.sql(f"select * from {BEFORE}.main.target").pl()
        return _Change(then, now, _read_versions(connection), targets, int(known))


def _read_versions(connection: duckdb.DuckDBPyConnection) -> Versions:
    """The versions behind every figure that rests on a definition, as it was published."""
    found: Versions = {}
    for organisation, network, period, indicator, dimension, responsibility, version in connection.execute(
        "select distinct results.organisation_id, results.network_id, results.period, results.indicator_id, "
        "results.dimension, results.responsibility_id, results.definition_version "
        f"from {BEFORE}.main.indicator_result as results "
        "inner join temp.restated using (organisation_id, period)"
    ).fetchall():
        for place in (
            (INDICATOR, organisation, network, period, indicator, dimension),
            ("responsibility_result", organisation, network, period, responsibility or "", ""),
            (SUMMARY, organisation, "", period, responsibility or "", ""),
        ):
            found.setdefault(place, {})[indicator] = version
    return found


def _states(
    connection: duckdb.DuckDBPyConnection, change: _Change, run: Run, organisations: list[str], known: int
) -> Iterator[State]:
    """The figures after each cause that was at work; the first is as published, the last is as now.

    A cause that was not at work has no state, and so no part.
    """
    replay = Replay(connection, organisations, change.keys)
    try:
        records_then = replay.past_records(connection, known, run.as_of)
        records_now = replay.current_records(connection)
        targets_now: pl.DataFrame = connection.sql("select * from definitions.target").pl()
        same_targets = _same_rows(change.targets, targets_now)
        steps = list(_record_steps(records_then, records_now))
        yield "published", change.then
        replay.set_targets(_targets_like(change.targets, targets_now))
        if steps or not same_targets:
            yield "code", replay.figures(records_then)
        if not same_targets:
            replay.set_targets(targets_now)
            yield "target", replay.figures(records_then) if steps else change.now
        for place, (cause, records) in enumerate(steps, start=1):
            yield cause, change.now if place == len(steps) else replay.figures(records)
        if not steps and same_targets:
            yield "code", change.now
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


def _told(key: Key, steps: list[tuple[str, Said | None]]) -> Iterator[object]:
    """Old, new and the parts in the order of the causes: what moved a number, 1 where a word turned."""
    said = _without_hidden(steps) if key[0] == ORGANISATION else steps
    parts = {
        cause: _moved(before, after)
        for (_, before), (cause, after) in pairwise(said)
        if not _same(before, after)
    }
    yield _text(steps[0][1])
    yield _text(steps[-1][1])
    yield from (parts.get(cause) for cause, _, _ in CAUSES)


def _without_hidden(steps: list[tuple[str, Said | None]]) -> list[tuple[str, Said | None]]:
    """A state in between in which too few stood behind the figure says nothing of its own."""
    if steps[0][1] is None or steps[-1][1] is None:
        return steps
    return [step for step in steps if step[1] is not None]


def _moved(before: Said | None, after: Said | None) -> float:
    if isinstance(before, str) or isinstance(after, str):
        return 1.0
    return (after or 0.0) - (before or 0.0)


def _same(one: Said | None, other: Said | None) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= SLACK
    return one == other


def _text(said: Said | None) -> str | None:
    return repr(said) if isinstance(said, float) else said


def _insert(connection: duckdb.DuckDBPyConnection, rows: list[list[object]]) -> None:
    types = {"BIGINT": pl.Int64, "DOUBLE": pl.Float64, "VARCHAR": pl.String}
    schema = {column.name: types[column.type] for column in RESTATEMENT.columns}
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    connection.register("restated_rows", frame.to_arrow())
    try:
        connection.execute("insert into audit.restatement by name select * from restated_rows")
    finally:
        connection.unregister("restated_rows")
