"""Where a home says something of a person: every layer, table and file, and how often."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from assets.home import Home
from assets.people.matching import Matcher
from assets.people.person import Person
from assets.people.redact_database import PERSON_COLUMNS
from assets.people.redact_files import holds
from assets.people.roles import RESEARCH
from assets.publication.tables import identifier

DATABASES = (".duckdb",)
LEFT_ALONE = ("warehouse/access.log", "warehouse/.access.log")


@dataclass(frozen=True)
class Place:
    """One place.

    Attributes:
        layer: ``warehouse``, ``publication``, ``history``, ``research``, ``archive``, ``marked``,
            ``reports``, ``dialogue``, ``todo``, ``inbox``, ``operations`` or ``other``.
        where: A path within the home, and for a database the table and column.
        count: Rows of a table; 1 for a file.
    """

    layer: str
    where: str
    count: int


def places_of(home: Home, person: Person, connection: duckdb.DuckDBPyConnection | None = None) -> list[Place]:
    """Every place that names the person.

    Args:
        connection: The warehouse where this process already holds it.
    """
    matcher = person.matcher()
    found: list[Place] = []
    for path in sorted(home.root.rglob("*")):
        if not path.is_file() or path.is_symlink() or _is_scaffold(home, path):
            continue
        inside = path.relative_to(home.root).as_posix()
        layer = layer_of(inside)
        if path.suffix in DATABASES:
            if connection is not None and path == home.warehouse_file:
                found += _in_database(connection, layer, inside, person.organisation, matcher)
            else:
                with duckdb.connect(str(path), read_only=True) as opened:
                    found += _in_database(opened, layer, inside, person.organisation, matcher)
        elif holds(path, matcher):
            found.append(Place(layer, inside, 1))
    return found


def layer_of(inside: str) -> str:
    """The layer of a path within the home."""
    top, _, rest = inside.partition("/")
    if top == "published":
        if rest == RESEARCH:
            return "research"
        return "history" if rest.startswith("history/") else "publication"
    known = {"dagster": "operations", "warehouse": "warehouse"}
    return known.get(
        top, top if top in ("archive", "marked", "reports", "dialogue", "todo", "inbox") else "other"
    )


def _is_scaffold(home: Home, path: Path) -> bool:
    inside = path.relative_to(home.root).as_posix()
    return inside.startswith(LEFT_ALONE) or path.suffix in (".lock", ".wal")


def _in_database(
    connection: duckdb.DuckDBPyConnection, layer: str, inside: str, organisation: str, matcher: Matcher
) -> Iterator[Place]:
    columns = connection.execute(
        """
        select columns.schema_name, columns.table_name, column_name,
            bool_or(column_name = 'organisation_id') over (partition by schema_name, table_name), data_type
        from duckdb_columns() as columns
        join duckdb_tables() as tables using (database_name, schema_name, table_name)
        where database_name = current_database() order by all
        """
    ).fetchall()
    for schema, table, column, scoped, type_ in columns:
        if type_ not in ("VARCHAR", "JSON"):
            continue
        name, full = identifier(column), f"{identifier(schema)}.{identifier(table)}"
        scope = "organisation_id in (?, '')" if scoped else "? is not null"
        rows = connection.execute(
            f"select cast({name} as varchar), count(*) from {full} where {name} is not null and {scope} "
            "group by 1",
            [organisation],
        ).fetchall()
        count = sum(
            int(number)
            for text, number in rows
            if matcher.within(text)
            or (column == "record_key" and matcher.in_key(text))
            or (column in PERSON_COLUMNS and scoped and matcher.is_person(text))
        )
        if count:
            yield Place(layer, f"{inside}: {schema}.{table}.{column}", count)
