"""Who started a run is known: the command's account, or the user whom the proxy vouches for."""

import getpass
import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from datetime import UTC, date, datetime

import pytest

from assets.access_log import check
from assets.home import Home
from assets.layers.workplace import note_start
from assets.run_record import Run, begin_run
from assets.warehouse import open_warehouse
from pipelines.attribution import vouched_for
from pipelines.instance import prepare_instance

SMALL = (
    "import dagster as dg\n@dg.op\ndef intet(): pass\n@dg.job\ndef kun_et():\n    intet()\n"
    "defs = dg.Definitions(jobs=[kun_et])\n"
)
LAUNCH = """mutation {launchRun(executionParams: {selector: {repositoryName: "__repository__",
repositoryLocationName: "lille.py", jobName: "kun_et"},
executionMetadata: {tags: [{key: "netvaerdi/user", value: "en anden"}]}})
{__typename ... on LaunchRunSuccess {run {id tags {key value}}}}}"""
TAGS = '{runOrError(runId: "%s") {... on Run {tags {key value}}}}'


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """Dagster's webserver as operations get it, with the smallest of definitions: a function that asks it."""
    folder = tmp_path_factory.mktemp("drift")
    home = Home.create(folder / "hjem")
    prepare_instance(home)
    (folder / "lille.py").write_text(SMALL, encoding="utf-8")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "dagster_webserver",
        "-h",
        "127.0.0.1",
        "-p",
        str(port),
        "-f",
        "lille.py",
    ]

    def ask(query, **headers):
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/graphql",
            json.dumps({"query": query}).encode(),
            {"Content-Type": "application/json"} | headers,
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)["data"]

    with subprocess.Popen(
        command,
        env=os.environ | {"DAGSTER_HOME": str(home.dagster)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
    ) as process:
        for _ in range(240):
            try:
                ask("{version}")
                break
            except OSError:
                time.sleep(0.5)
        yield ask
        process.terminate()


def started(ask, **headers):
    """What started a run launched with these headers, and who, by the tags it was stored with."""
    run = ask(LAUNCH, **headers)["launchRun"]["run"]["id"]
    tags = {tag["key"]: tag["value"] for tag in ask(TAGS % run)["runOrError"]["tags"]}
    return tags["netvaerdi/started_by"], tags["netvaerdi/user"]


def test_a_run_of_the_ui_carries_the_user_the_proxy_vouches_for_whatever_it_says_itself(server):
    assert started(server, **{"X-Netvaerdi-User": "anne"}) == ("Dagster", "anne")


def test_without_a_proxy_it_carries_the_account_of_the_server(server):
    assert started(server) == ("Dagster", getpass.getuser())


def test_a_user_is_one_printable_word_of_no_great_length():
    assert vouched_for("an\r\nne\x1b[2J") == "anne[2J"
    assert vouched_for("x" * 500) == "x" * 100
    assert vouched_for(" ") == getpass.getuser()


def test_who_started_what_stands_in_the_warehouse_and_in_the_log_whose_lines_hold_each_other(tmp_path):
    home = Home.create(tmp_path / "hjem")
    moment = datetime(2026, 10, 1, tzinfo=UTC)
    run = Run("run-1", moment, date(2026, 9, 30), "AALBY", None, True, "netvaerdi run", "anne")
    with open_warehouse(home.warehouse_file) as connection:
        begin_run(connection, run)
        note_start(home, run)
        row = connection.execute("select started_by, started_by_user from audit.attempt").fetchall()
    assert row == [("netvaerdi run", "anne")]
    log = home.warehouse_file.with_name("access.log")
    assert (check(log).lines, check(log).intact) == (1, True)
    said = json.loads(log.read_text(encoding="ascii"))
    assert (said["who"], said["what"]) == ("anne", "run")
    assert said["details"] == {
        "run": "run-1",
        "by": "netvaerdi run",
        "as_of": "2026-09-30",
        "organisation": "AALBY",
        "accept_shrink": "yes",
    }


def test_a_warehouse_from_before_learns_to_keep_it(tmp_path):
    with open_warehouse(tmp_path / "lager.duckdb") as connection:
        begin_run(connection, Run("run-1", datetime(2026, 10, 1, tzinfo=UTC), date(2026, 9, 30)))
        connection.execute("alter table audit.attempt drop column started_by")
        connection.execute("alter table audit.attempt drop column started_by_user")
        run = Run("run-2", datetime(2026, 10, 2, tzinfo=UTC), date(2026, 9, 30), user="anne")
        begin_run(connection, run)
        rows = connection.execute("select run_id, started_by_user from audit.attempt order by 1").fetchall()
    assert rows == [("run-1", None), ("run-2", "anne")]
