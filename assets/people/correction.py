"""Correcting what is held about a person: an overriding correction, recorded, beside the cell as written.

The sender's file stays as it was sent; wherever its rows are read, the corrected cell says what the
correction says, by the rules of any cell. It can be lifted, and ends when the person is erased.
"""

from datetime import date

import duckdb
import polars as pl

from assets.clock import now
from assets.contract import KIND_BY_NAME, Kind
from assets.errors import TwoLanguageError
from assets.people.keys import normal
from assets.raw.cells import CellError, read_date

PEOPLE = KIND_BY_NAME["people"]
KEY = "person_id"
CORRECTABLE = tuple(column.name for column in PEOPLE.columns if column.name != KEY)
TABLE = """
create table if not exists raw.correction (
    number bigint not null, organisation_id varchar not null, person_id varchar, valid_from date,
    "column" varchar not null, value varchar, reason varchar, recorded_at timestamp not null,
    recorded_by varchar, lifted_at timestamp
)
"""


class CorrectionError(TwoLanguageError):
    """It cannot be corrected so; nothing was recorded."""


def record_correction(
    connection: duckdb.DuckDBPyConnection,
    *,
    organisation: str,
    person_id: str,
    column: str,
    value: str,
    reason: str,
    who: str,
    valid_from: date | None = None,
) -> int:
    """Record a correction of the person's rows in the sheet Personer; its number.

    Args:
        column: Canonical name or Danish heading.
        value: As it would be written in the cell; empty empties it.
        valid_from: Only the row that begins on this day; else all the person's rows.

    Raises:
        CorrectionError: There is no such column, or it is a required one and would be empty.
    """
    found = next((one for one in PEOPLE.columns if column in (one.name, one.heading)), None)
    if found is None or found.name not in CORRECTABLE:
        names = ", ".join(CORRECTABLE)
        raise CorrectionError(f"Der kan rettes: {names}.", f"What can be corrected: {names}.")
    if found.required and not value.strip():
        raise CorrectionError(f"{found.heading} må ikke være tom.", f"{found.heading} may not be empty.")
    connection.execute(TABLE)
    rows = connection.execute("select coalesce(max(number), 0) + 1 from raw.correction").fetchall()
    number = int(rows[0][0])
    moment = now().replace(tzinfo=None)
    connection.execute(
        "insert into raw.correction values (?, ?, ?, ?, ?, ?, ?, ?, ?, null)",
        [number, organisation, person_id, valid_from, found.name, value, reason, moment, who],
    )
    return number


def lift_correction(connection: duckdb.DuckDBPyConnection, number: int) -> None:
    """Let what the sender wrote hold again. Raises :class:`CorrectionError` for an unknown number."""
    connection.execute(TABLE)
    done = connection.execute(
        "update raw.correction set lifted_at = ? where number = ? and lifted_at is null returning number",
        [now().replace(tzinfo=None), number],
    ).fetchall()
    if not done:
        raise CorrectionError(f"Der er ingen rettelse {number}.", f"There is no correction {number}.")


def corrected(
    connection: duckdb.DuckDBPyConnection, kind: Kind, rows: pl.DataFrame, written: str
) -> pl.DataFrame:
    """The rows of a kind with every correction that holds, later ones last.

    Args:
        rows: ``organisation_id`` and a String column ``<written><name>`` for every column of the kind.
    """
    if kind.name != PEOPLE.name or rows.is_empty() or not _is_there(connection):
        return rows
    holding = connection.execute(
        'select organisation_id, person_id, valid_from, "column", value from raw.correction '
        "where lifted_at is null and person_id is not null order by number"
    ).fetchall()
    for organisation, person_id, valid_from, column, value in holding:
        texts = rows.select(written + KEY, f"{written}valid_from").iter_rows()
        said = [
            normal(text or "") == normal(person_id) and (valid_from is None or _day(day or "") == valid_from)
            for text, day in texts
        ]
        mine = (pl.col("organisation_id") == organisation) & pl.lit(pl.Series(said, dtype=pl.Boolean))
        new = pl.lit(value or None, dtype=pl.String)
        rows = rows.with_columns(
            pl.when(mine.fill_null(value=False))
            .then(new)
            .otherwise(pl.col(written + column))
            .alias(written + column)
        )
    return rows


def _day(text: str) -> date | None:
    try:
        return read_date(text)
    except CellError:
        return None


def _is_there(connection: duckdb.DuckDBPyConnection) -> bool:
    rows = connection.execute(
        "select count(*) from information_schema.tables "
        "where table_schema = 'raw' and table_name = 'correction'"
    ).fetchall()
    return bool(rows[0][0])
