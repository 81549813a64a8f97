"""Cells read as their column's type: each distinct text once, then joined back to every row."""

from collections.abc import Callable, Iterator
from decimal import Decimal

import polars as pl

from assets.accepted.ledger import faults
from assets.accepted.source import WRITTEN
from assets.accepted.tables import key_column
from assets.contract import Column, Kind
from assets.raw.cells import (
    CellError,
    clean_text,
    is_empty,
    latin_twin,
    read_date,
    read_enum,
    read_identifier,
    read_integer,
    read_money,
    read_number,
)

POLARS_TYPES: dict[str, type[pl.DataType] | pl.DataType] = {
    "text": pl.String,
    "identifier": pl.String,
    "enum": pl.String,
    "date": pl.Date,
    "money": pl.Decimal(18, 2),
    "integer": pl.Int32,
    "number": pl.Float64,
}
_RULE, _HINT, _FACTOR = "fault:rule", "fault:hint", "fault:factor"  # no column of the contract is so named
# Cells that may be one of the words for nothing: no letter or digit, or one of the words themselves.
_MAYBE_EMPTY = r"^(?:[^\p{L}\p{N}]*|[^\p{L}\p{N}]*(?i:n/a|ved\s+ikke)[^\p{L}\p{N}]*)$"
_ASCII = r"^[\x00-\x7F]*$"


def type_rows(
    kind: Kind, rows: pl.DataFrame, columns: pl.DataFrame
) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
    """Read every cell of a kind's rows.

    Args:
        rows: ``ROW_META`` and ``w:<name>``.
        columns: Where each column stands, with its heading's ``factor``.

    Returns:
        The rows with, for each column, ``<name>`` typed (null where empty or unreadable), ``w:<name>``
        null where the cell says nothing, and ``<name>_key`` where text is compared; and the faults.
    """
    if rows.is_empty():
        return rows.with_columns(pl.lit(None, type_).alias(name) for name, type_ in _types(kind)), []
    found = []
    for column in kind.columns:
        rows = _without_empties(rows, WRITTEN + column.name)
        rows = _typed_column(rows, column, _factors(columns, column))
        if column.type != "text":
            unreadable = rows.filter(pl.col(_RULE).is_not_null())
            found.append(faults(unreadable, pl.col(_RULE), column.name, hint=pl.col(_HINT)))
        rows = rows.drop(_RULE, _HINT)
        if column.type == "identifier" or column.compared:
            twins = rows.filter(~pl.col(_compared_name(column)).str.contains(_ASCII))
            found.append(_lookalikes(twins, column))
    return rows, found


def _types(kind: Kind) -> Iterator[tuple[str, type[pl.DataType] | pl.DataType]]:
    """Name and type of every column that reading adds."""
    for column in kind.columns:
        yield column.name, POLARS_TYPES[column.type]
        if column.compared:
            yield key_column(column), pl.String


def _compared_name(column: Column) -> str:
    return key_column(column) if column.compared else column.name


def _without_empties(rows: pl.DataFrame, written: str) -> pl.DataFrame:
    """The rows with null in place of cells that say nothing."""
    cells = rows.get_column(written)
    suspects = cells.filter(cells.str.contains(_MAYBE_EMPTY).fill_null(False)).unique().to_list()
    nothing = [text for text in suspects if is_empty(text)]
    if not nothing:
        return rows
    return rows.with_columns(
        pl.when(pl.col(written).is_in(nothing)).then(None).otherwise(pl.col(written)).alias(written)
    )


def _factors(columns: pl.DataFrame, column: Column) -> pl.DataFrame | None:
    """``delivery_sequence``, ``sheet``, ``factor`` where a heading multiplies; none where none does."""
    if column.type not in ("money", "number"):
        return None
    factors = columns.filter((pl.col("column") == column.name) & (pl.col("factor") != "1"))
    return (
        None
        if factors.is_empty()
        else factors.select("delivery_sequence", "sheet", pl.col("factor").alias(_FACTOR))
    )


def _typed_column(rows: pl.DataFrame, column: Column, factors: pl.DataFrame | None) -> pl.DataFrame:
    written = WRITTEN + column.name
    if factors is None:
        rows = rows.with_columns(pl.lit("1").alias(_FACTOR))
    else:
        rows = rows.join(factors, on=["delivery_sequence", "sheet"], how="left", maintain_order="left")
        rows = rows.with_columns(pl.col(_FACTOR).fill_null("1"))
    if column.descriptive and not column.compared:  # kept as written
        return rows.drop(_FACTOR).with_columns(
            pl.col(written).alias(column.name),
            pl.lit(None, pl.String).alias(_RULE),
            pl.lit(None, pl.String).alias(_HINT),
        )
    if column.type in ("identifier", "text"):
        return _plain_column(rows.drop(_FACTOR), column)
    lookup = read_each(rows.select(pl.col(written).alias("text"), _FACTOR).unique().drop_nulls(), column)
    return rows.join(
        lookup.rename({"text": written, "typed": column.name}),
        on=[written, _FACTOR],
        how="left",
        maintain_order="left",
    ).drop(_FACTOR)


def _plain_column(rows: pl.DataFrame, column: Column) -> pl.DataFrame:
    """Text and identifiers, which nothing can be wrong with."""
    written = WRITTEN + column.name
    text, key = _each(rows, written, clean_text), _each(rows, written, read_identifier)
    return rows.with_columns(
        (key if column.type == "identifier" else text).alias(column.name),
        *([key.alias(key_column(column))] if column.compared else []),
        pl.lit(None, pl.String).alias(_RULE),
        pl.lit(None, pl.String).alias(_HINT),
    )


def _each(rows: pl.DataFrame, written: str, read: Callable[[str], str]) -> pl.Expr:
    """The cells read by ``clean_text`` or ``read_identifier``; plain ASCII all at once."""
    cells = rows.get_column(written)
    others = cells.filter(~cells.str.contains(_ASCII)).unique().to_list()
    plain = pl.col(written).str.strip_chars().str.replace_all(r"\s+", " ")
    if read is read_identifier:
        plain = plain.str.to_uppercase()
    if not others:
        return plain
    texts = [read(text) for text in others]
    return (
        pl.when(pl.col(written).str.contains(_ASCII))
        .then(plain)
        .otherwise(pl.col(written).replace_strict(others, texts, default=None, return_dtype=pl.String))
    )


def reader_of(column: Column) -> Callable[[str, Decimal], object]:
    """The reader of this column's cells, given the text and the heading's factor.

    Raises:
        ValueError: The type needs none (``text``, ``identifier``) or has none.
    """
    match column.type:
        case "date":
            return lambda text, _: read_date(text)
        case "enum":
            return lambda text, _: read_enum(text, column.choices)
        case "integer":
            return lambda text, _: read_integer(text)
        case "money":
            return read_money
        case "number":
            return lambda text, factor: float(read_number(text, factor))
    raise ValueError(f"no cell is read as {column.type}")


def read_each(texts: pl.DataFrame, column: Column) -> pl.DataFrame:
    """Read distinct cells (``text``, ``factor``): the same with ``typed``, ``rule`` and ``hint``."""
    read = reader_of(column)
    typed: list[object] = []
    rules: list[str | None] = []
    hints: list[str | None] = []
    for text, factor in texts.iter_rows():
        try:
            typed.append(read(text, Decimal(factor)))
            rules.append(None)
            hints.append(None)
        except CellError as error:
            typed.append(None)
            rules.append(error.rule)
            hints.append(error.hint)
    return texts.with_columns(
        pl.Series("typed", typed, dtype=POLARS_TYPES[column.type]),
        pl.Series(_RULE, rules, dtype=pl.String),
        pl.Series(_HINT, hints, dtype=pl.String),
    )


def _lookalikes(rows: pl.DataFrame, column: Column) -> pl.DataFrame:
    """Warnings for keys with letters of other alphabets that look Latin."""
    name = _compared_name(column)
    twins = {text: twin for text in rows.get_column(name).unique().to_list() if (twin := latin_twin(text))}
    flagged = rows.filter(pl.col(name).is_in(list(twins)))
    return faults(
        flagged,
        "lookalike_letters",
        column.name,
        severity="warning",
        hint=pl.col(name).replace_strict(
            list(twins), list(twins.values()), default="", return_dtype=pl.String
        ),
    )
