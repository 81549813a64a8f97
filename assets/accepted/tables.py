"""The tables of ``accepted``, made from the contract: names, types and comments."""

import duckdb

from assets.contract import KINDS, Column, Kind

DUCKDB_TYPES = {
    "text": "VARCHAR",
    "identifier": "VARCHAR",
    "enum": "VARCHAR",
    "date": "DATE",
    "money": "DECIMAL(18,2)",
    "integer": "INTEGER",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
}
SOURCE_COLUMNS = {"delivery_sequence": "BIGINT", "sheet": "VARCHAR", "row_number": "INTEGER"}


def table_columns(kind: Kind) -> dict[str, str]:
    """Column name to DuckDB type of ``accepted.<kind>``, in order."""
    columns = {"organisation_id": "VARCHAR", "record_key": "VARCHAR"}
    for column in kind.columns:
        columns[column.name] = DUCKDB_TYPES[column.type]
        if column.compared:
            columns[key_column(column)] = "VARCHAR"
    return columns | SOURCE_COLUMNS


def key_column(column: Column) -> str:
    """Name of the column that holds a compared text by the identifier rules."""
    return f"{column.name}_key"


def create_tables(connection: duckdb.DuckDBPyConnection, schema: str = "accepted") -> None:
    """Create every accepted table, empty; one that is there is replaced."""
    for kind in KINDS:
        columns = ", ".join(f'"{name}" {type_}' for name, type_ in table_columns(kind).items())
        connection.execute(f"create or replace table {schema}.{kind.name} ({columns})")
