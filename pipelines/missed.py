"""A scheduled run that did not come about is asked for again: the machine was off, or the run failed."""

from datetime import UTC, datetime, time, timedelta

import dagster as dg

from assets.clock import COPENHAGEN, now
from assets.home import Home, HomeError, home_folder, load_settings
from pipelines.jobs import refresh_results
from pipelines.schedules import AS_OF_TAG, quarter_request
from pipelines.schedules_reports import month_request

GRACE = timedelta(hours=6)  # of the schedule's own run, after which it is missed
DUE_DAY, DUE_HOUR = 5, time(6)  # of each month, as the two schedules have it
QUARTERS_BEGIN = (1, 4, 7, 10)
AT_WORK = (dg.DagsterRunStatus.QUEUED, dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.STARTED)


def last_due(moment: datetime) -> datetime:
    """When the latest scheduled run was due, by the clock in Copenhagen."""
    here = moment.astimezone(COPENHAGEN)
    due = datetime.combine(here.date().replace(day=DUE_DAY), DUE_HOUR, COPENHAGEN)
    if due <= here:
        return due
    month_before = here.date().replace(day=1) - timedelta(days=1)
    return datetime.combine(month_before.replace(day=DUE_DAY), DUE_HOUR, COPENHAGEN)


def missed_run(instance: dg.DagsterInstance, moment: datetime) -> dg.RunRequest | None:
    """The run that should have been made by now and was not; None where all is well.

    A home whose first run came after that has missed nothing.
    """
    due = last_due(moment)
    if moment < due + GRACE:
        return None
    first = instance.get_run_records(limit=1, ascending=True)
    if not first or first[0].create_timestamp >= due:
        return None
    asked = (quarter_request if due.month in QUARTERS_BEGIN else month_request)(due.date(), "missed_schedule")
    there = dg.RunsFilter(
        job_name=refresh_results.name,
        tags={AS_OF_TAG: asked.tags[AS_OF_TAG]},
        statuses=[dg.DagsterRunStatus.SUCCESS, *AT_WORK],
        created_after=due.astimezone(UTC),
    )
    if instance.get_run_records(there, limit=1):
        return None
    return dg.RunRequest(
        run_key=f"missed-{asked.tags[AS_OF_TAG]}", run_config=asked.run_config, tags=dict(asked.tags)
    )


@dg.sensor(
    job=refresh_results,
    minimum_interval_seconds=3600,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description=(
        "Ser hver time efter, om den seneste planlagte kørsel kom og gik godt; ellers bedes om den én gang."
        "\n\nLooks each hour whether the latest scheduled run came and went well; else asks for it once."
    ),
)
def missed_schedule(context: dg.SensorEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """Ask for the scheduled run that did not come about."""
    try:
        settings = load_settings(Home.open(home_folder()))
    except HomeError as error:
        return dg.SkipReason(str(error))
    if not settings.schedules:
        return dg.SkipReason("Slået fra i netvaerdi.toml. / Switched off in netvaerdi.toml.")
    missed = missed_run(context.instance, now())
    return missed or dg.SkipReason("Ingen planlagt kørsel mangler. / No scheduled run is missing.")


MISSED_SENSORS = (missed_schedule,)
