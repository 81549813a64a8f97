"""Command, Dagster's UI and its daemon at once on one home: one works, the others wait and say for whom."""

import os
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from assets.home import Home
from assets.publication.verify import verify
from assets.writer import hold_writer

ROOT = Path(__file__).resolve().parents[2]
COMMAND = "from pipelines.cli import main; main()"
OTHER = """
import sys
from pathlib import Path
from assets.home import Home
from pipelines.execution import execute
from pipelines.resources import run_config
home, inbox = sys.argv[1:]
outcome = execute(Home(Path(home)), run_config(home=home, inbox=inbox, as_of="2026-09-30"), "Dagster")
sys.exit(0 if outcome.success else 1)
"""


def begin(log, *line):
    """Start a process whose words go to a file."""
    with log.open("w", encoding="utf-8") as words:
        return subprocess.Popen(
            [sys.executable, *map(str, line)],
            stdout=words,
            stderr=subprocess.STDOUT,
            cwd=ROOT,
        )


def wait_for(log, words):
    """Wait until a process has said something."""
    for _ in range(2_400):
        said = " ".join(log.read_text(encoding="utf-8").split())
        if words in said:
            return
        time.sleep(0.1)
    raise AssertionError(said)


@pytest.fixture
def at_once(tmp_path, tiny):
    """What the command and a run of the UI said, both started while the daemon's run was at work."""
    home = Home.create(tmp_path / "hjem")
    logs = tmp_path / "kommando", tmp_path / "dagster"
    asked = ("run", "--home", home.root, "--inbox", tiny, "--as-of", "2026-09-30")
    with hold_writer(home, "new_delivery"):
        started = [
            begin(logs[0], "-c", COMMAND, *asked),
            begin(logs[1], "-c", OTHER, home.root, tiny),
        ]
        for log in logs:
            wait_for(log, f"Venter på new_delivery (proces {os.getpid()}), i gang siden")
    return home, [process.wait(600) for process in started], [log.read_text(encoding="utf-8") for log in logs]


def test_the_command_and_the_ui_wait_for_the_daemon_then_work_one_after_the_other(at_once):  # F35
    home, ended, said = at_once
    assert ended == [0, 0], said
    assert verify(home.root).ok
    with duckdb.connect(str(home.database), read_only=True) as connection:
        hashes = connection.execute("select content_hash from audit.publication").fetchall()
    assert len(hashes) == 2 and len(set(hashes)) == 1
    with duckdb.connect(str(home.warehouse_file), read_only=True) as connection:
        attempts = connection.execute(
            "select started_by, state, started_at, ended_at from audit.attempt order by started_at"
        ).fetchall()
    assert {attempt[0] for attempt in attempts} == {"netvaerdi run", "Dagster"}
    assert [attempt[1] for attempt in attempts] == ["done", "done"]
    assert attempts[0][3] <= attempts[1][2]
