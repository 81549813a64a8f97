"""Dagster's events in the home: written fast, and readable by Dagster's own class."""

import dagster as dg
import pytest
from dagster._core.storage.event_log.sqlite.sqlite_event_log import SqliteEventLogStorage

from assets.home import Home
from pipelines.event_log import KEPT_OPEN, EventLog
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


def test_many_runs_are_read_with_few_files_open(tmp_path):
    home = Home.create(tmp_path / "hjem")
    with open_instance(home) as instance:
        runs = [dg.materialize([one], instance=instance).run_id for _ in range(KEPT_OPEN + 2)]
        for run_id in runs:
            assert instance.all_logs(run_id, of_type=dg.DagsterEventType.STEP_SUCCESS)
        assert len(instance.event_log_storage._engines) == KEPT_OPEN


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
