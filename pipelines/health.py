"""Dagster's own health: old runs are cleared away, and each day says whether all is well, and why not.

The day's digest stands in ``audit.health`` and, beside the completeness of the data, as a check on
``results.completeness``; it is no row there, since what is published must follow from the data alone.
"""

import shutil
from datetime import UTC, datetime, timedelta
from typing import Any

import dagster as dg

from assets.clock import copenhagen_day, now
from assets.home import Home, HomeError, home_folder, load_settings
from assets.layers.workplace import HomeResource, Warehouse
from pipelines.health_digest import judge, judge_ticks, latest_health, write_digest

KEPT_DAYS = 400  # of runs and their logs: a year and a quarter's report to compare with
LOOKED_AT = 50  # runs
COMPLETENESS = dg.AssetKey(["results", "completeness"])
CHECK = "dagster_health"


def clear_old(instance: dg.DagsterInstance, home: Home, before: datetime) -> int:
    """Delete runs from before a moment, with all they said; how many."""
    old = instance.get_run_records(dg.RunsFilter(created_before=before), limit=LOOKED_AT)
    for record in old:
        run_id = record.dagster_run.run_id
        instance.delete_run(run_id)
        shutil.rmtree(home.dagster / "storage" / run_id, ignore_errors=True)  # what its steps printed
    return len(old)


@dg.asset_check(
    asset=COMPLETENESS,
    name=CHECK,
    description=(
        "Om Dagster selv har det godt efter den seneste opgørelse: healthy eller degraded, og hvorfor.\n\n"
        "Whether Dagster itself is well by the latest day's digest: healthy or degraded, and why."
    ),
)
def dagster_health(context: dg.AssetCheckExecutionContext, warehouse: Warehouse) -> dg.AssetCheckResult:
    """Show the latest digest beside the completeness of the data."""
    return latest_health(warehouse.connection)


@dg.op(description="Rydder op og skriver dagens helbred. / Clears up and writes the day's health.")
def tend(context: dg.OpExecutionContext, home: HomeResource) -> None:
    """Clear old runs away, and write the day's digest."""
    moment = now()
    records = [
        record
        for record in context.instance.get_run_records(limit=LOOKED_AT)
        if record.dagster_run.run_id != context.run_id and record.dagster_run.job_name != "tend_instance"
    ]
    day = copenhagen_day(moment)
    reasons = [*judge(records, day), *judge_ticks(context.instance, moment - timedelta(days=1))]
    cleared = clear_old(context.instance, home.home(), (moment - timedelta(days=KEPT_DAYS)).astimezone(UTC))
    digest, shown = write_digest(home.home(), day, reasons)
    context.instance.report_runless_asset_event(
        dg.AssetCheckEvaluation(
            asset_key=COMPLETENESS,
            check_name=CHECK,
            passed=shown.passed,
            severity=shown.severity,
            metadata=shown.metadata,
        )
    )
    context.add_output_metadata(
        {
            "state": digest.state,
            "reasons": dg.MetadataValue.md("\n".join(f"- {da} / {en}" for da, en in digest.reasons) or "–"),
            "runs_cleared": cleared,
        }
    )
    told = "; ".join(f"{da} / {en}" for da, en in digest.reasons)
    (context.log.warning if digest.reasons else context.log.info)(f"{digest.state} {told}".strip())


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


HEALTH_CHECKS = (dagster_health,)
HEALTH_JOBS = (tend_instance,)
HEALTH_SCHEDULES = (tend_daily,)
HEALTH_SENSORS = (health_after_failure,)
