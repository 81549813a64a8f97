"""Dagster's own health: old runs are cleared away, and each day says whether all is well, and why not.

The day's digest stands in ``audit.health`` and, as a row a day of ``kind`` ``health``, in the completeness
table ``audit.completeness``, on whose page it is a check besides.
"""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import dagster as dg

from assets.clock import copenhagen_day, now
from assets.home import Home, HomeError, home_folder, load_settings
from assets.layers.table_facts import table_of, table_spec
from assets.layers.workplace import HomeResource, Warehouse
from pipelines.health_digest import CHECK, COMPLETENESS, judge, judge_ticks, show, write_digest

KEPT_DAYS = 400  # of runs and their logs: a year and a quarter's report to compare with
LOOKED_AT = 50  # runs


def clear_old(instance: dg.DagsterInstance, home: Home, before: datetime) -> int:
    """Delete runs from before a moment, with all they said; how many."""
    old = instance.get_run_records(dg.RunsFilter(created_before=before), limit=LOOKED_AT)
    for record in old:
        run_id = record.dagster_run.run_id
        instance.delete_run(run_id)
        shutil.rmtree(home.dagster / "storage" / run_id, ignore_errors=True)  # what its steps printed
    return len(old)


@dg.multi_asset(
    name="completeness_and_health",
    specs=[
        table_spec(
            table_of(COMPLETENESS),
            description=(
                "Fuldstændigheden af data og dagens helbred i én tabel: en række pr. dag med arten `health`, "
                "`healthy` eller `degraded`, og hvorfor. Den offentliggjorte tabel af dette navn har kun "
                "rækkerne om data.\n\n"
                "The completeness of the data and the day's health in one table: a row a day of the kind "
                "`health`, `healthy` or `degraded`, and why. The published table of this name has the rows "
                "of the data alone."
            ),
            reads=("results.completeness",),
        )
    ],
    check_specs=[
        dg.AssetCheckSpec(
            CHECK,
            asset=COMPLETENESS,
            description=(
                "Om Dagster selv har det godt efter den seneste opgørelse: healthy eller degraded, hvorfor."
                "\n\nWhether Dagster itself is well by the latest day's digest: healthy or degraded, and why."
            ),
        )
    ],
)
def completeness_and_health(
    context: dg.AssetExecutionContext, warehouse: Warehouse
) -> Iterator[dg.MaterializeResult[None]]:
    """Lay the data's completeness and the days' health together."""
    shown = show(warehouse.connection)
    yield dg.MaterializeResult(asset_key=COMPLETENESS, metadata=shown.about, check_results=[shown.check])


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
    today, shown = write_digest(home.home(), day, reasons)
    if shown.about:
        context.instance.report_runless_asset_event(
            dg.AssetMaterialization(COMPLETENESS, metadata=shown.about)
        )
    context.instance.report_runless_asset_event(
        dg.AssetCheckEvaluation(
            asset_key=COMPLETENESS,
            check_name=CHECK,
            passed=shown.check.passed,
            severity=shown.check.severity,
            metadata=shown.check.metadata,
        )
    )
    why = f"{today.why_da} / {today.why_en}" if today.why_da else ""
    context.add_output_metadata({"state": today.state, "why": why or "–", "runs_cleared": cleared})
    (context.log.warning if why else context.log.info)(f"{today.state} {why}".strip())


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


HEALTH_ASSETS = (completeness_and_health,)
HEALTH_JOBS = (tend_instance,)
HEALTH_SCHEDULES = (tend_daily,)
HEALTH_SENSORS = (health_after_failure,)
