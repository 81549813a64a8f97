"""What Dagster shows of a table: its rows, its columns, and how one is declared as an asset."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

import dagster as dg
import duckdb

from assets.layers.column_meanings import column_meanings

OWNER = "team:netvaerdi"
NOTHING: Mapping[str, Mapping[str, str]] = MappingProxyType({})
MARKUP = re.compile(r"[\\`*\[\]!|~]")
LAST_DELIVERIES = """
select coalesce(sheets.kind, '') as kind, max(deliveries.received_at)
from raw.delivery as deliveries
inner join raw.sheet as sheets on deliveries.sequence = sheets.delivery_sequence
where deliveries.state = 'current'
group by grouping sets ((sheets.kind), ())
"""


def table_spec(
    table: str,
    *,
    description: str,
    reads: Iterable[str] = (),
    group: str = "",
    kinds: Iterable[str] = ("duckdb",),
    code_version: str | None = None,
) -> dg.AssetSpec:
    """Declare ``schema.name`` as the asset ``[schema, name]``, in the group of its schema unless told."""
    schema, name = table.split(".")
    return dg.AssetSpec(
        dg.AssetKey([schema, name]),
        deps=[dg.AssetKey(read.split(".")) for read in reads],
        description=description,
        group_name=group or schema,
        kinds=set(kinds),
        owners=[OWNER],
        tags={"layer": schema},
        code_version=code_version,
        skippable=True,
    )


def cell_text(value: object) -> str:
    """A value as text in a Markdown table: whoever sent it puts no link, picture or markup into the page."""
    return MARKUP.sub(r"\\\g<0>", " ".join(str(value).split())).replace("<", "&lt;")


def table_of(key: dg.AssetKey) -> str:
    """``schema.name`` of an asset key."""
    return ".".join(key.path)


def facts(
    connection: duckdb.DuckDBPyConnection,
    tables: Sequence[str],
    origins: Mapping[str, Mapping[str, str]] = NOTHING,
) -> dict[str, Mapping[str, Any]]:
    """Row count and column schema of each table, as metadata Dagster knows the names of.

    Args:
        origins: Table to column to what it is made of; said after the column's meaning.
    """
    delivered = last_deliveries(connection)
    columns: dict[str, list[dg.TableColumn]] = {}
    meanings = {table: column_meanings(table) for table in tables}
    for table, column, type_, comment in connection.execute(
        "select schema_name || '.' || table_name, column_name, data_type, comment from duckdb_columns() "
        "where not internal order by column_index"
    ).fetchall():
        if table in meanings:
            meaning = comment or meanings[table].get(column)
            described = "\n".join(filter(None, (meaning, origins.get(table, {}).get(column)))) or None
            columns.setdefault(table, []).append(dg.TableColumn(column, type_, description=described))
    return {
        table: {
            "dagster/row_count": row_count(connection, table),
            "dagster/column_schema": dg.TableSchema(columns.get(table, [])),
            **delivered_metadata(delivered, table),
        }
        for table in tables
    }


def last_deliveries(connection: duckdb.DuckDBPyConnection) -> dict[str, datetime]:
    """When rows of each kind last came in a delivery that still stands; of any kind under the empty name."""
    try:
        found = connection.execute(LAST_DELIVERIES).fetchall()
    except duckdb.CatalogException:  # before the first run has read the inbox
        return {}
    return {kind: at.replace(tzinfo=UTC) for kind, at in found if at is not None}


def delivered_metadata(delivered: Mapping[str, datetime], table: str) -> dict[str, dg.MetadataValue]:
    """The last delivery behind a table: of its own kind, where it is a kind, else of any."""
    schema, name = table.split(".")
    own = delivered.get(name) if schema in ("accepted", "settings") else None
    last = own or delivered.get("")
    return {"last_delivery": dg.MetadataValue.timestamp(last)} if last else {}


def row_count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    """Rows of ``schema.name``."""
    schema, name = table.split(".")
    ((count,),) = connection.execute(f'select count(*) from "{schema}"."{name}"').fetchall()
    return int(count)
