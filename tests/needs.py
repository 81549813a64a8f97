"""What some tests need that a machine may not have, and what is said when it is not there.

A test whose need is not met is deselected, never skipped, and the summary says why. On the build server
(``CI`` is set) a missing program is a fault of the set-up, so there the whole run stops instead.
"""

import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import pytest


@dataclass(frozen=True)
class Need:
    """A marker, when its tests can run, and how to make them run.

    Attributes:
        stops_ci: Where ``CI`` is set, its absence stops the run.
    """

    marker: str
    met: Callable[[pytest.Config], bool]
    remedy: str
    stops_ci: bool = True


def _program(*names: str) -> Callable[[pytest.Config], bool]:
    return lambda config: any(shutil.which(name) for name in names)


def _named(marker: str) -> Callable[[pytest.Config], bool]:
    """Met where the tests are asked for by name, as in ``pytest -m soak``."""
    return lambda config: marker in (config.getoption("markexpr") or "")


@cache
def _own_namespaces() -> bool:
    """Whether this machine lets us have mounts and a network of our own."""
    program = shutil.which("unshare")
    return program is not None and subprocess.run([program, "-rmn", "true"], check=False).returncode == 0


@cache
def _other_accounts() -> bool:
    """Whether we may mount in a namespace of our own and become another account in it."""
    return os.geteuid() == 0 and subprocess.run(["unshare", "-mn", "true"], check=False).returncode == 0


NEEDS = (
    Need(
        "golden",
        lambda config: bool(os.environ.get("NETVAERDI_GOLDEN")),
        "set NETVAERDI_GOLDEN to the folder of the answer keys",
    ),
    Need(
        "realdata",
        lambda config: bool(os.environ.get("NETVAERDI_REALDATA")),
        "set NETVAERDI_REALDATA to the folder of the real files",
    ),
    Need("chromium", _program("chromium"), "apt install chromium"),
    Need("libreoffice", _program("soffice", "localc"), "apt install libreoffice-calc"),
    Need("nginx", _program("nginx", "/usr/sbin/nginx"), "apt install nginx-light"),
    Need("logrotate", _program("logrotate", "/usr/sbin/logrotate"), "apt install logrotate"),
    Need("strace", _program("strace"), "apt install strace"),
    Need(
        "namespace", lambda config: _own_namespaces(), "allow user namespaces (unshare -rmn), or run as root"
    ),
    Need("systemd", _program("systemd-analyze"), "apt install systemd"),
    Need("root", lambda config: _other_accounts(), "run as root, to become the services' account", False),
    Need(
        "spark",
        lambda config: bool(os.environ.get("NETVAERDI_SPARK_REMOTE")),
        "set NETVAERDI_SPARK_REMOTE to a Spark Connect server",
        stops_ci=False,
    ),
    Need(
        "threesixty",
        lambda config: bool(os.environ.get("NETVAERDI_360GIVING")),
        "set NETVAERDI_360GIVING to the folder of the schema files of the 360Giving Data Standard",
        stops_ci=False,
    ),
    Need("soak", _named("soak"), "pytest -m soak", stops_ci=False),
)


def unmet(config: pytest.Config, markers: set[str]) -> list[Need]:
    """The needs of these markers that this machine does not meet."""
    return [need for need in NEEDS if need.marker in markers and not need.met(config)]


def deselect_unmet(config: pytest.Config, items: list[pytest.Item]) -> dict[Need, int]:
    """Take the tests that cannot run out of ``items``; how many each need took.

    Raises:
        pytest.UsageError: ``CI`` is set and something is missing that the build server must have.
    """
    taken: dict[Need, int] = {}
    kept = []
    for item in items:
        missing = unmet(config, {mark.name for mark in item.iter_markers()})
        for need in missing[:1]:
            taken[need] = taken.get(need, 0) + 1
        if not missing:
            kept.append(item)
    faults = [need for need in taken if need.stops_ci]
    if faults and os.environ.get("CI") == "true":
        raise pytest.UsageError(
            "; ".join(f"{taken[need]} tests marked {need.marker}: {need.remedy}" for need in faults)
        )
    if taken:
        gone = [item for item in items if item not in set(kept)]
        config.hook.pytest_deselected(items=gone)
        items[:] = kept
    return taken


def summary_lines(taken: dict[Need, int]) -> list[str]:
    """What the end of a run says of the tests it left out."""
    return [
        f"{count} tests marked {need.marker} were left out; to run them: {need.remedy}"
        for need, count in sorted(taken.items(), key=lambda pair: pair[0].marker)
    ]


def write_counts(taken: dict[Need, int]) -> dict[str, int]:
    """The counts in a form that travels between processes."""
    return {need.marker: count for need, count in taken.items()}


def read_counts(written: dict[str, int]) -> dict[Need, int]:
    """The counts as :func:`write_counts` wrote them."""
    return {need: written[need.marker] for need in NEEDS if need.marker in written}
