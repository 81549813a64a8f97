"""The models at scale, beside the floor: one process of DuckDB that runs the same models from Parquet.

    python -m benchmarks.scale [--scales 1 10 100] [--times 5] [--seed 1]

The floor reads the accepted records from Parquet, keeps everything in memory and only builds each model's
table. The run loads the same records into a warehouse file and builds the models there, with the evidence of
every figure. Each is measured in a process of its own: medians of CPU and wall seconds and of the largest
memory. The last line is the exponent of the run's CPU between the two largest scales: 1 is linear.
"""

import argparse
import math
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

import duckdb

from assets.contract import KIND_BY_NAME
from assets.sql_models import load_models, run_models
from assets.warehouse import open_warehouse
from benchmarks.generate import generate, load

THREADS = 2
Measured = tuple[float, float, float]  # CPU seconds, wall seconds, largest memory in MB


def floor(records: Path) -> None:
    """The models from Parquet, in memory, by DuckDB alone."""
    with duckdb.connect(config={"threads": THREADS}) as connection:
        load(connection, records)
        for kind in KIND_BY_NAME:
            connection.execute(f"drop table accepted.{kind}")
            file = str(records / f"{kind}.parquet").replace("'", "''")
            connection.execute(f"create view accepted.{kind} as select * from read_parquet('{file}')")
        for model in load_models():
            connection.execute(f"create table {model.table} as {model.query}")


def run(records: Path) -> None:
    """The models in a warehouse, as a run builds them."""
    with (
        tempfile.TemporaryDirectory() as folder,
        open_warehouse(Path(folder) / "warehouse.duckdb") as connection,
    ):
        connection.execute(f"set threads = {THREADS}")
        load(connection, records)
        run_models(connection, load_models())


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
    """Do it here, and print what it took."""
    started, before = time.perf_counter(), time.process_time()
    WAYS[way](records)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(time.process_time() - before, time.perf_counter() - started, memory)


def medians(way: str, records: Path, times: int) -> Measured:
    """Medians of several measurements."""
    measured = [measure(way, records) for _ in range(times)]
    cpu, wall, memory = (statistics.median(side) for side in zip(*measured, strict=True))
    return cpu, wall, memory


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scales", type=int, nargs="+", default=[1, 10, 100])
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--one", nargs=2, metavar=("WAY", "RECORDS"))
    told = parser.parse_args()
    if told.one:
        one(told.one[0], Path(told.one[1]))
        return
    print(f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, ", end="")
    print(f"Python {platform.python_version()}, duckdb {version('duckdb')}, seed {told.seed}, ", end="")
    print(f"medians of {told.times}\n")
    print("| scale | records | floor CPU s | run CPU s | ratio | floor wall s | run wall s ", end="")
    print("| floor MB | run MB |")
    print("|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
    spent: list[tuple[int, float]] = []
    for scale in told.scales:
        with tempfile.TemporaryDirectory() as folder:
            records = sum(generate(scale, Path(folder), told.seed, "parquet").values())
            least, ours = (medians(way, Path(folder), told.times) for way in ("floor", "run"))
        spent.append((records, ours[0]))
        print(
            f"| {scale} | {records:,} | {least[0]:.2f} | {ours[0]:.2f} | {ours[0] / least[0]:.2f} "
            f"| {least[1]:.2f} | {ours[1]:.2f} | {least[2]:.0f} | {ours[2]:.0f} |",
            flush=True,
        )
    if len(spent) > 1:
        (fewer, less), (more, most) = spent[-2:]
        print(f"\nExponent of CPU between the last two: {math.log(most / less) / math.log(more / fewer):.2f}")


if __name__ == "__main__":
    main()
