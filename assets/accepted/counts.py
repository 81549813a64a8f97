"""The four numbers: rows read = accepted + rejected + skipped, for every delivery and kind."""

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb
import polars as pl

from assets.accepted.source import Source


@dataclass(frozen=True)
class AcceptedReport:
    """The four numbers of a build, whole and by kind, and its findings by rule.

    Attributes:
        deliveries: ``delivery_sequence``, ``rows_read``, ``accepted``, ``rejected``, ``skipped``.
        kinds: ``organisation_id``, ``kind``, ``accepted``, ``rejected``.
        findings: Rule to number of findings.
    """

    rows_read: int
    rows_accepted: int
    rows_rejected: int
    rows_skipped: int
    deliveries: pl.DataFrame
    kinds: pl.DataFrame
    findings: Mapping[str, int]


def report_of(
    source: Source,
    records: Mapping[str, pl.DataFrame],
    accepted: Mapping[str, pl.DataFrame],
    findings: pl.DataFrame,
) -> AcceptedReport:
    """Count what became of every row.

    Args:
        records: Kind to its rows but for the skipped ones.
        accepted: Kind to those of them that stand.
    """
    deliveries = count_deliveries(source, records, accepted)
    same = ["organisation_id", "kind"]
    kinds = (
        _by(records, same, "records")
        .join(_by(accepted, same, "accepted"), on=same, how="left")
        .with_columns(pl.col("accepted").fill_null(0))
        .select(*same, "accepted", (pl.col("records") - pl.col("accepted")).alias("rejected"))
        .sort(same)
    )
    read, stand, rejected, skipped = deliveries.select(
        pl.col("rows_read", "accepted", "rejected", "skipped").sum()
    ).row(0)
    rules = findings.group_by("rule").len().sort("rule")
    return AcceptedReport(
        read, stand, rejected, skipped, deliveries=deliveries, kinds=kinds, findings=dict(rules.iter_rows())
    )


def count_deliveries(
    source: Source, records: Mapping[str, pl.DataFrame], accepted: Mapping[str, pl.DataFrame]
) -> pl.DataFrame:
    """``delivery_sequence``, ``rows_read``, ``accepted``, ``rejected``, ``skipped``; in order."""
    same = ["delivery_sequence"]
    read = source.sheets.group_by(same).agg(pl.col("rows_read").sum())
    return (
        source.deliveries.select(same)
        .join(read, on=same, how="left", maintain_order="left")
        .join(_by(records, same, "records"), on=same, how="left", maintain_order="left")
        .join(_by(accepted, same, "accepted"), on=same, how="left", maintain_order="left")
        .with_columns(pl.col("rows_read", "records", "accepted").fill_null(0).cast(pl.Int64))
        .select(
            *same,
            "rows_read",
            "accepted",
            (pl.col("records") - pl.col("accepted")).alias("rejected"),
            (pl.col("rows_read") - pl.col("records")).alias("skipped"),
        )
    )


def _by(frames: Mapping[str, pl.DataFrame], same: list[str], name: str) -> pl.DataFrame:
    named = pl.concat(
        [
            frame.select(
                pl.lit(kind).alias("kind") if column == "kind" else pl.col(column) for column in same
            )
            for kind, frame in frames.items()
        ]
    )
    return named.group_by(same).len(name)


def write_counts(connection: duckdb.DuckDBPyConnection, deliveries: pl.DataFrame) -> None:
    """Write the four numbers of every delivery into ``raw.delivery``."""
    connection.register("row_count", deliveries.to_arrow())
    try:
        connection.execute(
            """
            update raw.delivery set
                rows_read = c.rows_read,
                rows_accepted = c.accepted,
                rows_rejected = c.rejected,
                rows_skipped = c.skipped
            from row_count as c
            where raw.delivery.sequence = c.delivery_sequence
            """
        )
    finally:
        connection.unregister("row_count")
