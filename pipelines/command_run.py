"""One run from the command line, and what came of it; nothing heavy is loaded where nothing has changed."""

from pathlib import Path

from rich.markup import escape

from assets.feedback.severities import counted
from assets.home import Home, Settings, check_claimable, home_folder, load_settings
from assets.request import make_request
from assets.run_summary import ENDED, NOTHING, RunSummary
from assets.standing import forget, remember, sources, still_stands
from pipelines.console import ERR, number, say

SHOWN_CHECKS = 5
# These do nothing but run; a command that changed something itself always wants the whole run.
ONLY_RUN = ("netvaerdi run", "netvaerdi demo")


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
    came_from = sources(home, request)
    unchanged = still_stands(home, came_from) if started_by in ONLY_RUN else None
    if unchanged is not None:
        say(
            "Intet er ændret siden den seneste kørsel; den står.",
            "Nothing has changed since the last run; it stands.",
        )
        tell(home, unchanged[0], unchanged[1])
        return 0
    from assets.gates.judge_process import warm_up

    warm_up()  # the judge loads while the rest of what a run needs does
    from assets.intake_step import check_day_against_networks, with_known_organisation
    from pipelines.execution import execute
    from pipelines.resources import run_config

    asked = request
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
    forget(home)
    outcome = execute(home, config, started_by)
    summary = ENDED.pop(outcome.run_id, NOTHING)
    tell(home, summary, outcome.reports, outcome.first_cause)
    if not outcome.success or summary.quarantined or summary.failed_checks:
        return 1
    remember(home, asked, came_from, summary, outcome.reports)
    return 0


def tell(home: Home, summary: RunSummary, reports: tuple[str, ...], first_cause: str | None = None) -> None:
    """Say what the run did: rows, findings, what stands published, and why if it failed."""
    rows = (summary.rows_read, summary.rows_accepted, summary.rows_rejected, summary.rows_skipped)
    read, accepted, rejected, skipped = map(number, rows)
    say(
        f"Rækker: {read} læst = {accepted} accepteret + {rejected} afvist + {skipped} sprunget over",
        "Rows: {:,} read = {:,} accepted + {:,} rejected + {:,} skipped".format(*rows),
    )
    counts = {"error": summary.errors, "warning": summary.warnings, "info": summary.information}
    say(f"Fund: {counted(counts, 'da')}", f"Findings: {counted(counts, 'en')}")
    for path in summary.quarantined:
        say(f"Kunne ikke læses, lagt til side: {path}", f"Could not be read, set aside: {path}")
    for da, en in zip(summary.beside_da, summary.beside_en, strict=True):
        say(da, en)
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
        for report in reports:
            say(f"Rapport: {home.root / report}", f"Report: {home.root / report}")
    if first_cause:
        ERR.print(f"[red]{escape(first_cause)}[/red]")
        if not summary.content_hash:
            say(
                "Intet nyt er offentliggjort; den seneste gode offentliggørelse står.",
                "Nothing new was published; the last good publication stands.",
            )
