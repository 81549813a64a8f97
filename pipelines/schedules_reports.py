"""Reports on time: provisional figures each month, mail that waits, and one alert when a run fails."""

from datetime import date, timedelta

import dagster as dg
from dagster._core.events import JobFailureData

from assets.clock import copenhagen_day, now
from assets.errors import TwoLanguageError
from assets.home import Home, home_folder, load_settings
from assets.layers.mail import CADENCE_TAG
from assets.layers.workplace import failure_text, plain_message
from assets.mail.outbox import Outbox, message_key
from assets.mail.recipients import recipients_of
from assets.mail.settings import MailError, read_mail_settings
from pipelines.jobs import refresh_results
from pipelines.resources import run_config
from pipelines.schedules import AS_OF_TAG


@dg.op(description="Sender, hvad der venter i udbakken. / Sends what waits in the outbox.")
def send_waiting(context: dg.OpExecutionContext) -> None:
    """One round of sending; the run fails with the first cause where a person must decide."""
    home = Home.open(home_folder())
    sending = Outbox(home.outbox).send(read_mail_settings(load_settings(home).mail))
    context.log.info(
        f"sent {sending.sent}, waiting {sending.waiting}, refused {sending.refused}, unsure {sending.unsure}"
    )
    if sending.needs_a_person:
        raise dg.Failure(str(sending.first_cause or "netvaerdi mail status"), allow_retries=False)


@dg.job(description="Sender mail, der venter. / Sends mail that waits.", executor_def=dg.in_process_executor)
def send_waiting_mail() -> None:
    """Send what waits in the outbox."""
    send_waiting()


@dg.schedule(
    job=refresh_results,
    cron_schedule="0 6 5 2,3,5,6,8,9,11,12 *",
    execution_timezone="Europe/Copenhagen",
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description=(
        "Den 5. i de andre måneder kl. 6: foreløbige tal, opgjort til og med forrige måned.\n\n"
        "At 6 on the 5th of the other months: provisional figures, counted up to the month before."
    ),
)
def publish_monthly(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """Ask for the running quarter up to the last day of the month that ended; once for each tick."""
    try:
        settings = load_settings(Home.open(home_folder()))
    except TwoLanguageError as error:
        return dg.SkipReason(str(error))
    if not settings.schedules:
        return dg.SkipReason("Slået fra i netvaerdi.toml. / Switched off in netvaerdi.toml.")
    day = copenhagen_day(context.scheduled_execution_time or now())
    return month_request(day, "publish_monthly")


def month_request(day: date, started_by: str) -> dg.RunRequest:
    """The run of the running quarter up to the month that ended before a day."""
    month_end = day.replace(day=1) - timedelta(days=1)
    return dg.RunRequest(
        run_key=f"month-{month_end}",
        run_config=run_config(as_of=month_end.isoformat()),
        tags={
            AS_OF_TAG: month_end.isoformat(),
            "netvaerdi/started_by": started_by,
            CADENCE_TAG: "monthly",
        },
    )


@dg.schedule(
    job=send_waiting_mail,
    cron_schedule="*/15 * * * *",
    execution_timezone="Europe/Copenhagen",
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Hvert kvarter, hvis noget venter. / Every quarter of an hour, if something waits.",
)
def send_waiting_mail_quarter_hourly(
    context: dg.ScheduleEvaluationContext,
) -> dg.RunRequest | dg.SkipReason:
    """Try again what a server did not take; nothing where nothing waits."""
    try:
        home = Home.open(home_folder())
        if not load_settings(home).mail:
            return dg.SkipReason("Mail er ikke sat op. / Mail is not set up.")
    except TwoLanguageError as error:
        return dg.SkipReason(str(error))
    if not home.outbox.exists() or not Outbox(home.outbox).keys("waiting"):
        return dg.SkipReason("Intet venter. / Nothing waits.")
    return dg.RunRequest()


@dg.run_failure_sensor(
    name="run_failed",
    monitor_all_code_locations=True,  # a run of the command belongs to no code location
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Én mail med den første årsag, når en kørsel fejler. / One mail with the first cause.",
)
def run_failed(context: dg.RunFailureSensorContext) -> None:
    """Tell those who run it, once for each failed run."""
    if context.dagster_run.job_name != refresh_results.name:
        return
    failures = context.get_step_failure_events()
    cause = failure_text(failures[0]) if failures else first_cause(context.failure_event)
    run = context.dagster_run
    started_by = run.tags.get("netvaerdi/started_by", "Dagster")
    try:
        queue_alert(Home.open(home_folder()), run.run_id, started_by, cause)
    except TwoLanguageError as error:
        context.log.warning(str(error))


def first_cause(event: dg.DagsterEvent) -> str:
    """Why a run failed before any of its steps: the first error that is not Dagster's own, else its words."""
    data = event.event_specific_data
    error = data.error if isinstance(data, JobFailureData) else None
    while error is not None and error.message.startswith("dagster.") and error.cause is not None:
        error = error.cause
    return plain_message(error.message) if error else (event.message or "?")


def queue_alert(home: Home, run_id: str, started_by: str, cause: str) -> int:
    """Queue the alert of a failed run and send what waits; how many alerts are new.

    Raises:
        MailError: Mail is set up wrongly.
    """
    from assets.mail.messages import alert_message  # it brings Altair

    given = load_settings(home).mail
    if not given:
        return 0
    settings = read_mail_settings(given)
    addresses = [settings.alert_to] if settings.alert_to else _analysts(home)
    outbox = Outbox(home.outbox)
    new = sum(
        outbox.queue(
            message_key("alert", run_id, address),
            alert_message(settings.sender, address, started_by, run_id, cause),
        )
        for address in addresses
    )
    outbox.send(settings)
    return new


def _analysts(home: Home) -> list[str]:
    try:
        found = {one.address for one in recipients_of(home.warehouse_file) if one.role == "analyst"}
    except MailError:  # the next run already holds the warehouse; mail.alert_to does not depend on it
        return []
    return sorted(found)


REPORT_SCHEDULES = (publish_monthly, send_waiting_mail_quarter_hourly)
REPORT_SENSORS = (run_failed,)
REPORT_JOBS = (send_waiting_mail,)
