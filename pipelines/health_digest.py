"""What a day's digest of Dagster's health says: healthy or degraded, why, and how it was the days before."""

import shutil
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

import dagster as dg
import duckdb
from dagster._core.scheduler.instigation import InstigatorStatus
from dagster._core.storage.dagster_run import RunRecord

from assets.clock import copenhagen_day
from assets.home import Home
from assets.layers.table_facts import facts
from assets.operations.health_table import COMPLETENESS as TABLE
from assets.operations.health_table import (
    SAID,
    HealthDay,
    data_table,
    days_table,
    latest_days,
    lay_together,
    write_day,
)
from assets.warehouse import open_warehouse
from assets.writer import hold_writer

GRACE_DAYS = 6  # after a quarter's end, before a missing quarterly run is a fault
WAITING = "select state, count(*) from raw.delivery where state in ('quarantined', 'held') group by state"
COMPLETENESS = dg.AssetKey(TABLE.split("."))
CHECK = "dagster_health"
LEAST_FREE_BYTES = 1_000_000_000
Reason = tuple[str, str]


class Shown(NamedTuple):
    """What the page of ``audit/completeness`` shows, nothing before the first run; and its check."""

    about: dict[str, Any]
    check: dg.AssetCheckResult


def judge(records: Iterable[RunRecord], today: date) -> list[Reason]:
    """What is wrong, in Danish and English, by the runs of the last days, latest first; nothing when well."""
    kept = list(records)
    ended = [record.dagster_run for record in kept if record.dagster_run.is_finished]
    reasons: list[Reason] = []
    if not ended:
        return [("ingen kørsel er afsluttet endnu", "no run has ended yet")]
    if ended[0].status != dg.DagsterRunStatus.SUCCESS:
        name = ended[0].job_name
        reasons.append((f"seneste kørsel ({name}) gik ikke godt", f"the latest run ({name}) did not succeed"))
    quarter_end = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1) - timedelta(days=1)
    due = today > quarter_end + timedelta(days=GRACE_DAYS)
    # A home younger than the quarter's run has missed nothing.
    old_enough = any(created(record) <= quarter_end for record in kept)
    done = any(
        record.dagster_run.status == dg.DagsterRunStatus.SUCCESS and created(record) > quarter_end
        for record in kept
    )
    if due and old_enough and not done:
        day = f"{quarter_end:%d-%m-%Y}"
        reasons.append(
            (f"kvartalets kørsel pr. {day} mangler", f"the quarter's run as of {quarter_end} is missing")
        )
    return reasons


def created(record: RunRecord) -> date:
    """The day on which a run was asked for."""
    return copenhagen_day(record.create_timestamp)


def judge_ticks(instance: dg.DagsterInstance, since: datetime) -> list[Reason]:
    """Schedules and sensors whose latest tick since a moment failed."""
    reasons: list[Reason] = []
    for one in instance.all_instigator_state():
        if one.instigator_data is None or one.status == InstigatorStatus.STOPPED:
            continue
        ticks = instance.get_ticks(
            one.instigator_origin_id, one.selector_id, after=since.timestamp(), limit=1
        )
        if ticks and ticks[0].is_failure:
            reasons.append((f"{one.instigator_name} fejlede", f"{one.instigator_name} failed"))
    return reasons


def judge_home(home: Home, connection: duckdb.DuckDBPyConnection) -> list[Reason]:
    """Files that wait for a person, and a disk that is nearly full."""
    reasons: list[Reason] = []
    try:
        waiting = dict(connection.execute(WAITING).fetchall())
    except duckdb.CatalogException:  # before the first run has read the inbox
        waiting = {}
    if count := waiting.get("quarantined"):
        reasons.append((f"filer, der ikke kan læses: {count}", f"files that cannot be read: {count}"))
    if count := waiting.get("held"):
        reasons.append(
            (f"filer, der venter på godkendelse: {count}", f"files that wait for confirmation: {count}")
        )
    free = shutil.disk_usage(home.root).free
    if free < LEAST_FREE_BYTES:
        megabytes = free // 1_000_000
        reasons.append((f"kun {megabytes} MB fri plads", f"only {megabytes} MB of free space"))
    return reasons


def digest(day: date, reasons: Sequence[Reason]) -> HealthDay:
    """A day's health: degraded where there is any reason."""
    return HealthDay(
        day,
        "degraded" if reasons else "healthy",
        "; ".join(da for da, _ in reasons),
        "; ".join(en for _, en in reasons),
    )


def write_digest(home: Home, day: date, reasons: Sequence[Reason]) -> tuple[HealthDay, Shown]:
    """Write the day's line into ``audit.health``, with what the home itself says; and what its page shows."""
    with hold_writer(home, "tend_instance"), open_warehouse(home.warehouse_file) as connection:
        today = digest(day, [*reasons, *judge_home(home, connection)])
        write_day(connection, today)
        return today, show(connection)


def show(connection: duckdb.DuckDBPyConnection) -> Shown:
    """Lay data and health together; what the page of ``audit/completeness`` shows of them."""
    laid = lay_together(connection)
    days = latest_days(connection)
    if not laid:
        return Shown({}, latest_health(days))
    tables = ([days_table(days)] if days else []) + [data_table(connection)]
    about = {**facts(connection, [TABLE])[TABLE], "preview": dg.MetadataValue.md("\n\n".join(tables))}
    return Shown(about, latest_health(days))


def latest_health(days: Sequence[HealthDay]) -> dg.AssetCheckResult:
    """The latest digest as a check: it warns where degraded, and shows the days before."""
    if not days:
        return dg.AssetCheckResult(
            asset_key=COMPLETENESS,
            check_name=CHECK,
            passed=True,
            metadata={"state": "endnu ingen dag / no day yet"},
            severity=dg.AssetCheckSeverity.WARN,
        )
    latest = days[0]
    return dg.AssetCheckResult(
        asset_key=COMPLETENESS,
        check_name=CHECK,
        passed=latest.state == "healthy",
        severity=dg.AssetCheckSeverity.WARN,
        metadata={
            "state": SAID[latest.state],
            "day": latest.day.isoformat(),
            **({"why": f"{latest.why_da} / {latest.why_en}"} if latest.why_da else {}),
            "days": dg.MetadataValue.md(days_table(days)),
        },
    )
