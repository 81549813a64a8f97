"""A real Spark on loopback for as long as a command runs: master, workers and a Connect server.

Each is a process of its own, with a free port of its own, and all are gone afterwards::

    python -m tests.spark.cluster --server .venv-spark-server --workers 2 -- pytest -m spark

The command finds the server's address in ``NETVAERDI_SPARK_REMOTE``.
"""

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

REMOTE_VARIABLE = "NETVAERDI_SPARK_REMOTE"
SECONDS_TO_START = 120.0
SECONDS_TO_STOP = 15.0
# Small data and a short life: few partitions, and no second, costlier compilation of Spark's own code.
JAVA_OPTIONS = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
SERVER_SETTINGS = {
    "spark.sql.ansi.enabled": "true",
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.shuffle.partitions": "2",
    "spark.ui.enabled": "false",
    "spark.executor.extraJavaOptions": JAVA_OPTIONS,
    "spark.driver.extraJavaOptions": JAVA_OPTIONS,
    # With two partitions there is nothing to adapt to, and every stage would be planned anew.
    "spark.sql.adaptive.enabled": "false",
}


class ClusterError(RuntimeError):
    """The cluster did not come up; the message holds the end of the log of the process that failed."""


def free_port() -> int:
    """A port of the loopback address that nobody listens on just now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def answers(port: int) -> bool:
    """Whether somebody listens on the port."""
    with socket.socket() as caller:
        caller.settimeout(1)
        return caller.connect_ex(("127.0.0.1", port)) == 0


def server_environment(server: Path) -> dict[str, str]:
    """The variables by which Spark's own scripts find Java, Spark's files and the loopback address."""
    java = shutil.which("java")
    if java is None:
        raise ClusterError("no java; apt install openjdk-17-jre-headless")
    found = sorted(server.glob("lib/python3*/site-packages/pyspark/bin/spark-class"))
    if not found:
        raise ClusterError(f"no Spark in {server.name}; make test-spark installs it")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SPARK_", "PYSPARK_"))}
    return kept | {
        "JAVA_HOME": str(Path(java).resolve().parents[1]),
        "SPARK_HOME": str(found[0].parents[1]),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "PATH": f"{server / 'bin'}{os.pathsep}{os.environ['PATH']}",
    }


@dataclass
class Running:
    """A cluster that runs.

    Attributes:
        remote: The address of its Connect server, ``sc://127.0.0.1:port``.
        groups: The process groups it consists of.
    """

    remote: str = ""
    groups: set[int] = field(default_factory=set)

    def processor_seconds(self) -> float:
        """Processor time that all its processes have used so far."""
        return sum(_processor_seconds(stat, self.groups) for stat in Path("/proc").glob("[0-9]*/stat"))

    def resident_bytes(self) -> int:
        """Memory that all its processes hold now."""
        pages = sum(_resident_pages(stat, self.groups) for stat in Path("/proc").glob("[0-9]*/stat"))
        return pages * os.sysconf("SC_PAGE_SIZE")


def _fields(stat: Path) -> list[str]:
    """The fields after the name in parentheses; none where the process has just ended."""
    try:
        return stat.read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    except OSError:
        return []


def _processor_seconds(stat: Path, groups: set[int]) -> float:
    fields = _fields(stat)
    ticks = int(fields[11]) + int(fields[12]) if fields and int(fields[2]) in groups else 0
    return ticks / os.sysconf("SC_CLK_TCK")


def _resident_pages(stat: Path, groups: set[int]) -> int:
    fields = _fields(stat)
    return int(fields[21]) if fields and int(fields[2]) in groups else 0


@contextmanager
def process(
    name: str, command: Sequence[str], environment: dict[str, str], folder: Path
) -> Iterator[tuple[int, Path]]:
    """A process and all it starts, ended at the end; gives its group and the file of what it says."""
    log = folder / f"{name}.log"
    with log.open("wb") as said:
        started = subprocess.Popen(
            command, env=environment, cwd=folder, stdout=said, stderr=said, start_new_session=True
        )
    try:
        yield started.pid, log
    finally:
        for way in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(started.pid, way)
                started.wait(SECONDS_TO_STOP)
            except ProcessLookupError:
                break
            except subprocess.TimeoutExpired:
                continue
        started.wait(SECONDS_TO_STOP)


def wait_for(port: int, log: Path) -> None:
    """Until somebody listens. Raises :class:`ClusterError` when nobody does in time."""
    until = time.monotonic() + SECONDS_TO_START
    while not answers(port):
        if time.monotonic() > until:
            raise ClusterError(f"{log.stem} did not start:\n" + log.read_text(encoding="utf-8")[-3000:])
        time.sleep(0.2)


@contextmanager
def cluster(
    server: Path, *, workers: int = 2, memory: str = "1g", settings: dict[str, str] | None = None
) -> Iterator[Running]:
    """A Spark of one core a worker.

    Args:
        server: The environment that holds ``pyspark[connect]``.
        settings: Over :data:`SERVER_SETTINGS`.
    """
    running = Running()
    environment = server_environment(server.absolute())  # its processes stand in a folder of their own
    daemon = environment | {"SPARK_DAEMON_MEMORY": "384m", "SPARK_DAEMON_JAVA_OPTS": JAVA_OPTIONS}
    home = Path(environment["SPARK_HOME"])
    master_port, connect_port = free_port(), free_port()
    master = f"spark://127.0.0.1:{master_port}"
    run_class = [str(home / "bin" / "spark-class")]
    with tempfile.TemporaryDirectory(prefix="netvaerdi-spark-") as name, ExitStack() as stack:
        folder = Path(name)
        place = ["--host", "127.0.0.1", "--webui-port", "0"]

        def start(name: str, command: list[str], variables: dict[str, str]) -> Path:
            group, log = stack.enter_context(process(name, command, variables, folder))
            running.groups.add(group)
            return log

        command = [*run_class, "org.apache.spark.deploy.master.Master", *place, "--port", str(master_port)]
        wait_for(master_port, start("master", command, daemon))
        for number in range(1, workers + 1):
            limits = ["--cores", "1", "--memory", memory, "--work-dir", str(folder / f"work-{number}")]
            worker = [*run_class, "org.apache.spark.deploy.worker.Worker", *place, *limits, master]
            start(f"worker-{number}", worker, daemon)
        said = SERVER_SETTINGS | {
            "spark.connect.grpc.binding.port": str(connect_port),
            "spark.connect.grpc.binding.address": "127.0.0.1",
            "spark.sql.warehouse.dir": str(folder / "spark-warehouse"),
            "spark.local.dir": str(folder / "local"),
        }
        said |= settings or {}
        submit = [
            str(home / "bin" / "spark-submit"),
            *("--class", "org.apache.spark.sql.connect.service.SparkConnectServer", "--master", master),
            *("--driver-memory", "1g", "--executor-memory", memory, "--executor-cores", "1"),
            *(word for pair in said.items() for word in ("--conf", "=".join(pair))),
            "spark-internal",
        ]
        wait_for(connect_port, start("connect", submit, environment))
        running.remote = f"sc://127.0.0.1:{connect_port}"
        yield running


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command beside a cluster; its exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--server", type=Path, required=True, help="environment with pyspark[connect]")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--memory", default="1g", help="of each worker")
    parser.add_argument("command", nargs=argparse.REMAINDER, help="after --")
    told = parser.parse_args(arguments)
    for ending in (signal.SIGTERM, signal.SIGHUP):  # by an exception, so that every process is ended
        signal.signal(ending, lambda number, _: sys.exit(128 + number))
    command = told.command[1:] if told.command[:1] == ["--"] else told.command
    with cluster(told.server, workers=told.workers, memory=told.memory) as running:
        environment = os.environ | {REMOTE_VARIABLE: running.remote}
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
