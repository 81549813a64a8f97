"""Settings: what the offices decide in ``_indstillinger.xlsx``, typed, one table a kind.

Read by the rules of the cells like any delivery. A row at fault is left out and named in
``settings.finding``; without a settings workbook every table is there, empty.
"""

import duckdb
import polars as pl

from assets.accepted.counts import count_deliveries, write_counts
from assets.accepted.findings import FINDING, row_findings
from assets.accepted.keys import OWN_KEY, duplicate_keys, superseded_keys
from assets.accepted.ledger import Ledger
from assets.accepted.reader_faults import read_reader_faults
from assets.accepted.row_rules import row_faults, with_defaults
from assets.accepted.settings_rules import named_faults
from assets.accepted.source import ROW_META, Source, read_source
from assets.accepted.tables import DUCKDB_TYPES, SOURCE_COLUMNS, key_column
from assets.accepted.typed import POLARS_TYPES, type_rows
from assets.contract import Kind
from assets.raw.cells import read_identifier
from assets.settings_contract import SETTINGS_BY_NAME, SETTINGS_KINDS
from assets.warehouse import replace_table


def build_settings(connection: duckdb.DuckDBPyConnection, *, as_known: int | None = None) -> dict[str, int]:
    """Read ``settings.<kind>`` anew from the settings workbook that is current.

    Args:
        as_known: Read the one that was current when this sequence number was the latest, and leave the
            row counts of ``raw.delivery`` alone.

    Returns:
        Rows of each table.
    """
    source = read_source(connection, SETTINGS_KINDS, as_known=as_known, settings=True)
    reader = read_reader_faults(connection, source)
    ledger = Ledger(reader.refused_rows, reader.faulty_cells)
    ledger.reject(reader.rejected_rows)
    records = {kind.name: _judged(kind, source, ledger) for kind in SETTINGS_KINDS}
    spelling = _folder_spelling(connection)
    standing = {
        kind.name: _as_folders_are_spelled(ledger.standing(records[kind.name]), spelling)
        for kind in SETTINGS_KINDS
    }
    places = pl.concat(
        source.rows[name]
        .select(list(ROW_META))
        .with_columns(pl.lit(name).alias("kind"))
        .join(rows.select("row_id", OWN_KEY), on="row_id", how="left", maintain_order="left")
        for name, rows in records.items()
    )
    replace_table(connection, "settings.finding", row_findings(ledger, source, places))
    if as_known is None:
        write_counts(connection, count_deliveries(source, records, standing))
    return {kind.name: _write(connection, kind, standing[kind.name]) for kind in SETTINGS_KINDS}


def _judged(kind: Kind, source: Source, ledger: Ledger) -> pl.DataFrame:
    """One kind's rows, typed and with their key; their faults are in the ledger."""
    # The workbook lies in one folder but speaks of any: its own place is not the row's organisation or file.
    rows = source.rows[kind.name].rename({"organisation_id": "folder", "path": "workbook"})
    rows, unreadable = type_rows(kind, rows, source.columns)
    ledger.write(unreadable)
    ledger.write(row_faults(kind, rows))
    ledger.write(named_faults(kind, rows))
    rows = _with_settings_key(kind, with_defaults(kind, rows))
    whole = rows.with_columns(
        pl.lit("").alias("organisation_id"),  # the key holds the organisation
        pl.col("workbook").alias("path"),
        pl.lit(False).alias("renamed"),
    )
    ledger.write([duplicate_keys(kind, whole)])
    ledger.write([superseded_keys(kind, ledger.standing(whole))])
    return rows


def settings_findings(connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """``settings.finding``: what is wrong with rows of the settings workbook."""
    if not _exists(connection, "finding"):
        return pl.DataFrame(schema=FINDING)
    found: pl.DataFrame = connection.sql("select * from settings.finding").pl()
    return found


def settings_table(connection: duckdb.DuckDBPyConnection, name: str) -> pl.DataFrame:
    """``settings.<name>``; empty and typed where it has not been read yet."""
    kind = SETTINGS_BY_NAME[name]
    if _exists(connection, name):
        rows: pl.DataFrame = connection.sql(f"select * from settings.{name}").pl()
        return rows
    schema: dict[str, type[pl.DataType] | pl.DataType] = {}
    for column in kind.columns:
        schema[column.name] = POLARS_TYPES[column.type]
        if column.compared:
            schema[key_column(column)] = pl.String
    return pl.DataFrame(
        schema=schema | {"delivery_sequence": pl.Int64, "sheet": pl.String, "row_number": pl.Int32}
    )


def _exists(connection: duckdb.DuckDBPyConnection, name: str) -> bool:
    found = connection.execute(
        "select 1 from information_schema.tables where table_schema = 'settings' and table_name = ?", [name]
    ).fetchall()
    return bool(found)


def settings_columns(kind: Kind) -> dict[str, str]:
    """Column name to DuckDB type of ``settings.<kind>``, in order."""
    columns: dict[str, str] = {}
    for column in kind.columns:
        columns[column.name] = DUCKDB_TYPES[column.type]
        if column.compared:
            columns[key_column(column)] = "VARCHAR"
    return columns | SOURCE_COLUMNS


def _with_settings_key(kind: Kind, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with their key, in which an empty part is a value too: it holds for all."""
    compared = [key_column(kind.column(name)) if kind.column(name).compared else name for name in kind.key]
    parts = [pl.col(name).cast(pl.String).fill_null("") for name in compared]
    missing = pl.any_horizontal(pl.col(name).is_null() for name in kind.key if kind.column(name).required)
    key = pl.concat_str(parts, separator="/")
    return rows.with_columns(pl.when(missing).then(None).otherwise(key).alias(OWN_KEY))


def _folder_spelling(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Organisation by the identifier rules, as its folder is spelled."""
    organisations = connection.sql(
        "select distinct organisation_id from raw.delivery order by organisation_id"
    ).pl()
    return {read_identifier(name): name for name in organisations.get_column("organisation_id").drop_nulls()}


def _as_folders_are_spelled(rows: pl.DataFrame, spelling: dict[str, str]) -> pl.DataFrame:
    if "organisation_id_key" not in rows.columns:
        return rows
    spelled = pl.col("organisation_id_key").replace_strict(
        list(spelling), list(spelling.values()), default=pl.col("organisation_id"), return_dtype=pl.String
    )
    return rows.with_columns(spelled.alias("organisation_id"))


def _write(connection: duckdb.DuckDBPyConnection, kind: Kind, rows: pl.DataFrame) -> int:
    columns = settings_columns(kind)
    declared = ", ".join(f'"{name}" {type_}' for name, type_ in columns.items())
    listed = ", ".join(f'"{name}"' for name in columns)
    connection.execute(f"create or replace table settings.{kind.name} ({declared})")
    connection.register("standing_rows", rows.sort("row_id").select(list(columns)).to_arrow())
    try:
        connection.execute(f"insert into settings.{kind.name} ({listed}) select {listed} from standing_rows")
    finally:
        connection.unregister("standing_rows")
    return rows.height
