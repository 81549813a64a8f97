"""The whole run where there is no network, its calls to the system written down.

It goes through, nothing even tries to reach out (G), and what takes a name is on disk before and after.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.soak_checks import check_after_run
from tests.faults.work import content_of, copied

ROOT = Path(__file__).resolve().parents[2]
CALLS = "connect,sendto,sendmsg,fsync,fdatasync,rename,renameat,renameat2"
RUN = "from pipelines.cli import main; main()"
# A name server or another machine; a socket of this machine's own (AF_UNIX) reaches nobody.
REACHING = re.compile(r"(?:connect|sendto|sendmsg)\(\d+.*(?:AF_INET6?|sin_addr)")
RENAMED = re.compile(r'rename(?:at2?)?\((?:\S+, )?"([^"]+)", (?:\S+, )?"([^"]+)".* = 0$')
SYNCED = re.compile(r"f(?:data)?sync\(\d+<([^>]+)>")
SOON = 12  # calls of all processes at work


@pytest.fixture(scope="module")
def alone(computed, tmp_path_factory):
    """The command's run in a network of its own without an interface, and the calls that name an address."""
    folder = tmp_path_factory.mktemp("alone")
    home = copied(computed, folder)
    log = folder / "calls"
    command = ["strace", "-f", "-qq", "-y", "--seccomp-bpf", "-s", "400", "-e", f"trace={CALLS}", "-o", log]
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


def test_what_takes_a_name_in_the_home_is_synced_before_and_its_folder_right_after(alone):
    home, calls = alone[0], alone[2].splitlines()
    synced = [(at, found[1]) for at, call in enumerate(calls) if (found := SYNCED.search(call))]
    named, wrong = set(), []
    for at, call in enumerate(calls):
        found = RENAMED.search(call)
        if found is None or not found[2].startswith(f"{home.root}/") or Path(found[2]).is_dir():
            continue
        named.add(Path(found[2]).relative_to(home.root).parts[0])
        before = any(when < at and path == found[1] for when, path in synced)
        after = any(at < when < at + SOON and path == str(Path(found[2]).parent) for when, path in synced)
        if not (before and after):
            wrong.append(found[2])
    assert wrong == []
    assert {"archive", "warehouse", "marked", "published", "reports"} <= named


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


def test_the_chain_of_the_soak_publishes_what_the_command_publishes(alone, finished):
    assert content_of(finished[0]) == content_of(alone[0])
