"""Dagster's own storage, kept in the home: its runs, logs and the state of schedules and sensors."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg

from assets.home import Home

# Our steps print nothing, and what a library prints could quote the data, so nothing printed is kept;
# catching it costs four processes a run besides.
EVENTS_AT_ONCE = 500  # what a run plans is stored in one transaction instead of hundreds
MADE = "storage.version"  # the version of Dagster that made the storage; locked while it does
CONFIGURATION = """\
# Skrives af Netværdi; egne ændringer bliver overskrevet. / Written by Netværdi; changes here are overwritten.
telemetry:
  enabled: false
freshness:
  enabled: true
run_coordinator:
  module: pipelines.attribution
  class: AttributedRunCoordinator
event_log_storage:
  module: pipelines.event_log
  class: EventLog
  config:
    base_dir: {env: DAGSTER_HOME}
compute_logs:
  module: dagster._core.storage.noop_compute_log_manager
  class: NoOpComputeLogManager
retention:
  schedule:
    purge_after_days: {skipped: 30, failure: 400, success: 400, started: 400}
  sensor:
    purge_after_days: {skipped: 7, failure: 90, success: 400, started: 400}
nux:
  enabled: false
"""


def prepare_instance(home: Home) -> None:
    """Write ``dagster.yaml`` where it is not as it should be, and make the storage where there is none.

    Dagster makes its databases when it first opens them, and two processes that do so at once fail: the table
    is there already. A web server and a daemon start together, so whoever comes first makes them for all.
    """
    file, made = home.dagster / "dagster.yaml", home.dagster / MADE
    home.dagster.mkdir(parents=True, exist_ok=True)
    with made.open("a+", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.exists() or file.read_text(encoding="utf-8") != CONFIGURATION:
            file.write_text(CONFIGURATION, encoding="utf-8")
        lock.seek(0)
        if lock.read() != dg.__version__:
            make_storage(home)
            lock.truncate(0)
            lock.write(dg.__version__)


def make_storage(home: Home) -> None:
    """Have Dagster open each of its databases once."""
    os.environ["DAGSTER_HOME"] = str(home.dagster)
    with dg.DagsterInstance.from_config(str(home.dagster)) as instance:
        instance.get_runs_count()
        instance.all_instigator_state()
        instance.get_asset_keys()


@contextmanager
def open_instance(home: Home) -> Iterator[dg.DagsterInstance]:
    """The home's Dagster instance, the same one its UI shows."""
    prepare_instance(home)
    os.environ["DAGSTER_HOME"] = str(home.dagster)
    os.environ.setdefault("DAGSTER_EVENT_BATCH_SIZE", str(EVENTS_AT_ONCE))
    with dg.DagsterInstance.from_config(str(home.dagster)) as instance:
        yield instance
