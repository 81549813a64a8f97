"""Each day says whether all is well, and why not; what is old is cleared away."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import dagster as dg
import duckdb
import pytest
from dagster._core.scheduler.instigation import InstigatorStatus

from assets.home import Home
from pipelines.health import clear_old, health_after_failure
from pipelines.health_digest import judge, judge_home, judge_ticks, write_digest
from pipelines.instance import open_instance

TODAY = date(2026, 11, 24)
OK, BAD = dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE


def run(day, status=OK):
    return SimpleNamespace(
        dagster_run=SimpleNamespace(job_name="refresh_results", status=status, is_finished=True),
        create_timestamp=datetime(day.year, day.month, day.day, 12, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("runs", "said"),
    [
        ([run(date(2026, 10, 5)), run(date(2026, 7, 5))], []),
        ([run(date(2026, 11, 1), BAD), run(date(2026, 10, 5))], ["did not succeed"]),
        ([run(date(2026, 7, 5))], ["is missing"]),
        ([run(date(2026, 10, 5), BAD), run(date(2026, 7, 5))], ["did not succeed", "is missing"]),
        ([], ["no run has ended yet"]),
    ],
)
def test_what_is_wrong_is_a_failed_latest_run_or_a_quarter_nobody_ran(runs, said):
    reasons = judge(runs, TODAY)
    assert len(reasons) == len(said)
    assert all(words in english for words, (_, english) in zip(said, reasons, strict=True))


def test_a_quarter_is_not_missed_before_its_run_was_due():
    assert judge([run(date(2026, 7, 5))], date(2026, 10, 4)) == []


def test_a_day_has_one_line_the_latest(tmp_path):
    home = Home.create(tmp_path / "hjem")
    assert write_digest(home, TODAY, [])[0].state == "healthy"
    assert write_digest(home, TODAY, [("noget", "something")])[0].state == "degraded"
    with duckdb.connect(str(home.warehouse_file), read_only=True) as connection:
        assert connection.execute("select state, reason_en from audit.health").fetchall() == [
            ("degraded", "something")
        ]


def test_the_digest_stands_in_the_completeness_table_with_the_days_before(tmp_path):
    home = Home.create(tmp_path / "hjem")
    before_the_first_run = write_digest(home, date(2026, 11, 23), [])[1]
    assert (before_the_first_run.about, before_the_first_run.check.passed) == ({}, True)
    with duckdb.connect(str(home.warehouse_file)) as connection:
        connection.execute(
            "create table results.completeness as select 'BYEN' as organisation_id, '' as network_id, "
            "'2026Q3' as period, 'people' as kind, 'late' as delivered"
        )
    shown = write_digest(home, TODAY, [("noget", "something")])[1]
    assert (shown.check.passed, shown.check.severity) == (False, dg.AssetCheckSeverity.WARN)
    assert shown.check.metadata["why"].value == "noget / something"
    days = [
        "| 24-11-2026 | ▲ svækket / degraded | noget | something |",
        "| 23-11-2026 | ● rask / healthy | – | – |",
    ]
    assert shown.check.metadata["days"].value.splitlines()[2:] == days
    assert shown.about["dagster/row_count"] == 3
    preview = shown.about["preview"].value.splitlines()
    assert (preview[2:4], preview[-1]) == (days, "| people | late | 1 |")
    with duckdb.connect(str(home.warehouse_file), read_only=True) as connection:
        assert connection.execute(
            "select organisation_id, period, kind, delivered, health_date, health, why_da, why_en "
            "from audit.completeness order by kind, health_date"
        ).fetchall() == [
            ("", "2026Q4", "health", None, date(2026, 11, 23), "healthy", "", ""),
            ("", "2026Q4", "health", None, TODAY, "degraded", "noget", "something"),
            ("BYEN", "2026Q3", "people", "late", None, None, None, None),
        ]


def test_a_file_that_waits_for_a_person_and_a_full_disk_are_reasons(connection, tmp_path, monkeypatch):
    home = Home.create(tmp_path / "hjem")
    assert judge_home(home, connection) == []
    connection.execute(
        "create table raw.delivery as "
        "select unnest(['held', 'current', 'quarantined', 'quarantined']) as state"
    )
    monkeypatch.setattr("shutil.disk_usage", lambda path: SimpleNamespace(free=20_000_000))
    assert [english for _, english in judge_home(home, connection)] == [
        "files that cannot be read: 2",
        "files that wait for confirmation: 1",
        "only 20 MB of free space",
    ]


def test_a_schedule_or_sensor_whose_latest_tick_failed_is_a_reason():
    def state(name):
        return SimpleNamespace(
            instigator_name=name,
            status=InstigatorStatus.RUNNING,
            instigator_data=object(),
            instigator_origin_id=name,
            selector_id=name,
        )

    failed = {"new_delivery": True, "tend_daily": False, "missed_schedule": True}
    instance = SimpleNamespace(
        all_instigator_state=lambda: [state(name) for name in failed],
        get_ticks=lambda name, _, after, limit: [SimpleNamespace(is_failure=failed[name])],
    )
    reasons = judge_ticks(instance, datetime(2026, 11, 23, tzinfo=UTC))
    assert [english for _, english in reasons] == ["new_delivery failed", "missed_schedule failed"]


@dg.op
def breaks():
    raise ValueError


@dg.job(executor_def=dg.in_process_executor)
def broken_job():
    breaks()


def test_old_runs_are_cleared_away_with_their_logs(tmp_path):
    home = Home.create(tmp_path / "hjem")
    with open_instance(home) as instance:
        run_id = broken_job.execute_in_process(instance=instance, raise_on_error=False).run_id
        assert list(home.dagster.rglob(f"{run_id}*"))
        assert clear_old(instance, home, datetime.now(UTC) - timedelta(days=1)) == 0
        assert clear_old(instance, home, datetime.now(UTC) + timedelta(days=1)) == 1
        assert instance.get_runs() == []
    assert list(home.dagster.rglob(f"{run_id}*")) == []


def test_a_health_after_failure_asks_for_the_days_health():
    result = broken_job.execute_in_process(raise_on_error=False)
    context = dg.build_run_status_sensor_context(
        sensor_name="health_after_failure",
        dagster_instance=dg.DagsterInstance.ephemeral(),
        dagster_run=result.dagster_run,
        dagster_event=result.get_run_failure_event(),
    )
    assert (
        health_after_failure(context.for_run_failure()).tags["netvaerdi/started_by"] == "health_after_failure"
    )
