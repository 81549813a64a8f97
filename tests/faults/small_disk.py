"""A whole run on a real disk that is too small, then on one that is not; for a mount namespace of its own.

``unshare -rm python -m tests.faults.small_disk HOME FOLDER PARTS …``: each time the home is copied onto a
small tmpfs with a part of the room its run needs, a number from 0 to 1; ``0.1+0.6`` is first that, and where
that run broke off the other. Then there is room, and the next run must mend it all. One line of JSON for each
part says what the run said, and whether the publication before still stands. Where something that must hold
does not, this ends with an error.
"""

import json
import multiprocessing
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

from assets.home import Home
from assets.layers.failures import describe
from assets.operations.space import at_work_in
from benchmarks.chain import whole_run
from benchmarks.soak_checks import check_after_kill, check_after_run, published_hash

PLENTY = "1g"
AS_OF = date(2026, 9, 30)


def run(home: Home) -> str:
    """Run in a process of its own; what it said where it broke off, '' where it went well."""
    ours, theirs = multiprocessing.Pipe(duplex=False)
    child = multiprocessing.get_context("fork").Process(target=_run, args=(home, theirs))
    child.start()
    theirs.close()
    said = str(ours.recv())
    child.join()
    return said


def _run(home: Home, told) -> None:
    try:
        with at_work_in(home):
            whole_run(home, AS_OF)
            told.send("")
    except Exception as error:
        with at_work_in(home):
            told.send(str(describe(error)))


def used(disk: Path) -> int:
    """Bytes in use on a disk of its own."""
    return shutil.disk_usage(disk).used


def mount(disk: Path, size: str) -> None:
    """A disk of that size, empty, or the one that is there made so large."""
    options = f"remount,size={size}" if disk.is_mount() else f"size={size}"
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "none", disk], check=True)


def main(source: Path, folder: Path, disks: list[list[float]]) -> None:
    """Find out what a run needs, then give it less."""
    disk = folder / "disk"
    disk.mkdir()
    before = published_hash(Home(source))
    mount(disk, PLENTY)
    home = Home(Path(shutil.copytree(source, disk / "home")))
    at_start = used(disk)
    assert run(home) == ""
    room = used(disk) - at_start
    after = published_hash(home)
    for parts in disks:
        shutil.rmtree(home.root)
        shutil.copytree(source, home.root)
        for part in parts:
            mount(disk, str(used(disk) + int(part * room)))
            said = run(home)
            stands = check_after_kill(home, before, set())
            assert stands in (before, after)
            found = {"part": part, "room": room, "said": said, "old": stands == before}
            sys.stdout.write(json.dumps(found) + "\n")
        mount(disk, PLENTY)
        again = run(home)
        assert again == "", again
        check_after_run(home, home.inbox)
        assert published_hash(home) == after
    subprocess.run(["umount", disk], check=True)


if __name__ == "__main__":
    main(
        Path(sys.argv[1]),
        Path(sys.argv[2]),
        [[float(part) for part in given.split("+")] for given in sys.argv[3:]],
    )
