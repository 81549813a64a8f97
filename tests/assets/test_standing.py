"""A run is left out only where neither what it came from nor what it left has changed."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from assets.access_log import append
from assets.home import Home
from assets.request import RunRequest
from assets.run_summary import NOTHING
from assets.standing import forget, remember, sources, still_stands

SUMMARY = replace(NOTHING, rows_read=3, held=("b.xlsx",), content_hash="abc")
REPORTS = ("reports/by/2026Q3/rapport_da.html",)


@pytest.fixture
def home(tmp_path) -> Home:
    made = Home.create(tmp_path / "hjem")
    (made.inbox / "a.xlsx").write_bytes(b"rows")
    for file in (made.warehouse_file, made.database, made.root / REPORTS[0]):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"made")
    return made


@pytest.fixture
def request_(home) -> RunRequest:
    return RunRequest(home.inbox, date(2026, 9, 30))


def ran(home: Home, request: RunRequest) -> None:
    remember(home, request, sources(home, request), SUMMARY, REPORTS)


def test_what_a_run_said_stands_while_nothing_changes(home, request_):
    ran(home, request_)
    (home.dagster / "log").write_text("a log of the UI", encoding="utf-8")
    append(home.warehouse_file.with_name("access.log"), "why", {"table": "touchpoints"})  # somebody asked
    assert still_stands(home, sources(home, request_)) == (SUMMARY, REPORTS)


@pytest.mark.parametrize(
    "change",
    [
        lambda home: (home.inbox / "a.xlsx").write_bytes(b"rowz"),
        lambda home: (home.inbox / "a.xlsx").rename(home.inbox / "b.xlsx"),
        lambda home: (home.inbox / "c.csv").write_bytes(b""),
        lambda home: home.settings_file.write_text('languages = ["da"]', encoding="utf-8"),
        lambda home: (home.root / REPORTS[0]).unlink(),
        lambda home: os.utime(home.warehouse_file, ns=(1, 1)),
        lambda home: home.database.write_bytes(b"another"),
        lambda home: home.standing.write_text("{", encoding="utf-8"),
        forget,
    ],
    ids=["edit", "rename", "new", "settings", "report", "warehouse", "publication", "broken", "forgotten"],
)
def test_any_change_asks_for_a_whole_run(home, request_, change: Callable[[Home], object]):
    ran(home, request_)
    change(home)
    assert still_stands(home, sources(home, request_)) is None


def test_another_day_asks_for_a_whole_run(home, request_):
    ran(home, request_)
    assert still_stands(home, sources(home, replace(request_, as_of=date(2026, 10, 1)))) is None


def test_what_changed_while_the_run_was_at_work_is_not_taken_for_read(home, request_):
    before = sources(home, request_)
    (home.inbox / "a.xlsx").write_bytes(b"newer")
    remember(home, request_, before, SUMMARY, REPORTS)
    assert not home.standing.exists()


def test_the_way_through_an_unchanged_home_loads_nothing_heavy():
    heavy = ["dagster", "great_expectations", "altair", "polars", "pandas", "pyarrow"]
    listed = f"[name for name in {heavy} if name in sys.modules]"
    code = f"import sys, json, pipelines.command_run; print(json.dumps({listed}))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(told.stdout) == []
