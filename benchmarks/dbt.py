"""A run without its reports beside ``dbt build`` of the same models with as many tests, both cold.

    python -m benchmarks.dbt [--dbt .venv-dbt/bin/dbt] [--times 5] [--seed 1]

One made-up municipality (scale 1). The run is a whole process in a new home: it reads the workbook, judges
every row, keeps the evidence, builds, checks and publishes. dbt is a whole process too, with an environment
of its own, two threads and nothing saved from before; it starts from the accepted records, which it finds in
its DuckDB file, so that it has less to do. Every table is compared: both have the same rows.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from assets.home import Home
from benchmarks.dbt_project import DATABASE, copy_sources, differences, write_project
from benchmarks.generate import generate
from benchmarks.generated_networks import AS_OF
from benchmarks.record import Figure, conditions, record, told

ROOT = Path(__file__).resolve().parents[1]
QUIET = {"DO_NOT_TRACK": "1", "DBT_SEND_ANONYMOUS_USAGE_STATS": "false"}
Seconds = tuple[float, float]  # CPU, wall


def run_without_reports(root: Path, inbox: Path) -> bool:
    """A run of a new home in this process, all but what is written for readers; whether it went well."""
    from assets.collector import collect_seldom

    collect_seldom()  # as the command does
    from assets.gates.judge_process import HIRED as JUDGE
    from assets.gates.judge_process import warm_up
    from assets.raw.child import prepare_reader
    from assets.reports.drawers import Drawers
    from pipelines.definitions import defs
    from pipelines.instance import open_instance
    from pipelines.resources import run_config

    Drawers.start = lambda self: None  # type: ignore[method-assign]  # nothing is drawn
    prepare_reader()
    warm_up()
    home = Home.create(root)
    job = defs.resolve_job_def("refresh_results")
    layer = job.asset_layer.asset_graph
    wanted = [key for key in layer.executable_asset_keys if layer.get(key).group_name != "reports"]
    config = run_config(home=str(home.root), inbox=str(inbox), as_of=AS_OF.isoformat(), quiet=True)
    with open_instance(home) as instance:
        result = job.execute_in_process(
            instance=instance, run_config=config, raise_on_error=False, asset_selection=wanted
        )
    JUDGE.close()
    return bool(result.success)


def seconds(command: list[str], folder: Path, more: dict[str, str] | None = None) -> Seconds:
    """CPU and wall seconds of a command with all it starts; an error where it fails."""
    before, begun = os.times(), time.perf_counter()
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, env=os.environ | (more or {})
    )
    wall, after = time.perf_counter() - begun, os.times()
    if done.returncode != 0:
        raise SystemExit(f"{Path(command[0]).name} ended with {done.returncode}:\n{done.stdout[-2000:]}")
    return after.children_user + after.children_system - before.children_user - before.children_system, wall


def ours(home: Path, inbox: Path) -> Seconds:
    """A run in a home that was not there before."""
    shutil.rmtree(home, ignore_errors=True)
    return seconds([sys.executable, "-m", "benchmarks.dbt", "--one", str(home), str(inbox)], ROOT)


def theirs(dbt: Path, project: Path, warehouse: Path) -> Seconds:
    """``dbt build`` with nothing saved from before, from a new DuckDB file with the sources."""
    for saved in ("target", "logs"):
        shutil.rmtree(project / saved, ignore_errors=True)
    (project / DATABASE).unlink(missing_ok=True)
    copy_sources(warehouse, project / DATABASE)
    command = [str(dbt), "build", "--project-dir", str(project), "--profiles-dir", str(project)]
    return seconds([*command, "--threads", "2", "--no-version-check"], project, QUIET)


def versions_of(dbt: Path) -> str:
    """What dbt's own environment holds."""
    code = "from importlib.metadata import version as v; print(*(f'{n} {v(n)}' for n in "
    code += "('dbt-core', 'dbt-duckdb', 'duckdb')), sep=', ')"
    said = subprocess.run(
        [str(dbt.parent / "python"), "-c", code], capture_output=True, text=True, check=True
    )
    return said.stdout.strip()


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dbt", type=Path, default=ROOT / ".venv-dbt" / "bin" / "dbt")
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--one", nargs=2, metavar=("HOME", "INBOX"))
    given = parser.parse_args()
    if given.one:
        raise SystemExit(0 if run_without_reports(Path(given.one[0]), Path(given.one[1])) else 1)
    found = conditions(("dagster", "duckdb", "great-expectations"), given.seed, given.times)
    print(told(found))
    with tempfile.TemporaryDirectory() as folder:
        inbox, home, project = (Path(folder) / name for name in ("inbox", "home", "dbt"))
        rows = sum(generate(1, inbox, given.seed, "xlsx").values())
        project.mkdir()
        models, tests = write_project(project)
        run, build = [], []
        for _ in range(given.times):  # in turn, so that both meet the same machine
            run.append(ours(home, inbox))
            warehouse = Home(home).warehouse_file
            build.append(theirs(given.dbt.absolute(), project, warehouse))
        unlike = differences(warehouse, project / DATABASE)
    if unlike:
        raise SystemExit(f"dbt's tables differ: {', '.join(unlike)}")
    (cpu, wall), (their_cpu, their_wall) = (
        [statistics.median(side) for side in zip(*measured, strict=True)] for measured in (run, build)
    )
    peer = versions_of(given.dbt)
    print(f"{rows} rows, {models} models, {tests} tests; {peer}; all tables have the same rows\n")
    print("| what | CPU s | wall s |\n|---|---:|---:|")
    print(f"| run without reports, from xlsx | {cpu:.2f} | {wall:.2f} |")
    print(f"| dbt build, from accepted records | {their_cpu:.2f} | {their_wall:.2f} |")
    print(f"limit: the run's wall time at most dbt's ({wall / their_wall:.2f} of it)")
    note = f"{models} modeller / models, {tests} tests; {peer}"
    what = "kørsel uden rapporter, ved siden af dbt / run without reports, beside dbt"
    record(
        "python -m benchmarks.dbt",
        found,
        [
            Figure(what, wall, "s", their_wall, their_wall, note=note),
            Figure(f"{what}, CPU", cpu, "CPU-s", None, their_cpu, note=note),
        ],
    )


if __name__ == "__main__":
    main()
