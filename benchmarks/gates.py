"""The gates at scale, beside the very same rules as SQL alone: CPU seconds of each, the judge's included.

    python -m benchmarks.gates [--scales 10 100 1000] [--times 3] [--seed 1]

Records are made by the seed and the models built from them; then, each in a process of its own on a copy of
that warehouse, the gates run as a run has them (Great Expectations in processes beside, loaded anew), or each
rule is counted by one SQL query and the SQL checks run. The limit is twice the CPU at scale 1000; loading
Great Expectations weighs more the smaller the scale is.
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

import duckdb
import polars as pl

from assets.contract import KIND_BY_NAME
from assets.gates.quality import LAYERS
from assets.gates.sql_checks import run_sql_checks
from assets.gates.suites import suites_of
from assets.results.summary import count_networks
from assets.sql_models import load_models, run_models
from assets.warehouse import open_warehouse, replace_table
from benchmarks.generate import generate, load
from benchmarks.record import Figure, conditions, number, record, told

ROOT = Path(__file__).resolve().parents[1]
LIMIT = 2.0


def build(scale: int, seed: int, warehouse: Path) -> None:
    """A warehouse with everything the gates look at."""
    from assets.accepted.findings import FINDING

    with tempfile.TemporaryDirectory() as folder, open_warehouse(warehouse) as connection:
        generate(scale, Path(folder), seed, "parquet")
        load(connection, Path(folder))
        replace_table(connection, "accepted.finding", pl.DataFrame(schema=FINDING))
        run_models(connection, load_models())
        count_networks(connection)  # nothing hidden: to find what to hide is not what is measured


def records_in(warehouse: Path) -> int:
    """Rows of the accepted records."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        counts = [
            connection.execute(f"select count(*) from accepted.{kind}").fetchall()[0][0]
            for kind in KIND_BY_NAME
        ]
    return int(sum(counts))


def gates(connection: duckdb.DuckDBPyConnection) -> dict[str, int | None]:
    """The gates of both layers; the violations of each."""
    from assets.gates import run_gates
    from assets.gates.judge_process import HIRED

    judged = [result for layer in LAYERS for result in run_gates(connection, layer, "benchmark")]
    HIRED.close()  # which counts its CPU among our children's
    return {result.gate.name: result.violations for result in judged}


def plain(connection: duckdb.DuckDBPyConnection) -> dict[str, int | None]:
    """The same rules as SQL; the violations of each."""
    from assets.gates.expectations import count_violations

    counted: dict[str, int | None] = {}
    for layer in LAYERS:
        for suite in suites_of(layer):
            for rule in suite.rules:
                counted[suite.gate(rule).name] = count_violations(connection, suite.table, rule)
        for result in run_sql_checks(connection, layer):
            counted[result.gate.name] = result.violations
    return counted


WAYS = {"gates": gates, "sql": plain}


def one(way: str, warehouse: Path) -> None:
    """Do it here; CPU and wall seconds and the number of rules, printed."""
    with open_warehouse(warehouse) as connection:
        connection.execute("set threads = 2")
        begun = time.perf_counter()
        counted = WAYS[way](connection)
        wall, times = time.perf_counter() - begun, os.times()
    cpu = times.user + times.system + times.children_user + times.children_system
    print(cpu, wall, len(counted), sum(count or 0 for count in counted.values()))


def measured(way: str, warehouse: Path) -> tuple[float, float, int, int]:
    """One way in a process of its own, on a copy that is thrown away."""
    copy = warehouse.with_name("copy.duckdb")
    shutil.copyfile(warehouse, copy)
    command = [sys.executable, "-m", "benchmarks.gates", "--one", way, str(copy)]
    said = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    copy.unlink()
    cpu, wall, rules, violations = said.stdout.split()[-4:]
    return float(cpu), float(wall), int(rules), int(violations)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scales", type=int, nargs="+", default=[10, 100])
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--keep", type=Path, help="a folder for the warehouses, used again where they are there"
    )
    parser.add_argument("--one", nargs=2, metavar=("WAY", "WAREHOUSE"))
    given = parser.parse_args()
    if given.one:
        one(given.one[0], Path(given.one[1]))
        return
    found = conditions(("great-expectations", "duckdb"), given.seed, given.times)
    print(told(found))
    print("\n| scale | records | rules | SQL CPU s | gates CPU s | ratio | SQL wall s | gates wall s |")
    print("|---:|---:|---:|---:|---:|---:|---:|---:|")
    for scale in given.scales:
        with tempfile.TemporaryDirectory() as folder:
            warehouse = (given.keep or Path(folder)) / f"scale-{scale}-seed-{given.seed}.duckdb"
            if not warehouse.exists():
                build(scale, given.seed, warehouse)
            records = records_in(warehouse)
            sides = {way: [measured(way, warehouse) for _ in range(given.times)] for way in WAYS}
        if sides["gates"][0][2:] != sides["sql"][0][2:]:
            raise SystemExit("the gates and the SQL do not say the same")
        cpu = {way: statistics.median(one[0] for one in times) for way, times in sides.items()}
        wall = {way: statistics.median(one[1] for one in times) for way, times in sides.items()}
        ratio = cpu["gates"] / cpu["sql"]
        print(
            f"| {scale} | {records:,} | {sides['sql'][0][2]} | {cpu['sql']:.2f} | {cpu['gates']:.2f} "
            f"| {ratio:.2f} | {wall['sql']:.2f} | {wall['gates']:.2f} |",
            flush=True,
        )
        name = f"kontroller mod ren SQL, skala {scale} / gates beside SQL alone, scale {scale}"
        limit = LIMIT if scale >= 1000 else None
        note = f"{number(cpu['gates'])} / {number(cpu['sql'])} CPU-s"
        record("python -m benchmarks.gates", found, [Figure(name, ratio, "×", limit, note=note)])
    print(f"\nlimit: {LIMIT:.0f} times the CPU at scale 1000")


if __name__ == "__main__":
    main()
