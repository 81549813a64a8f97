"""The models after a change: of ten organisations one has changed, or nothing has.

    python -m benchmarks.incremental [--scales 10 100] [--times 5] [--seed 1] [--keep FOLDER]

CPU seconds of building every model beside those of building what has changed, in one warehouse file: all
for the first time; nothing changed; a fiftieth of one organisation's touchpoints gone; a fiftieth of its
people gone. Medians of the last two over as many changes as there are times.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb

from assets.engine.changed import run_changed
from assets.sql_models import Model, load_models
from assets.warehouse import open_warehouse
from benchmarks.generate import ORGANISATIONS, generate, load
from benchmarks.record import Figure, conditions, number, record, told
from benchmarks.scale import THREADS, records_in

COMMAND = "python -m benchmarks.incremental"
LIMIT = 0.25
OWNER = "kommune-02"
CHANGES = {"touchpoints": "kontakter / touchpoints", "people": "personer / people"}


def measure(records: Path, times: int, models: Sequence[Model]) -> dict[str, float]:
    """CPU seconds of each way: ``all``, ``nothing`` and each of :data:`CHANGES`."""
    with (
        tempfile.TemporaryDirectory() as folder,
        open_warehouse(Path(folder) / "warehouse.duckdb") as connection,
    ):
        connection.execute(f"set threads = {THREADS}")
        load(connection, records)
        spent = {way: spend(lambda: run_changed(connection, models)) for way in ("all", "nothing")}
        for kind in CHANGES:
            each = []
            for turn in range(times):
                change(connection, kind, turn)
                each.append(spend(lambda: run_changed(connection, models)))
            spent[kind] = statistics.median(each)
    return spent


def change(connection: duckdb.DuckDBPyConnection, kind: str, turn: int) -> None:
    """Take a fiftieth of one organisation's records away; another fiftieth each turn."""
    connection.execute(
        f"delete from accepted.{kind} where organisation_id = ? and row_number % 50 = ?", [OWNER, turn]
    )


def spend(work: Callable[[], object]) -> float:
    """CPU seconds of a piece of work in this process."""
    before = time.process_time()
    work()
    return time.process_time() - before


def figures(scale: int, spent: dict[str, float]) -> list[Figure]:
    """What is kept of one scale: each change as a share of building all."""
    limit = LIMIT if scale >= 1000 else None
    return [
        Figure(
            f"modeller efter ændring i {da} hos 1 af {ORGANISATIONS}, CPU, skala {scale} / models after a "
            f"change of {en} at 1 of {ORGANISATIONS}, CPU, scale {scale}",
            spent[kind] / spent["all"],
            "×",
            limit,
            note=f"{number(spent[kind])} / {number(spent['all'])} CPU-s",
        )
        for kind, said in CHANGES.items()
        for da, en in [said.split(" / ")]
    ]


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scales", type=int, nargs="+", default=[10, 100])
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="a folder for the records, used again where they are there")
    given = parser.parse_args()
    found = conditions(("duckdb", "polars"), given.seed, given.times)
    print(f"{told(found)}\n\n| scale | all CPU s | nothing changed | touchpoints of one | people of one |")
    print("|---:|---:|---:|---:|---:|")
    for scale in given.scales:
        with tempfile.TemporaryDirectory() as folder:
            place = given.keep / f"scale-{scale}-seed-{given.seed}" if given.keep else Path(folder)
            if not records_in(place):
                generate(scale, place, given.seed, "parquet")
            spent = measure(place, given.times, load_models())
        print(f"| {scale} | " + " | ".join(f"{seconds:.2f}" for seconds in spent.values()) + " |", flush=True)
        record(COMMAND, found, figures(scale, spent))
    print(f"\nlimit at scale 1000: a change at one of ten costs {LIMIT} of all")


if __name__ == "__main__":
    main()
