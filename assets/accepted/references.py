"""References between records: the unknown, those to a row that was refused, and those not kept."""

from collections.abc import Mapping

import polars as pl

from assets.accepted.keys import KEY_AS_SENT, OWN_KEY, normal_record_key
from assets.accepted.ledger import FAULT, Ledger, faults
from assets.contract import Kind
from assets.raw.cells import nearest

_IDS = {"people": "person_id", "networks": "network_id", "solutions": "solution_id"}


def check_references(
    kind: Kind,
    rows: pl.DataFrame,
    read: Mapping[str, pl.DataFrame],
    ledger: Ledger,
    absent: frozenset[str] = frozenset(),
) -> None:
    """Write down every reference of a kind's rows to what is nowhere accepted.

    Args:
        read: Every row read of the kinds before this one and of this one, kept out or not.
        absent: Kinds that references are not checked against.
    """
    targets = [(c.name, c.refers_to) for c in kind.columns if c.refers_to and c.refers_to not in absent]
    for column, target in targets:
        ledger.write([_unknown(rows, column, read[target], _IDS[target])])
    while True:  # more than once only where a kind refers to itself: a superior's superior
        before = ledger.rejected().height
        for column, target in targets:
            ledger.write([_cascades(ledger, rows, column, read[target], _IDS[target])])
        if kind.name not in {target for _, target in targets} or ledger.rejected().height == before:
            return


def _unknown(rows: pl.DataFrame, column: str, target: pl.DataFrame, target_id: str) -> pl.DataFrame:
    """References to an id that no row read has, with the id nearest to it."""
    ids = target.select("organisation_id", pl.col(target_id).alias(column)).drop_nulls().unique()
    refers = rows.filter(pl.col(column).is_not_null())
    unknown = refers.join(ids, on=["organisation_id", column], how="anti", maintain_order="left")
    if unknown.is_empty():
        return faults(unknown, "unknown_reference", column)
    near = _nearest_ids(unknown.select("organisation_id", column).unique(), ids, column)
    unknown = unknown.join(near, on=["organisation_id", column], how="left", maintain_order="left")
    return faults(unknown, "unknown_reference", column, hint=pl.col("near"))


def _nearest_ids(unknown: pl.DataFrame, ids: pl.DataFrame, column: str) -> pl.DataFrame:
    known: dict[str, list[str]] = {}
    for organisation, identifier in ids.sort(column).iter_rows():
        known.setdefault(organisation, []).append(identifier)
    few = 200  # suggestions cost; a sheet with more unknown ids than this has another fault
    near = [
        nearest(identifier, known.get(organisation, ())) if number < few else None
        for number, (organisation, identifier) in enumerate(unknown.sort(unknown.columns).iter_rows())
    ]
    return unknown.sort(unknown.columns).with_columns(pl.Series("near", near, dtype=pl.String))


def _cascades(
    ledger: Ledger, rows: pl.DataFrame, column: str, target: pl.DataFrame, target_id: str
) -> pl.DataFrame:
    """References of standing rows to an id whose every row is refused, with what began it."""
    standing_ids = ledger.standing(target).select("organisation_id", pl.col(target_id).alias(column))
    gone = (
        target.filter(pl.col(target_id).is_not_null())
        .join(ledger.rejected(), on="row_id", how="semi", maintain_order="left")
        .select("organisation_id", pl.col(target_id).alias(column), pl.col("row_id").alias("gone_row"))
        .join(standing_ids, on=["organisation_id", column], how="anti", maintain_order="left")
        .unique(["organisation_id", column], keep="first", maintain_order=True)
    )
    refers = ledger.standing(rows).join(
        gone, on=["organisation_id", column], how="inner", maintain_order="left"
    )
    return cascade_faults(ledger, refers, column)


def cascade_faults(ledger: Ledger, refers: pl.DataFrame, column: str) -> pl.DataFrame:
    """``cascade`` for rows that refer to ``gone_row``, naming what first kept that row out."""
    found = refers.join(
        first_causes(ledger).rename({"row_id": "gone_row"}), on="gone_row", how="left", maintain_order="left"
    )
    plain = faults(found, "cascade", column)
    return plain.with_columns(
        found.get_column("cause_row").fill_null(found.get_column("gone_row")).cast(pl.UInt32),
        found.get_column("cause_column"),
        found.get_column("cause_rule"),
    ).select(list(FAULT))


def first_causes(ledger: Ledger) -> pl.DataFrame:
    """``row_id`` of every row kept out, with the row, column and rule that began it."""
    own = pl.col("cause_row").is_null()
    kept_out = ledger.faults().filter("rejects").unique("row_id", keep="first", maintain_order=True)
    causes = kept_out.select(
        "row_id",
        pl.when(own).then("row_id").otherwise("cause_row").alias("cause_row"),
        pl.when(own).then("column").otherwise("cause_column").alias("cause_column"),
        pl.when(own).then("rule").otherwise("cause_rule").alias("cause_rule"),
    )
    return pl.concat([causes, ledger.causes_read(causes)])


def empty_references_not_kept(
    kind: Kind, rows: pl.DataFrame, solutions: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows with references to solutions emptied where the organisation keeps none, and the warnings.

    Args:
        solutions: Every row of ``solutions`` read; an organisation without one keeps none.
    """
    if not any(c.refers_to == "solutions" for c in kind.columns):
        return rows, faults(rows.clear(), "reference_not_kept")
    keeps = solutions.get_column("organisation_id").unique().to_list()
    loose = ~pl.col("organisation_id").is_in(keeps) & pl.col("solution_id").is_not_null()
    warned = faults(rows.filter(loose), "reference_not_kept", "solution_id", severity="warning")
    emptied = pl.when(loose).then(None).otherwise(pl.col("solution_id")).alias("solution_id")
    return rows.with_columns(emptied), warned


def resolve_disputes(
    disputes: pl.DataFrame,
    read: Mapping[str, pl.DataFrame],
    ledger: Ledger,
    absent: frozenset[str] = frozenset(),
) -> pl.DataFrame:
    """The disputes with ``record_key`` as the record itself has it; those of no record are written down."""
    wanted = disputes.select("record_kind", "record_key").unique().drop_nulls()
    normal = [normal_record_key(kind, key) for kind, key in wanted.iter_rows()]
    resolved = disputes.join(
        wanted.with_columns(pl.Series("normal_key", normal, dtype=pl.String)),
        on=["record_kind", "record_key"],
        how="left",
        maintain_order="left",
    )
    records = pl.concat([_record_keys(name, frame) for name, frame in read.items() if name != "pulse"])
    same = ["organisation_id", "record_kind", "normal_key"]
    refused = records.join(ledger.rejected(), left_on="gone_row", right_on="row_id", how="semi")
    standing = records.join(ledger.rejected(), left_on="gone_row", right_on="row_id", how="anti")
    standing = standing.unique(same, keep="first", maintain_order=True)
    gone = refused.join(standing, on=same, how="anti").unique(same, keep="first", maintain_order=True)
    asks = resolved.filter(
        pl.col("record_key").is_not_null()
        & pl.col("record_kind").is_not_null()
        & ~pl.col("record_kind").is_in(list(absent))
    )
    ledger.write([faults(asks.join(records, on=same, how="anti"), "unknown_reference", "record_key")])
    refers = ledger.standing(asks).join(gone, on=same, how="inner", maintain_order="left")
    ledger.write([cascade_faults(ledger, refers, "record_key")])
    return (
        resolved.join(
            standing.select(*same, OWN_KEY), on=same, how="left", maintain_order="left", suffix="_of_it"
        )
        .with_columns(pl.coalesce(OWN_KEY + "_of_it", "normal_key", "record_key").alias("record_key"))
        .drop("normal_key", OWN_KEY + "_of_it")
    )


def _record_keys(kind_name: str, rows: pl.DataFrame) -> pl.DataFrame:
    """Every key a record of this kind is known by: its own, and as sent, before an alias renamed it."""
    keys = [
        rows.select(
            "organisation_id",
            pl.lit(kind_name).alias("record_kind"),
            pl.col(name).alias("normal_key"),
            pl.col("row_id").alias("gone_row"),
            OWN_KEY,
        )
        for name in (OWN_KEY, KEY_AS_SENT)
    ]
    return pl.concat(keys).drop_nulls().unique(["normal_key", "gone_row"], keep="first", maintain_order=True)
