"""Taking a person out of a database: the warehouse, and every publication that is kept."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from assets.contract import KINDS
from assets.engine.change_state import forget_all
from assets.people.matching import Matcher
from assets.people.rows import person_columns, redact_cells
from assets.publication.tables import identifier, quoted

_JUDGED = ("numerator", "denominator", "value", "lower", "upper", "n", "target", "partly_target", "certain")
_UPHELD = ("value_if_upheld", "status_if_upheld")


@dataclass
class Touched:
    """What was changed: tables (``schema.name``), and the rows emptied as (delivery, sheet, row)."""

    tables: set[str] = field(default_factory=set)
    emptied: set[tuple[int, str, int]] = field(default_factory=set)
    cells: set[tuple[int, str, int, str]] = field(default_factory=set)


def redact_database(
    connection: duckdb.DuckDBPyConnection, organisation: str, matcher: Matcher, *, warehouse: bool
) -> Touched:
    """Take a person out of every table of the opened database.

    Rows about the person are deleted, references emptied, judgements of the person's work taken away, and
    what names them in any other text replaced. Sums over many stand.

    Args:
        warehouse: It is the warehouse, whose rows as written are emptied, not deleted.
    """
    touched = Touched()
    if warehouse:
        forget_all(connection)  # of what is taken out here by hand, no table of a model knows
    if matcher.replaces:  # a word is corrected: nothing goes, and nobody's work is judged otherwise
        _sweep(connection, organisation, matcher, touched)
        return touched
    _source_rows(connection, organisation, matcher, touched, "raw" if warehouse else "audit")
    _records(connection, organisation, matcher, touched, "accepted" if warehouse else "main")
    _results(connection, organisation, matcher, touched, "results" if warehouse else "main")
    _by_key(connection, organisation, matcher, touched)
    _sweep(connection, organisation, matcher, touched)
    return touched


def _columns(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    found = connection.execute(
        """
        select columns.schema_name || '.' || columns.table_name, column_name, data_type
        from duckdb_columns() as columns
        join duckdb_tables() as tables using (database_name, schema_name, table_name)
        where database_name = current_database() and not columns.internal
        order by 1, column_index
        """
    ).fetchall()
    tables: dict[str, dict[str, str]] = {}
    for table, column, type_ in found:
        tables.setdefault(table, {})[column] = type_
    return tables


def _source_rows(
    connection: duckdb.DuckDBPyConnection,
    organisation: str,
    matcher: Matcher,
    touched: Touched,
    schema: str,
) -> None:
    tables = _columns(connection)
    if f"{schema}.source_row" not in tables or f"{schema}.sheet" not in tables:
        return
    rows = connection.execute(
        f"""
        select source_row.delivery_sequence, source_row.sheet, source_row.row_number, source_row.kind,
            cast(source_row.cells as varchar), cast(sheet.columns as varchar)
        from {schema}.source_row
        left join {schema}.sheet
            on source_row.delivery_sequence = sheet.delivery_sequence and source_row.sheet = sheet.sheet
        where source_row.organisation_id = ?
        """,
        [organisation],
    ).fetchall()
    for sequence, sheet, number, kind, cells, columns in rows:
        redacted = redact_cells(kind, json.loads(columns or "{}"), json.loads(cells or "{}"), matcher)
        if redacted is None:
            continue
        touched.tables.add(f"{schema}.source_row")
        place = (sequence, sheet, number)
        if redacted.emptied:
            touched.emptied.add(place)
        touched.cells |= {(*place, letter) for letter in redacted.letters}
        where = "where delivery_sequence = ? and sheet = ? and row_number = ?"
        if redacted.emptied and schema != "raw":
            connection.execute(f"delete from {schema}.source_row {where}", list(place))
            continue
        reason = ", skip_reason = 'blank'" if redacted.emptied and schema == "raw" else ""
        said = json.dumps(redacted.cells, ensure_ascii=False)
        connection.execute(f"update {schema}.source_row set cells = ?{reason} {where}", [said, *place])
    _findings(connection, touched, tables)


def _findings(
    connection: duckdb.DuckDBPyConnection, touched: Touched, tables: dict[str, dict[str, str]]
) -> None:
    """What was found in rows that are empty now is found no longer."""
    for table in ("raw.reading_fault", "accepted.finding", "audit.finding", "accepted.alias_use"):
        if table in tables:
            for place in touched.emptied:
                connection.execute(
                    f"delete from {table} where delivery_sequence = ? and sheet = ? and row_number = ?",
                    list(place),
                )


def _records(
    connection: duckdb.DuckDBPyConnection,
    organisation: str,
    matcher: Matcher,
    touched: Touched,
    schema: str,
) -> None:
    tables = _columns(connection)
    for kind in KINDS:
        table = f"{schema}.{kind.name}"
        known = person_columns()[kind.name]
        for column in known.required | known.optional:
            if column not in tables.get(table, {}):
                continue
            values = _distinct(connection, table, column, organisation)
            for value in filter(matcher.is_person, values):
                touched.tables.add(table)
                act = (
                    f"delete from {table}"
                    if column in known.required
                    else f"update {table} set {column} = null"
                )
                connection.execute(
                    f"{act} where organisation_id = ? and {identifier(column)} = ?", [organisation, value]
                )


def _results(
    connection: duckdb.DuckDBPyConnection,
    organisation: str,
    matcher: Matcher,
    touched: Touched,
    schema: str,
) -> None:
    """No judgement of the person's work stands; the network's own value does, without the person."""
    tables = _columns(connection)
    led: set[tuple[str, str]] = set()
    for name in ("indicator_result", "responsibility_result"):
        table = f"{schema}.{name}"
        columns = tables.get(table, {})
        if "reference_leader_id" not in columns:
            continue
        for value in filter(
            matcher.is_person, _distinct(connection, table, "reference_leader_id", organisation)
        ):
            mine = [organisation, value]
            where = "where organisation_id = ? and reference_leader_id = ?"
            led |= set(
                connection.execute(
                    f"select distinct network_id, period from {table} {where}", mine
                ).fetchall()
            )
            emptied = [c for c in (*_JUDGED, *_UPHELD, "perceived_status", "perception_gap") if c in columns]
            emptied += [c for c in ("fulfilled", "partly", "not_fulfilled") if c in columns]
            said = [f"{column} = null" for column in emptied]
            said += ["status = 'not_assessable'", "disputed = false"]
            said += ["reason = 'erased'"] if "reason" in columns else []
            connection.execute(
                f"update {table} set {', '.join(said)} {where} and responsibility_id <> ''", mine
            )
            connection.execute(f"update {table} set reference_leader_id = null {where}", mine)
            touched.tables.add(table)
    where = "where organisation_id = ? and network_id = ? and period = ?"
    for table, act in (
        (f"{schema}.pulse_summary", "update {} set status = null, n = null"),
        ("audit.restatement", "delete from {}"),
        ("audit.hearing", "delete from {}"),
    ):
        if {"organisation_id", "network_id", "period"} <= tables.get(table, {}).keys():
            for network, period in led:
                connection.execute(f"{act.format(table)} {where}", [organisation, network, period])
                touched.tables.add(table)
    for table in tables:
        if table.startswith("evidence.") or table in ("audit.evidence", "results.evidence"):
            for network, period in led:
                connection.execute(
                    f"delete from {table} {where} and indicator_id not like 'V%'",
                    [organisation, network, period],
                )
                touched.tables.add(table)


def _by_key(
    connection: duckdb.DuckDBPyConnection, organisation: str, matcher: Matcher, touched: Touched
) -> None:
    """Rows that name a record of the person by its key."""
    for table, columns in _columns(connection).items():
        if {"record_key", "organisation_id"} <= columns.keys():
            for value in filter(matcher.in_key, _distinct(connection, table, "record_key", organisation)):
                connection.execute(
                    f"delete from {table} where organisation_id = ? and record_key = ?", [organisation, value]
                )
                touched.tables.add(table)


def _distinct(connection: duckdb.DuckDBPyConnection, table: str, column: str, organisation: str) -> list[str]:
    rows = connection.execute(
        f"select distinct {identifier(column)} from {table} where organisation_id = ?", [organisation]
    ).fetchall()
    return [row[0] for row in rows if row[0] is not None]


def _sweep(
    connection: duckdb.DuckDBPyConnection, organisation: str, matcher: Matcher, touched: Touched
) -> None:
    """Every other text of the organisation; where a table tells none, ids of others may be the same: left."""
    tables = _columns(connection)
    known_deliveries = "raw.delivery" if "raw.delivery" in tables else "audit.delivery"
    for table, columns in tables.items():
        if matcher.replaces and table == "raw.correction":
            continue  # what was corrected, and to what, is known by it afterwards
        if "organisation_id" in columns:
            scope = f"organisation_id in ({quoted(organisation)}, '')"
        elif "delivery_sequence" in columns:
            scope = (
                f"delivery_sequence in (select sequence from {known_deliveries} "
                f"where organisation_id in ({quoted(organisation)}, ''))"
            )
        else:
            continue
        for column, type_ in columns.items():
            if type_ not in ("VARCHAR", "JSON") or column in ("organisation_id", "path", "sha256"):
                continue
            name = identifier(column)
            rows = connection.execute(
                f"select distinct cast({name} as varchar) from {table} where {scope} and {name} is not null"
            ).fetchall()
            changes = [(matcher.without(old), old) for (old,) in rows if matcher.within(old)]
            whole = [
                (None, old)
                for (old,) in rows
                if column in PERSON_COLUMNS and not matcher.replaces and matcher.is_person(old)
            ]
            for new, old in (*changes, *whole):
                connection.execute(
                    f"update {table} set {name} = ? where {scope} and cast({name} as varchar) = ?", [new, old]
                )
                touched.tables.add(table)


PERSON_COLUMNS = frozenset(
    column for known in person_columns().values() for column in known.required | known.optional
) | {"reference_leader_id", "leader_id", "actor_id"}


def rewrite_whole(source: Path, target: Path, options: Iterable[str] = ()) -> None:
    """Copy a database into a fresh file, so that nothing of what was deleted lingers in unused blocks.

    Args:
        options: Of the fresh file, as ``attach`` takes them.
    """
    target.unlink(missing_ok=True)
    with duckdb.connect() as connection:
        listed = ", ".join(options)
        connection.execute(f"attach {quoted(str(source))} as old (read_only)")
        connection.execute(f"attach {quoted(str(target))} as fresh{f' ({listed})' if listed else ''}")
        connection.execute("copy from database old to fresh")
        connection.execute("checkpoint fresh")
        connection.execute("detach fresh")
