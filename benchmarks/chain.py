"""A whole run as a chain of the functions that Dagster's steps call, in their order, without Dagster.

For work that is repeated a thousand times or ended at each of its steps: it costs a quarter of the command's
time. The gates are the same rules, judged by SQL's own count of what breaks them instead of by Great
Expectations. A test holds the chain against the command: the same inbox gives the same content hash.
"""

import time
from collections.abc import Callable
from datetime import date
from typing import Any

import duckdb

import assets.reports.chapters  # noqa: F401 - charts are loaded once, before any work begins
from assets.accepted.build import build_accepted
from assets.accepted.settings import build_settings
from assets.answerability.finding_history import note_findings
from assets.answerability.todo_list import write_todo_list
from assets.clock import now
from assets.core.calendar import build_calendar
from assets.feedback.copies import write_feedback
from assets.gates import gates_passed
from assets.gates.expectations import Case, conclude, count_violations
from assets.gates.judge import Verdict
from assets.gates.quality import Layer, record
from assets.gates.sql_checks import run_sql_checks
from assets.gates.suites import suites_of
from assets.home import Home, load_settings
from assets.indicators.definitions import build_definitions
from assets.intake_step import take_in_request
from assets.layers.failures import require_gates
from assets.layers.feedback import languages_of
from assets.layers.inputs import as_of_by_organisation
from assets.people.after_publication import after_publication
from assets.publication.database import publish
from assets.publication.outputs import drawing
from assets.reports.index_page import write_index
from assets.reports.kept import serve_report
from assets.reports.published import organisations
from assets.request import RunRequest, make_request
from assets.results.summary import build_summary
from assets.run_record import Run, begin_run, end_run
from assets.sql_models import load_models, run_models
from assets.warehouse import open_warehouse
from assets.writer import hold_writer

Wrap = Callable[[duckdb.DuckDBPyConnection], Any]
FORMS = ("html", "xlsx", "json")


def whole_run(
    home: Home,
    as_of: date,
    *,
    accept_shrink: bool = False,
    reports: bool = True,
    wrap: Wrap = lambda c: c,
) -> None:
    """Run everything: inbox, models, gates, publication, reports.

    Args:
        reports: Draw the reports too, which is half of the work.
        wrap: What stands between the steps and the warehouse's connection, such as a counter of statements.

    Raises:
        Exception: Whatever the first step that failed raised; the attempt is recorded as failed.
    """
    settings = load_settings(home)
    request = make_request(
        home, settings, inbox="", as_of=as_of.isoformat(), organisation="", accept_shrink=accept_shrink
    )
    begun = now()
    run = Run(f"chain-{time.time_ns()}", begun, request.as_of, None, None, accept_shrink)
    with hold_writer(home, "netvaerdi run"), open_warehouse(home.warehouse_file) as opened:
        begin_run(opened, run)
        cause: str | None = "broken off"
        try:
            compute(wrap(opened), home, request, run)
            cause = None
        finally:
            end_run(opened, run, now(), cause)
    if reports:
        draw(home)


def intake_alone(home: Home, as_of: date, *, accept_shrink: bool = False) -> None:
    """Take in what lies in the inbox and no more, as one who runs the graph's first step alone does."""
    settings = load_settings(home)
    request = make_request(
        home, settings, inbox="", as_of=as_of.isoformat(), organisation="", accept_shrink=accept_shrink
    )
    with hold_writer(home, "netvaerdi run"), open_warehouse(home.warehouse_file) as opened:
        take_in_request(opened, home, settings, request)


def compute(connection: Any, home: Home, request: RunRequest, run: Run) -> None:
    """From the inbox to the publication."""
    settings = load_settings(home)
    take_in_request(connection, home, settings, request)
    build_settings(connection)
    build_accepted(connection, today=request.as_of)
    note_findings(connection)
    write_feedback(connection, archive=home.archive, marked=home.marked, languages=languages_of(settings))
    model(connection, request, run)
    publish_passed(connection, home, run)


def model(connection: Any, request: RunRequest, run: Run) -> None:
    """Gates on what was accepted, every model, gates on the results."""
    gate(connection, "accepted", run)
    build_calendar(connection, as_of_by_organisation(connection, request))
    build_definitions(connection)
    run_models(connection, load_models())
    build_summary(connection)
    gate(connection, "results", run)


def gate(connection: Any, layer: Layer, run: Run) -> None:
    """Judge one layer, and record the outcome."""
    results = []
    for suite in suites_of(layer):
        counts = {rule.name: count_violations(connection, suite.table, rule) for rule in suite.rules}
        (rows,) = connection.execute(f"select count(*) from {suite.table}").fetchone()
        said = {name: Verdict(count == 0, count) for name, count in counts.items()}
        results += conclude(Case(suite, rows, None, {}, counts), said)
    record(connection, run.run_id, [*results, *run_sql_checks(connection, layer)])


def publish_passed(connection: Any, home: Home, run: Run) -> None:
    """Publish, where every gate of this run was passed."""
    require_gates(gates_passed(connection, run.run_id))
    publication = publish(connection, home, run)
    after_publication(home, publication.sequence)


def draw(home: Home) -> None:
    """Every organisation's latest report, to-do list and the index, from the published file alone."""
    languages = load_settings(home).languages
    with drawing(home):
        for organisation, periods in sorted(organisations(home.database).items()):
            for language in languages:
                for form in FORMS:
                    serve_report(home.database, home.reports, organisation, max(periods), language, form)
                write_todo_list(home.database, home.todo, organisation, language)
        write_index(home.database, home.reports)
