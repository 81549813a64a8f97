"""Targets as data: dated, told by a settings workbook, and never overwritten."""

from datetime import UTC, date, datetime

import openpyxl
import pytest

from assets.accepted.build import build_accepted
from assets.accepted.settings import build_settings
from assets.answerability.targets import Target, target_findings, target_history
from assets.core.calendar import build_calendar
from assets.indicators.definitions import build_definitions
from assets.publication.replay import models_behind
from assets.raw.intake import take_in
from assets.settings_contract import SETTINGS_BY_NAME, SETTINGS_FILE
from assets.sql_models import run_models
from assets.warehouse import open_warehouse
from tests.pipelines.conftest import NETWORKS, PEOPLE, ROLES, TOUCHPOINTS, write_sheets

DEFAULT_ROW = {"indicator_id": "R2.2", "valid_from": date(2026, 1, 1), "owner": "Chefforum"}
FROM_JULY = DEFAULT_ROW | {"valid_from": date(2026, 7, 1), "target": 2, "reason": "To pr. halvår"}
ZERO = DEFAULT_ROW | {"target": 0, "reason": "Ingen pligt i opstarten"}


@pytest.fixture
def office(tmp_path):
    """An inbox whose settings workbook can be sent anew, and the statuses of R2.2 after each run."""
    inbox, warehouse = tmp_path / "inbox", tmp_path / "w.duckdb"
    (tmp_path / "archive").mkdir()
    write_sheets(
        inbox / "netvaerk.xlsx", people=PEOPLE, networks=NETWORKS, roles=ROLES, touchpoints=TOUCHPOINTS
    )

    def send(day, *targets):
        write_targets(inbox / SETTINGS_FILE, targets)
        with open_warehouse(warehouse) as connection:
            take_in(
                connection,
                archive=tmp_path / "archive",
                inbox=inbox,
                received_at=datetime(day.year, day.month, day.day, 12, tzinfo=UTC),
                default_organisation="kommunen",
                declared=frozenset(),
            )
            build_settings(connection)
            build_accepted(connection)
            build_calendar(connection, {"kommunen": date(2026, 9, 30)})
            build_definitions(connection)
            run_models(connection, models_behind("results.indicator_result"))
            rows = connection.execute(
                "select period, status, target from results.indicator_result "
                "where indicator_id = 'R2.2' order by period"
            ).fetchall()
        return {period: (status, target) for period, status, target in rows}

    send.warehouse = warehouse
    return send


def write_targets(path, rows):
    kind = SETTINGS_BY_NAME["targets"]
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = kind.sheet
    sheet.append([column.heading for column in kind.columns])
    for row in rows:
        sheet.append([row.get(column.name) for column in kind.columns])
    workbook.save(path)


def test_a_new_target_judges_from_its_day_on_and_leaves_what_was_judged_before(office):
    before = office(date(2026, 10, 1))
    after = office(date(2026, 10, 2), FROM_JULY)
    assert before["2026Q3"] == ("fulfilled", 1.0)
    assert after["2026Q3"] == ("not_fulfilled", 2.0)
    assert after["2026Q2"] == before["2026Q2"]


def test_nothing_at_all_is_a_target_too(office):
    assert office(date(2026, 10, 1), ZERO)["2026Q2"] == ("fulfilled", 0.0)


def test_a_target_that_is_changed_stays_in_the_history_with_its_days(office):
    office(date(2026, 10, 1), ZERO)
    office(date(2026, 10, 8), ZERO, FROM_JULY)
    office(date(2026, 10, 15), FROM_JULY | {"target": 3})
    told = [
        (row.valid_from, row.target, row.told_on, row.withdrawn_on)
        for row in target_history(office.warehouse)
    ]
    assert told == [
        (date(2026, 1, 1), 0.0, date(2026, 10, 1), date(2026, 10, 15)),
        (date(2026, 7, 1), 2.0, date(2026, 10, 8), date(2026, 10, 15)),
        (date(2026, 7, 1), 3.0, date(2026, 10, 15), None),
    ]


def test_every_target_in_the_history_has_its_reason_and_owner(office):
    office(date(2026, 10, 1), FROM_JULY)
    (row,) = target_history(office.warehouse)
    assert (row.reason, row.owner) == ("To pr. halvår", "Chefforum")
    assert isinstance(row, Target)


def test_a_row_at_fault_is_told_and_judges_nobody(office):
    statuses = office(date(2026, 10, 1), FROM_JULY | {"indicator_id": "R22"})
    assert statuses["2026Q3"] == ("fulfilled", 1.0)
    ((severity, row, message, _),) = target_findings(office.warehouse)
    assert (severity, row) == ("error", 2)
    assert "R2.2" in message
