"""Keys: what makes a record the same record, in one sheet, in two files, and in a dispute."""

import polars as pl

from assets.accepted.ledger import faults
from assets.contract import KIND_BY_NAME, Kind
from assets.raw.cells import CellError, read_date, read_enum, read_identifier, read_integer

OWN_KEY = "own_key"
KEY_AS_SENT = "key_as_sent"  # before aliases


def with_key(kind: Kind, rows: pl.DataFrame, name: str = OWN_KEY) -> pl.DataFrame:
    """The rows with their key: its parts joined by ``/``, dates ISO; null where a part is missing."""
    if not kind.key:
        return rows.with_columns(pl.lit(None, pl.String).alias(name))
    parts = [pl.col(part).cast(pl.String) for part in kind.key]
    return rows.with_columns(pl.concat_str(parts, separator="/").alias(name))


def duplicate_keys(kind: Kind, rows: pl.DataFrame) -> pl.DataFrame:
    """A fault for every row whose key stood before in the same sheet of the same delivery.

    A row under its own name goes before one that an alias renamed to the same key.
    """
    if not kind.key:
        return faults(rows.clear(), "duplicate_key")
    same = ["organisation_id", "delivery_sequence", "sheet", OWN_KEY]
    ordered = rows.filter(pl.col(OWN_KEY).is_not_null()).sort("renamed", "row_id")
    counted = ordered.with_columns(
        pl.int_range(pl.len()).over(same).alias("times_before"),
        pl.col("row_number").first().over(same).alias("first_row"),
    )
    return faults(
        counted.filter(pl.col("times_before") > 0),
        "duplicate_key",
        kind.key[0],
        value=pl.col(OWN_KEY),
        hint=pl.col("first_row").cast(pl.String),
    )


def superseded_keys(kind: Kind, standing: pl.DataFrame) -> pl.DataFrame:
    """A finding for every row whose key stands in a later delivery (or a later sheet of its own) too."""
    if not kind.key:
        return faults(standing.clear(), "superseded_key")
    same = ["organisation_id", OWN_KEY]
    ordered = standing.sort("delivery_sequence", "sheet_position", "row_id")
    counted = ordered.with_columns(
        pl.col("row_id").last().over(same).alias("last_row"),
        pl.concat_str(pl.col("path"), pl.lit(" · "), pl.col("sheet"), pl.lit(" · "), pl.col("row_number"))
        .last()
        .over(same)
        .alias("stands_in"),
    )
    return faults(
        counted.filter(pl.col("row_id") != pl.col("last_row")),
        "superseded_key",
        kind.key[0],
        severity="warning",
        rejects=True,
        value=pl.col(OWN_KEY),
        hint=pl.col("stands_in"),
    )


def normal_record_key(kind_name: str, text: str) -> str | None:
    """A record's key as a dispute writes it, normalised like the key's own cells; none if it cannot be.

    ``n-02/p-036/14-02-2025`` becomes ``N-02/P-036/2025-02-14``.
    """
    kind = KIND_BY_NAME[kind_name]
    parts = text.split("/", len(kind.key) - 1)  # a date may be written with / too, and dates come last
    if len(parts) != len(kind.key):
        return None
    try:
        return "/".join(_normal_part(kind, name, part) for name, part in zip(kind.key, parts, strict=True))
    except CellError:
        return None


def _normal_part(kind: Kind, name: str, part: str) -> str:
    column = kind.column(name)
    match column.type:
        case "date":
            return read_date(part).isoformat()
        case "integer":
            return str(read_integer(part))
        case "enum":
            return read_enum(part, column.choices)
    return read_identifier(part)
