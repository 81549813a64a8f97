"""What the reader already found, as the row rules need it: refused sheets, rejected rows, faulty cells."""

from dataclasses import dataclass

import duckdb
import polars as pl

from assets.accepted.source import Source
from assets.contract import KINDS
from assets.settings_contract import SETTINGS_KINDS

# The cells of such a row do not stand where they belong, so nothing else is said of them.
_WHOLE_ROW = ("ragged_row", "unclosed_quote")
# In a column outside the contract these keep no row out: such columns are kept, never judged.
_CONTRACT_ONLY = ("error_cell", "no_cached_value", "control_character", "mojibake")


@dataclass(frozen=True)
class ReaderFaults:
    """The reader's faults by row.

    Attributes:
        refused_rows: Rows refused whole, by themselves or with their sheet: ``row_id``, ``cause_row``,
            ``cause_column``, ``cause_rule``.
        rejected_rows: ``row_id``, ``column``, ``rule`` of rows an error of the reader keeps out.
        faulty_cells: ``row_id``, ``column`` of cells with an error, and of descriptive cells emptied
            of personal data.
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
        where (severity = 'error' or rule = 'personal_data') and row_number is not null
        """
    ).pl()
    places = pl.concat(
        [
            rows.select("row_id", "delivery_sequence", "sheet", "row_number", pl.lit(kind).alias("kind"))
            for kind, rows in source.rows.items()
        ]
    )
    columns = source.columns.select(
        "delivery_sequence", "sheet", "column", pl.col("letter").alias("column_letter")
    )
    at = ["delivery_sequence", "sheet"]
    whole = source.sheets.filter(pl.col("refused").is_not_null()).select(*at, pl.col("refused").alias("rule"))
    by_row = faults.join(places, on=[*at, "row_number"], how="inner", maintain_order="left").join(
        columns, on=[*at, "column_letter"], how="left", maintain_order="left"
    )
    refused = pl.concat(
        [
            places.join(whole, on=at, how="inner", maintain_order="left").select("row_id", "rule"),
            by_row.filter(pl.col("rule").is_in(_WHOLE_ROW)).select("row_id", "rule"),
        ]
    ).unique("row_id", keep="first", maintain_order=True)
    errors = by_row.filter(
        (pl.col("rule") != "personal_data")
        & (~pl.col("rule").is_in(_CONTRACT_ONLY) | pl.col("column").is_not_null())
    )
    emptied = by_row.filter(pl.col("rule") == "personal_data").join(
        _descriptive_columns(), on=["kind", "column"], how="semi"
    )
    faulty = pl.concat([errors.filter(pl.col("column").is_not_null()), emptied])
    return ReaderFaults(
        refused_rows=refused.select(
            "row_id",
            pl.col("row_id").alias("cause_row"),
            pl.lit(None, pl.String).alias("cause_column"),
            pl.col("rule").alias("cause_rule"),
        ),
        rejected_rows=errors.select("row_id", "column", "rule"),
        faulty_cells=faulty.select("row_id", "column").unique(),
    )


def _descriptive_columns() -> pl.DataFrame:
    """``kind``, ``column`` of the columns in which an emptied cell rejects no row."""
    found = [
        (kind.name, column.name)
        for kind in (*KINDS, *SETTINGS_KINDS)
        for column in kind.columns
        if column.descriptive
    ]
    return pl.DataFrame(found, schema={"kind": pl.String, "column": pl.String}, orient="row")
