"""What Spark costs over DuckDB for the same models, rows and figures, by rows and workers.

The models behind a few figures, from accepted rows that are there already to tables in the warehouse::

    nice -n 10 python -m benchmarks.spark_overhead --server .venv-spark-server --rows 100000 1000000

Spark is measured twice: in the first pass its JVMs compile themselves, in the second they have. Its processor
time is that of all its processes and of the client, which brings the rows home; starting it is left out.
"""

import argparse
import os
import platform
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from assets.engine.lake import Lake
from assets.engine.spark_engine import SparkEngine
from assets.engine.spark_session import connect
from assets.publication.replay import models_behind
from assets.sql_models import Model, run_models
from assets.warehouse import open_warehouse
from benchmarks.generate import generate, load
from tests.spark.cluster import JAVA_OPTIONS, cluster

FIGURES = (
    "indicators.r1_1_strategic_link",
    "indicators.v7_kroner_granted",
)
ROWS_A_PART = 10_800
# As a cluster that stays up has them: both compilers, plans adapted to what the stages turn out to hold.
LASTING = {
    "spark.sql.adaptive.enabled": "true",
    "spark.executor.extraJavaOptions": JAVA_OPTIONS.replace("-XX:TieredStopAtLevel=1 ", ""),
    "spark.driver.extraJavaOptions": JAVA_OPTIONS.replace("-XX:TieredStopAtLevel=1 ", ""),
}


@dataclass(frozen=True)
class Measured:
    """One pass of the models.

    Attributes:
        way: Engine, workers, and whether it was the first pass.
        rows: Rows of the tables made.
    """

    way: str
    wall: float
    processor: float
    memory: int
    rows: int


def measure(
    way: str, run: Callable[[], dict[str, int]], others: Callable[[], float], memory: Callable[[], int]
) -> Measured:
    """Wall and processor seconds of a pass, the processes of ``others`` included."""
    before, used = time.monotonic(), _own_seconds() + others()
    rows = sum(run().values())
    return Measured(way, time.monotonic() - before, _own_seconds() + others() - used, memory(), rows)


def _own_seconds() -> float:
    return time.process_time()


def _own_memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


@contextmanager
def computed_warehouse(file: Path, source: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A warehouse of generated records, no model run."""
    with open_warehouse(file) as connection:
        load(connection, source)
        yield connection


def compare(rows: int, server: Path, workers: list[int], memory: str, passes: int) -> Iterator[Measured]:
    """Each way of computing the same figures from so many rows."""
    models: list[Model] = list(models_behind(*FIGURES))
    with tempfile.TemporaryDirectory(prefix="netvaerdi-overhead-") as name:
        folder = Path(name)
        counted = sum(generate(max(1, round(rows / ROWS_A_PART)), folder / "records", 1, "parquet").values())
        with computed_warehouse(folder / "here.duckdb", folder / "records") as connection:
            found = measure("DuckDB", lambda: run_models(connection, models), lambda: 0.0, _own_memory)
            print(f"# {counted:,} accepted rows, {len(models)} models, {found.rows:,} rows made", flush=True)
            yield found
            for count in workers:
                partitions = {"spark.sql.shuffle.partitions": str(max(2, 2 * count))}
                with cluster(server, workers=count, memory=memory, settings=LASTING | partitions) as running:
                    session = connect(running.remote)
                    for time_of in ("first", "second", "third")[:passes]:
                        engine = SparkEngine(session, Lake(folder / f"lake-{count}"))
                        spark = measure(
                            f"Spark, {count} worker{'s' * (count > 1)}, {time_of} pass",
                            lambda engine=engine: engine.run_models(connection, models),
                            running.processor_seconds,
                            running.resident_bytes,
                        )
                        if spark.rows != found.rows:
                            sys.exit(f"Spark made {spark.rows} rows, DuckDB {found.rows}")
                        yield spark
                    session.stop()


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--server", type=Path, required=True)
    parser.add_argument("--rows", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--passes", type=int, choices=(1, 2, 3), default=2)
    parser.add_argument("--memory", default="2g", help="of each worker")
    told = parser.parse_args()
    print(f"# {platform.machine()}, {os.cpu_count()} cores, duckdb {duckdb.__version__}")
    print("| rows | way | wall s | CPU s | CPU to DuckDB's | MB |")
    print("|---|---|---|---|---|---|")
    for rows in told.rows:
        base = 0.0
        for found in compare(rows, told.server, told.workers, told.memory, told.passes):
            base = base or found.processor
            load_now = os.getloadavg()[0]
            print(
                f"| {rows:,} | {found.way} | {found.wall:.1f} | {found.processor:.1f} "
                f"| {found.processor / base:.1f} | {found.memory / 1e6:.0f} |  <!-- load {load_now:.1f} -->",
                flush=True,
            )


if __name__ == "__main__":
    main()
