"""The ledger of one build: every fault found so far, and which rows it keeps out."""

from collections.abc import Iterable

import polars as pl

FAULT = {
    "row_id": pl.UInt32,
    "column": pl.String,  # canonical name; null for a fault of the row
    "rule": pl.String,
    "severity": pl.String,
    "rejects": pl.Boolean,
    "value": pl.String,  # as written
    "hint": pl.String,
    "cause_row": pl.UInt32,  # of a cascade: the row, column and rule that began it
    "cause_column": pl.String,
    "cause_rule": pl.String,
}

CAUSE_READ = ("row_id", "cause_row", "cause_column", "cause_rule")


def faults(
    rows: pl.DataFrame,
    rule: str | pl.Expr,
    column: str | None = None,
    *,
    severity: str = "error",
    rejects: bool | None = None,
    hint: str | pl.Expr = "",
    value: str | pl.Expr | None = None,
) -> pl.DataFrame:
    """One fault a row, in the shape of ``FAULT``.

    Args:
        rows: The rows at fault, with ``row_id`` and their cells as written.
        column: Canonical name of the cell at fault.
        rejects: Whether it keeps the row out; an error does, unless said.
        value: The cell as written, where it is not ``w:<column>``.
    """
    if value is None:
        written = f"w:{column}"
        value = pl.col(written) if column and written in rows.columns else pl.lit("")
    return rows.select(
        pl.col("row_id"),
        pl.lit(column, pl.String).alias("column"),
        (pl.lit(rule) if isinstance(rule, str) else rule).cast(pl.String).alias("rule"),
        pl.lit(severity).alias("severity"),
        pl.lit(severity == "error" if rejects is None else rejects).alias("rejects"),
        (pl.lit(value) if isinstance(value, str) else value).cast(pl.String).fill_null("").alias("value"),
        (pl.lit(hint) if isinstance(hint, str) else hint).cast(pl.String).fill_null("").alias("hint"),
        *(pl.lit(None, FAULT[name]).alias(name) for name in ("cause_row", "cause_column", "cause_rule")),
    )


class Ledger:
    """Faults in the order they were found.

    Rows of a refused sheet answer for the sheet's fault alone, and a cell the reader already found
    faulty for that fault alone: what follows from either is not written down again.
    """

    def __init__(
        self, refused_rows: pl.DataFrame | None = None, faulty_cells: pl.DataFrame | None = None
    ) -> None:
        """Begin a ledger.

        Args:
            refused_rows: Rows whose sheet is refused whole: ``row_id``, ``cause_row`` (the same),
                ``cause_column`` (null), ``cause_rule``.
            faulty_cells: ``row_id``, ``column`` the reader found faulty.
        """
        self._refused = (
            refused_rows
            if refused_rows is not None
            else pl.DataFrame(schema={name: FAULT[name] for name in CAUSE_READ})
        )
        self._faulty = (
            faulty_cells
            if faulty_cells is not None
            else pl.DataFrame(schema={"row_id": pl.UInt32, "column": pl.String})
        )
        self._faults: list[pl.DataFrame] = [pl.DataFrame(schema=FAULT)]
        self._read_causes: list[pl.DataFrame] = [self._refused.select(CAUSE_READ)]
        self._rejected: list[pl.DataFrame] = [self._refused.select("row_id")]

    def write(self, found: Iterable[pl.DataFrame]) -> None:
        """Add faults; those that only follow from what the reader found are left out."""
        for frame in found:
            if frame.is_empty():
                continue
            kept = frame.join(self._refused, on="row_id", how="anti").join(
                self._faulty, on=["row_id", "column"], how="anti"
            )
            self._faults.append(kept.select(list(FAULT)))
            self._rejected.append(kept.filter("rejects").select("row_id"))

    def reject(self, rows: pl.DataFrame) -> None:
        """Keep rows (``row_id``, ``column``, ``rule``) out for what the reader has written down already."""
        causes = rows.select(
            pl.col("row_id").cast(pl.UInt32),
            pl.col("row_id").cast(pl.UInt32).alias("cause_row"),
            pl.col("column").alias("cause_column"),
            pl.col("rule").alias("cause_rule"),
        )
        self._read_causes.append(causes)
        self._rejected.append(causes.select("row_id"))

    def causes_read(self, but: pl.DataFrame) -> pl.DataFrame:
        """``row_id``, ``cause_row``, ``cause_column``, ``cause_rule`` of rows the reader keeps out."""
        causes = pl.concat(self._read_causes).unique("row_id", keep="first", maintain_order=True)
        return causes.join(but, on="row_id", how="anti").select(CAUSE_READ)

    def faults(self) -> pl.DataFrame:
        """Every fault, in the shape of ``FAULT``."""
        return pl.concat(self._faults)

    def rejected(self) -> pl.DataFrame:
        """``row_id`` of every row kept out, each once."""
        return pl.concat(self._rejected).unique()

    def standing(self, rows: pl.DataFrame) -> pl.DataFrame:
        """The rows that nothing keeps out so far."""
        return rows.join(self.rejected(), on="row_id", how="anti", maintain_order="left")
