"""The Dagster job of the UI, executed in this process on the home's instance, with its progress shown."""

import getpass
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import dagster as dg
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from assets.home import Home
from assets.layers.sitting import REPORT, SITTINGS
from assets.layers.workplace import PROGRESS, STARTED_BY_TAG, USER_TAG, failure_text, plain_message
from assets.raw.child import prepare_reader
from pipelines.console import ERR
from pipelines.instance import open_instance

STEPS = {
    "raw": "Læser indbakken / reading the inbox",
    "settings": "Læser indstillinger / reading settings",
    "accepted": "Prøver rækkerne / judging the rows",
    "feedback": "Skriver mærkede kopier og kvitteringer / writing marked copies and receipts",
    "gates": "Kontrollerer / checking",
    "calendar": "Lægger kalenderen / laying out the calendar",
    "definitions": "Læser definitioner / reading definitions",
    "core": "Opstiller netværk og kvartaler / laying out networks and quarters",
    "evidence": "Finder rækkerne bag tallene / finding the rows behind the figures",
    "indicators": "Måler / measuring",
    "results": "Bedømmer / judging",
    "publication": "Offentliggør / publishing",
    "reports": "Skriver rapporter / writing reports",
}


@dataclass(frozen=True)
class Outcome:
    """How a run ended: Dagster's id of it, the first cause where it failed, and the reports it wrote."""

    run_id: str
    success: bool
    first_cause: str | None
    reports: tuple[str, ...] = ()


def execute(home: Home, config: dict[str, Any], started_by: str) -> Outcome:
    """Run the job ``refresh_results`` here and now; never raises for what a step raised."""
    from pipelines.definitions import defs

    prepare_reader()  # it loads while the run is planned
    job = defs.resolve_job_def("refresh_results")
    with open_instance(home) as instance, shown_progress():
        try:
            result = job.execute_in_process(
                instance=instance,
                run_config=config,
                raise_on_error=False,
                tags={STARTED_BY_TAG: started_by, USER_TAG: getpass.getuser()},
            )
        finally:
            SITTINGS.end()
        return Outcome(result.run_id, result.success, first_cause(result), reports_of(result))


def first_cause(result: dg.ExecuteInProcessResult) -> str | None:
    """What the first failed step said; the run's own failure where no step began."""
    if result.success:
        return None
    for event in result.all_events:
        if event.is_step_failure:
            return failure_text(event)
    for event in result.all_events:
        if event.event_type == dg.DagsterEventType.PIPELINE_FAILURE:
            error = event.job_failure_data.error
            while error is not None and error.cause is not None:
                error = error.cause
            return plain_message(error.message) if error else str(event.message)
    return "?"


def reports_of(result: dg.ExecuteInProcessResult) -> tuple[str, ...]:
    """Paths of the reports written, within the home."""
    for event in result.get_asset_materialization_events():
        if event.asset_key == REPORT:
            written = event.materialization.metadata["files"].value
            return tuple(str(path) for path in written) if isinstance(written, list) else ()
    return ()


@contextmanager
def shown_progress() -> Iterator[None]:
    """Show which step is at work, and for how long, while the body runs."""
    with Progress(
        SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=ERR, transient=True
    ) as progress:
        task = progress.add_task("Begynder / starting", total=None)

        class Listener(logging.Handler):
            def emit(self, record: logging.LogRecord) -> None:
                what, _, text = record.getMessage().partition(": ")
                if what == "step":
                    progress.update(task, description=STEPS.get(text, text))
                else:
                    progress.console.print(text, markup=False)

        listener = Listener()
        PROGRESS.addHandler(listener)
        PROGRESS.setLevel(logging.INFO)
        PROGRESS.propagate = False
        try:
            yield
        finally:
            PROGRESS.removeHandler(listener)
