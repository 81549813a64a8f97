"""Dagster's events in the home: written fast, and readable by Dagster's own class."""

from concurrent.futures import ThreadPoolExecutor

import dagster as dg
import pytest
from dagster._core.definitions.job_base import InMemoryJob
from dagster._core.execution.api import execute_run
from dagster._core.storage.event_log.sqlite.sqlite_event_log import SqliteEventLogStorage
from dagster_shared.serdes import deserialize_value

from assets.home import Home
from pipelines.event_log import EventLog
from pipelines.instance import open_instance


@dg.asset
def one():
    return dg.MaterializeResult(metadata={"dagster/row_count": 3})


def test_what_our_log_writes_dagsters_own_class_reads(tmp_path):
    home = Home.create(tmp_path / "hjem")
    with open_instance(home) as instance:
        assert isinstance(instance.event_log_storage, EventLog)
        result = dg.materialize([one], instance=instance)
    own = SqliteEventLogStorage(str(home.dagster / "history" / "runs"))
    kinds = [entry.dagster_event.event_type_value for entry in own.get_logs_for_run(result.run_id)]
    assert kinds.count("ASSET_MATERIALIZATION") == 1
    assert kinds[-1] == "PIPELINE_SUCCESS"
    own.dispose()


def test_many_runs_are_read_with_few_files_open(tmp_path, monkeypatch):
    monkeypatch.setattr("pipelines.event_log.KEPT_OPEN", 3)
    home = Home.create(tmp_path / "hjem")
    with open_instance(home) as instance:
        runs = [dg.materialize([one], instance=instance).run_id for _ in range(5)]
        for run_id in runs:
            assert instance.all_logs(run_id, of_type=dg.DagsterEventType.STEP_SUCCESS)
        assert len(instance.event_log_storage._engines) == 3


def test_the_instance_sends_no_telemetry(tmp_path):
    with open_instance(Home.create(tmp_path / "hjem")) as instance:
        assert instance.telemetry_enabled is False


def test_a_batch_of_events_is_stored_whole_or_not_at_all(tmp_path, monkeypatch):
    home = Home.create(tmp_path / "hjem")
    with open_instance(home) as instance:
        run_id = dg.materialize([one], instance=instance).run_id
        log = instance.event_log_storage
        stored = instance.all_logs(run_id)
        ours = SqliteEventLogStorage.store_event

        def breaks_at_the_last(storage, event):
            ours(storage, event)
            if event is stored[-1]:
                raise OSError("no room")

        monkeypatch.setattr(SqliteEventLogStorage, "store_event", breaks_at_the_last)
        with pytest.raises(OSError, match="no room"):
            log.store_event_batch(stored)
        assert len(instance.all_logs(run_id)) == len(stored)
        log.store_event_batch(stored[:3])
        assert len(instance.all_logs(run_id)) == len(stored) + 3


@dg.multi_asset_check(
    specs=[dg.AssetCheckSpec("sound", asset="one"), dg.AssetCheckSpec("broken", asset="one")]
)
def two_checks():
    yield dg.AssetCheckResult(asset_key=["one"], check_name="sound", passed=True)
    yield dg.AssetCheckResult(asset_key=["one"], check_name="broken", passed=False, metadata={"rows": 3})


@pytest.fixture(scope="module")
def checked(tmp_path_factory):
    """A home with one run of two checks, what Dagster's own class reads of it, and the run's id."""
    home = Home.create(tmp_path_factory.mktemp("kontrol") / "hjem")
    defs = dg.Definitions(assets=[one], asset_checks=[two_checks], jobs=[dg.define_asset_job("all")])
    with open_instance(home) as instance:
        result = defs.resolve_job_def("all").execute_in_process(instance=instance)
    own = SqliteEventLogStorage(str(home.dagster / "history" / "runs"))
    yield own, result
    own.dispose()


def test_checks_stored_together_are_the_events_that_dagster_stores_one_by_one(checked):
    own, result = checked
    kinds = [entry.dagster_event.event_type_value for entry in own.get_logs_for_run(result.run_id)]
    assert kinds.count("ASSET_CHECK_EVALUATION_PLANNED") == 2
    assert kinds.count("ASSET_CHECK_EVALUATION") == 2
    assert [one.event_type_value for one in result.all_events if one.step_key == "two_checks"] == [
        entry.dagster_event.event_type_value
        for entry in own.get_logs_for_run(result.run_id)
        if entry.step_key == "two_checks" and "PLANNED" not in entry.dagster_event.event_type_value
    ]


@pytest.mark.parametrize(("check", "status"), [("sound", "SUCCEEDED"), ("broken", "FAILED")])
def test_each_check_has_one_outcome_that_leads_to_its_event_and_its_table(checked, check, status):
    own, result = checked
    key = dg.AssetCheckKey(dg.AssetKey("one"), check)
    (record,) = own.get_asset_check_execution_history(key, limit=5)
    assert (record.status.value, record.run_id) == (status, result.run_id)
    evaluation = record.event.dagster_event.asset_check_evaluation_data
    assert evaluation.check_name == check
    with own.index_connection() as index:
        numbered = index.exec_driver_sql(
            "select event_logs.event from asset_check_executions inner join event_logs "
            "on asset_check_executions.evaluation_event_storage_id = event_logs.id where check_name = ?",
            (check,),
        ).fetchall()
    assert [deserialize_value(text) for (text,) in numbered] == [record.event]
    materialised = own.get_latest_materialization_events([dg.AssetKey("one")])[dg.AssetKey("one")]
    assert materialised.run_id == evaluation.target_materialization_data.run_id


def test_the_latest_outcome_of_a_check_is_that_of_the_run_that_worked_last_whichever_was_planned_first(
    tmp_path,
):
    job = dg.Definitions(
        assets=[one],
        asset_checks=[two_checks],
        jobs=[dg.define_asset_job("all", executor_def=dg.in_process_executor)],
    ).resolve_job_def("all")
    keys = [dg.AssetCheckKey(one.key, name) for name in ("sound", "broken")]

    def latest(instance):
        found = instance.event_log_storage.get_latest_asset_check_execution_by_key(keys)
        return {record.run_id for record in found.values()}

    with open_instance(Home.create(tmp_path / "hjem")) as instance:
        first, second = [instance.create_run_for_job(job) for _ in range(2)]
        for run in (second, first):
            assert execute_run(InMemoryJob(job), run, instance).success
            assert latest(instance) == {run.run_id} == {record_of(instance).run_id}
        history = instance.event_log_storage.get_asset_check_execution_history(keys[0], limit=9)
        assert [record.run_id for record in history] == [first.run_id, second.run_id]


def record_of(instance):
    (record,) = instance.get_asset_records([one.key])
    return record.asset_entry.last_materialization_record


def test_a_kept_record_is_the_one_that_dagsters_own_class_reads(tmp_path):
    home = Home.create(tmp_path / "hjem")
    with open_instance(home) as instance:
        for _ in range(2):
            run_id = dg.materialize([one], instance=instance).run_id
            assert record_of(instance).run_id == run_id
        kept = instance.get_asset_records([one.key])
        own = SqliteEventLogStorage(str(home.dagster / "history" / "runs"))
        assert kept == own.get_asset_records([one.key])
        own.dispose()


def test_a_kept_record_is_read_again_when_another_process_wrote_or_the_asset_was_wiped(tmp_path):
    home = Home.create(tmp_path / "hjem")
    with open_instance(home) as instance, open_instance(home) as other:
        first = dg.materialize([one], instance=instance).run_id
        assert record_of(instance).run_id == first
        second = dg.materialize([one], instance=other).run_id
        assert record_of(instance).run_id == second
        instance.wipe_assets([one.key])
        assert not instance.get_asset_records([one.key]) or record_of(instance) is None


def test_a_kept_record_is_read_again_by_every_thread_of_a_server_when_another_process_wrote(tmp_path):
    home = Home.create(tmp_path / "hjem")
    with (
        open_instance(home) as server,
        open_instance(home) as run,
        ThreadPoolExecutor(1) as first,
        ThreadPoolExecutor(1) as second,
    ):
        # Each thread's connection counts what others wrote since it last looked, so the counts fall together.
        for threads in ((first, second), (first,), (second,), (second,), (first,)):
            run_id = dg.materialize([one], instance=run).run_id
            for thread in threads:
                assert thread.submit(record_of, server).result().run_id == run_id
