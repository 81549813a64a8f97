"""Retention by schedule: what has been kept long enough is deleted each month, and published without.

The log says how much was deleted, never what. What is under a legal hold stays:
``assets/people/retention.py``.
"""

import dagster as dg

from assets.clock import copenhagen_day, now
from assets.errors import TwoLanguageError
from assets.home import Home, home_folder, load_settings
from assets.layers.failures import told
from pipelines.jobs import refresh_results
from pipelines.resources import run_config

DELETED_TAG = "netvaerdi/deleted"


@dg.op(description="Sletter det, der er gemt længe nok. / Deletes what has been kept long enough.")
def delete_due_data(context: dg.OpExecutionContext) -> None:
    """Delete what is due today, and note how much on the run."""
    from assets.people.retention import KINDS, delete_due

    with told():
        home = Home.open(home_folder())
        settings = load_settings(home)
        due = delete_due(home, settings, settings.as_of or copenhagen_day(now()))
    for kind, count in due.count.items():
        da, en = KINDS[kind]
        context.log.info(f"{count}: {da} / {en}")
    context.instance.add_run_tags(context.run_id, {DELETED_TAG: str(sum(due.count.values()))})


@dg.job(
    executor_def=dg.in_process_executor,
    description=(
        "Sletter det, der er gemt længere end fristerne i netvaerdi.toml, forseglet uden indhold.\n\n"
        "Deletes what was kept longer than netvaerdi.toml allows, sealed without content."
    ),
)
def delete_kept_long_enough() -> None:
    """Delete what is due."""
    delete_due_data()


@dg.schedule(
    job=delete_kept_long_enough,
    cron_schedule="0 5 1 * *",
    execution_timezone="Europe/Copenhagen",
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description=(
        "Den 1. i hver måned kl. 5: opbevaringsfristerne holdes.\n\n"
        "At 5 on the 1st of each month: retention is kept."
    ),
)
def keep_retention_monthly(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """Ask for the deletion, unless it is switched off; once a month."""
    from assets.people.retention import is_automatic, months_of

    try:
        home = Home.open(home_folder())
        settings = load_settings(home)
        months_of(settings)
        on = settings.schedules and is_automatic(settings)
    except TwoLanguageError as error:
        return dg.SkipReason(str(error))
    if not on:
        return dg.SkipReason("Slået fra i netvaerdi.toml. / Switched off in netvaerdi.toml.")
    if settings.demonstration:
        return dg.SkipReason("Opdigtede data bliver stående. / Made-up data is left.")
    if not home.warehouse_file.exists():
        return dg.SkipReason("Der er intet endnu. / There is nothing yet.")
    day = copenhagen_day(context.scheduled_execution_time or now())
    tags = {"netvaerdi/started_by": "keep_retention_monthly"}
    return dg.RunRequest(run_key=f"retention-{day:%Y-%m}", tags=tags)


@dg.run_status_sensor(
    run_status=dg.DagsterRunStatus.SUCCESS,
    name="kept_long_enough_deleted",
    monitored_jobs=[delete_kept_long_enough],
    request_job=refresh_results,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Offentliggør på ny, når noget er slettet. / Publishes anew when something was deleted.",
)
def publish_after_deletion(context: dg.RunStatusSensorContext) -> dg.RunRequest | dg.SkipReason:
    """Ask for a run where something was deleted: what is published follows from what is left."""
    run = context.dagster_run
    if run.tags.get(DELETED_TAG, "0") == "0":
        return dg.SkipReason("Intet var forfaldent. / Nothing was due.")
    return dg.RunRequest(
        run_key=f"after-{run.run_id}",
        run_config=run_config(),
        tags={"netvaerdi/started_by": "keep_retention_monthly"},
    )


RETENTION_JOBS = (delete_kept_long_enough,)
RETENTION_SCHEDULES = (keep_retention_monthly,)
RETENTION_SENSORS = (publish_after_deletion,)
