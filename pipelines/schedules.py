"""The schedules: when a run starts by itself."""

from datetime import date, timedelta

import dagster as dg

from assets.clock import copenhagen_day, now
from assets.home import Home, HomeError, home_folder, load_settings
from assets.layers.mail import CADENCE_TAG
from pipelines.jobs import refresh_results
from pipelines.resources import run_config

AS_OF_TAG = "netvaerdi/as_of"


@dg.schedule(
    job=refresh_results,
    cron_schedule="0 6 5 1,4,7,10 *",
    execution_timezone="Europe/Copenhagen",
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description=(
        "Den 5. i hvert kvartals første måned kl. 6: kvartalet, der sluttede, opgøres og offentliggøres.\n\n"
        "At 6 on the 5th of each quarter's first month: the quarter that ended is computed and published."
    ),
)
def publish_quarterly(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """Ask for the quarter that has just ended, as of its last day; once for each tick."""
    try:
        settings = load_settings(Home.open(home_folder()))
    except HomeError as error:
        return dg.SkipReason(str(error))
    if not settings.schedules:
        return dg.SkipReason("Slået fra i netvaerdi.toml. / Switched off in netvaerdi.toml.")
    day = copenhagen_day(context.scheduled_execution_time or now())
    return quarter_request(day, "publish_quarterly")


def quarter_request(day: date, started_by: str) -> dg.RunRequest:
    """The run of the quarter that ended before a day."""
    quarter_end = day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1) - timedelta(days=1)
    return dg.RunRequest(
        run_key=f"quarter-{quarter_end}",
        run_config=run_config(as_of=quarter_end.isoformat()),
        tags={
            AS_OF_TAG: quarter_end.isoformat(),
            "netvaerdi/started_by": started_by,
            CADENCE_TAG: "quarterly",
        },
    )


SCHEDULES = (publish_quarterly,)
