"""How each gate went over the latest runs, from ``audit.quality_result`` and ``audit.quality_history``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import duckdb

from assets.clock import COPENHAGEN
from assets.gates.quality import create_quality_tables
from assets.gates.words import OUTCOMES

RUNS = 8
LATEST = """
with judged as (
    select run_id, layer, table_name, check_name, outcome, violations, checked_at from audit.quality_result
    union all
    select run_id, layer, table_name, check_name, outcome, violations, checked_at from audit.quality_history
),
runs as (
    select run_id, max(checked_at) as ended_at from judged group by run_id order by ended_at desc limit ?
)
select judged.run_id, runs.ended_at, judged.table_name, judged.check_name, judged.outcome, judged.violations
from judged
inner join runs on judged.run_id = runs.run_id
order by runs.ended_at, judged.run_id
"""


@dataclass(frozen=True)
class Past:
    """What came of one gate in one run: its outcome (empty where it did not run) and rows against it."""

    run_id: str
    at: datetime
    outcome: str
    violations: int | None


Trends = Mapping[tuple[str, str], Sequence[Past]]  # table and check, the latest run last


def latest_runs(connection: duckdb.DuckDBPyConnection, runs: int = RUNS) -> tuple[list[Past], Trends]:
    """The latest runs, latest last, and how each gate went in every one of them.

    A run stands in the first list with the worst that came of any gate, and how many did not pass.
    """
    create_quality_tables(connection)
    found = connection.execute(LATEST, [runs]).fetchall()
    moments = {run_id: at.replace(tzinfo=UTC) for run_id, at, *_ in found}
    outcomes: dict[tuple[str, str], dict[str, tuple[str, int | None]]] = {}
    against = dict.fromkeys(moments, 0)
    for run_id, _, table, check, outcome, violations in found:
        outcomes.setdefault((table, check), {})[run_id] = outcome, violations
        against[run_id] += outcome != "passed"
    whole = [
        Past(run_id, at, "failed" if against[run_id] else "passed", against[run_id])
        for run_id, at in moments.items()
    ]
    return whole, {
        gate: [Past(run_id, at, *of_gate.get(run_id, ("", None))) for run_id, at in moments.items()]
        for gate, of_gate in outcomes.items()
    }


def short_trend(past: Sequence[Past]) -> str:
    """A gate's trend as one line for Dagster: ``24-11 ● 0 · 25-11 ▲ 3``, or that all was well."""
    if all(one.outcome == "passed" for one in past):
        return f"● bestået i de seneste {len(past)} / passed in the latest {len(past)}"
    return " · ".join(
        f"{one.at.astimezone(COPENHAGEN):%d-%m} {OUTCOMES[one.outcome][0]} "
        f"{'–' if one.violations is None else one.violations}"
        for one in past
    )
