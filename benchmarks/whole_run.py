"""Where a whole run's time goes: CPU seconds of this process beside wall seconds, step by step.

Run it on a quiet machine: ``python benchmarks/whole_run.py [runs]``. Each run finds the demo's spreadsheets
in a new home and does it all, from reading to report, in a process of its own, so that every import counts.
The reader, the judge of the gates and what draws work in other processes; their CPU stands on a line of its
own. Beside it the bare stack, each in a process of its own: 25 assets of Dagster that do nothing, on the
storage of a new home, and the import of Great Expectations. Medians over the runs.
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
ONE, HOME, BARE = "one", "home", "bare"
ASSETS = 25
BARE_STACK = f"Dagster, {ASSETS} empty assets"
GATES_STACK = "import of Great Expectations"
LIMITS: dict[str, tuple[str, float | None]] = {
    "whole run": ("hele kørslen, nyt hjem / the whole run, new home", 5.0),
    "again, nothing changed": ("intet ændret / nothing changed", 1.0),
    BARE_STACK: (f"Dagster alene, {ASSETS} tomme aktiver / Dagster alone, {ASSETS} empty assets", None),
    GATES_STACK: ("Great Expectations, kun importen / Great Expectations, the import alone", None),
}
COMMAND = "from pipelines.cli import main; main()"
SHOWN = ("dagster", "duckdb", "polars", "great-expectations", "altair", "vl-convert-python")


def make_home(home: Path) -> None:
    """A new home with the demo's settings and its spreadsheets in the inbox."""
    from assets.demo.municipality import write_demo
    from assets.home import Home
    from pipelines.command_demo import SETTINGS

    made = Home.create(home)
    with made.settings_file.open("a", encoding="utf-8") as file:
        file.write(SETTINGS)
    write_demo(made.inbox)


def bare_stack(folder: Path) -> None:
    """So many assets that do nothing, a step each, in this process."""
    from assets.home import Home
    from benchmarks.dagster_overhead import QUIET, steps
    from pipelines.instance import open_instance

    job = steps(ASSETS).resolve_job_def("everything")
    with open_instance(Home.create(folder / "bare")) as instance:
        if not job.execute_in_process(instance=instance, run_config=QUIET).success:
            raise SystemExit("the empty assets did not go through")


def one_run(home: str) -> dict[str, tuple[float, float]]:
    """Seconds of CPU and of wall of each step of one run in this process."""
    import logging

    from assets.collector import collect_seldom

    collect_seldom()  # as the command does

    spent: dict[str, tuple[float, float]] = {}
    now: list[str | float] = ["loading and plan", time.process_time(), time.perf_counter()]
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
    from pipelines.command_run import run_command

    if run_command(Path(home)) != 0:
        raise SystemExit("the run did not go through")
    turn("end")
    from assets.gates.judge_process import HIRED as JUDGE
    from assets.reports.drawers import HIRED as DRAWERS

    JUDGE.close()
    DRAWERS.close()
    spent["whole run"] = (time.process_time() - first[0], time.perf_counter() - first[1])
    children = os.times()
    spent["reader, judge and drawers, beside it"] = (children.children_user + children.children_system, 0.0)
    return spent


def of_process(*arguments: str) -> tuple[float, float]:
    """Seconds of CPU and of wall of a process of this Python."""
    before, start = os.times(), time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True, cwd=ROOT)
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return cpu, time.perf_counter() - start


def main(runs: int) -> None:
    """Run, and print a table."""
    measured: dict[str, list[tuple[float, float]]] = {}
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as folder:
            home = f"{folder}/demo"
            subprocess.run([sys.executable, __file__, HOME, home], check=True, cwd=ROOT)
            said = subprocess.run(
                [sys.executable, __file__, ONE, home], check=True, capture_output=True, text=True, cwd=ROOT
            )
            for step, times in json.loads(said.stdout.splitlines()[-1]).items():
                measured.setdefault(step, []).append(tuple(times))
            beside = {
                "again, nothing changed": ("-c", COMMAND, "run", "--home", home),
                BARE_STACK: (__file__, BARE, folder),
                GATES_STACK: ("-c", "import great_expectations"),
            }
            for what, arguments in beside.items():
                measured.setdefault(what, []).append(of_process(*arguments))
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


WAYS = {HOME: make_home, BARE: bare_stack}

if __name__ == "__main__":
    what, *where = sys.argv[1:] or [""]
    if what == ONE:
        print(json.dumps(one_run(where[0])))
    elif what in WAYS:
        WAYS[what](Path(where[0]))
    else:
        main(int(what or 5))
