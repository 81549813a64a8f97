"""Aliases: units, areas, persons and networks that changed name or id, made one before anything is counted.

What was written stays in ``raw`` and in ``w:<name>``; every use is a row of ``accepted.alias_use``, so
that a figure can be traced through a change of name.
"""

from collections.abc import Mapping
from datetime import date

import polars as pl

from assets.accepted.source import WRITTEN
from assets.contract import Kind

ALIAS_USE = {
    "organisation_id": pl.String,
    "kind": pl.String,
    "delivery_sequence": pl.Int64,
    "sheet": pl.String,
    "row_number": pl.Int32,
    "column": pl.String,
    "written": pl.String,
    "counted_as": pl.String,
    "alias_row": pl.Int32,
}
_PLACES = {
    ("people", "unit"): "unit",
    ("adoption_events", "unit"): "unit",
    ("people", "area"): "area",
    ("people", "person_id"): "person",
    ("networks", "network_id"): "network",
}
_REFERENCES = {"people": "person", "networks": "network"}

AliasMap = Mapping[tuple[str, str], pl.DataFrame]


def read_aliases(settings: pl.DataFrame, days: Mapping[str, date]) -> AliasMap:
    """The aliases in force, as one lookup an organisation and kind of thing.

    Args:
        settings: ``settings.aliases``.
        days: Organisation to the day up to which a change has come into force.

    Returns:
        (organisation, alias kind) to ``from_key``, ``to_key``, ``to_name``, ``alias_row``, where a
        chain of changes is followed to its end. A circle of changes is left as it was written.
    """
    lookups = {}
    for organisation, day in days.items():
        for alias_kind in ("unit", "area", "person", "network"):
            in_force = settings.filter(
                (pl.col("alias_kind") == alias_kind)
                & (pl.col("organisation_id").is_null() | (pl.col("organisation_id") == organisation))
                & (pl.col("valid_from").is_null() | (pl.col("valid_from") <= day))
            ).sort("valid_from", "organisation_id", "row_number", nulls_last=False)
            if in_force.height:
                lookups[organisation, alias_kind] = _followed(in_force)
    return lookups


def _followed(aliases: pl.DataFrame) -> pl.DataFrame:
    step = {
        from_key: (to_key, to_name, row)
        for from_key, to_key, to_name, row in aliases.select(
            "from_name_key", "to_name_key", "to_name", "row_number"
        ).iter_rows()
        if from_key != to_key
    }
    ends = []
    for first, (key, name, row) in step.items():
        seen = {first}
        while key in step and key not in seen:
            seen.add(key)
            key, name, _ = step[key]  # noqa: PLW2901 - follow the chain
        if key not in seen:
            ends.append((first, key, name, row))
    schema = {"from_key": pl.String, "to_key": pl.String, "to_name": pl.String, "alias_row": pl.Int32}
    return pl.DataFrame(ends, schema=schema, orient="row")


def apply_aliases(
    kind: Kind, rows: pl.DataFrame, aliases: AliasMap
) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
    """The kind's rows with every alias in its place, and their uses (``ALIAS_USE``).

    ``renamed`` is true in rows where a part of the key changed.
    """
    rows = rows.with_columns(pl.lit(False).alias("renamed"))
    used = []
    for column in kind.columns:
        alias_kind = _PLACES.get((kind.name, column.name)) or _REFERENCES.get(column.refers_to or "")
        lookup = [
            frame.with_columns(pl.lit(organisation).alias("organisation_id"))
            for (organisation, of_kind), frame in aliases.items()
            if of_kind == alias_kind
        ]
        if not lookup:
            continue
        key = f"{column.name}_key" if column.compared else column.name
        joined = rows.join(
            pl.concat(lookup).rename({"from_key": key}),
            on=["organisation_id", key],
            how="left",
            maintain_order="left",
        )
        changed = pl.col("to_key").is_not_null()
        used.append(
            joined.filter(changed).select(
                "organisation_id",
                pl.lit(kind.name).alias("kind"),
                "delivery_sequence",
                "sheet",
                "row_number",
                pl.lit(column.name).alias("column"),
                pl.col(WRITTEN + column.name).alias("written"),
                pl.col("to_name" if column.compared else "to_key").alias("counted_as"),
                "alias_row",
            )
        )
        renamed = [pl.when(changed).then("to_key").otherwise(key).alias(key)]
        if column.compared:
            renamed.append(pl.when(changed).then("to_name").otherwise(column.name).alias(column.name))
        if column.key:
            renamed.append((pl.col("renamed") | changed).alias("renamed"))
        rows = joined.with_columns(renamed).drop("to_key", "to_name", "alias_row")
    return rows, used
