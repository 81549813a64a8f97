"""Dagster's real webserver and daemon on a finished home, and a browser that looks at them."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import duckdb
import openpyxl
import pytest

from assets.home import Home
from assets.settings_contract import ORGANISATIONS, RECIPIENTS
from tests.pipelines.conftest import AS_OF, NETWORKS, PEOPLE, ROLES, TOUCHPOINTS, write_sheets
from tests.ui.daemon import HEALTH, off_since_yesterday
from tests.ui.mailbox import Mailbox

START_SECONDS = 180
STOP_SECONDS = 30
RUN_SECONDS = 480
SETTINGS = f"""as_of = {AS_OF}
[mail]
host = "127.0.0.1"
port = %d
security = "none"
sender = "netvaerdi@example.invalid"
alert_to = "drift@example.invalid"
timeout_seconds = 2.0
"""
OURS = {"organisation_id": "kommunen", "name": "Aalby Kommune"}
TOLD = ("Analytiker", "Revisor", "Forsker")
LAUNCH = """mutation {launchRun(executionParams: {selector: {repositoryName: "__repository__",
  repositoryLocationName: "pipelines.definitions", jobName: "%s"}, runConfigData: %s,
  executionMetadata: {tags: [%s]}}) { __typename ... on LaunchRunSuccess { run { runId } } } }"""
RUNS = """{ runsOrError(limit: 40) { ... on Runs { results {
  runId status jobName tags { key value } } } } }"""
HASHES = """{ assetNodeOrError(assetKey: {path: ["publication", "database"]}) { ... on AssetNode {
  assetMaterializations(limit: 20) { runId metadataEntries { label ... on TextMetadataEntry { text } } } } } }
"""
SCHEDULE = """{ scheduleOrError(scheduleSelector: {repositoryName: "__repository__",
  repositoryLocationName: "pipelines.definitions", scheduleName: "%s"}) { ... on Schedule { id } } }"""
STOPPED = "{ ... on ScheduleStateResult { scheduleState { status } } ... on PythonError { message } }"
CAUSE = """{ logsForRun(runId: "%s", limit: 5000) { ... on EventConnection { events {
  ... on ExecutionStepFailureEvent { error { message } } ... on RunFailureEvent { error { message } }
} } } }"""


TO_THE_END = """() => document.querySelectorAll('div').forEach(one => {
  if (['auto', 'scroll'].includes(getComputedStyle(one).overflowY)) one.scrollTop = one.scrollHeight;
})"""
INERT = """() => [
  ...(window.__owned === undefined ? [] : ["a script ran"]),
  ...[...document.querySelectorAll('img[src="x"], [onerror], [href^="javascript:"]')].map(one =>
    one.outerHTML),
]"""
ENDED = ("SUCCESS", "FAILURE", "CANCELED")


class Ui:
    """The served home: its address, what its processes said, and what its GraphQL says of runs."""

    def __init__(self, home: Home, port: int, log: Path) -> None:
        self.home = home
        self.log = log
        self.address = f"http://127.0.0.1:{port}"

    def ask(self, query: str) -> dict:
        request = urllib.request.Request(
            f"{self.address}/graphql",
            json.dumps({"query": query}).encode(),
            {"content-type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)["data"]

    def runs(self) -> list[dict]:
        """The latest runs first, their tags as a mapping."""
        found = self.ask(RUNS)["runsOrError"]["results"]
        return [run | {"tags": {tag["key"]: tag["value"] for tag in run["tags"]}} for run in found]

    def wait_for_run(self, known: set[str], job: str = "") -> dict:
        """The first run that is not among those known, once it has ended; digests of health are not meant."""

        def ended():
            new = [
                run
                for run in self.runs()
                if run["runId"] not in known and (run["jobName"] == job if job else run["jobName"] != HEALTH)
            ]
            return new[-1] if new and new[-1]["status"] in ENDED else None

        return wait_until(ended, RUN_SECONDS, "a run to end")

    def launch(self, job: str, tags: dict[str, str], config: dict | None = None) -> dict:
        """Launch a job as a schedule does, and wait for its end."""
        told = ", ".join(f'{{key: "{key}", value: "{value}"}}' for key, value in tags.items())
        said = self.ask(LAUNCH % (job, json.dumps(json.dumps(config or {})), told))["launchRun"]
        assert said["__typename"] == "LaunchRunSuccess", said
        ours = said["run"]["runId"]

        def ended():
            found = [run for run in self.runs() if run["runId"] == ours]
            return found[0] if found and found[0]["status"] in ENDED else None

        return wait_until(ended, RUN_SECONDS, f"{job} to end")

    def stop_schedule(self, name: str) -> None:
        """Let a schedule ask for no more runs."""
        (found,) = self.ask(SCHEDULE % name).values()
        (stopped,) = self.ask(f'mutation {{ stopRunningSchedule(id: "{found["id"]}") {STOPPED} }}').values()
        assert stopped["scheduleState"]["status"] == "STOPPED", stopped

    def ended(self, known: set[str], count: int) -> list[dict] | None:
        """The runs that are not among those known, once so many have ended; digests are not meant."""
        new = [run for run in self.runs() if run["runId"] not in known and run["jobName"] != HEALTH]
        return new if len(new) == count and all(run["status"] in ENDED for run in new) else None

    def run_of(self, started_by: str, known: set[str]) -> str | None:
        """The run that somebody started and that is not among those known."""
        for run in self.runs():
            if run["runId"] not in known and run["tags"].get("netvaerdi/started_by") == started_by:
                return run["runId"]
        return None

    def digest_of(self, failed: dict) -> dict | None:
        """The digest of health that a failed run asked for, once it has ended."""
        for run in self.runs():
            if run["tags"].get("dagster/run_key") == f"failed-{failed['runId']}":
                return run if run["status"] == "SUCCESS" else None
        return None

    def run_ids(self) -> set[str]:
        return {run["runId"] for run in self.runs()}

    def cause(self, run_id: str) -> list[str]:
        """What the failed steps of a run said."""
        events = self.ask(CAUSE % run_id)["logsForRun"]["events"]
        return [one["error"]["message"] for one in events if one.get("error")]

    def published(self, query: str):
        """The one value that a query of the published file gives."""
        with duckdb.connect(str(self.home.database), read_only=True) as connection:
            return connection.execute(query).fetchall()[0][0]

    def hash_of(self, run_id: str) -> str:
        """The content hash that a run published."""
        for one in self.ask(HASHES)["assetNodeOrError"]["assetMaterializations"]:
            if one["runId"] == run_id:
                return {entry["label"]: entry.get("text") for entry in one["metadataEntries"]}["content_hash"]
        raise AssertionError(f"{run_id} published nothing")


def write_settings(path: Path) -> None:
    """The offices' own workbook: who they are, and who gets mail."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    told = [{**OURS, "role": role, "address": f"{role.lower()}@example.invalid"} for role in TOLD]
    for kind, rows in ((ORGANISATIONS, [OURS]), (RECIPIENTS, told)):
        sheet = workbook.create_sheet(kind.sheet)
        sheet.append([column.heading for column in kind.columns])
        for row in rows:
            sheet.append([row.get(column.name) for column in kind.columns])
    path.parent.mkdir(parents=True, exist_ok=True)
    workbook.save(path)


def wait_for_text(opened, text: str, end: bool) -> None:
    """Wait until a page says something; what it says instead stands in the error.

    On a busy machine the UI can give up on an answer and stay empty, so it is loaded once more. Of a run's
    log it draws what is in sight; where the log came in pieces, that need not be its end: ``end`` goes there.
    """

    def says():
        if end:
            opened.evaluate(TO_THE_END)
        return text in opened.inner_text("body")

    with contextlib.suppress(AssertionError):
        wait_until(says, 45, text)
        return
    opened.reload()
    try:
        wait_until(says, 90, text)
    except AssertionError as error:
        raise AssertionError(f"{error}; the page says: {opened.inner_text('body')}") from None


def wait_until(answer, seconds: float, what: str):
    """Ask until the answer is something, at most so long."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with contextlib.suppress(OSError, KeyError):
            if found := answer():
                return found
        time.sleep(0.5)
    raise AssertionError(f"waited {seconds} s for {what}")


@pytest.fixture(scope="session")
def mailbox():
    """A mail server on this machine that is not there yet."""
    made = Mailbox()
    yield made
    made.stop()


@pytest.fixture(scope="session")
def ui(tmp_path_factory, mailbox):
    """The tiny municipality, run once by the command, and ``netvaerdi dev`` on its home."""
    from pipelines.command_run import run_command

    home = Home.create(tmp_path_factory.mktemp("ui") / "hjem")
    home.settings_file.write_text(SETTINGS % mailbox.port, encoding="utf-8")
    write_settings(home.inbox / "_indstillinger.xlsx")
    write_sheets(
        home.inbox / "netvaerk.xlsx",
        people=PEOPLE,
        networks=NETWORKS,
        roles=ROLES,
        touchpoints=TOUCHPOINTS,
    )
    assert run_command(home.root) == 0
    off_since_yesterday(home)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = home.root.parent / "dev.log"
    with log.open("w", encoding="utf-8") as said:
        served = subprocess.Popen(
            [Path(sys.executable).with_name("netvaerdi"), "dev", "--home", home.root, "--port", str(port)],
            stdout=said,
            stderr=subprocess.STDOUT,
            env=os.environ | {"HOME": str(home.root.parent)},
            start_new_session=True,
        )
    try:
        one = Ui(home, port, log)
        wait_until(one.runs, START_SECONDS, "the webserver")
        one.scheduled = one.wait_for_run(set(), HEALTH)  # so that no test meets it
        yield one
    finally:
        served.send_signal(signal.SIGINT)
        try:
            served.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            served.kill()


@pytest.fixture
def page(browser, ui):
    """A fresh visitor's page; whatever it asks of another machine is in ``page.outside``.

    ``page.says(text)`` waits for a text, ``page.says(text, end=True)`` at the end of a log; the UI's own
    policy forbids Playwright's waiting within the page.
    ``page.inert()`` is what of a hostile text came to life on the page, dialogs on every page before it too.
    """
    context = browser.new_context(viewport={"width": 1600, "height": 900}, locale="da-DK")
    opened = context.new_page()
    opened.set_default_timeout(60_000)
    opened.outside = []
    opened.says = lambda text, end=False: wait_for_text(opened, text, end)
    dialogs = []
    opened.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    opened.inert = lambda: [*dialogs, *opened.evaluate(INERT)]
    opened.on(
        "request",
        lambda request: (
            None
            if request.url.startswith((ui.address, ui.address.replace("http", "ws"), "data:", "blob:"))
            else opened.outside.append(request.url)
        ),
    )
    yield opened
    context.close()


@pytest.fixture
def picture():
    """Keep what the page shows as a picture, where ``NETVAERDI_PICTURES`` names the folder for them."""
    folder = os.environ.get("NETVAERDI_PICTURES")

    def take(page, name):
        if folder:
            page.wait_for_timeout(2500)
            page.screenshot(path=Path(folder) / f"{name}.png")

    return take
