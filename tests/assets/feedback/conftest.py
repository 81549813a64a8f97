"""Files judged many times over: one reading process and one warehouse for all of them."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assets.accepted.build import build_accepted
from assets.accepted.settings import build_settings
from assets.contract import KINDS
from assets.feedback.told import Finding, findings_of, sheets_of
from assets.raw.child import Reader
from assets.raw.deliveries import Delivery, record
from assets.raw.limits import Limits
from assets.raw.reading import FileReading, read_file
from assets.raw.tables import TABLES, create_raw_tables
from assets.warehouse import open_warehouse

Judged = tuple[list[Finding], tuple[int, int, int, int]]


@pytest.fixture(scope="session")
def reader() -> Iterator[Reader]:
    with Reader(Limits()) as shared:
        yield shared


@pytest.fixture(scope="session")
def judge_reading() -> Iterator[Callable[[FileReading], Judged]]:
    """The findings of one reading judged alone, and its rows read, accepted, rejected and skipped."""
    with open_warehouse() as connection:
        create_raw_tables(connection)

        def judge(reading: FileReading) -> Judged:
            for table in TABLES:
                connection.execute(f"delete from raw.{table}")
            delivery = Delivery(
                "kommunen",
                reading.name,
                "0" * 64,
                1,
                datetime(2026, 10, 1, tzinfo=UTC),
                "quarantined" if reading.refused else "current",
                "none",
                reading.refused or None,
                reading.faults,
                None if reading.refused else reading,
            )
            sequence = record(connection, delivery)
            given = {sheet.kind for sheet in reading.sheets}
            absent = frozenset(kind.name for kind in KINDS if kind.name not in given) | {"rates"}
            build_settings(connection)
            build_accepted(connection, absent=absent)
            counts = sheets_of(connection, sequence)
            numbers = [(one.read, one.accepted, one.rejected, one.skipped) for one in counts]
            read, accepted, rejected, skipped = (
                (sum(column) for column in zip(*numbers, strict=True)) if (numbers) else (0, 0, 0, 0)
            )
            return findings_of(connection, sequence), (read, accepted, rejected, skipped)

        yield judge


@pytest.fixture(scope="session")
def judge(reader: Reader, judge_reading: Callable[[FileReading], Judged]) -> Callable[[Path], Judged]:
    return lambda path: judge_reading(read_file(path, reader=reader))
