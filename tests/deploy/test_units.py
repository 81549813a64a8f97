"""The systemd units: every service is shut in, and the timers name services that are there."""

import configparser
import re
import subprocess
import sys
from pathlib import Path

import pytest

from assets.people.roles import products

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
SERVICES = sorted(path.name for path in (DEPLOY / "systemd").glob("*.service"))
SHUT_IN = {
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "CapabilityBoundingSet": "",
    "RestrictNamespaces": "yes",
    "User": "netvaerdi",
}


def settings(name):
    """The last value of each setting of a unit's service."""
    read = configparser.RawConfigParser(strict=False)
    read.optionxform = str
    read.read(DEPLOY / "systemd" / name, encoding="utf-8")
    return dict(read["Service"])


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_is_shut_in_and_has_limits(name):
    given = settings(name)
    assert {key: given[key] for key in SHUT_IN} == SHUT_IN
    assert re.fullmatch(r"\d+G", given["MemoryMax"])


@pytest.mark.parametrize("name", SERVICES)
def test_who_publishes_may_give_files_to_the_groups_and_nobody_else_shares_with_any(name):
    """What is shared is made readable by its group from the first moment: folders hand their group down."""
    publishes = name.split("-")[1].split(".")[0] in ("daemon", "operate", "retention")
    groups = sorted({product.group for product in products() if product.group})
    given = settings(name)
    assert given["UMask"] == ("0027" if publishes else "0077")
    assert sorted(given.get("SupplementaryGroups", "").split()) == (groups if publishes else [])
    assert given["Group"] == "netvaerdi"


@pytest.mark.parametrize("name", [name for name in SERVICES if "-h " in settings(name)["ExecStart"]])
def test_a_webserver_listens_on_the_machine_itself_only(name):
    assert "-h 127.0.0.1 " in settings(name)["ExecStart"]


def test_only_the_server_for_operations_takes_mutations():
    servers = {
        name: settings(name)["ExecStart"] for name in SERVICES if "webserver" in settings(name)["ExecStart"]
    }
    assert [name for name, start in servers.items() if "--read-only" not in start] == [
        "netvaerdi-operate.service"
    ]


def test_every_timer_has_its_service_and_catches_up_after_a_stop():
    timers = sorted((DEPLOY / "systemd").glob("*.timer"))
    assert timers
    for timer in timers:
        assert timer.with_suffix(".service").name in SERVICES
        assert "Persistent=yes" in timer.read_text(encoding="utf-8")


@pytest.mark.systemd
def test_systemd_itself_finds_no_fault_in_the_units_and_little_that_they_expose(tmp_path):
    for unit in (DEPLOY / "systemd").iterdir():
        text = unit.read_text(encoding="utf-8").replace("/opt/netvaerdi/.venv", sys.prefix)
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    units = sorted(tmp_path.iterdir())
    verify = ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", *units]
    done = subprocess.run(verify, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    exposed = ["systemd-analyze", "security", "--offline=true", "--no-pager", "--threshold=20"]
    for service in units:
        if service.suffix == ".service":  # 2.0 of 10; what remains is the network that Dagster serves on
            subprocess.run([*exposed, service], check=True, capture_output=True)
