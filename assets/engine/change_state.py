"""What is noted of tables between runs: what each organisation's rows were made from, and what they hold.

``audit.model_state`` has one row per table and organisation. A table's rows have a name, which is another one
as soon as they are others. Where they were looked at before and after a change, the hash of each part of them
is kept too, and which parts the latest change reached: a part is one indicator's rows.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import duckdb

STATE = "audit.model_state"
SHARED = ""  # where a table's rows belong to no organisation
PART = "indicator_id"
_COLUMNS = ("table_name", "organisation_id", "made_from", "content", "hashes", "earlier", "parts")
Keys = dict[str, str]  # of each organisation
Hashes = dict[str, str]  # of each part


@dataclass(frozen=True)
class Noted:
    """Of one organisation's rows of a table.

    Attributes:
        made_from: What they were made from.
        content: The name of what they hold.
        hashes: Of each part the hash of its rows; None where nobody has looked.
        earlier: The name before the latest change; empty where that is not known.
        parts: The parts that the latest change reached; None where that is not known.
    """

    made_from: str
    content: str
    hashes: Hashes | None = None
    earlier: str = ""
    parts: frozenset[str] | None = None


State = dict[str, dict[str, Noted]]  # of each table and organisation


def read_state(connection: duckdb.DuckDBPyConnection) -> State:
    """What is noted of the tables that are there."""
    there = {
        table
        for (table,) in connection.execute(
            "select schema_name || '.' || table_name from duckdb_tables() "
            "where database_name = current_database()"
        ).fetchall()
    }
    state: State = {}
    if STATE in there:
        for table, organisation, made_from, content, hashes, earlier, parts in connection.execute(
            f"select {', '.join(_COLUMNS)} from {STATE}"
        ).fetchall():
            if table in there:
                state.setdefault(table, {})[organisation] = Noted(
                    made_from,
                    content,
                    json.loads(hashes) if hashes else None,
                    earlier,
                    frozenset(json.loads(parts)) if parts else None,
                )
    return state


def write_state(connection: duckdb.DuckDBPyConnection, state: Mapping[str, Mapping[str, Noted]]) -> None:
    """Note tables of which nothing is noted."""
    rows = [
        (
            table,
            organisation,
            noted.made_from,
            noted.content,
            "" if noted.hashes is None else json.dumps(noted.hashes),
            noted.earlier,
            "" if noted.parts is None else json.dumps(sorted(noted.parts)),
        )
        for table, of_table in state.items()
        for organisation, noted in of_table.items()
    ]
    if rows:
        columns = [list(column) for column in zip(*rows, strict=True)]
        connection.execute(f"insert into {STATE} select {', '.join(['unnest(?)'] * len(_COLUMNS))}", columns)


def forget_all(connection: duckdb.DuckDBPyConnection) -> None:
    """Have every table computed whole by the next run."""
    connection.execute(f"drop table if exists {STATE}")


def forget(connection: duckdb.DuckDBPyConnection, tables: Sequence[str]) -> None:
    """Have these tables computed whole by the next run: for whoever changes them in another way."""
    columns = ", ".join(f"{name} varchar not null" for name in _COLUMNS)
    connection.execute(f"create table if not exists {STATE} ({columns})")
    connection.execute(f"delete from {STATE} where list_contains(?, table_name)", [list(tables)])


def hash_rows(
    connection: duckdb.DuckDBPyConnection, table: str, organisations: Iterable[str] | None = None
) -> dict[str, Hashes]:
    """Of each organisation, or of those asked for, a hash of each part's rows, whatever their order.

    Two sums over every row's hash: one that equal rows cancel out of, and one that they do not. A table that
    tells no parts is one part; organisations without rows are left out.
    """
    columns = connection.execute(f"select * from {table} limit 0").description or ()
    described = str([(column[0], str(column[1])) for column in columns])
    names = [column[0] for column in columns]
    owner = f"coalesce(organisation_id, '{SHARED}')" if "organisation_id" in names else f"'{SHARED}'"
    part = f"coalesce({PART}, '')" if PART in names else "''"
    alone = "" if organisations is None else f" where {owner} in ({listed(organisations)})"
    found: dict[str, Hashes] = {}
    for organisation, name, *said in connection.execute(
        "select owner, part, count(*), bit_xor(row_hash), sum(row_hash) from (select "
        f"{owner} as owner, {part} as part, hash(held) as row_hash from {table} as held{alone}) group by all"
    ).fetchall():
        found.setdefault(organisation, {})[name] = digest(described, *map(str, said))
    return found


def name_of(hashes: Hashes) -> str:
    """A name for rows of these hashes."""
    return digest(*(text for part in sorted(hashes.items()) for text in part))


def digest(*parts: str) -> str:
    """A key of these texts, in this order."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def listed(names: Iterable[str]) -> str:
    """Names as literals of SQL."""
    return ", ".join("'" + name.replace("'", "''") + "'" for name in names)
