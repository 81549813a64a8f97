"""Waivers: findings that somebody answers for until a day; after it they are open again by themselves."""

from datetime import date

import polars as pl

from assets.accepted.rule_labels import RULE_LABELS
from assets.contract import KINDS
from assets.raw.cells import fold_heading, read_identifier

WAIVED = {
    "waived": pl.Boolean,
    "waived_until": pl.Date,
    "waiver_owner": pl.String,
    "waiver_reason": pl.String,
}
RULE_NAMES = {fold_heading(name): rule for rule, labels in RULE_LABELS.items() for name in (*labels, rule)}
_KIND_NAMES = {fold_heading(label): kind.name for kind in KINDS for label in (kind.name, kind.sheet)}


def with_waivers(findings: pl.DataFrame, waivers: pl.DataFrame, today: date) -> pl.DataFrame:
    """The findings with ``WAIVED``: severity stays, and the waiver that runs longest is named.

    A waiver fits a finding of its rule where everything it names (organisation, kind, file, record
    key) is the finding's own. ``waived`` is true while ``today`` lies within the waiver.
    """
    plain = findings.with_columns(
        pl.lit(False).alias("waived"), *(pl.lit(None, WAIVED[name]).alias(name) for name in list(WAIVED)[1:])
    )
    if waivers.is_empty() or findings.is_empty():
        return plain
    asked = waivers.filter(pl.col("valid_from").is_null() | (pl.col("valid_from") <= today)).sort(
        "valid_to", "row_number", descending=[True, False]
    )
    numbered = plain.drop(list(WAIVED)).with_row_index("finding_number")
    keys = {
        key: read_identifier(key) for key in numbered.get_column("record_key").drop_nulls().unique().to_list()
    }
    numbered = numbered.with_columns(
        pl.col("record_key")
        .replace_strict(list(keys), list(keys.values()), default=None, return_dtype=pl.String)
        .alias("folded_key")
    )
    fits = []
    for waiver in asked.iter_rows(named=True):  # the office's own list, a few rows
        kind = _KIND_NAMES.get(fold_heading(waiver["kind"] or ""), waiver["kind"])
        wanted = {
            "rule": RULE_NAMES.get(fold_heading(waiver["rule"]), waiver["rule"]),
            "organisation_id": waiver["organisation_id"],
            "kind": kind,
            "path": waiver["path"],
            "folded_key": waiver["record_key_key"],
        }
        named = [pl.col(name) == value for name, value in wanted.items() if value is not None]
        fits.append(
            numbered.filter(named).select(
                "finding_number",
                pl.lit(waiver["valid_to"] >= today).alias("waived"),
                pl.lit(waiver["valid_to"], pl.Date).alias("waived_until"),
                pl.lit(waiver["owner"], pl.String).alias("waiver_owner"),
                pl.lit(waiver["reason"], pl.String).alias("waiver_reason"),
            )
        )
    if not fits:
        return plain
    chosen = pl.concat(fits).unique("finding_number", keep="first", maintain_order=True)
    return (
        numbered.join(chosen, on="finding_number", how="left", maintain_order="left")
        .with_columns(pl.col("waived").fill_null(False))
        .drop("finding_number", "folded_key")
    )
