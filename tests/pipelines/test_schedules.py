"""The quarterly schedule asks for the quarter that has just ended."""

from datetime import UTC, datetime

import dagster as dg
import pytest
from dagster._core.events import JobFailureData
from dagster._utils.error import SerializableErrorInfo

from assets.home import Home
from assets.mail.outbox import Outbox
from pipelines.schedules import publish_quarterly
from pipelines.schedules_reports import (
    first_cause,
    publish_monthly,
    queue_alert,
    run_failed,
    send_waiting_mail_quarter_hourly,
)


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    home = Home.create(tmp_path / "hjem")
    monkeypatch.setenv("NETVAERDI_HOME", str(home.root))
    return home


@pytest.mark.parametrize(
    ("tick", "as_of"),
    [
        (datetime(2026, 10, 5, 4, 0, tzinfo=UTC), "2026-09-30"),
        (datetime(2027, 1, 5, 5, 0, tzinfo=UTC), "2026-12-31"),
        (datetime(2028, 4, 5, 4, 0, tzinfo=UTC), "2028-03-31"),
    ],
)
def test_a_tick_asks_for_the_quarter_that_ended(tick, as_of):
    request = publish_quarterly(dg.build_schedule_context(scheduled_execution_time=tick))
    assert request.run_config["resources"]["options"]["config"]["as_of"] == as_of
    assert request.tags["netvaerdi/as_of"] == as_of


def test_the_same_quarter_is_asked_for_once():  # F28
    first = publish_quarterly(
        dg.build_schedule_context(scheduled_execution_time=datetime(2026, 10, 5, 4, 0, tzinfo=UTC))
    )
    again = publish_quarterly(
        dg.build_schedule_context(scheduled_execution_time=datetime(2026, 10, 5, 4, 1, tzinfo=UTC))
    )
    assert first.run_key == again.run_key


def test_the_schedule_can_be_switched_off_in_the_settings(home):
    home.settings_file.write_text("schedules = false\n", encoding="utf-8")
    tick = dg.build_schedule_context(scheduled_execution_time=datetime(2026, 10, 5, 4, 0, tzinfo=UTC))
    assert isinstance(publish_quarterly(tick), dg.SkipReason)


@pytest.mark.parametrize(
    ("tick", "as_of"),
    [
        (datetime(2026, 11, 5, 5, 0, tzinfo=UTC), "2026-10-31"),
        (datetime(2026, 12, 5, 5, 0, tzinfo=UTC), "2026-11-30"),
    ],
)
def test_a_monthly_tick_asks_for_provisional_figures_and_the_monthly_mail(tick, as_of):
    request = publish_monthly(dg.build_schedule_context(scheduled_execution_time=tick))
    assert request.run_config["resources"]["options"]["config"]["as_of"] == as_of
    assert request.tags["netvaerdi/mail"] == "monthly"


def failed_run(*messages):
    """A run's failure event with one error in another, the outermost first."""
    error = None
    for message in reversed(messages):
        error = SerializableErrorInfo(message + "\n", [], None, cause=error)
    data = JobFailureData(error=error, failure_reason=None, first_step_failure_event=None)
    return dg.DagsterEvent(
        "PIPELINE_FAILURE", "refresh_results", event_specific_data=data, message="Fejlede."
    )


def test_a_run_that_failed_before_any_step_is_told_by_what_stopped_it():
    event = failed_run(
        "dagster._core.errors.DagsterResourceFunctionError: Error executing resource_fn",
        "assets.writer.WriterBusy: Optaget af publish_quarterly. / Busy with publish_quarterly.",
        "filelock._error.Timeout: The file lock could not be acquired.",
    )
    assert first_cause(event) == "Optaget af publish_quarterly. / Busy with publish_quarterly."
    assert first_cause(failed_run("dagster._core.errors.DagsterError: alene")) == "alene"
    assert first_cause(failed_run()) == "Fejlede."


def test_mail_is_tried_again_only_while_something_waits(home):
    home.settings_file.write_text(
        '[mail]\nhost = "127.0.0.1"\nsender = "a@example.invalid"\nsecurity = "none"\n'
        'alert_to = "drift@example.invalid"\nport = 9\n',
        encoding="utf-8",
    )
    assert isinstance(send_waiting_mail_quarter_hourly(dg.build_schedule_context()), dg.SkipReason)
    assert queue_alert(home, "run-1", "publish_quarterly", "Første årsag") == 1
    assert queue_alert(home, "run-1", "publish_quarterly", "Første årsag") == 0
    assert isinstance(send_waiting_mail_quarter_hourly(dg.build_schedule_context()), dg.RunRequest)


def test_a_run_of_the_command_that_fails_is_told_once_with_its_first_cause(home):
    home.settings_file.write_text(
        '[mail]\nhost = "127.0.0.1"\nsender = "a@example.invalid"\nsecurity = "none"\n'
        'alert_to = "drift@example.invalid"\nport = 9\n',
        encoding="utf-8",
    )

    @dg.op
    def step():
        raise ValueError("Lageret er beskadiget.")

    repository = dg.Definitions(sensors=[run_failed]).get_repository_def()
    outbox, cursor = Outbox(home.outbox), None
    with dg.DagsterInstance.ephemeral() as instance:
        for name in ("refresh_results", "another"):
            job = dg.GraphDefinition(name=name, node_defs=[step]).to_job()
            if cursor is None:
                cursor = tick(instance, repository, cursor)
            job.execute_in_process(instance=instance, raise_on_error=False)
        for _ in range(3):
            cursor = tick(instance, repository, cursor)
    (key,) = outbox.keys("waiting")
    text = (home.outbox / "waiting" / f"{key}.eml").read_text(encoding="utf-8")
    assert "ValueError: Lageret er beskadiget." in text


def tick(instance, repository, cursor):
    """What the daemon does with the sensor; where it has come to."""
    context = dg.build_sensor_context(instance, cursor, repository.name, repository, sensor_name="run_failed")
    return run_failed.evaluate_tick(context).cursor
