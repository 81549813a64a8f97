"""What the daemon makes good: a tick that was missed, a writer that is waited for, a run that broke off."""

import subprocess
import sys
from pathlib import Path

import pytest

from assets.writer import read_holder
from tests.ui.conftest import wait_until
from tests.ui.daemon import HEALTH, slowed, steps

pytestmark = pytest.mark.chromium

NETVAERDI = Path(sys.executable).with_name("netvaerdi")
LAUNCH = """mutation { launchRun(executionParams: { selector: { jobName: "%s",
  repositoryName: "__repository__", repositoryLocationName: "pipelines.definitions" },
  runConfigData: {} }) { ... on LaunchRunSuccess { run { runId } } } }"""


def test_a_schedule_that_was_due_while_the_machine_was_off_is_made_good(ui, page, picture):
    tags = ui.scheduled["tags"]
    assert (ui.scheduled["status"], tags["dagster/schedule_name"]) == ("SUCCESS", "tend_daily")
    assert tags["netvaerdi/started_by"] == "tend_daily"
    page.goto(f"{ui.address}/locations/pipelines.definitions/schedules/tend_daily")
    page.says("Latest tick")
    wait_until(lambda: "Schedule has never run" not in page.inner_text("body"), 60, "the tick to be shown")
    picture(page, "dagster_schedule")


def test_the_days_health_stands_in_the_completeness_table(ui, page, picture):
    page.goto(f"{ui.address}/assets/audit/completeness?view=checks&checkDetail=dagster_health")
    # The home is shared with the tests that let a run fail, after which the day is degraded.
    states = ("● rask / healthy", "▲ svækket / degraded")
    assert wait_until(lambda: any(state in page.inner_text("body") for state in states), 120, "the state")
    picture(page, "dagster_health")


def test_the_command_waits_for_the_run_of_the_ui_that_is_at_work_and_both_go_through(ui, tmp_path):  # F35
    known = ui.run_ids()
    ui.ask(LAUNCH % "refresh_results")
    holder = wait_until(lambda: read_holder(ui.home), 120, "the run of the UI to write")
    log = tmp_path / "kommando.log"
    with log.open("w", encoding="utf-8") as words, slowed(holder.process):
        command = subprocess.Popen(
            [NETVAERDI, "run", "--home", ui.home.root], stdout=words, stderr=subprocess.STDOUT
        )
        waits = f"Venter på Dagster (proces {holder.process}), i gang siden"
        wait_until(lambda: waits in " ".join(log.read_text("utf-8").split()), 120, "the command to wait")
    assert command.wait(240) == 0, log.read_text("utf-8")
    runs = [run for run in ui.runs() if run["runId"] not in known and run["jobName"] != HEALTH]
    assert {(run["status"], run["tags"]["netvaerdi/started_by"]) for run in runs} == {
        ("SUCCESS", "Dagster"),
        ("SUCCESS", "netvaerdi run"),
    }


def test_a_run_that_failed_goes_on_from_where_it_broke_off(ui, page, picture):
    (reports,) = ui.home.reports.glob("[A-Za-z]*/")
    aside = ui.home.root / "aside"
    known = ui.run_ids()
    reports.rename(aside)
    reports.write_text("in the way", encoding="utf-8")
    ui.ask(LAUNCH % "refresh_results")
    failed = ui.wait_for_run(known)
    reports.unlink()
    aside.rename(reports)
    assert failed["status"] == "FAILURE"
    page.goto(f"{ui.address}/runs/{failed['runId']}")
    page.says("management_report")
    picture(page, "dagster_failed_run")
    known = ui.run_ids()
    page.locator("//button[contains(., 'Re-execute all')]/following::button[1]").click()
    page.get_by_text("From failure", exact=True).click()
    again = ui.wait_for_run(known)
    assert (again["status"], ui.cause(again["runId"])) == ("SUCCESS", [])
    assert again["tags"]["dagster/parent_run_id"] == failed["runId"]
    assert "reports__management_report" in steps(ui, again["runId"])
    assert "results" not in steps(ui, again["runId"])
