"""The offices' targets over time: which hold, since when they were told, and which were taken back.

A target is never overwritten: a new one has a day of its own, and a row that is changed or removed in the
settings workbook stays in the history with the days it was told and taken back.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from assets.accepted.settings import build_settings
from assets.accepted.source import current_deliveries
from assets.errors import RequestError
from assets.raw.tables import create_raw_tables
from assets.settings_contract import TARGETS
from assets.warehouse import create_schemas

RAW_TABLES = {
    "delivery": "sequence",
    "sheet": "delivery_sequence",
    "source_row": "delivery_sequence",
    "reading_fault": "delivery_sequence",
}
COLUMNS = (
    "indicator_id, coalesce(organisation_id, ''), coalesce(network_type, ''), valid_from, target, "
    "partly_target, window_months, minimum_count, reason, owner"
)


@dataclass(frozen=True)
class Target:
    """One row that decides how an indicator is judged; an empty organisation or type is all of them.

    Attributes:
        told_on: Day of the settings workbook that first had it; None for the definition's default.
        withdrawn_on: Day of the one that no longer had it; None while it stands.
    """

    indicator_id: str
    organisation_id: str
    network_type: str
    valid_from: date
    target: float | None
    partly_target: float | None
    window_months: int | None
    minimum_count: int | None
    reason: str
    owner: str
    told_on: date | None = None
    withdrawn_on: date | None = None


def targets_in_force(database: Path, day: date) -> tuple[list[Target], dict[str, str]]:
    """Published targets that hold on a day or begin later, and the unit of each indicator.

    Of the rows of one indicator, organisation and network type, the latest that has begun holds.

    Raises:
        RequestError: Nothing is published.
    """
    if not database.is_file():
        raise RequestError(
            "Der er intet offentliggjort endnu. Kør netvaerdi run først.",
            "Nothing is published yet. Run netvaerdi run first.",
        )
    with duckdb.connect(str(database), read_only=True) as connection:
        rows = connection.execute(
            f"select {COLUMNS} from main.target qualify valid_from > $day or row_number() over ("
            "partition by indicator_id, organisation_id, network_type, valid_from > $day "
            "order by valid_from desc) = 1 order by all",
            {"day": day},
        ).fetchall()
        units = dict(connection.execute("select indicator_id, unit from main.indicator").fetchall())
    return [Target(*row) for row in rows], units


def target_history(warehouse: Path) -> list[Target]:
    """Every target the offices ever told, also those taken back, by indicator and day.

    Raises:
        RequestError: Nothing was read yet, or a run holds the warehouse.
    """
    standing: dict[Target, date] = {}
    history: list[Target] = []
    for day, rows in _told(warehouse):
        for gone in standing.keys() - rows:
            history.append(_dated(gone, standing.pop(gone), day))
        for row in rows:
            standing.setdefault(row, day)
    history += [_dated(row, told, None) for row, told in standing.items()]
    return sorted(
        history,
        key=lambda row: (
            row.indicator_id,
            row.organisation_id,
            row.network_type,
            row.valid_from,
            row.told_on or date.min,
        ),
    )


def _dated(row: Target, told_on: date, withdrawn_on: date | None) -> Target:
    said = {name: getattr(row, name) for name in Target.__dataclass_fields__}
    return Target(**said | {"told_on": told_on, "withdrawn_on": withdrawn_on})


def _told(warehouse: Path) -> Iterator[tuple[date, set[Target]]]:
    """The targets of each settings workbook that ever stood, with the day it was received, in order."""
    with opened(warehouse) as connection, duckdb.connect() as scratch:
        create_schemas(scratch)
        create_raw_tables(scratch)
        moments = connection.execute(
            "select sequence, received_date, superseded_by, state from raw.delivery "
            "where rule is null and ends_with(lower(path), '_indstillinger.xlsx') order by sequence"
        ).fetchall()
        if not moments:
            return
        sequences = [moment[0] for moment in moments]
        for table, key in RAW_TABLES.items():
            rows = connection.sql(
                f"select * from raw.{table} where {key} in $sequences", params={"sequences": sequences}
            ).to_arrow_table()
            scratch.register("incoming_rows", rows)
            scratch.execute(f"insert into raw.{table} by name select * from incoming_rows")
            scratch.unregister("incoming_rows")
        for sequence, day, superseded_by, state in moments:
            yield day, _targets_known(scratch, sequence)
            if state == "withdrawn" and superseded_by is not None:
                yield _day_of(connection, superseded_by, day), _targets_known(scratch, superseded_by)


def _targets_known(scratch: duckdb.DuckDBPyConnection, sequence: int) -> set[Target]:
    if current_deliveries(scratch, as_known=sequence, settings=True).is_empty():
        return set()
    build_settings(scratch, as_known=sequence)
    return {
        Target(*row) for row in scratch.execute(f"select {COLUMNS} from settings.{TARGETS.name}").fetchall()
    }


def _day_of(connection: duckdb.DuckDBPyConnection, sequence: int, otherwise: date) -> date:
    """The Copenhagen day of a sequence number; a withdrawal has a number and no delivery of its own."""
    rows = connection.execute(
        "select min(cast(superseded_at as date)) from raw.delivery where superseded_by = ?", [sequence]
    ).fetchall()
    return rows[0][0] or otherwise


@contextmanager
def opened(warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse, for reading. Raises :class:`RequestError` where it is not there or a run holds it."""
    if not warehouse.is_file():
        raise RequestError(
            "Der er intet læst endnu. Kør netvaerdi run først.",
            "Nothing was read yet. Run netvaerdi run first.",
        )
    try:
        connection = duckdb.connect(str(warehouse), read_only=True)
    except duckdb.IOException:
        raise RequestError(
            "En kørsel holder lageret. Prøv igen, når den er færdig.",
            "A run holds the warehouse. Try again when it is done.",
        ) from None
    try:
        yield connection
    finally:
        connection.close()


def target_findings(warehouse: Path) -> list[tuple[str, int | None, str, str]]:
    """What is wrong in the sheet of targets: severity, row, and the message in both languages."""
    with opened(warehouse) as connection:
        rows: list[tuple[str, int | None, str, str]] = connection.execute(
            "select severity, row_number, message_da, message_en from settings.finding "
            "where kind = 'targets' order by row_number, heading, rule"
        ).fetchall()
    return rows
