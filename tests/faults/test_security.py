"""Hostile text in a real browser and a real spreadsheet program, and the UI's server: F43, F44, F46, F48."""

import csv
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from assets.access_log import append, check
from assets.home import Home
from assets.reports.management_report import write_management_report
from assets.reports.published import read_published
from assets.reports.report_workbook import report_workbook
from assets.reports.words import Words
from pipelines.instance import prepare_instance
from tests.assets.reports.conftest import Publication, whole

RUN = "document.title='ramt'"
HOSTILE = f'</title></style></script><script>{RUN}</script><img src=x onerror="{RUN}">'
FETCHES = "<img src='http://203.0.113.9/x.png'><link rel=stylesheet href=file:///etc/passwd>"
FORMULAS = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "=cmd|'/c calc'!A1"]


@pytest.fixture(scope="module")
def hostile_report(tmp_path_factory):
    """A report of a publication whose texts are hostile."""
    folder = tmp_path_factory.mktemp("fjendtlig")
    publication = whole(Publication()).network("N-<2>", title=HOSTILE, challenge=FETCHES)
    publication.rows["main.value_records"][0] |= {"measure": HOSTILE, "unit": FETCHES}
    database = publication.write(folder / "published.duckdb")
    return write_management_report(database, folder, "AALBY", "2025Q1", "da")


@pytest.mark.chromium
def test_f43_f48_hostile_text_does_nothing_and_fetches_nothing_in_a_real_browser(hostile_report, browser):
    asked, dialogs = [], []
    with browser.new_page() as page:
        page.on("request", lambda request: asked.append(request.url))
        page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
        page.goto(hostile_report.as_uri())
        title, body = page.title(), page.inner_text("body")
        scripts = page.evaluate("document.querySelectorAll('script, img, link').length")
    assert "ramt" not in title
    assert scripts == 0
    assert "<img src=x onerror=" in body
    assert [url for url in asked if not url.startswith((hostile_report.as_uri(), "data:"))] == []
    assert dialogs == []


@pytest.mark.libreoffice
def test_f44_text_that_looks_like_a_formula_is_text_in_a_real_spreadsheet_program(tmp_path):
    publication = whole(Publication())
    for number, text in enumerate(FORMULAS):
        publication.network(f"N-F{number}", title=text)
    database = publication.write(tmp_path / "published.duckdb")
    book = tmp_path / "rapport.xlsx"
    book.write_bytes(report_workbook(read_published(database, "AALBY", "2025Q1"), Words("da")))
    every_sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    subprocess.run(
        [
            shutil.which("soffice") or shutil.which("localc"),
            f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}",
            *("--headless", "--convert-to", every_sheet, "--outdir", tmp_path, book),
        ],
        check=True,
        capture_output=True,
        timeout=240,
    )
    shown = {
        cell
        for path in tmp_path.glob("rapport-*.csv")
        for row in csv.reader(path.read_text(encoding="utf-8").splitlines())
        for cell in row
    }
    assert {text.strip() for text in FORMULAS} <= {cell.strip() for cell in shown}
    assert any(cell.replace(".", "").isdigit() for cell in shown)


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def post(port, query):
    """Ask the server's GraphQL."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/graphql",
        json.dumps({"query": query}).encode(),
        {"Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        return {"status": error.code, "said": error.read().decode()}


@pytest.fixture
def reading_server(tmp_path):
    """Dagster's webserver as readers get it, on a home of its own, with the smallest of definitions."""
    home = Home.create(tmp_path / "hjem")
    prepare_instance(home)
    small = tmp_path / "lille.py"
    small.write_text(
        "import dagster as dg\n@dg.op\ndef intet(): pass\n@dg.job\ndef kun_et():\n    intet()\n"
        "defs = dg.Definitions(jobs=[kun_et])\n",
        encoding="utf-8",
    )
    port = free_port()
    command = [sys.executable, "-m", "dagster_webserver", "--read-only", "-h", "127.0.0.1", "-p", str(port)]
    with subprocess.Popen(
        [*command, "-f", str(small)],
        env=os.environ | {"DAGSTER_HOME": str(home.dagster)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=tmp_path,
    ) as server:
        for _ in range(240):
            try:
                post(port, "{version}")
                break
            except OSError:
                time.sleep(0.5)
        yield port
        server.terminate()


SCHEMA = """{__schema {mutationType {fields {name args {...Given}
type {kind ofType {kind}}}} types {name kind
enumValues {name} inputFields {...Given}}}}
fragment Given on __InputValue {name defaultValue type {kind name ofType {kind name ofType {kind name
ofType {kind name}}}}}"""
# Whether the UI's greeting was seen, which is nothing of a run; these two answer for each run they are given.
NOTHING_OF_A_RUN = {"setNuxSeen"}
FOR_EACH_RUN = {"launchMultipleRuns", "terminateRuns"}
JOB = '{selector: {repositoryName: "__repository__", repositoryLocationName: "lille.py", jobName: "kun_et"}}'
RUNS_THAT_ARE_THERE = (
    f"launchRun(executionParams: {JOB}) {{__typename}}",
    f"launchMultipleRuns(executionParamsList: [{JOB}]) "
    "{... on LaunchMultipleRunsResult {launchMultipleRunsResult {__typename}}}",
)
PLAIN = {"String": '"x"', "ID": '"x"', "Int": "1", "Float": "1.0", "Boolean": "true"}


def made_up(given, types):
    """A value for an argument of GraphQL that must be given, with only what must be given in it."""
    of = given["ofType"] if given["kind"] == "NON_NULL" else given
    if of["kind"] == "LIST":
        return f"[{made_up(of['ofType'], types)}]"
    if of["kind"] == "ENUM":
        return types[of["name"]]["enumValues"][0]["name"]
    if of["kind"] == "INPUT_OBJECT":
        return f"{{{arguments(types[of['name']]['inputFields'], types)}}}"
    return PLAIN.get(of["name"], "{}")


def arguments(fields, types):
    needed = [one for one in fields if one["type"]["kind"] == "NON_NULL" and one["defaultValue"] is None]
    return ", ".join(f"{one['name']}: {made_up(one['type'], types)}" for one in needed)


def test_f46_the_read_only_server_answers_questions_and_refuses_every_mutation(reading_server):
    schema = post(reading_server, SCHEMA)["data"]["__schema"]
    types = {one["name"]: one for one in schema["types"]}
    answers = {}
    for mutation in schema["mutationType"]["fields"]:
        given = arguments(mutation["args"], types)
        called = f"{mutation['name']}({given})" if given else mutation["name"]
        plain = "SCALAR" in (mutation["type"]["kind"], (mutation["type"]["ofType"] or {}).get("kind"))
        said = post(reading_server, f"mutation {{{called}{'' if plain else ' {__typename}'}}}")
        told = (said.get("data") or {}).get(mutation["name"])
        answers[mutation["name"]] = told if isinstance(told, dict) else said
    refused = {name for name, said in answers.items() if "UnauthorizedError" in str(said)}
    assert {"deleteRun", "wipeAssets", "reloadWorkspace", "shutdownRepositoryLocation"} <= refused
    # The others look first for what was named, and a made-up name is found nowhere.
    unknown = {name for name, said in answers.items() if "PythonError" in str(said)}
    assert answers.keys() - refused - unknown <= NOTHING_OF_A_RUN | FOR_EACH_RUN
    for called in RUNS_THAT_ARE_THERE:
        assert "UnauthorizedError" in str(post(reading_server, f"mutation {{{called}}}"))
    assert post(reading_server, "{runsOrError {... on Runs {count}}}") == {
        "data": {"runsOrError": {"count": 0}}
    }


def test_f47_no_name_forges_a_line_of_the_log(tmp_path):
    log = tmp_path / "access.log"
    append(log, "sql", {"file": 'a\n{"line": 2, "what": "forged"}\r\n\x1b[2J'})
    append(log, "sql", {"file": "b"})
    assert (check(log).lines, check(log).intact) == (2, True)
    assert "\x1b" not in log.read_text(encoding="utf-8")
    assert len(log.read_text(encoding="utf-8").splitlines()) == 2
    assert Path(log).stat().st_mode & 0o077 == 0
