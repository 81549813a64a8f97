"""Many events of asset checks stored at once: one statement a table instead of several an event.

Stored one by one, as Dagster does, a check costs 7 ms of computing: its planned, output and outcome events,
in up to three tables. Together they cost 2 ms (300 checks in a step), so that every rule can be a check.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import dagster as dg
from dagster._core.storage.asset_check_execution_record import AssetCheckExecutionRecordStatus
from dagster._core.storage.event_log.schema import AssetCheckExecutionsTable, SqlEventLogStorageTable
from sqlalchemy import Connection, bindparam, exists, func, select

PLANNED = dg.DagsterEventType.ASSET_CHECK_EVALUATION_PLANNED
EVALUATED = dg.DagsterEventType.ASSET_CHECK_EVALUATION
OUTPUT = dg.DagsterEventType.STEP_OUTPUT
Row = Mapping[str, Any]  # of the table of events

_checks = AssetCheckExecutionsTable.c
_INSERT = SqlEventLogStorageTable.insert()
_ADD = AssetCheckExecutionsTable.insert()
_EVALUATE = (
    AssetCheckExecutionsTable.update()
    .where(
        _checks.asset_key == bindparam("of_asset_key"),
        _checks.check_name == bindparam("of_check_name"),
        _checks.run_id == bindparam("of_run_id"),
    )
    .values(
        {
            name: bindparam(name)
            for name in (
                "execution_status",
                "evaluation_event",
                "evaluation_event_timestamp",
                "evaluation_event_storage_id",
                "materialization_event_storage_id",
            )
        }
    )
)
_RENUMBER = (
    AssetCheckExecutionsTable.update().where(_checks.id == bindparam("from_id")).values(id=bindparam("to_id"))
)
JUDGED = (AssetCheckExecutionRecordStatus.SUCCEEDED.value, AssetCheckExecutionRecordStatus.FAILED.value)


def can_wait(event: dg.EventLogEntry) -> bool:
    """Whether an event may be stored together with those after it: an output, or the outcome of a check."""
    if event.dagster_event is None or not event.run_id:
        return False
    if event.dagster_event_type == EVALUATED:
        return event.dagster_event.asset_check_evaluation_data.partition is None
    return event.dagster_event_type == OUTPUT


def is_planned(event: dg.EventLogEntry) -> bool:
    """Whether an event says that a check of the whole asset will be made."""
    return (
        event.dagster_event_type == PLANNED
        and event.dagster_event is not None
        and event.dagster_event.asset_check_planned_data.partitions_subset is None
    )


def insert_rows(connection: Connection, rows: Sequence[Row]) -> int:
    """Insert events; the number of the first, the others following it, since one writer holds the file."""
    connection.execute(_INSERT, list(rows))
    last = connection.execute(select(func.max(SqlEventLogStorageTable.c.id))).scalar_one()
    return int(last) - len(rows) + 1


def plan(connection: Connection, events: Sequence[dg.EventLogEntry], rows: Sequence[Row]) -> None:
    """Note in the index that these checks will be made."""
    first = insert_rows(connection, rows)
    connection.execute(
        _ADD,
        [
            {
                "asset_key": data.asset_key.to_string(),
                "check_name": data.check_name,
                "run_id": event.run_id,
                "execution_status": AssetCheckExecutionRecordStatus.PLANNED.value,
                "evaluation_event": row["event"],
                "evaluation_event_timestamp": row["timestamp"],
                "evaluation_event_storage_id": first + place,
            }
            for place, (event, row) in enumerate(zip(events, rows, strict=True))
            for data in [event.get_dagster_event().asset_check_planned_data]
        ],
    )


def evaluate(connection: Connection, events: Sequence[dg.EventLogEntry], rows: Sequence[Row]) -> None:
    """Note in the index what came of checks; those that were never planned get a line of their own."""
    first = insert_rows(connection, rows)
    outcomes = [
        {
            "asset_key": data.asset_key.to_string(),
            "check_name": data.check_name,
            "run_id": event.run_id,
            "execution_status": (
                AssetCheckExecutionRecordStatus.SUCCEEDED.value
                if data.passed
                else AssetCheckExecutionRecordStatus.FAILED.value
            ),
            "evaluation_event": row["event"],
            "evaluation_event_timestamp": row["timestamp"],
            "evaluation_event_storage_id": first + place,
            "materialization_event_storage_id": (
                data.target_materialization_data.storage_id if data.target_materialization_data else None
            ),
        }
        for place, (event, row) in enumerate(zip(events, rows, strict=True))
        for data in [event.get_dagster_event().asset_check_evaluation_data]
    ]
    connection.execute(
        _EVALUATE,
        [
            outcome | {f"of_{name}": outcome[name] for name in ("asset_key", "check_name", "run_id")}
            for outcome in outcomes
        ],
    )
    runs = {outcome["run_id"] for outcome in outcomes}
    lines = connection.execute(
        select(_checks.asset_key, _checks.check_name, _checks.run_id, _checks.id).where(
            _checks.run_id.in_(runs)
        )
    ).fetchall()
    known = {(asset, name, run) for asset, name, run, _ in lines}
    put_last(connection, runs, max((line.id for line in lines), default=0))
    unplanned = [
        outcome
        for outcome in outcomes
        if (outcome["asset_key"], outcome["check_name"], outcome["run_id"]) not in known
    ]
    if unplanned:
        connection.execute(_ADD, unplanned)


def put_last(connection: Connection, runs: Collection[str], last: int) -> None:
    """Number runs' outcomes anew where another outcome of the same check has a higher number.

    Dagster takes the check with the highest number for the latest, and gives it when a run is planned. Runs
    that wait for the writer need not work in that order, and the day's health is written beside them all: the
    page would then say of the check that the table as it stands was not judged.

    Args:
        last: The highest number of the runs' own lines.
    """
    highest = connection.execute(select(func.max(_checks.id))).scalar_one() or 0
    if highest <= last:  # nothing was planned or judged since
        return
    later = AssetCheckExecutionsTable.alias("later")
    behind = connection.execute(
        select(_checks.id)
        .where(
            _checks.run_id.in_(runs),
            _checks.execution_status.in_(JUDGED),
            exists().where(
                later.c.asset_key == _checks.asset_key,
                later.c.check_name == _checks.check_name,
                later.c.id > _checks.id,
                later.c.execution_status.in_(JUDGED),
            ),
        )
        .order_by(_checks.id)
    ).fetchall()
    if behind:
        connection.execute(
            _RENUMBER,
            [{"from_id": line.id, "to_id": highest + 1 + place} for place, line in enumerate(behind)],
        )
