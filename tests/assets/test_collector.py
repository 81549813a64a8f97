"""A process that works for a while and then ends."""

import subprocess
import sys

ENDING = """
import atexit, gc
from assets.collector import SELDOM, collect_seldom
atexit.register(lambda: print(gc.get_threshold() == SELDOM, gc.get_freeze_count() > 1000))
collect_seldom()
print(gc.get_freeze_count())
"""


def test_a_process_looks_seldom_and_at_its_end_has_nothing_left_to_look_through():
    said = subprocess.run(
        [sys.executable, "-c", ENDING], capture_output=True, text=True, check=True, timeout=60
    ).stdout
    assert said.splitlines() == ["0", "True True"]
