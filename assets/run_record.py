"""A run and its record in ``audit.attempt``: what was asked, when, how it ended.

Runs that published stand in ``audit.run`` as well, which the publication carries.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.metadata import version

import duckdb

TABLE = """
create table if not exists audit.attempt (
    run_id varchar primary key,
    started_at timestamp not null,
    ended_at timestamp,
    state varchar not null,
    organisation_id varchar,
    as_of date,
    as_known bigint,
    accept_shrink boolean not null,
    software_version varchar not null,
    first_cause varchar,
    started_by varchar,
    started_by_user varchar
)
"""


@dataclass(frozen=True)
class Run:
    """One run.

    Attributes:
        run_id: Dagster's id of it, so that the same run is found in the UI.
        started_at: UTC, aware.
        as_of: The day asked for, or today in Copenhagen.
        organisation: The one that is recomputed; None for all.
        as_known: Compute from the deliveries that were current at this sequence; None for now.
        accept_shrink: A held withdrawal or shrink is confirmed.
        started_by: What started it: the command, a schedule, a sensor, Dagster's UI.
        user: The account that did: of the command, or the one the proxy vouches for. In the warehouse only.
    """

    run_id: str
    started_at: datetime
    as_of: date
    organisation: str | None = None
    as_known: int | None = None
    accept_shrink: bool = False
    started_by: str = ""
    user: str = ""


def begin_run(connection: duckdb.DuckDBPyConnection, run: Run) -> None:
    """Record that the run has begun; an earlier one that never ended was broken off."""
    connection.execute(TABLE)
    for column in ("started_by", "started_by_user"):  # a warehouse made before these were kept
        connection.execute(f"alter table audit.attempt add column if not exists {column} varchar")
    connection.execute("update audit.attempt set state = 'broken_off' where state = 'running'")
    connection.execute(
        "insert into audit.attempt by name select $run_id as run_id, $started_at::timestamp as started_at, "
        "'running' as state, $organisation as organisation_id, $as_of::date as as_of, "
        "$as_known::bigint as as_known, $accept_shrink as accept_shrink, $version as software_version, "
        "nullif($started_by, '') as started_by, nullif($user, '') as started_by_user",
        {
            "run_id": run.run_id,
            "started_at": run.started_at.astimezone(UTC).replace(tzinfo=None),
            "organisation": run.organisation,
            "as_of": run.as_of,
            "as_known": run.as_known,
            "accept_shrink": run.accept_shrink,
            "version": version("netvaerdi"),
            "started_by": run.started_by,
            "user": run.user,
        },
    )


def end_run(
    connection: duckdb.DuckDBPyConnection, run: Run, ended_at: datetime, first_cause: str | None
) -> None:
    """Record how the run ended: ``done``, or ``failed`` with its first cause."""
    connection.execute(
        "update audit.attempt set ended_at = $ended_at, state = $state, first_cause = $first_cause "
        "where run_id = $run_id",
        {
            "ended_at": ended_at.astimezone(UTC).replace(tzinfo=None),
            "state": "done" if first_cause is None else "failed",
            "first_cause": first_cause,
            "run_id": run.run_id,
        },
    )
