"""How a cluster is started and stopped, without one."""

import os
import sys
import time
from pathlib import Path

import pytest

from tests.spark import cluster
from tests.spark.cluster import (
    ClusterError,
    Running,
    answers,
    free_port,
    process,
    server_environment,
    wait_for,
)

PARENT = (
    "import subprocess, sys, time\n"
    "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
    "print(child.pid, flush=True)\n"
    "time.sleep(600)\n"
)


def alive(pid: int) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return False
    return stat.rsplit(")", 1)[1].split()[0] != "Z"


def test_a_process_ends_with_all_it_started(tmp_path):
    with process("parent", [sys.executable, "-c", PARENT], dict(os.environ), tmp_path) as (group, log):
        while not (said := log.read_text(encoding="utf-8")).endswith("\n"):
            time.sleep(0.02)
        child = int(said)
        running = Running(groups={group})
        assert alive(child)
        assert running.resident_bytes() > 0
    while alive(child):
        time.sleep(0.02)
    assert not alive(group)


def test_processor_time_is_that_of_the_cluster_alone(tmp_path):
    busy = "total = sum(range(3_000_000)); print(total, flush=True); import time; time.sleep(600)"
    with process("busy", [sys.executable, "-c", busy], dict(os.environ), tmp_path) as (group, log):
        while not log.read_text(encoding="utf-8"):
            time.sleep(0.02)
        assert Running(groups={group}).processor_seconds() > 0
        assert Running(groups={-1}).processor_seconds() == 0


def test_a_server_that_does_not_start_is_told_with_the_end_of_its_log(tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "SECONDS_TO_START", 0)
    (tmp_path / "master.log").write_text("no memory", encoding="utf-8")
    with pytest.raises(ClusterError, match="master did not start:\nno memory"):
        wait_for(free_port(), tmp_path / "master.log")


def test_a_port_just_found_free_answers_nobody():
    assert not answers(free_port())


def test_an_environment_without_spark_says_what_installs_it(tmp_path, monkeypatch):
    monkeypatch.setattr(cluster.shutil, "which", lambda name: "/usr/bin/java")
    with pytest.raises(ClusterError, match="make test-spark installs it"):
        server_environment(tmp_path)


def test_a_machine_without_java_says_what_installs_it(tmp_path, monkeypatch):
    monkeypatch.setattr(cluster.shutil, "which", lambda name: None)
    with pytest.raises(ClusterError, match="apt install openjdk-17-jre-headless"):
        server_environment(tmp_path)
