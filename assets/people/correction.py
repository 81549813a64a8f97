"""Correcting what is held about a person: an overriding correction, recorded, beside the cell as written.

The sender's file stays as it was sent; wherever its rows are read, the corrected cell says what the
correction says, by the rules of any cell. A cell of the person's rows in Personer is corrected, one of any
other record, or a word (a name, initials, an address) wherever it stands in a text. A correction can be
lifted, and ends when the person is erased.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import duckdb
import polars as pl

from assets.accepted.keys import normal_record_key
from assets.clock import now
from assets.contract import KIND_BY_NAME, KINDS, Kind
from assets.errors import TwoLanguageError
from assets.people.keys import normal
from assets.people.matching import Matcher, matcher_of
from assets.raw.cells import CellError, read_date

PEOPLE = KIND_BY_NAME["people"]
KEY = "person_id"
WORDS = "*"  # in the column's place: the old words stand in ``record_key``, a line each
_COLUMNS: Mapping[str, str] = {
    "number": "bigint not null",
    "organisation_id": "varchar not null",
    "person_id": "varchar",
    "valid_from": "date",
    "column": "varchar not null",
    "value": "varchar",
    "reason": "varchar",
    "recorded_at": "timestamp not null",
    "recorded_by": "varchar",
    "lifted_at": "timestamp",
    "kind": "varchar",
    "record_key": "varchar",
}
_FORBIDDEN = set('"\\<>&\n\r\t')


class CorrectionError(TwoLanguageError):
    """It cannot be corrected so; nothing was recorded."""


@dataclass(frozen=True)
class Correction:
    """A correction that holds; ``words`` are the old ones, and empty for one of a cell."""

    number: int
    organisation: str
    person_id: str
    column: str
    value: str
    words: tuple[str, ...]


def correctable(kind: Kind) -> tuple[str, ...]:
    """The columns whose cells can be corrected: all but the key, by which a record is known."""
    fixed = (KEY,) if kind is PEOPLE else kind.key
    return tuple(column.name for column in kind.columns if column.name not in fixed)


def kind_named(name: str) -> Kind:
    """A record kind by its name or its sheet's. Raises :class:`CorrectionError` for an unknown one."""
    for kind in KINDS:
        if name.strip().casefold() in (kind.name, kind.sheet.casefold()) and kind.key:
            return kind
    names = ", ".join(kind.sheet for kind in KINDS if kind.key)
    raise CorrectionError(
        f"Arket findes ikke; der er {names}.", f"There is no such sheet; there are {names}."
    )


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
    kind: Kind = PEOPLE,
    key: str = "",
) -> int:
    """Record a correction of a cell; its number.

    Args:
        column: Canonical name or Danish heading.
        value: As it would be written in the cell; empty empties it.
        valid_from: Of Personer only the row that begins on this day; else all the person's rows.
        kind, key: Another record than the person's own rows, by its key (parts joined by ``/``).

    Raises:
        CorrectionError: There is no such column or record, or it is required and would be empty.
    """
    found = next((one for one in kind.columns if column in (one.name, one.heading)), None)
    if found is None or found.name not in correctable(kind):
        names = ", ".join(correctable(kind))
        raise CorrectionError(f"Der kan rettes: {names}.", f"What can be corrected: {names}.")
    if found.required and not value.strip():
        raise CorrectionError(f"{found.heading} må ikke være tom.", f"{found.heading} may not be empty.")
    record_key = None
    if kind is not PEOPLE:
        record_key = normal_record_key(kind.name, key)
        if record_key is None or not _has_record(connection, organisation, kind, record_key):
            raise CorrectionError(
                f"Arket {kind.sheet} har ingen række med nøglen {key}.",
                f"The sheet {kind.sheet} has no row with the key {key}.",
            )
    return _insert(
        connection,
        organisation_id=organisation,
        person_id=person_id,
        valid_from=valid_from,
        column=found.name,
        value=value,
        reason=reason,
        recorded_by=who,
        kind=kind.name,
        record_key=record_key,
    )


def record_words(
    connection: duckdb.DuckDBPyConnection,
    *,
    organisation: str,
    person_id: str,
    words: Sequence[str],
    value: str,
    reason: str,
    who: str,
) -> int:
    """Record that these words about a person are to read otherwise, wherever a text is read; its number."""
    check_word(value)
    return _insert(
        connection,
        organisation_id=organisation,
        person_id=person_id,
        column=WORDS,
        value=value,
        reason=reason,
        recorded_by=who,
        record_key="\n".join(words),
    )


def check_word(value: str) -> None:
    """Raise :class:`CorrectionError` where a word could not stand in every text: empty, or with a mark."""
    if not value.strip() or set(value) & _FORBIDDEN or not value.isprintable():
        raise CorrectionError(
            'Det nye ord må ikke være tomt eller have tegnene " \\ < > &.',
            'The new word may not be empty or have the characters " \\ < > &.',
        )


def _insert(connection: duckdb.DuckDBPyConnection, **said: object) -> int:
    ensure_table(connection)
    [(number,)] = connection.execute("select coalesce(max(number), 0) + 1 from raw.correction").fetchall()
    row = {"number": number, "recorded_at": now().replace(tzinfo=None)} | said
    names = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join("?" for _ in row)
    connection.execute(f"insert into raw.correction ({names}) values ({marks})", list(row.values()))
    return int(number)


def ensure_table(connection: duckdb.DuckDBPyConnection) -> None:
    """Create ``raw.correction``, or give an earlier one the columns it lacks."""
    columns = ", ".join(f'"{name}" {kind}' for name, kind in _COLUMNS.items())
    connection.execute(f"create table if not exists raw.correction ({columns})")
    for name, kind in _COLUMNS.items():
        if "not null" not in kind:
            connection.execute(f'alter table raw.correction add column if not exists "{name}" {kind}')


def _has_record(
    connection: duckdb.DuckDBPyConnection, organisation: str, kind: Kind, record_key: str
) -> bool:
    [(count,)] = connection.execute(
        f"select count(*) from accepted.{kind.name} where organisation_id = ? and record_key = ?",
        [organisation, record_key],
    ).fetchall()
    return bool(count)


def made_together(connection: duckdb.DuckDBPyConnection, number: int) -> list[Correction]:
    """The correction of a number that holds, and the other half of it where a name was corrected.

    A name is corrected in its cell and, beside that, as words in every text: one act, two numbers.

    Raises:
        CorrectionError: No correction of that number holds, or a later one rests on its words.
    """
    standing = _standing(connection)
    mine = next((one for one in standing if one.number == number), None)
    if mine is None:
        raise CorrectionError(f"Der er ingen rettelse {number}.", f"There is no correction {number}.")
    together = [mine, *(one for one in standing if _is_other_half(mine, one))]
    values = {normal(one.value) for one in together if one.words}
    later = [
        one
        for one in standing
        if one.number > max(half.number for half in together)
        and one.organisation == mine.organisation
        and values & {normal(word) for word in one.words}
    ]
    if later:
        first = later[-1].number
        raise CorrectionError(
            f"Rettelse {first} bygger på ordene i rettelse {number}; ophæv {first} først.",
            f"Correction {first} rests on the words of correction {number}; lift {first} first.",
        )
    return together


def _standing(connection: duckdb.DuckDBPyConnection) -> list[Correction]:
    ensure_table(connection)
    rows = connection.execute(
        'select number, organisation_id, person_id, "column", value, record_key from raw.correction '
        "where lifted_at is null and person_id is not null order by number"
    ).fetchall()
    return [
        Correction(
            number,
            organisation,
            person,
            column,
            value or "",
            tuple((key or "").splitlines()) if column == WORDS else (),
        )
        for number, organisation, person, column, value, key in rows
    ]


def _is_other_half(one: Correction, other: Correction) -> bool:
    return (
        {one.column, other.column} == {"name", WORDS}
        and (one.organisation, normal(one.person_id)) == (other.organisation, normal(other.person_id))
        and one.value == other.value
    )


def lift_correction(connection: duckdb.DuckDBPyConnection, number: int) -> None:
    """Let what the sender wrote hold again. Raises :class:`CorrectionError` for an unknown number."""
    ensure_table(connection)
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
    if rows.is_empty() or not _is_there(connection):
        return rows
    ensure_table(connection)
    holding = connection.execute(
        'select organisation_id, person_id, valid_from, "column", value, record_key from raw.correction '
        'where lifted_at is null and person_id is not null and ("column" = ? or coalesce(kind, ?) = ?) '
        "order by number",
        [WORDS, PEOPLE.name, kind.name],
    ).fetchall()
    for organisation, person_id, valid_from, column, value, record_key in holding:
        mine = pl.col("organisation_id") == organisation
        if column == WORDS:
            matcher = matcher_of((record_key or "").splitlines(), instead=value)
            rows = _reworded(kind, rows, written, mine, matcher)
            continue
        said = [_is_meant(kind, row, person_id, valid_from, record_key) for row in _keys(kind, rows, written)]
        meant = mine & pl.lit(pl.Series(said, dtype=pl.Boolean))
        new = pl.lit(value or None, dtype=pl.String)
        rows = rows.with_columns(
            pl.when(meant.fill_null(value=False))
            .then(new)
            .otherwise(pl.col(written + column))
            .alias(written + column)
        )
    return rows


def _keys(kind: Kind, rows: pl.DataFrame, written: str) -> list[tuple[str, ...]]:
    """What a row is known by, as written: its key."""
    names = (KEY, "valid_from") if kind is PEOPLE else kind.key
    return [
        tuple(text or "" for text in row)
        for row in rows.select(*(written + name for name in names)).iter_rows()
    ]


def _is_meant(
    kind: Kind, key: tuple[str, ...], person_id: str, valid_from: date | None, record_key: str | None
) -> bool:
    if kind is not PEOPLE:
        return record_key is not None and normal_record_key(kind.name, "/".join(key)) == record_key
    return normal(key[0]) == normal(person_id) and (valid_from is None or _day(key[1]) == valid_from)


def _reworded(kind: Kind, rows: pl.DataFrame, written: str, mine: pl.Expr, matcher: Matcher) -> pl.DataFrame:
    """The rows with the old words replaced in every text."""
    texts = [written + column.name for column in kind.columns if column.type == "text"]
    return rows.with_columns(
        pl.when(mine)
        .then(pl.col(name).map_elements(matcher.without, return_dtype=pl.String))
        .otherwise(pl.col(name))
        .alias(name)
        for name in texts
    )


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
