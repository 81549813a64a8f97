"""What a day's digest of Dagster's health says: healthy or degraded, why, and how it was the days before."""

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import dagster as dg
import duckdb
from dagster._core.scheduler.instigation import InstigatorStatus
from dagster._core.storage.dagster_run import RunRecord

from assets.clock import copenhagen_day
from assets.home import Home
from assets.warehouse import open_warehouse
from assets.writer import hold_writer

GRACE_DAYS = 6  # after a quarter's end, before a missing quarterly run is a fault
TABLE = """
create table if not exists audit.health (
    day date primary key, state varchar not null, reason_da varchar not null, reason_en varchar not null
)
"""
WAITING = "select state, count(*) from raw.delivery where state in ('quarantined', 'held') group by state"
LEAST_FREE_BYTES = 1_000_000_000
SHOWN_DAYS = 14
SAID = {"healthy": "● rask / healthy", "degraded": "▲ svækket / degraded"}
Reason = tuple[str, str]


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


@dataclass(frozen=True)
class Digest:
    """One day's health: ``healthy`` or ``degraded``, and why in Danish and English."""

    day: date
    reasons: Sequence[Reason]

    @property
    def state(self) -> str:
        """Degraded where there is any reason."""
        return "degraded" if self.reasons else "healthy"

    @property
    def why(self) -> tuple[str, str]:
        """The reasons as one text in each language."""
        return "; ".join(da for da, _ in self.reasons), "; ".join(en for _, en in self.reasons)


def write_digest(home: Home, day: date, reasons: list[Reason]) -> tuple[Digest, dg.AssetCheckResult]:
    """Write the day's line into ``audit.health``, with what the home itself says; and the check's outcome."""
    with hold_writer(home, "tend_instance"), open_warehouse(home.warehouse_file) as connection:
        digest = Digest(day, [*reasons, *judge_home(home, connection)])
        connection.execute(TABLE)
        connection.execute(
            "insert or replace into audit.health values (?, ?, ?, ?)", [day, digest.state, *digest.why]
        )
        return digest, latest_health(connection)


def latest_health(connection: duckdb.DuckDBPyConnection) -> dg.AssetCheckResult:
    """The latest digest as a check: it warns where degraded, and shows the days before."""
    connection.execute(TABLE)
    days = connection.execute(
        "select day, state, reason_da, reason_en from audit.health order by day desc limit ?", [SHOWN_DAYS]
    ).fetchall()
    if not days:
        return dg.AssetCheckResult(
            passed=True,
            metadata={"state": "endnu ingen dag / no day yet"},
            severity=dg.AssetCheckSeverity.WARN,
        )
    day, state, da, en = days[0]
    lines = [
        f"| {one:%d-%m-%Y} | {SAID[state]} | {reason_da or '–'} | {reason_en or '–'} |"
        for one, state, reason_da, reason_en in days
    ]
    head = "| dag / day | helbred / health | hvorfor | why |\n|---|---|---|---|\n"
    return dg.AssetCheckResult(
        passed=state == "healthy",
        severity=dg.AssetCheckSeverity.WARN,
        metadata={
            "state": SAID[state],
            "day": day.isoformat(),
            **({"why": f"{da} / {en}"} if da else {}),
            "days": dg.MetadataValue.md(head + "\n".join(lines)),
        },
    )
