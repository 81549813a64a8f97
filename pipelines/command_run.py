"""One run from the command line: the Dagster job of the UI, in this process, on the home's instance."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import dagster as dg
from rich.markup import escape
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from assets.gates.judge_process import warm_up
from assets.home import Home, Settings, check_claimable, load_settings
from assets.layers.workplace import PROGRESS, failure_text, home_folder, plain_message
from assets.request import make_request
from assets.run_summary import ENDED, NOTHING, RunSummary
from pipelines.console import ERR, number, say
from pipelines.instance import open_instance
from pipelines.resources import run_config

SHOWN_CHECKS = 5
REPORT = dg.AssetKey(["reports", "management_report"])
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
    warm_up()  # the judge of the gates is imported beside everything that comes before them
    from pipelines.definitions import defs

    job = defs.resolve_job_def("refresh_results")
    with open_instance(home) as instance, shown_progress():
        result = job.execute_in_process(
            instance=instance,
            run_config=config,
            raise_on_error=False,
            tags={"netvaerdi/started_by": started_by},
        )
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


def run_command(
    named: Path | None,
    *,
    inbox: str = "",
    as_of: str = "",
    organisation: str = "",
    accept_shrink: bool = False,
    started_by: str = "netvaerdi run",
) -> int:
    """Check what is asked, run, and say what came of it; the exit status.

    Raises:
        TwoLanguageError: It cannot be asked; nothing was touched.
    """
    from assets.intake_step import check_day_against_networks, with_known_organisation

    root = home_folder(str(named) if named else "")
    check_claimable(root)
    home = Home(root)
    settings = load_settings(home) if home.settings_file.exists() else Settings()
    request = make_request(
        home,
        settings,
        inbox=inbox,
        as_of=as_of,
        organisation=organisation,
        accept_shrink=accept_shrink,
    )
    request = with_known_organisation(settings, request)
    if (as_of or settings.as_of) and not settings.demonstration:
        check_day_against_networks(home, settings, request)
    home = Home.create(root)
    config = run_config(
        home=str(home.root),
        inbox=str(request.inbox),
        as_of=request.as_of.isoformat(),
        organisation=request.organisation or "",
        accept_shrink=accept_shrink,
        quiet=True,
    )
    outcome = execute(home, config, started_by)
    summary = ENDED.pop(outcome.run_id, NOTHING)
    tell(home, outcome, summary)
    faulty = summary.quarantined or summary.failed_checks
    return 0 if outcome.success and not faulty else 1


def tell(home: Home, outcome: Outcome, summary: RunSummary) -> None:
    """Say what the run did: rows, findings, what stands published, and why if it failed."""
    read, accepted = number(summary.rows_read), number(summary.rows_accepted)
    rejected, skipped = number(summary.rows_rejected), number(summary.rows_skipped)
    say(
        f"Rækker: {read} læst = {accepted} accepteret + {rejected} afvist + {skipped} sprunget over",
        f"Rows: {read} read = {accepted} accepted + {rejected} rejected + {skipped} skipped",
    )
    errors, warnings = number(summary.errors), number(summary.warnings)
    information = number(summary.information)
    say(
        f"Fund: {errors} fejl, {warnings} advarsler, {information} oplysninger",
        f"Findings: {errors} errors, {warnings} warnings, {information} information",
    )
    for path in summary.quarantined:
        say(f"Kunne ikke læses, lagt til side: {path}", f"Could not be read, set aside: {path}")
    for path in summary.held:
        say(
            f"Venter på godkendelse (--accept-shrink): {path}",
            f"Waits for confirmation (--accept-shrink): {path}",
        )
    for check in summary.failed_checks[:SHOWN_CHECKS]:
        say(f"Kontrol ikke bestået: {check}", f"Check not passed: {check}")
    if len(summary.failed_checks) > SHOWN_CHECKS:
        more = number(len(summary.failed_checks) - SHOWN_CHECKS)
        say(
            f"… og {more} kontroller mere; se dem i Dagster", f"… and {more} checks more; see them in Dagster"
        )
    if summary.content_hash:
        say(f"Offentliggjort: {home.database}", f"Published: {home.database}")
        say(f"Indholdets hash: {summary.content_hash}", f"Content hash: {summary.content_hash}")
        for report in outcome.reports:
            say(f"Rapport: {home.root / report}", f"Report: {home.root / report}")
    if outcome.first_cause:
        ERR.print(f"[red]{escape(outcome.first_cause)}[/red]")
        if not summary.content_hash:
            say(
                "Intet nyt er offentliggjort; den seneste gode offentliggørelse står.",
                "Nothing new was published; the last good publication stands.",
            )
