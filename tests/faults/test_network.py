"""The whole run where there is no network: it goes through, and nothing even tries to reach out (G)."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.soak_checks import check_after_run
from tests.faults.work import content_of, copied, do

ROOT = Path(__file__).resolve().parents[2]
RUN = "from pipelines.cli import main; main()"
# A name server or another machine; a socket of this machine's own (AF_UNIX) reaches nobody.
REACHING = re.compile(r"(?:connect|sendto|sendmsg)\(\d+.*(?:AF_INET6?|sin_addr)")


@pytest.fixture(scope="module")
def alone(computed, tmp_path_factory):
    """The command's run in a network of its own without an interface, and the calls that name an address."""
    folder = tmp_path_factory.mktemp("alone")
    home = copied(computed, folder)
    log = folder / "calls"
    command = ["strace", "-f", "-qq", "-e", "trace=connect,sendto,sendmsg", "-o", log]
    command += [sys.executable, "-c", RUN, "run", "--home", home.root, "--as-of", "2026-09-30"]
    done = subprocess.run(
        ["unshare", "-rn", *command],
        cwd=ROOT,
        env=os.environ | {"XDG_CONFIG_HOME": str(folder / "config")},
        capture_output=True,
        text=True,
        check=False,
    )
    return home, done, log.read_text(encoding="utf-8", errors="replace")


pytestmark = [pytest.mark.namespace, pytest.mark.strace]


def test_the_whole_run_goes_through_without_a_network(alone):
    home, done, _ = alone
    assert done.returncode in (0, 1), done.stderr  # 1: a file of the inbox was set aside
    assert "Offentliggjort: " in done.stdout, done.stdout + done.stderr
    assert list(home.reports.rglob("vaerdiskabelsesrapport_da.html"))


def test_no_process_of_the_run_tries_to_reach_any_address(alone):
    calls = alone[2].splitlines()
    assert [call for call in calls if REACHING.search(call)] == []


def test_the_calls_are_seen_where_something_does_reach_out(tmp_path):
    log = tmp_path / "calls"
    reach = "import socket; s = socket.socket(); s.settimeout(1); s.connect_ex(('203.0.113.9', 80))"
    subprocess.run(
        [
            "unshare",
            "-rn",
            "strace",
            "-f",
            "-qq",
            "-e",
            "trace=connect",
            "-o",
            log,
            sys.executable,
            "-c",
            reach,
        ],
        check=True,
    )
    assert any(REACHING.search(line) for line in log.read_text(encoding="utf-8").splitlines())


def test_the_run_brought_a_warehouse_that_says_no_version_to_todays_after_a_copy(alone):
    home = alone[0]
    (copy,) = home.root.parent.glob("home-v1-*.tar.gz")
    assert f"netvaerdi restore {copy}" in "".join((alone[1].stdout + alone[1].stderr).split("\n"))
    check_after_run(home, home.inbox)


def test_the_chain_of_the_soak_publishes_what_the_command_publishes(alone, computed, tmp_path):
    home = copied(computed, tmp_path)
    assert do("run", home)[2] == ""
    assert content_of(home) == content_of(alone[0])
