"""Dagster's own health: old runs are cleared away, and each day says whether all is well, and why not."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import dagster as dg
from dagster._core.storage.dagster_run import RunRecord

from assets.clock import copenhagen_day, now
from assets.home import Home, HomeError, home_folder, load_settings
from assets.layers.workplace import HomeResource
from assets.warehouse import open_warehouse
from assets.writer import hold_writer

KEPT_DAYS = 400  # of runs and their logs: a year and a quarter's report to compare with
GRACE_DAYS = 6  # after a quarter's end, before a missing quarterly run is a fault
LOOKED_AT = 50  # runs
TABLE = """
create table if not exists audit.health (
    day date primary key, state varchar not null, reason_da varchar not null, reason_en varchar not null
)
"""
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


def clear_old(instance: dg.DagsterInstance, before: datetime) -> int:
    """Delete runs and their logs from before a moment; how many."""
    old = instance.get_run_records(dg.RunsFilter(created_before=before), limit=LOOKED_AT)
    for record in old:
        instance.delete_run(record.dagster_run.run_id)
    return len(old)


def write_digest(home: Home, day: date, reasons: list[Reason]) -> str:
    """Write the day's line into ``audit.health``; the state."""
    state = "degraded" if reasons else "healthy"
    da = "; ".join(one for one, _ in reasons)
    en = "; ".join(one for _, one in reasons)
    with hold_writer(home, "tend_instance"), open_warehouse(home.warehouse_file) as connection:
        connection.execute(TABLE)
        connection.execute("insert or replace into audit.health values (?, ?, ?, ?)", [day, state, da, en])
    return state


@dg.op(description="Rydder op og skriver dagens helbred. / Clears up and writes the day's health.")
def tend(context: dg.OpExecutionContext, home: HomeResource) -> None:
    """Clear old runs away, and write the day's digest."""
    moment = now()
    records = [
        record
        for record in context.instance.get_run_records(limit=LOOKED_AT)
        if record.dagster_run.run_id != context.run_id and record.dagster_run.job_name != "tend_instance"
    ]
    reasons = judge(records, copenhagen_day(moment))
    cleared = clear_old(context.instance, (moment - timedelta(days=KEPT_DAYS)).astimezone(UTC))
    state = write_digest(home.home(), copenhagen_day(moment), reasons)
    context.add_output_metadata(
        {
            "state": state,
            "reasons": dg.MetadataValue.md("\n".join(f"- {da} / {en}" for da, en in reasons) or "–"),
            "runs_cleared": cleared,
        }
    )
    told = "; ".join(f"{da} / {en}" for da, en in reasons)
    (context.log.warning if reasons else context.log.info)(f"{state} {told}".strip())


@dg.job(
    executor_def=dg.in_process_executor,
    description=(
        "Sletter kørsler og logge ældre end 400 dage og skriver dagens helbred i audit.health.\n\n"
        "Deletes runs and logs older than 400 days and writes the day's health into audit.health."
    ),
)
def tend_instance() -> None:
    """Clear up, and say whether all is well."""
    tend()


@dg.schedule(
    job=tend_instance,
    cron_schedule="30 5 * * *",
    execution_timezone="Europe/Copenhagen",
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Hver dag kl. 5.30: ryd op, og skriv helbredet. / At 5.30 daily: clear up, write the health.",
)
def tend_daily(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """Ask for the day's digest; once a day."""
    try:
        settings = load_settings(Home.open(home_folder()))
    except HomeError as error:
        return dg.SkipReason(str(error))
    if not settings.schedules:
        return dg.SkipReason("Slået fra i netvaerdi.toml. / Switched off in netvaerdi.toml.")
    day = copenhagen_day(context.scheduled_execution_time or now())
    return dg.RunRequest(run_key=f"health-{day}", tags={"netvaerdi/started_by": "tend_daily"})


@dg.run_failure_sensor(
    name="health_after_failure",
    default_status=dg.DefaultSensorStatus.RUNNING,
    request_job=tend_instance,
    description=(
        "Når en kørsel går galt, skrives helbredet straks. / When a run fails, the health is written at once."
    ),
)
def health_after_failure(context: dg.RunFailureSensorContext) -> Any:
    """Ask for a digest that tells of the failure; a failing digest asks for none."""
    if context.dagster_run.job_name == "tend_instance":
        return dg.SkipReason("Helbredet selv. / The health itself.")
    return dg.RunRequest(
        run_key=f"failed-{context.dagster_run.run_id}", tags={"netvaerdi/started_by": "health_after_failure"}
    )


HEALTH_JOBS = (tend_instance,)
HEALTH_SCHEDULES = (tend_daily,)
HEALTH_SENSORS = (health_after_failure,)
