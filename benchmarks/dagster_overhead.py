"""What Dagster itself costs: the cold start of the code location, and each step, asset and check of a run.

Run it on a quiet machine with everything compiled: ``python -m compileall -q assets pipelines`` and once
the environment; then ``python benchmarks/dagster_overhead.py [runs]``. A step, an asset and a check here
do nothing, on the storage of a home. Medians over the runs, of processor and of wall seconds.
"""

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path

import dagster as dg

from benchmarks.record import Figure, conditions, record
from benchmarks.record import number as danish

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
MANY, FEW = 100, 1
Seconds = tuple[float, float]
COLD = "from pipelines.definitions import defs; defs.get_repository_def().get_all_jobs()"
COLD_LIMIT = 4.0
QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


def cold_start() -> Seconds:
    """A new process that loads every definition and resolves every job."""
    before, start = os.times(), time.perf_counter()
    subprocess.run([sys.executable, "-c", COLD], check=True, cwd=ROOT)
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return cpu, time.perf_counter() - start


def steps(count: int) -> dg.Definitions:
    """So many assets, a step each."""

    def one(number: int) -> dg.AssetsDefinition:
        @dg.asset(name=f"asset_{number}")
        def nothing() -> dg.MaterializeResult[None]:
            return dg.MaterializeResult(metadata={"dagster/row_count": 1})

        return nothing

    return defined([one(number) for number in range(count)])


def assets(count: int) -> dg.Definitions:
    """So many assets in one step."""

    @dg.multi_asset(specs=[dg.AssetSpec(f"asset_{number}", skippable=True) for number in range(count)])
    def layer() -> Iterator[dg.MaterializeResult[None]]:
        for number in range(count):
            yield dg.MaterializeResult(asset_key=f"asset_{number}", metadata={"dagster/row_count": 1})

    return defined([layer])


def checks(count: int) -> dg.Definitions:
    """So many checks of one asset in one step."""

    @dg.asset
    def one() -> None:
        return None

    @dg.multi_asset_check(
        specs=[dg.AssetCheckSpec(f"check_{number}", asset="one") for number in range(count)]
    )
    def judge() -> Iterator[dg.AssetCheckResult]:
        for number in range(count):
            yield dg.AssetCheckResult(
                asset_key=dg.AssetKey("one"), check_name=f"check_{number}", passed=True, metadata={"rows": 1}
            )

    return defined([one], [judge])


def defined(
    of_assets: list[dg.AssetsDefinition],
    of_checks: list[dg.AssetChecksDefinition] | None = None,
) -> dg.Definitions:
    """One job of everything."""
    selection = dg.AssetSelection.all()
    return dg.Definitions(
        assets=of_assets,
        asset_checks=of_checks or [],
        jobs=[dg.define_asset_job("everything", selection=selection)],
        executor=dg.in_process_executor,
    )


def run_seconds(made: dg.Definitions) -> Seconds:
    """One run on the storage of a new home."""
    from assets.home import Home
    from pipelines.instance import open_instance

    job = made.resolve_job_def("everything")
    with (
        tempfile.TemporaryDirectory() as folder,
        open_instance(Home.create(Path(folder) / "home")) as instance,
    ):
        cpu, wall = time.process_time(), time.perf_counter()
        job.execute_in_process(instance=instance, run_config=QUIET)
        return time.process_time() - cpu, time.perf_counter() - wall


def each(kind: Callable[[int], dg.Definitions]) -> Seconds:
    """What one more of a kind costs, from a run of many and one of few."""
    many, few = run_seconds(kind(MANY)), run_seconds(kind(FEW))
    return (many[0] - few[0]) / (MANY - FEW), (many[1] - few[1]) / (MANY - FEW)


def main(runs: int) -> None:
    """Measure, and print a table."""
    run_seconds(steps(FEW))  # whatever is loaded at the first run
    measured: dict[str, Callable[[], Seconds]] = {
        "cold start of the code location, s": cold_start,
        "a run of one empty step, s": lambda: run_seconds(steps(FEW)),
        "one more step, ms": lambda: each(steps),
        "one more asset in a step, ms": lambda: each(assets),
        "one more check in a step, ms": lambda: each(checks),
    }
    print(f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, ", end="")
    print(f"Python {platform.python_version()}, dagster {version('dagster')}")
    print("| what | processor | wall |\n|---|---:|---:|")
    for what, measure in measured.items():
        cpu, wall = (statistics.median(side) for side in zip(*(measure() for _ in range(runs)), strict=True))
        scale, digits = (1000, 1) if what.endswith("ms") else (1, 2)
        if measure is cold_start:
            name = "Dagsters kolde start / Dagster's cold start"
            found = conditions(("dagster",), None, runs)
            figure = Figure(name, wall, "s", COLD_LIMIT, note=f"{danish(cpu)} CPU-s")
            record("python -m benchmarks.dagster_overhead", found, [figure])
        print(f"| {what} | {cpu * scale:.{digits}f} | {wall * scale:.{digits}f} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
