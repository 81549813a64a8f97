"""Where a whole run's time goes: CPU seconds of this process beside wall seconds, step by step.

Run it on a quiet machine: ``python benchmarks/whole_run.py [runs]``. Each run makes the demo anew in a folder
that is thrown away, in a process of its own, so that every import counts. The reader, the judge of the
gates and what draws work in other processes; their CPU stands on a line of its own. Medians over the runs.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from benchmarks.record import Figure, conditions, number, record, told

ROOT = Path(__file__).resolve().parents[1]
ONE = "one"
LIMITS = {
    "whole run": ("hele demoen, nyt hjem / the whole demo, fresh home", 5.0),
    "again, nothing changed": ("intet ændret / nothing changed", 1.0),
}
SHOWN = ("dagster", "duckdb", "polars", "great-expectations", "altair", "vl-convert-python")


def one_run(home: str) -> dict[str, tuple[float, float]]:
    """Seconds of CPU and of wall of each step of one demo run in this process."""
    import logging

    from assets.collector import collect_seldom

    collect_seldom()  # as the command does

    spent: dict[str, tuple[float, float]] = {}
    now: list[str | float] = ["loading, demo files and plan", time.process_time(), time.perf_counter()]
    first = time.process_time(), time.perf_counter()

    def turn(step: str) -> None:
        cpu, wall = time.process_time(), time.perf_counter()
        before = spent.get(str(now[0]), (0.0, 0.0))
        spent[str(now[0])] = (before[0] + cpu - float(now[1]), before[1] + wall - float(now[2]))
        now[:] = [step, cpu, wall]

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            what, _, step = record.getMessage().partition(": ")
            if what == "step":
                turn(step)

    progress = logging.getLogger("netvaerdi.progress")
    progress.addHandler(Listener())
    from pipelines.command_demo import demo_command

    if demo_command(Path(home)) != 0:
        raise SystemExit("the demo did not go through")
    turn("end")
    from assets.gates.judge_process import HIRED as JUDGE
    from assets.reports.drawers import HIRED as DRAWERS

    JUDGE.close()
    DRAWERS.close()
    spent["whole run"] = (time.process_time() - first[0], time.perf_counter() - first[1])
    children = os.times()
    spent["reader, judge and drawers, beside it"] = (children.children_user + children.children_system, 0.0)
    return spent


def unchanged(home: str) -> tuple[float, float]:
    """Seconds of CPU and of wall of the command where nothing has changed."""
    before, start = os.times(), time.perf_counter()
    command = [sys.executable, "-c", "from pipelines.cli import main; main()", "run", "--home", home]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return cpu, time.perf_counter() - start


def main(runs: int) -> None:
    """Run, and print a table."""
    measured: dict[str, list[tuple[float, float]]] = {}
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as folder:
            home = f"{folder}/demo"
            said = subprocess.run(
                [sys.executable, __file__, ONE, home], check=True, capture_output=True, text=True, cwd=ROOT
            )
            for step, times in json.loads(said.stdout.splitlines()[-1]).items():
                measured.setdefault(step, []).append(tuple(times))
            measured.setdefault("again, nothing changed", []).append(unchanged(home))
    found = conditions(SHOWN, None, runs)
    print(told(found).replace("no seed: made by a formula", "the demo"))
    print("| step | CPU s | wall s |\n|---|---:|---:|")
    for step, times in measured.items():
        cpu, wall = (statistics.median(side) for side in zip(*times, strict=True))
        print(f"| {step} | {cpu:.2f} | {wall:.2f} |")
        if step in LIMITS:
            name, limit = LIMITS[step]
            note = f"{number(cpu)} CPU-s"
            record("python -m benchmarks.whole_run", found, [Figure(name, wall, "s", limit, note=note)])


if __name__ == "__main__":
    if sys.argv[1:2] == [ONE]:
        sys.path.insert(0, str(ROOT))
        print(json.dumps(one_run(sys.argv[2])))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
