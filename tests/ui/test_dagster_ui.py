"""An analyst who never saw the code, in a browser, before the real webserver and daemon."""

from datetime import date
from urllib.parse import quote

import pytest

from tests.pipelines.conftest import TOUCHPOINTS, write_sheets

pytestmark = pytest.mark.chromium

PAST = "2026-06-30"
FAULTY = TOUCHPOINTS[-1] | {"touchpoint_id": "S-21", "date": date(2026, 9, 1), "kind": "Snak"}
DRY_SCHEDULE = """mutation { scheduleDryRun(timestamp: 1791172800, selectorData: {
  repositoryName: "__repository__", repositoryLocationName: "pipelines.definitions",
  scheduleName: "publish_quarterly" }) { ... on DryRunInstigationTick {
  evaluationResult { skipReason runRequests { runConfigYaml tags { key value } } error { message } } } } }"""


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


def test_materialising_all_publishes_what_the_command_published(ui, page):
    known = ui.run_ids()
    page.goto(f"{ui.address}/asset-groups")
    page.get_by_role("button", name="Materialize all").click()
    run = ui.wait_for_run(known)
    assert (run["status"], ui.cause(run["runId"])) == ("SUCCESS", [])
    first = ui.published("select content_hash from audit.publication order by sequence limit 1")
    assert ui.hash_of(run["runId"]) == first


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


def test_a_fault_fails_its_rules_check_until_a_corrected_sheet_is_dropped(ui, page, picture):
    checks = f"{ui.address}/assets/accepted/finding?view=checks&checkDetail=enum"
    for kind, verdict in (("Snak", "Failed"), ("Sparring", "Succeeded")):
        known = ui.run_ids()
        write_sheets(ui.home.inbox / "mere.xlsx", touchpoints=[FAULTY | {"kind": kind}])
        run = ui.wait_for_run(known)
        assert (run["status"], ui.cause(run["runId"])) == ("SUCCESS", [])
        assert run["tags"]["netvaerdi/started_by"] == "new_delivery"
        assert run["tags"]["netvaerdi/delivery"] == "mere.xlsx"
        page.goto(checks)
        page.says(f"enum\nenum\n{verdict}")  # the list of checks: an icon's name, the name, the verdict
        seen = page.get_by_text("mere.xlsx, Samspil!D2").count()
        assert bool(seen) == (verdict == "Failed")
        picture(page, f"dagster_check_{verdict.lower()}")


def test_the_quarterly_schedule_asks_for_the_quarter_that_ended(ui):
    tick = ui.ask(DRY_SCHEDULE)["scheduleDryRun"]["evaluationResult"]
    assert tick["error"] is None
    (asked,) = tick["runRequests"]
    assert "2026-09-30" in asked["runConfigYaml"]
