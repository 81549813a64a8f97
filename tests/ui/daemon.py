"""What the tests of the real daemon need: a schedule that was due while nothing ran, and a run's log."""

import sys
import time

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


def said(ui, run_id: str) -> list[str]:
    """Every message of a run's log."""
    events = ui.ask(LOG % run_id)["logsForRun"]["events"]
    return [event["message"] for event in events if event.get("message")]


def steps(ui, run_id: str) -> set[str]:
    """The steps of a run that went well."""
    events = ui.ask(LOG % run_id)["logsForRun"]["events"]
    return {event["stepKey"] for event in events if event.get("eventType") == "STEP_SUCCESS"}
