"""What the reader already found, as the row rules need it: refused sheets, rejected rows, faulty cells."""

from dataclasses import dataclass

import duckdb
import polars as pl

from assets.accepted.ledger import CAUSE_READ
from assets.accepted.source import Source

SHEET_RULES = ("missing_column", "duplicate_heading")
# In a column outside the contract these keep no row out: such columns are kept, never judged.
_CONTRACT_ONLY = ("error_cell", "no_cached_value", "control_character", "mojibake")


@dataclass(frozen=True)
class ReaderFaults:
    """The reader's faults by row.

    Attributes:
        refused_rows: Rows of sheets refused whole: ``row_id``, ``cause_row``, ``cause_column``,
            ``cause_rule``.
        rejected_rows: ``row_id``, ``column``, ``rule`` of rows an error of the reader keeps out.
        faulty_cells: ``row_id``, ``column`` of cells with an error.
    """

    refused_rows: pl.DataFrame
    rejected_rows: pl.DataFrame
    faulty_cells: pl.DataFrame


def read_reader_faults(connection: duckdb.DuckDBPyConnection, source: Source) -> ReaderFaults:
    """The faults of ``raw.reading_fault`` that bear on the rows of these deliveries."""
    faults = connection.sql(
        """
        select delivery_sequence, sheet, cast(row_number as integer) as row_number, column_letter, rule
        from raw.reading_fault
        where severity = 'error' and row_number is not null
        """
    ).pl()
    places = pl.concat(
        [rows.select("row_id", "delivery_sequence", "sheet", "row_number") for rows in source.rows.values()]
    )
    columns = source.columns.select(
        "delivery_sequence", "sheet", "column", pl.col("letter").alias("column_letter")
    )
    at = ["delivery_sequence", "sheet"]
    whole = source.sheets.filter(pl.col("refused").is_not_null()).select(*at, pl.col("refused").alias("rule"))
    refused = places.join(whole, on=at, how="inner", maintain_order="left").select(
        "row_id",
        pl.col("row_id").alias("cause_row"),
        pl.lit(None, pl.String).alias("cause_column"),
        pl.col("rule").alias("cause_rule"),
    )
    by_row = (
        faults.filter(~pl.col("rule").is_in(SHEET_RULES))
        .join(places, on=[*at, "row_number"], how="inner", maintain_order="left")
        .join(columns, on=[*at, "column_letter"], how="left", maintain_order="left")
    )
    errors = by_row.filter(~pl.col("rule").is_in(_CONTRACT_ONLY) | pl.col("column").is_not_null())
    return ReaderFaults(
        refused_rows=refused.select(CAUSE_READ),
        rejected_rows=errors.select("row_id", "column", "rule"),
        faulty_cells=errors.filter(pl.col("column").is_not_null()).select("row_id", "column").unique(),
    )
