"""A scheduled run that did not come about is asked for once, and only then."""

from datetime import UTC, datetime, timedelta

import dagster as dg
import pytest

from assets.home import Home
from pipelines.instance import open_instance
from pipelines.missed import last_due, missed_run, missed_schedule
from pipelines.schedules import AS_OF_TAG

SEPTEMBER = datetime(2026, 9, 5, 4, tzinfo=UTC)  # 6 o'clock in Copenhagen
OCTOBER = datetime(2026, 10, 5, 4, tzinfo=UTC)


@dg.op
def nothing():
    return None


@dg.job(name="refresh_results", executor_def=dg.in_process_executor)
def refresh():
    nothing()


@pytest.fixture
def instance(tmp_path):
    with open_instance(Home.create(tmp_path / "hjem")) as opened:
        yield opened


def ran(instance, at, status=dg.DagsterRunStatus.SUCCESS, **tags):
    """A run that was asked for at a moment and ended so."""
    run = instance.create_run_for_job(refresh, status=status, tags=tags)
    with instance.run_storage.connect() as connection:
        connection.exec_driver_sql(
            "update runs set create_timestamp = ?, update_timestamp = ? where run_id = ?",
            (f"{at:%Y-%m-%d %H:%M:%S.000000}", f"{at:%Y-%m-%d %H:%M:%S.000000}", run.run_id),
        )


@pytest.mark.parametrize(
    ("moment", "due"),
    [
        (OCTOBER, OCTOBER),
        (OCTOBER - timedelta(seconds=1), SEPTEMBER),
        (datetime(2026, 1, 2, tzinfo=UTC), datetime(2025, 12, 5, 5, tzinfo=UTC)),
    ],
)
def test_the_fifth_of_each_month_at_six_in_copenhagen_is_due(moment, due):
    assert last_due(moment) == due


def test_a_quarter_that_nobody_ran_is_asked_for_as_of_its_last_day(instance):
    ran(instance, SEPTEMBER)
    asked = missed_run(instance, OCTOBER + timedelta(hours=7))
    assert asked.tags[AS_OF_TAG] == "2026-09-30"
    assert asked.tags["netvaerdi/started_by"] == "missed_schedule"
    assert asked.run_config["resources"]["options"]["config"]["as_of"] == "2026-09-30"
    assert asked.run_key == missed_run(instance, OCTOBER + timedelta(hours=9)).run_key


def test_the_schedule_has_some_hours_for_its_own_run(instance):
    ran(instance, SEPTEMBER)
    ran(instance, SEPTEMBER + timedelta(hours=1), **{AS_OF_TAG: "2026-08-31"})
    assert missed_run(instance, OCTOBER + timedelta(hours=5)) is None


@pytest.mark.parametrize(
    ("status", "missed"),
    [
        (dg.DagsterRunStatus.SUCCESS, False),
        (dg.DagsterRunStatus.STARTED, False),
        (dg.DagsterRunStatus.FAILURE, True),
    ],
)
def test_a_run_that_went_well_or_is_at_work_is_not_missed_and_one_that_failed_is(instance, status, missed):
    ran(instance, SEPTEMBER)
    ran(instance, OCTOBER + timedelta(minutes=1), status, **{AS_OF_TAG: "2026-09-30"})
    assert (missed_run(instance, OCTOBER + timedelta(hours=7)) is not None) is missed


def test_a_home_younger_than_the_day_has_missed_nothing(instance):
    assert missed_run(instance, OCTOBER + timedelta(hours=7)) is None
    ran(instance, OCTOBER + timedelta(hours=1))
    assert missed_run(instance, OCTOBER + timedelta(hours=7)) is None


def test_the_sensor_can_be_switched_off_in_the_settings(tmp_path, monkeypatch, instance):
    home = Home.open(tmp_path / "hjem")
    monkeypatch.setenv("NETVAERDI_HOME", str(home.root))
    home.settings_file.write_text("schedules = false\n", encoding="utf-8")
    skipped = missed_schedule(dg.build_sensor_context(instance=instance))
    assert "netvaerdi.toml" in skipped.skip_message
