"""Reading a clean workbook, beside fastexcel alone on the same file in the same run.

    python -m benchmarks.reading [--rows 100000] [--times 3]

Prints the best wall time and the largest memory of each. The limits are a time at most twice fastexcel's and
memory at most three times its, and at least 290,000 rows a second, typed and addressed. The reading process
is started beforehand, as an intake does.
"""

import argparse
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter

from benchmarks.record import Figure, conditions, record, told

TIME_LIMIT, MEMORY_LIMIT, ROWS_LIMIT = 2.0, 3.0, 290_000.0
HEADINGS = (
    "Ansøgnings-id",
    "Netværks-id",
    "Løsnings-id",
    "Fond/pulje",
    "Kilde",
    "Formål",
    "Ansøgt beløb",
    "Bevilget beløb",
    "Ansøgningsdato",
    "Afgørelsesdato",
    "Status",
    "Ansvarlig",
)


def write_clean(path: Path, rows: int) -> None:
    """Applications as an office's system exports them: every column of one type."""
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Ansøgninger")
        day_form = workbook.add_format({"num_format": "dd-mm-yyyy"})
        sheet.write_row(0, 0, HEADINGS)
        for row in range(1, rows + 1):
            day = date(2020, 1, 1) + timedelta(days=row * 7 % 1500)
            texts = (f"A-{row:06}", f"N-{row % 60:02}", f"L-{row % 500:03}", f"Fonden nr. {row % 40}")
            sheet.write_row(
                row, 0, (*texts, "Ekstern", "Testfase", row * 37 % 900_000, row * 7919 % 90_000_000 / 100)
            )
            sheet.write_datetime(row, 8, day, day_form)
            sheet.write_datetime(row, 9, day + timedelta(days=90), day_form)
            sheet.write_row(row, 10, ("Bevilget", f"P-{row % 100:03}"))


def by_fastexcel(path: Path, times: int) -> tuple[float, float]:
    """Best seconds and largest memory (MB) of reading by fastexcel alone."""
    import fastexcel

    best = min(_seconds(lambda: fastexcel.read_excel(path).load_sheet(0).to_arrow()) for _ in range(times))
    return best, _memory()


def by_us(path: Path, times: int) -> tuple[float, float]:
    """The same of reading here: looked at, read, recognised, its rows told apart."""
    from assets.raw.child import Reader
    from assets.raw.limits import Limits
    from assets.raw.reading import read_file

    small = path.with_name("lille.xlsx")
    write_clean(small, 1)
    with Reader(Limits()) as reader:
        read_file(small, reader=reader)
        best = min(_seconds(lambda: read_file(path, reader=reader)) for _ in range(times))
    return best, _memory()


def _memory() -> float:
    usage = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return max(usage) / 1024


def _seconds(read: Callable[[], object]) -> float:
    begun = time.perf_counter()
    read()
    return time.perf_counter() - begun


def _apart(work: Callable[..., Any], *given: Any) -> Any:
    """Do something in a process of its own, so that its memory is its own."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, *given).result()


def main() -> None:
    """Measure both and print how they compare."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=100_000)
    arguments.add_argument("--times", type=int, default=3)
    given = arguments.parse_args()
    found = conditions(("fastexcel", "polars"), None, given.times)
    print(told(found).replace("medians of", "best of"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ansoegninger.xlsx"
        _apart(write_clean, path, given.rows)
        theirs, their_memory = _apart(by_fastexcel, path, given.times)
        ours, our_memory = _apart(by_us, path, given.times)
        print(f"{given.rows} rows x {len(HEADINGS)} columns, {path.stat().st_size / 1e6:.1f} MB")
    print(f"fastexcel alone  {theirs:6.2f} s  {their_memory:5.0f} MB")
    print(f"here             {ours:6.2f} s  {our_memory:5.0f} MB")
    time_ratio, memory_ratio, rate = ours / theirs, our_memory / their_memory, given.rows / ours
    print(f"time {time_ratio:.2f} times (limit 2), memory {memory_ratio:.2f} times (limit 3)")
    print(
        f"{rate:,.0f} rows/s (limit at least {ROWS_LIMIT:,.0f}; fastexcel alone {given.rows / theirs:,.0f})"
    )
    note = f"{given.rows} × {len(HEADINGS)} celler / cells"
    record(
        "python -m benchmarks.reading",
        found,
        [
            Figure(
                "læsning, rækker i sekundet / reading, rows a second",
                rate,
                "rækker/s",
                ROWS_LIMIT,
                given.rows / theirs,
                higher=True,
                note=note,
            ),
            Figure(
                "læsning mod fastexcel, tid / reading beside fastexcel, time", time_ratio, "×", TIME_LIMIT
            ),
            Figure(
                "læsning mod fastexcel, hukommelse / reading beside fastexcel, memory",
                memory_ratio,
                "×",
                MEMORY_LIMIT,
            ),
        ],
    )


if __name__ == "__main__":
    main()
