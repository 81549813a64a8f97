"""The models at scale, beside the floor: one process of DuckDB that runs the same models from Parquet.

    python -m benchmarks.scale [--scales 1 10 100] [--times 5] [--seed 1]

The floor builds each model's table from Parquet, in a database file: at scale 1000 memory does not hold them.
The run builds them in a warehouse that holds the same accepted records, as a run builds what has changed.
Each is measured in a process of its own, from before the first model until its file is written and closed:
medians of CPU and wall seconds and of the largest memory. The last line is the exponent of the run's CPU
between the two largest scales: 1 is linear.
"""

import argparse
import math
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import polars as pl

from assets.contract import KIND_BY_NAME
from assets.engine.changed import run_changed
from assets.sql_models import load_models
from assets.warehouse import open_warehouse
from benchmarks.generate import generate, load
from benchmarks.record import Figure, conditions, number, record, told

THREADS = 2
ONCE = 1000  # from this scale on each way is measured once: it takes a quarter of an hour
CPU_LIMIT = MEMORY_LIMIT = 1.25  # of the floor's, at scale 1000
EXPONENT_LIMIT = 1.05  # from scale 100 to 1000
Measured = tuple[float, float, float]  # CPU seconds, wall seconds, largest memory in MB


def floor(records: Path, folder: Path) -> Iterator[None]:
    """The models from Parquet, into a file, by DuckDB alone."""
    with duckdb.connect(str(folder / "floor.duckdb"), config={"threads": THREADS}) as connection:
        load(connection, records, as_views=True)
        yield
        for model in load_models():
            connection.execute(f"create table {model.table} as {model.query}")


def run(records: Path, folder: Path) -> Iterator[None]:
    """The models in a warehouse, as a run builds them."""
    with open_warehouse(folder / "warehouse.duckdb") as connection:
        connection.execute(f"set threads = {THREADS}")
        load(connection, records)
        connection.execute("checkpoint")
        yield
        run_changed(connection, load_models())


WAYS = {"floor": floor, "run": run}


def measure(way: str, records: Path) -> Measured:
    """One way, in a process of its own."""
    said = subprocess.run(
        [sys.executable, "-m", "benchmarks.scale", "--one", way, str(records)],
        check=True,
        capture_output=True,
        text=True,
    )
    cpu, wall, memory = map(float, said.stdout.split())
    return cpu, wall, memory


def one(way: str, records: Path) -> None:
    """Do it here, and print what it took, once what it reads is there."""
    with tempfile.TemporaryDirectory() as folder:
        work = WAYS[way](records, Path(folder))
        next(work)
        started, before = time.perf_counter(), time.process_time()
        for _ in work:
            pass
        cpu, wall = time.process_time() - before, time.perf_counter() - started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(cpu, wall, memory)


def medians(way: str, records: Path, times: int) -> Measured:
    """Medians of several measurements."""
    measured = [measure(way, records) for _ in range(times)]
    cpu, wall, memory = (statistics.median(side) for side in zip(*measured, strict=True))
    return cpu, wall, memory


def records_in(place: Path) -> int:
    """Rows of the records that were made there before; 0 where not all of them are."""
    files = [place / f"{kind}.parquet" for kind in KIND_BY_NAME]
    if not all(file.exists() for file in files):
        return 0
    return sum(pl.scan_parquet(file).select(pl.len()).collect().item() for file in files)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scales", type=int, nargs="+", default=[1, 10, 100])
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="a folder for the records, used again where they are there")
    parser.add_argument("--one", nargs=2, metavar=("WAY", "RECORDS"))
    given = parser.parse_args()
    if given.one:
        one(given.one[0], Path(given.one[1]))
        return
    found = conditions(("duckdb", "polars"), given.seed, given.times)
    print(f"{told(found)}\n")
    print("| scale | records | floor CPU s | run CPU s | ratio | floor wall s | run wall s ", end="")
    print("| floor MB | run MB | MB ratio |")
    print("|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
    spent: list[tuple[int, float]] = []
    for scale in given.scales:
        with tempfile.TemporaryDirectory() as folder:
            place = given.keep / f"scale-{scale}-seed-{given.seed}" if given.keep else Path(folder)
            records = records_in(place) or sum(generate(scale, place, given.seed, "parquet").values())
            times = given.times if scale < ONCE else 1
            least, ours = (medians(way, place, times) for way in ("floor", "run"))
        spent.append((records, ours[0]))
        print(
            f"| {scale} | {records:,} | {least[0]:.2f} | {ours[0]:.2f} | {ours[0] / least[0]:.2f} "
            f"| {least[1]:.2f} | {ours[1]:.2f} | {least[2]:.0f} | {ours[2]:.0f} "
            f"| {ours[2] / least[2]:.2f} |",
            flush=True,
        )
        record("python -m benchmarks.scale", found | {"times": times}, figures(scale, least, ours))
    print(f"\nlimits at scale 1000: {CPU_LIMIT} times the floor's CPU, {MEMORY_LIMIT} times its memory")
    if len(spent) > 1:
        (fewer, less), (more, most) = spent[-2:]
        exponent = math.log(most / less) / math.log(more / fewer)
        print(
            f"exponent of CPU between the last two: {exponent:.2f} (limit {EXPONENT_LIMIT}, from 100 to 1000)"
        )
        last = tuple(given.scales[-2:])
        limit = EXPONENT_LIMIT if last == (100, 1000) else None
        scales = f"{last[0]} → {last[1]}"
        name = f"eksponent for CPU, skala {scales} / exponent of CPU, scale {scales}"
        record("python -m benchmarks.scale", found, [Figure(name, exponent, "", limit)])


def figures(scale: int, least: Measured, ours: Measured) -> list[Figure]:
    """What is kept of one scale: CPU and memory as times the floor's. The limits are those of scale 1000."""
    limits = (CPU_LIMIT, MEMORY_LIMIT) if scale >= 1000 else (None, None)
    return [
        Figure(
            f"modeller mod DuckDB, {da}, skala {scale} / models beside DuckDB, {en}, scale {scale}",
            ours[place] / least[place],
            "×",
            limit,
            note=f"{number(ours[place])} / {number(least[place])} {unit}",
        )
        for place, da, en, unit, limit in (
            (0, "CPU", "CPU", "CPU-s", limits[0]),
            (2, "hukommelse", "memory", "MB", limits[1]),
        )
    ]


if __name__ == "__main__":
    main()
