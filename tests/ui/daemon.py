"""What the tests of the real daemon need: a schedule that was due while nothing ran, and a run's log."""

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from dagster._core.remote_origin import (
    ManagedGrpcPythonEnvCodeLocationOrigin,
    RemoteInstigatorOrigin,
    RemoteRepositoryOrigin,
)
from dagster._core.scheduler.instigation import (
    InstigatorState,
    InstigatorStatus,
    InstigatorType,
    ScheduleInstigatorData,
)
from dagster._core.types.loadable_target_origin import LoadableTargetOrigin

from assets.home import Home
from pipelines.instance import open_instance

LOCATION = "pipelines.definitions"
HEALTH = "tend_instance"
DAILY = "30 5 * * *"
LOG = """{ logsForRun(runId: "%s", limit: 5000) { ... on EventConnection { events {
  ... on MessageEvent { message eventType stepKey } } } } }"""


def off_since_yesterday(home: Home) -> None:
    """Let the daily schedule have stood since the day before yesterday, as where the machine was off."""
    location = ManagedGrpcPythonEnvCodeLocationOrigin(
        LoadableTargetOrigin(executable_path=sys.executable, module_name=LOCATION), location_name=LOCATION
    )
    origin = RemoteInstigatorOrigin(
        repository_origin=RemoteRepositoryOrigin(location, "__repository__"), instigator_name="tend_daily"
    )
    since = ScheduleInstigatorData(DAILY, start_timestamp=time.time() - 1.5 * 86_400)
    state = InstigatorState(origin, InstigatorType.SCHEDULE, InstigatorStatus.DECLARED_IN_CODE, since)
    with open_instance(home) as instance:
        instance.add_instigator_state(state)


@contextmanager
def slowed(process: int) -> Iterator[None]:
    """Let a process work for a moment every two seconds only, so that it is at work when others come."""
    over = threading.Event()

    def pause() -> None:
        while not over.is_set():
            os.kill(process, signal.SIGSTOP)
            over.wait(2)
            os.kill(process, signal.SIGCONT)
            over.wait(0.02)

    pausing = threading.Thread(target=pause)
    pausing.start()
    try:
        yield
    finally:
        over.set()
        pausing.join()


def steps(ui, run_id: str) -> set[str]:
    """The steps of a run that went well."""
    events = ui.ask(LOG % run_id)["logsForRun"]["events"]
    return {event["stepKey"] for event in events if event.get("eventType") == "STEP_SUCCESS"}


def said(ui, run_id: str | None, words: str) -> bool:
    """Whether a run's log holds some words."""
    if run_id is None:
        return False
    events = ui.ask(LOG % run_id)["logsForRun"]["events"]
    return any(words in event.get("message", "") for event in events)
