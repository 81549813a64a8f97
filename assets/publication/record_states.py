"""States of a kind's records between what was known then and what is known now.

Records are the same by organisation and key; the pulse's answers have no key, so they are counted: answers
there are more of came late, answers there are fewer of were withdrawn.
"""

import polars as pl

from assets.accepted.tables import SOURCE_COLUMNS, table_columns
from assets.contract import Kind


def said(kind: Kind) -> list[str]:
    """The columns that are what a record says, not where it was read."""
    return [name for name in table_columns(kind) if name not in SOURCE_COLUMNS]


def key(kind: Kind) -> list[str]:
    """The columns by which a record is the same one: its key, in ``disputes`` the dispute's own."""
    return ["organisation_id", *(kind.key or said(kind)[1:])]


def late(kind: Kind, then: pl.DataFrame, now: pl.DataFrame) -> pl.DataFrame:
    """What was known then, and the records that have come since."""
    if not kind.key:
        return pl.concat([then, _more(kind, now, then)])
    return pl.concat([then, now.join(then, on=key(kind), how="anti", nulls_equal=True)])


def corrected(kind: Kind, then: pl.DataFrame, now: pl.DataFrame) -> pl.DataFrame:
    """The same, with the records of both as they stand now."""
    if not kind.key:
        return late(kind, then, now)
    return pl.concat([now, then.join(now, on=key(kind), how="anti", nulls_equal=True)])


def same_records(kind: Kind, one: pl.DataFrame, other: pl.DataFrame) -> bool:
    """Whether two states say the same, wherever their rows were read."""
    columns = said(kind)
    return one.height == other.height and one.select(columns).sort(columns).equals(
        other.select(columns).sort(columns)
    )


def _more(kind: Kind, rows: pl.DataFrame, than: pl.DataFrame) -> pl.DataFrame:
    """The rows of which there are more than in the other state, as many as there are more."""
    columns = said(kind)
    numbered = [
        frame.with_columns(pl.int_range(pl.len()).over(columns).alias("nth")) for frame in (rows, than)
    ]
    return numbered[0].join(numbered[1], on=[*columns, "nth"], how="anti", nulls_equal=True).drop("nth")
