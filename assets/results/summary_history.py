"""What readers of earlier publications already know of the summary, so that two cannot be subtracted.

``results.summary_basis`` lays aside the rows that the summary just built would tell for the first time,
with every network behind them. When the next summary is built and a publication has been made since,
they move to ``audit.summary_history``, which only grows. Neither table is published: they name networks.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import duckdb
import polars as pl

from assets.warehouse import replace_table


class Atom(NamedTuple):
    """One network, measured on one day, with what was found: the same to a reader as long as all four are."""

    network_id: str
    period: str
    measured_on: str
    status: str


class KnownRow(NamedTuple):
    """A row some publication showed: the atoms behind it, each with its reference leader."""

    atoms: tuple[tuple[Atom, str | None], ...]


class ShownRow(NamedTuple):
    """A row of the summary that tells something new, and the atoms behind it with their leaders."""

    organisation_id: str
    period: str
    responsibility_id: str
    network_type: str
    window: str
    atoms: tuple[tuple[Atom, str | None], ...]


BASIS_SCHEMA = {
    "organisation_id": pl.String,
    "period": pl.String,
    "responsibility_id": pl.String,
    "network_type": pl.String,
    "window": pl.String,
    "publications_before": pl.Int64,
    "row_order": pl.Int64,
    "network_id": pl.String,
    "measured_period": pl.String,
    "measured_on": pl.String,
    "status": pl.String,
    "reference_leader_id": pl.String,
}
TYPES = ", ".join(
    f'"{name}" {"BIGINT" if kind == pl.Int64 else "VARCHAR"}' for name, kind in BASIS_SCHEMA.items()
)


def read_history(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], list[KnownRow]]:
    """Rows told by earlier publications, oldest first, by organisation and responsibility."""
    connection.execute(f"create table if not exists audit.summary_history ({TYPES})")
    connection.execute(f"create table if not exists results.summary_basis ({TYPES})")
    keep_what_was_published(connection, "results.summary_basis", "audit.summary_history", tuple(BASIS_SCHEMA))
    told: dict[tuple[str, str], dict[tuple[int, int], list[tuple[Atom, str | None]]]] = defaultdict(dict)
    for organisation_id, responsibility_id, publication, row_order, *atom, leader in connection.execute(
        """
        select
            organisation_id, responsibility_id, publications_before, row_order,
            network_id, measured_period, measured_on, status, reference_leader_id
        from audit.summary_history
        order by organisation_id, responsibility_id, publications_before, row_order, network_id
        """
    ).fetchall():
        row = told[organisation_id, responsibility_id].setdefault((publication, row_order), [])
        row.append((Atom(*atom), leader))
    return {system: [KnownRow(tuple(atoms)) for atoms in rows.values()] for system, rows in told.items()}


def keep_what_was_published(
    connection: duckdb.DuckDBPyConnection, basis: str, history: str, columns: Sequence[str]
) -> None:
    """Move the rows laid aside in ``basis`` to the history if a publication was made after they were."""
    made = publications_made(connection)
    listed = ", ".join(f'"{name}"' for name in columns)
    connection.execute("begin")
    try:
        connection.execute(
            f"insert into {history} by name select {listed} from {basis} where publications_before < ?",
            [made],
        )
        connection.execute(f"delete from {basis} where publications_before < ?", [made])
        connection.execute("commit")
    except duckdb.Error:
        connection.execute("rollback")
        raise


def remember_shown(connection: duckdb.DuckDBPyConnection, shown: list[ShownRow]) -> None:
    """Lay aside what the summary tells for the first time, until it is known whether it was published."""
    made = publications_made(connection)
    rows = [
        (*row[:5], made, order, *atom, leader)
        for order, row in enumerate(shown)
        for atom, leader in row.atoms
    ]
    replace_table(connection, "results.summary_basis", pl.DataFrame(rows, schema=BASIS_SCHEMA, orient="row"))


def publications_made(connection: duckdb.DuckDBPyConnection) -> int:
    """How many publications the warehouse knows of; 0 where it has never made one."""
    found = connection.execute(
        "select count(*) from information_schema.tables "
        "where table_schema = 'audit' and table_name = 'publication'"
    ).fetchall()
    if not found[0][0]:
        return 0
    return int(connection.execute("select count(*) from audit.publication").fetchall()[0][0])
