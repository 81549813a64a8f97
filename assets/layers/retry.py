"""A run that goes on where another broke off: what that one computed and judged still stands.

The publication asks that every gate passed in the same run. Where the tables of a layer are not built anew,
and no other run has worked in between, what the gates said of them in the run that broke off is taken over.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import dagster as dg
import duckdb

from assets.gates.quality import Layer, carry_over
from assets.request import RunRequest
from assets.run_record import TABLE

# The steps that build what the gates of a layer look at.
BUILDERS: Mapping[Layer, frozenset[str]] = {
    "accepted": frozenset({"raw", "settings", "accepted"}),
    "results": frozenset({"calendar", "definitions", "core", "evidence", "indicators", "results", "summary"}),
}


@dataclass(frozen=True)
class Retry:
    """The run that broke off, and the steps that are made anew."""

    parent_run_id: str
    steps: frozenset[str]

    @property
    def standing(self) -> list[Layer]:
        """The layers of which nothing is built anew."""
        found: list[Layer] = []
        for layer, builders in BUILDERS.items():
            if self.steps & builders:
                break  # what comes after it is no longer what was judged
            found.append(layer)
        return found


def retry_of(run: dg.DagsterRun | None) -> Retry | None:
    """What a run goes on from; None for a run of its own, or one that makes every step anew."""
    if run is None or run.parent_run_id is None or run.step_keys_to_execute is None:
        return None
    return Retry(run.parent_run_id, frozenset(run.step_keys_to_execute))


def go_on(
    connection: duckdb.DuckDBPyConnection, retry: Retry, run_id: str, request: RunRequest
) -> RunRequest:
    """Take over what the gates said, and the day that the run which broke off was computed as of.

    Where another run came in between nothing is taken over, and the publication will say what is missing.
    """
    as_of = day_of_latest(connection, retry.parent_run_id)
    if as_of is None:
        return request
    carry_over(connection, retry.parent_run_id, run_id, retry.standing)
    return replace(request, as_of=as_of)


def day_of_latest(connection: duckdb.DuckDBPyConnection, run_id: str) -> date | None:
    """The day the latest run was computed as of; None where that is another one."""
    connection.execute(TABLE)
    latest = connection.execute(
        "select run_id, as_of from audit.attempt order by started_at desc, run_id limit 1"
    ).fetchall()
    return latest[0][1] if latest and latest[0][0] == run_id else None
