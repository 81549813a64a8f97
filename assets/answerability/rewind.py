"""The warehouse as it was at an earlier publication: what was sent, and the ledgers, back to that moment.

Nothing of what was sent is ever deleted, so an earlier moment is the deliveries up to a sequence number, each
with the state it had then. What was computed is not copied: it is computed again.
"""

from collections.abc import Iterable
from typing import Any

import duckdb

from assets.answerability.finding_history import create_finding_history
from assets.publication.chain import Entry, insert_entries
from assets.publication.ledger import create_ledgers
from assets.raw.tables import create_raw_tables
from assets.results.figure_history import BASIS, HISTORY

# A delivery that waited or never counted says by its rule what it was; without one it was current.
STATE_THEN = """
case
    when superseded_by is null or superseded_by > $known then
        case
            when superseded_by is null then state
            when rule is null then 'current'
            when rule = 'shrink_held' then 'held'
            when rule = 'duplicate_delivery' then 'duplicate'
            else 'quarantined'
        end
    else state
end
"""
OF_DELIVERIES = ("sheet", "source_row", "reading_fault")
# What a publication told for the first time, and what those before it told: by these it holds back.
TOLD = (
    ("results.summary_basis", "audit.summary_history"),
    (BASIS, HISTORY),
)


def states_at(connection: duckdb.DuckDBPyConnection, known: int) -> list[tuple[int, str]]:
    """Sequence and state of every delivery there was when that sequence number was the latest."""
    rows: list[tuple[int, str]] = connection.execute(
        f"select sequence, {STATE_THEN} from raw.delivery where sequence <= $known order by sequence",
        {"known": known},
    ).fetchall()
    return rows


def known_at(connection: duckdb.DuckDBPyConnection, inputs: Iterable[dict[str, Any]]) -> int | None:
    """The sequence number that was the latest when a publication was made of these inputs.

    Args:
        inputs: ``inputs`` of its manifest. A withdrawal takes a number without being a delivery, so the
            latest delivery alone does not tell.

    Returns:
        None where the warehouse never was so.
    """
    wanted = [(row["sequence"], row["state"]) for row in inputs]
    numbers = connection.execute(
        "select sequence from raw.delivery union select superseded_by from raw.delivery "
        "where superseded_by is not null order by 1 desc"
    ).fetchall()
    return next((number for (number,) in numbers if states_at(connection, number) == wanted), None)


def rewind(
    warehouse: duckdb.DuckDBPyConnection,
    scratch: duckdb.DuckDBPyConnection,
    known: int,
    chain_before: list[Entry],
) -> None:
    """Fill an empty warehouse with what another held at an earlier moment.

    Args:
        warehouse: The one that is read.
        scratch: The one that is filled; its schemas are there.
        known: The latest sequence number of that moment.
        chain_before: The publications made by then.
    """
    create_raw_tables(scratch)
    create_ledgers(scratch)
    create_finding_history(scratch)
    given = {"known": known}
    deliveries = warehouse.sql(
        f"""
        select * replace (
            {STATE_THEN} as state,
            case when superseded_by > $known then null else superseded_at end as superseded_at,
            case when superseded_by > $known then null else superseded_by end as superseded_by
        )
        from raw.delivery where sequence <= $known
        """,
        params=given,
    )
    _append(scratch, "raw.delivery", deliveries)
    for table in OF_DELIVERIES:
        rows = warehouse.sql(f"select * from raw.{table} where delivery_sequence <= $known", params=given)
        _append(scratch, f"raw.{table}", rows)
    _append(
        scratch,
        "accepted.finding_history",
        warehouse.sql(
            """
            select * replace (
                case when mended_sequence > $known then null else mended_sequence end as mended_sequence,
                case when mended_sequence > $known then null else mended_date end as mended_date
            )
            from accepted.finding_history where first_sequence <= $known
            """,
            params=given,
        ),
    )
    upto = {"made": len(chain_before)}
    insert_entries(scratch, "audit.publication", chain_before)
    _append(
        scratch,
        "audit.restatement",
        warehouse.sql("select * from audit.restatement where publication_sequence <= $made + 1", params=upto),
    )
    for basis, history in TOLD:
        if _is_there(warehouse, history):
            rows = warehouse.sql(
                f"select * from {history} where publications_before < $made union all "
                f"select * from {basis} where publications_before < $made",
                params=upto,
            ).to_arrow_table()
            scratch.register("incoming_rows", rows)
            scratch.execute(f"create table {history} as select * from incoming_rows")
            scratch.unregister("incoming_rows")


def _is_there(connection: duckdb.DuckDBPyConnection, table: str) -> bool:
    schema, name = table.split(".")
    found = connection.execute(
        "select count(*) from duckdb_tables() where schema_name = ? and table_name = ? "
        "and database_name = current_database()",
        [schema, name],
    ).fetchall()
    return bool(found[0][0])


def _append(scratch: duckdb.DuckDBPyConnection, table: str, rows: duckdb.DuckDBPyRelation) -> None:
    scratch.register("incoming_rows", rows.to_arrow_table())
    try:
        scratch.execute(f"insert into {table} by name select * from incoming_rows")
    finally:
        scratch.unregister("incoming_rows")
