"""Everything in ``deploy/`` installed as the page says, and every unit's own command run without rights."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.conftest import computed
from tests.faults.work import copied

__all__ = ("computed",)

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.namespace, pytest.mark.nginx, pytest.mark.root]


@pytest.fixture(scope="module")
def found(computed, tmp_path_factory):
    """What ``installed.py`` found."""
    home = copied(computed, tmp_path_factory.mktemp("installed"))
    (home.reports / "indeks.html").write_text("rapporten", encoding="utf-8")
    done = subprocess.run(
        ["unshare", "-mn", sys.executable, "-m", "tests.deploy.installed", home.root],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"XDG_CONFIG_HOME": str(home.root.parent)},
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_lines_of_the_page_install_it_and_make_the_home(found):
    assert [line.split()[0] for line in found["installed"]].count("install") == 4
    assert found["installed"][-1].endswith("netvaerdi init")
    assert {"netvaerdi.toml", "inbox", "dagster", "warehouse"} <= set(found["made"])


def test_the_units_that_a_timer_starts_end_well_and_the_backup_is_its_owners_alone(found):
    assert {unit: found[unit][0] for unit in ("backup", "retention", "doctor")} == {
        "backup": 0,
        "retention": 0,
        "doctor": 0,
    }, found
    assert found["backups"] == [["0o600", "netvaerdi"]]


def test_f46_readers_reach_a_server_that_changes_nothing_and_operations_the_other(found):
    assert "UnauthorizedError" in found["delete"]["anne"]
    assert "RunNotFoundError" in found["delete"]["ove"]
    assert [status for status, _ in found["refused"]] == [401, 403]
    assert ["<h1>Log ind" in found["refused"][0][1], "ikke adgang" in found["refused"][1][1]] == [True, True]
    assert found["reports"] == [200, "rapporten"]


def test_nobody_else_reads_who_asked_for_what(found):
    assert found["logs"] == ["0o750", ["web.log"]]


def test_f46_only_the_web_server_listens_beyond_the_machine_itself(found):
    outside = [place for place in found["listening"] if not place.startswith("0100007F:")]
    assert outside == ["00000000:01BB"]  # port 443
    assert {"0100007F:0BB8", "0100007F:0BB9"} <= set(found["listening"])  # 3000 and 3001


def test_the_daemon_is_well_and_no_service_has_rights_or_can_get_any(found):
    none = "0" * 16
    for rights in found["rights"].values():
        assert rights == {"Uid": "64900", "NoNewPrivs": "1", "CapEff": none, "CapBnd": none}
    assert set(found["ended"].values()) <= {0, 1, -2, 130}
