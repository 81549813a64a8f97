"""The rules one row can be judged by alone: required cells, ranges, dates, grants, currency."""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

import polars as pl

from assets.accepted.ledger import faults
from assets.accepted.source import WRITTEN
from assets.contract import Column, Kind

OWN_CURRENCY = "DKK"
_KRONER_WORDS = ("KR", "KR.", "KRONER", "DANSKE KRONER")
MONEY = pl.Decimal(18, 2)
_GRANTED = ("granted", "partly_granted")


def row_faults(kind: Kind, rows: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Every fault of one row by itself, in the shape of the ledger."""
    if rows.is_empty():
        return
    for column in kind.columns:
        yield from _cell_faults(column, rows)
    for earlier, later in kind.date_orders:
        yield faults(rows.filter(pl.col(later) < pl.col(earlier)), "date_order", later, hint=earlier)
    if kind.name == "applications":
        yield from _grant_faults(rows)


def _cell_faults(column: Column, rows: pl.DataFrame) -> Iterator[pl.DataFrame]:
    name = column.name
    empty = pl.col(WRITTEN + name).is_null()
    if column.required:
        yield faults(rows.filter(empty), "required", name)
    if column.required_when:
        other, value = column.required_when
        yield faults(rows.filter(empty & (pl.col(other) == value)), "required", name, hint=f"{other}={value}")
    if column.minimum is not None or column.maximum is not None:
        low, high = column.minimum, column.maximum
        below = pl.col(name) < low if low is not None else pl.lit(False)
        above = pl.col(name) > high if high is not None else pl.lit(False)
        bounds = f"{'' if low is None else low}..{'' if high is None else high}"
        yield faults(rows.filter(below | above), "range", name, hint=bounds)
    if column.type == "date" and not column.may_be_future:
        later = rows.filter(pl.col(name) > pl.col("received_date"))
        received = pl.col("received_date").cast(pl.String)
        yield faults(later, "future_date", name, hint=received)


def _grant_faults(rows: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """A grant has a day it was decided and an amount above 0."""
    granted = rows.filter(pl.col("status").is_in(_GRANTED))
    yield faults(
        granted.filter(pl.col(WRITTEN + "decided_date").is_null()), "granted_incomplete", "decided_date"
    )
    yield faults(
        granted.filter(pl.col(WRITTEN + "amount_granted").is_null() | (pl.col("amount_granted") == 0)),
        "granted_incomplete",
        "amount_granted",
    )


def with_defaults(kind: Kind, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with the contract's defaults in empty cells; ``need_date`` is else ``idea_date``."""
    defaults = [
        pl.when(pl.col(WRITTEN + c.name).is_null())
        .then(pl.lit(c.default).cast(rows.schema[c.name]))
        .otherwise(pl.col(c.name))
        .alias(c.name)
        for c in kind.columns
        if c.default is not None
    ]
    if kind.name == "solutions":
        no_date = pl.col(WRITTEN + "need_date").is_null()
        defaults.append(
            pl.when(no_date).then(pl.col("idea_date")).otherwise(pl.col("need_date")).alias("need_date")
        )
    return rows.with_columns(defaults)


def in_kroner(applications: pl.DataFrame, rates: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Amounts of other currencies in kroner, by the rate of the year of decision, else of submission.

    Args:
        rates: ``settings.rates``: ``currency``, ``year``, ``rate`` (kroner for ``per`` units).

    Returns:
        The applications with amounts in kroner, rounded half up to øre; and a ``currency_rate``
        fault for each that has no rate.
    """
    code = pl.col("currency").str.to_uppercase().str.strip_chars()
    code = pl.when(code.is_in(_KRONER_WORDS)).then(pl.lit(OWN_CURRENCY)).otherwise(code)
    year = pl.coalesce("decided_date", "submitted_date").dt.year()
    known = rates.select(
        pl.col("currency").alias("currency"),
        pl.col("year").cast(pl.Int32).alias("rate_year"),
        (pl.col("rate") / pl.col("per").fill_null(1)).alias("kroner_each"),
    ).unique(["currency", "rate_year"], keep="last", maintain_order=True)
    priced = applications.with_columns(code.alias("currency"), year.cast(pl.Int32).alias("rate_year")).join(
        known, on=["currency", "rate_year"], how="left", maintain_order="left"
    )
    foreign = pl.col("currency") != OWN_CURRENCY
    missing = faults(
        priced.filter(foreign & pl.col("kroner_each").is_null()),
        "currency_rate",
        "currency",
        hint=pl.col("rate_year").cast(pl.String),
    )
    for name in ("amount_applied", "amount_granted"):
        priced = _priced(priced, name, foreign)
    return priced.drop("rate_year", "kroner_each"), missing


def _priced(rows: pl.DataFrame, amount: str, foreign: pl.Expr) -> pl.DataFrame:
    """The rows with one amount in kroner: exact decimals, each distinct amount and rate once."""
    pairs = rows.filter(foreign).select(amount, "kroner_each").drop_nulls().unique()
    kroner = [
        (Decimal(value) * Decimal(str(rate))).quantize(Decimal("0.01"), ROUND_HALF_UP)
        for value, rate in pairs.iter_rows()
    ]
    priced = rows.join(
        pairs.with_columns(pl.Series("kroner", kroner, dtype=MONEY)),
        on=[amount, "kroner_each"],
        how="left",
        maintain_order="left",
    )
    in_kroner = pl.when(foreign).then(pl.col("kroner")).otherwise(pl.col(amount)).alias(amount)
    return priced.with_columns(in_kroner).drop("kroner")
