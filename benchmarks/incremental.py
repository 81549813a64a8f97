"""The models after a change: of ten organisations one has changed, of one organisation one sheet, or nothing.

    python -m benchmarks.incremental [--scales 1 10 100] [--times 5] [--seed 1] [--keep FOLDER]

CPU seconds of building every model beside those of building what has changed, in one warehouse file: all
anew; nothing changed; a fiftieth of one organisation's rows of a kind gone: where there are
ten organisations, its touchpoints and its people; where there is but one, each sheet other than people,
networks and roles. Medians of the changes over as many as there are times.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb

from assets.engine.change_state import forget_all
from assets.engine.changed import run_changed
from assets.sql_models import Model, load_models
from assets.warehouse import open_warehouse
from benchmarks.generate import ORGANISATIONS, generate, load
from benchmarks.record import Figure, conditions, number, record, told
from benchmarks.scale import THREADS, records_in

COMMAND = "python -m benchmarks.incremental"
LIMIT = 0.25  # of one organisation of ten, at scale 1000
SHEET_LIMIT = 1 / 3  # of one sheet of the only organisation, at scale 1
WHOLE_AGAIN = 10  # up to this scale building all is measured as often as a change
OWNER = "kommune-02"
CHANGES = {"touchpoints": "kontakter / touchpoints", "people": "personer / people"}
SHEETS = {
    "touchpoints": CHANGES["touchpoints"],
    "solutions": "løsninger / solutions",
    "applications": "ansøgninger / applications",
    "adoption_events": "ibrugtagning / adoption",
    "ownership": "ejerskab / ownership",
    "central_managers": "centrale ledere / central managers",
    "value_records": "værdi / value",
    "phases": "faser / phases",
    "pulse": "puls / pulse",
}


def measure(records: Path, scale: int, times: int, models: Sequence[Model]) -> dict[str, float]:
    """CPU seconds of each way: ``all``, ``nothing`` and each change measured at that scale."""
    with (
        tempfile.TemporaryDirectory() as folder,
        open_warehouse(Path(folder) / "warehouse.duckdb") as connection,
    ):
        connection.execute(f"set threads = {THREADS}")
        load(connection, records)
        spent = {}
        for way, begin in (("all", forget_all), ("nothing", lambda _: None)):
            turns = times if scale <= WHOLE_AGAIN else 1
            spent[way] = statistics.median([_after(connection, begin, models) for _ in range(turns)])
        for kind in changes_at(scale):
            each = []
            for turn in range(times):
                change(connection, kind, turn, owner_at(scale))
                each.append(spend(lambda: run_changed(connection, models)))
            spent[kind] = statistics.median(each)
    return spent


def _after(
    connection: duckdb.DuckDBPyConnection,
    begin: Callable[[duckdb.DuckDBPyConnection], None],
    models: Sequence[Model],
) -> float:
    begin(connection)
    return spend(lambda: run_changed(connection, models))


def changes_at(scale: int) -> dict[str, str]:
    """What is changed at a scale, as said in both languages."""
    return CHANGES if scale > 1 else SHEETS


def owner_at(scale: int) -> str:
    """Whose rows are changed."""
    return OWNER if scale > 1 else "kommune-01"


def change(connection: duckdb.DuckDBPyConnection, kind: str, turn: int, owner: str) -> None:
    """Take a fiftieth of one organisation's records away; another fiftieth each turn."""
    connection.execute(
        f"delete from accepted.{kind} where organisation_id = ? and row_number % 50 = ?", [owner, turn]
    )


def spend(work: Callable[[], object]) -> float:
    """CPU seconds of a piece of work in this process."""
    before = time.process_time()
    work()
    return time.process_time() - before


def figures(scale: int, spent: dict[str, float]) -> list[Figure]:
    """What is kept of one scale: each change as a share of building all."""
    limit = LIMIT if scale >= 1000 else SHEET_LIMIT if scale == 1 else None
    among = min(scale, ORGANISATIONS)
    return [
        Figure(
            f"modeller efter ændring i {da} hos 1 af {among}, CPU, skala {scale} / models after a "
            f"change of {en} at 1 of {among}, CPU, scale {scale}",
            spent[kind] / spent["all"],
            "×",
            limit,
            note=f"{number(spent[kind])} / {number(spent['all'])} CPU-s",
        )
        for kind, said in changes_at(scale).items()
        for da, en in [said.split(" / ")]
    ]


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scales", type=int, nargs="+", default=[1, 10, 100])
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="a folder for the records, used again where they are there")
    given = parser.parse_args()
    found = conditions(("duckdb", "polars"), given.seed, given.times)
    print(f"{told(found)}\n\n| scale | what changed | CPU s | of all |\n|---:|---|---:|---:|")
    for scale in given.scales:
        with tempfile.TemporaryDirectory() as folder:
            place = given.keep / f"scale-{scale}-seed-{given.seed}" if given.keep else Path(folder)
            if not records_in(place):
                generate(scale, place, given.seed, "parquet")
            spent = measure(place, scale, given.times, load_models())
        for way, seconds in spent.items():
            print(f"| {scale} | {way} | {seconds:.2f} | {seconds / spent['all']:.2f} |", flush=True)
        record(COMMAND, found, figures(scale, spent))
    print(f"\nlimits: one of ten at scale 1000 {LIMIT} of all, one sheet at scale 1 {SHEET_LIMIT:.2f}")


if __name__ == "__main__":
    main()
