"""An analyst who never saw the code, in a browser, before the real webserver and daemon.

One module, in this order: the served home is dear to make, and each test goes on from what the last one left.
"""

import subprocess
import sys
from datetime import date
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote

import duckdb
import pytest

from assets.layers.mail import CADENCE_TAG
from assets.mail.outbox import Outbox
from assets.publication.verify import verify
from assets.writer import read_holder
from tests.pipelines.conftest import NETWORKS, PEOPLE, TOUCHPOINTS, personal_values_in, write_sheets
from tests.ui.conftest import TOLD, wait_until
from tests.ui.daemon import said, slowed, steps

pytestmark = pytest.mark.chromium

NETVAERDI = Path(sys.executable).with_name("netvaerdi")
PAST = "2026-06-30"
HOSTILE = '<img src=x onerror="window.__owned=1">'
MARKDOWN = "[x](javascript:window.__owned=1)![y](http:x)"
FILE = f"{HOSTILE}{MARKDOWN}.xlsx"
FAULTY = TOUCHPOINTS[-1] | {"touchpoint_id": "S-21", "date": date(2026, 9, 1)}
NETWORK = NETWORKS[0] | {"network_id": HOSTILE, "title": MARKDOWN}
AT_ONCE = {"new_delivery", "netvaerdi run", "Dagster"}
EVERYONE = [f"{role.lower()}@example.invalid" for role in TOLD]
ALERT_TO = "drift@example.invalid"
TAGS = {CADENCE_TAG: "quarterly", "netvaerdi/started_by": "publish_quarterly"}
DRY_SCHEDULE = """mutation { scheduleDryRun(timestamp: 1791172800, selectorData: {
  repositoryName: "__repository__", repositoryLocationName: "pipelines.definitions",
  scheduleName: "publish_quarterly" }) { ... on DryRunInstigationTick {
  evaluationResult { skipReason runRequests { runConfigYaml tags { key value } } error { message } } } } }"""


def held_by(ui, who):
    """Who writes the warehouse, if it is the one that is meant."""
    holder = read_holder(ui.home)
    return holder if holder and holder.who == who else None


def states(ui):
    """How many messages are waiting, unsure and sent."""
    box = Outbox(ui.home.outbox)
    return tuple(len(box.keys(state)) for state in ("waiting", "sending", "sent"))


def test_a_schedule_that_was_due_while_the_machine_was_off_is_made_good(ui, page, picture):
    tags = ui.scheduled["tags"]
    assert (ui.scheduled["status"], tags["dagster/schedule_name"]) == ("SUCCESS", "tend_daily")
    assert tags["netvaerdi/started_by"] == "tend_daily"
    page.goto(f"{ui.address}/locations/pipelines.definitions/schedules/tend_daily")
    page.says("Latest tick")
    wait_until(lambda: "Schedule has never run" not in page.inner_text("body"), 60, "the tick to be shown")
    picture(page, "dagster_schedule")


def test_the_first_visit_shows_the_way_from_inbox_to_report_in_groups(ui, page, picture):
    page.set_viewport_size({"width": 1600, "height": 1500})
    page.goto(f"{ui.address}/asset-groups")
    for group in ("raw", "accepted", "r1", "r9", "value", "results", "publication", "reports"):
        page.get_by_text(group, exact=True).first.wait_for()
    assert page.get_by_text("indicator_result", exact=True).count() == 0  # the groups are folded together
    picture(page, "dagster_graph")
    page.set_viewport_size({"width": 1600, "height": 900})
    page.goto(f"{ui.address}/assets/results/indicator_result")
    page.get_by_text("Row count").wait_for()
    page.get_by_text("definition_version", exact=True).first.wait_for()
    picture(page, "dagster_asset")
    assert page.outside == []


def test_the_quarterly_schedule_asks_for_the_quarter_that_ended(ui):
    tick = ui.ask(DRY_SCHEDULE)["scheduleDryRun"]["evaluationResult"]
    assert tick["error"] is None
    (asked,) = tick["runRequests"]
    assert "2026-09-30" in asked["runConfigYaml"]


def test_a_past_quarter_is_a_run_with_another_day(ui, page, picture):
    known = ui.run_ids()
    config = f"resources:\n  options:\n    config:\n      as_of: '{PAST}'\n"
    job = f"{ui.address}/locations/pipelines.definitions/jobs/refresh_results"
    page.goto(f"{job}/playground/setup?mode=default&config={quote(config)}")
    launch = page.get_by_role("button", name="Launch Run")
    launch.wait_for()
    page.says("as_of")
    picture(page, "dagster_launchpad")
    launch.click()
    run = ui.wait_for_run(known)
    assert (run["status"], ui.cause(run["runId"])) == ("SUCCESS", [])
    assert ui.published("select max(period_end)::varchar from indicator_result") == PAST
    page.goto(f"{ui.address}/runs/{run['runId']}")
    page.says("RUN_SUCCESS", end=True)
    page.says("tidligere offentliggjorte tal er ændret")  # near the end of its log
    picture(page, "dagster_run")


def test_the_command_and_the_ui_wait_for_the_daemon_and_all_go_through(ui, page, tmp_path):  # F35
    known = ui.run_ids()
    write_sheets(ui.home.inbox / FILE, networks=[NETWORK], touchpoints=[FAULTY | {"kind": HOSTILE}])
    holder = wait_until(lambda: held_by(ui, "new_delivery"), 480, "the daemon's run to write")
    waits = f"Venter på new_delivery (proces {holder.process}), i gang siden"
    log = tmp_path / "kommando.log"
    with log.open("w", encoding="utf-8") as words, slowed(holder.process):
        command = subprocess.Popen(
            [NETVAERDI, "run", "--home", ui.home.root], stdout=words, stderr=subprocess.STDOUT
        )
        page.goto(f"{ui.address}/asset-groups")
        page.get_by_role("button", name="Materialize all").click()
        wait_until(lambda: waits in " ".join(log.read_text("utf-8").split()), 240, "the command to wait")
        wait_until(lambda: said(ui, ui.run_of("Dagster", known), waits), 240, "the UI's run to wait")
    runs = wait_until(lambda: ui.ended(known, len(AT_ONCE)), 600, "all to end")
    assert command.wait(120) in (0, 1), log.read_text("utf-8")
    assert {run["tags"]["netvaerdi/started_by"] for run in runs} == AT_ONCE
    assert [ui.cause(run["runId"]) for run in runs] == [[], [], []]
    assert len({ui.hash_of(run["runId"]) for run in runs}) == 1
    assert verify(ui.home.root).ok
    with duckdb.connect(str(ui.home.warehouse_file), read_only=True) as connection:
        attempts = connection.execute(
            "select state, started_at, ended_at from audit.attempt "
            "where run_id in (?, ?, ?) order by started_at",
            [run["runId"] for run in runs],
        ).fetchall()
    assert [state for state, _, _ in attempts] == ["done", "done", "done"]
    assert all(before[2] <= after[1] for before, after in pairwise(attempts))  # one after the other


def test_hostile_text_of_a_delivery_is_text_on_every_page(ui, page, picture):  # F43
    run_id = ui.run_of("new_delivery", set())
    for place, words in (
        ("assets/accepted/finding?view=checks&checkDetail=enum", f"{FILE}, Samspil!D2"),
        ("assets/results/indicator_result", "Row count"),
        (f"runs/{run_id}", "RUN_SUCCESS"),
        ("runs", run_id[:8]),
    ):
        page.goto(f"{ui.address}/{place}")
        page.says(words, end=words == "RUN_SUCCESS")
        assert page.inert() == [], place
        if words.startswith(FILE):
            page.says("enum\nenum\nFailed")  # the list of checks: an icon's name, the name, the verdict
            picture(page, "dagster_check")
    assert page.outside == []


def test_a_failing_check_is_mended_by_dropping_a_corrected_sheet(ui, page):
    known = ui.run_ids()
    write_sheets(ui.home.inbox / FILE, networks=[NETWORK], touchpoints=[FAULTY | {"kind": "Sparring"}])
    run = ui.wait_for_run(known)
    assert (run["status"], ui.cause(run["runId"])) == ("SUCCESS", [])
    assert run["tags"]["netvaerdi/delivery"].startswith(FILE[:60])
    page.goto(f"{ui.address}/assets/accepted/finding?view=checks&checkDetail=enum")
    page.says("enum\nenum\nSucceeded")
    assert page.get_by_text("Samspil!D2").count() == 0


def test_a_run_that_failed_goes_on_from_where_it_broke_off(ui, page, picture):
    ui.stop_schedule("send_waiting_mail_quarter_hourly")  # from here on the test says when it is due
    (reports,) = ui.home.reports.glob("[A-Za-z]*/")
    aside = ui.home.root / "aside"
    reports.rename(aside)
    reports.write_text("in the way", encoding="utf-8")
    failed = ui.launch("refresh_results", TAGS)
    reports.unlink()
    aside.rename(reports)
    assert failed["status"] == "FAILURE"
    page.goto(f"{ui.address}/runs/{failed['runId']}")
    page.says("RUN_FAILURE", end=True)
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


def test_nothing_is_lost_while_the_server_is_away_drops_and_refuses_and_nothing_is_sent_twice(ui, mailbox):
    # One alert of the run that failed, and the mail of that which went on from it.
    wait_until(lambda: states(ui) == (4, 0, 0), 240, "the alert to be queued")
    mailbox.start("451 come again")
    assert ui.launch("send_waiting_mail", {})["status"] == "SUCCESS"
    assert states(ui) == (4, 0, 0)
    mailbox.start("drop")
    dropped = ui.launch("send_waiting_mail", {})
    assert (dropped["status"], states(ui)) == ("FAILURE", (3, 1, 0))  # a person must decide
    mailbox.start("250 OK")
    assert ui.launch("send_waiting_mail", {})["status"] == "FAILURE"
    assert states(ui) == (0, 1, 3)
    (unsure,) = Outbox(ui.home.outbox).keys("sending")
    Outbox(ui.home.outbox).release(unsure)
    assert ui.launch("send_waiting_mail", {})["status"] == "SUCCESS"
    assert states(ui) == (0, 0, 4)
    assert mailbox.addresses() == sorted([*EVERYONE, ALERT_TO])


def test_a_failed_run_is_told_once_with_its_first_cause_and_the_days_health_says_so(
    ui, mailbox, page, picture
):
    before = len(mailbox.taken)
    config = {"resources": {"options": {"config": {"as_of": "i går"}}}}
    run = ui.launch("refresh_results", TAGS, config)
    assert run["status"] == "FAILURE"
    wait_until(lambda: len(mailbox.taken) > before, 240, "the alert")
    ((address, message),) = mailbox.taken[before:]
    text = message.get_content()
    assert address == ALERT_TO
    assert run["runId"] in text
    assert "Opgørelsesdagen i går" in text
    # Until the digest that the failure asks for, the page shows that the failed run did not judge the health.
    wait_until(lambda: ui.digest_of(run), 240, "the digest")
    page.goto(f"{ui.address}/assets/audit/completeness?view=checks&checkDetail=dagster_health")
    page.says("▲ svækket / degraded")
    picture(page, "dagster_health")


def test_no_name_or_address_stands_in_anything_that_all_these_runs_left(ui):  # F51
    assert list(ui.home.dagster.rglob("*.db"))
    assert personal_values_in(ui.home.dagster) == []
    served = ui.log.read_text(encoding="utf-8")
    assert "new_delivery" in served
    assert [person["name"] for person in PEOPLE if person["name"] in served] == []
    assert "@example.invalid" not in served
