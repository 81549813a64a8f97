"""Intervals that may not lie over one another: one person's rows, one network's reference leaders."""

from datetime import date

import polars as pl

from assets.accepted.ledger import faults

_FOREVER = date.max


def overlapping_people(standing: pl.DataFrame) -> pl.DataFrame:
    """A fault for the later of two rows of one person that hold on the same day."""
    return _overlaps(standing, ["organisation_id", "person_id"], told_apart_by=None)


def two_reference_leaders(standing: pl.DataFrame) -> pl.DataFrame:
    """A fault for the later of two people who are reference leader of one network on the same day."""
    leaders = standing.filter(pl.col("role") == "reference_leader")
    return _overlaps(leaders, ["organisation_id", "network_id"], told_apart_by="person_id")


def _overlaps(rows: pl.DataFrame, same: list[str], told_apart_by: str | None) -> pl.DataFrame:
    """Faults of the rows with the later ``valid_from``; on a tie, of the later row.

    A row is compared with those that stand, so that a row already refused refuses no other.
    """
    ends = pl.col("valid_to").fill_null(_FOREVER)
    ordered = rows.with_columns(ends.alias("last_day")).sort(*same, "valid_from", "row_id")
    reached = pl.col("last_day").cum_max().shift(1).over(same)
    suspects = ordered.filter((pl.col("valid_from") <= reached).any().over(same))
    refused: dict[int, int] = {}
    for _, group in suspects.group_by(same, maintain_order=True):  # only groups that do overlap
        refused |= _refused_in(group, told_apart_by)
    return faults(
        suspects.filter(pl.col("row_id").is_in(list(refused))),
        "overlap",
        "valid_from",
        hint=pl.col("row_id").replace_strict(
            list(refused), [str(number) for number in refused.values()], default="", return_dtype=pl.String
        ),
    )


def _refused_in(group: pl.DataFrame, told_apart_by: str | None) -> dict[int, int]:
    """Row id to the row number it lies over, of the rows of one group that must go."""
    standing: list[tuple[date, str | None, int]] = []
    refused: dict[int, int] = {}
    names = group.get_column(told_apart_by).to_list() if told_apart_by else [None] * group.height
    spans = group.select("row_id", "row_number", "valid_from", "last_day").iter_rows()
    for (row_id, row_number, first_day, last_day), name in zip(spans, names, strict=True):
        over = next(
            (
                number
                for until, other, number in standing
                if first_day <= until and (name is None or other != name)
            ),
            None,
        )
        if over is None:
            standing.append((last_day, name, row_number))
        else:
            refused[row_id] = over
    return refused
