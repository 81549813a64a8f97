"""A folder that is costly to make, made once for all processes of a test run, and a copy of it for each."""

import fcntl
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """This process's own copy of a folder; whichever process comes first makes it, any other waits.

    Args:
        make: Makes the folder at the path it is given, in which nothing may hold its own path.
    """
    base = factory.getbasetemp()
    shared = base.parent if base.name.startswith("popen-") else base  # side by side: one folder above
    made = shared / f"once-{name}"
    with (shared / f"once-{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            making = shared / f"once-{name}.making"
            shutil.rmtree(making, ignore_errors=True)
            make(making)
            making.rename(made)
        return Path(shutil.copytree(made, factory.mktemp(name) / "home"))
