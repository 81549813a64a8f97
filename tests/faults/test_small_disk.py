"""Real disks that are too small for a run: F29 and F30."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EVERY = [str(max(number, 0.4) / 20) for number in range(20)]
FEW = ["0.02+0.6"]


@pytest.mark.namespace
def test_f29_f30_on_a_disk_too_small_the_old_or_the_new_stands_and_with_room_the_next_run_mends(
    computed, tmp_path
):
    disks = EVERY if os.environ.get("NETVAERDI_EVERY_STEP") else FEW
    done = subprocess.run(
        ["unshare", "-rm", sys.executable, "-m", "tests.faults.small_disk", computed.root, tmp_path, *disks],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [str(one["part"]) for one in found] == "+".join(disks).split("+")
    for one in found:
        assert "Disken er fuld: " in one["said"], one
        assert " MB fri i " in one["said"] and "en kørsel skal bruge op til" in one["said"], one
    assert found[0]["old"], "too small from the start, and yet something new was published"
