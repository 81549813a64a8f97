"""The definitions as tables: what the models judge by, and what readers are told of every figure."""

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from assets.indicators.definition_files import (
    FLAGS,
    RULES,
    TEXTS,
    Definition,
    DefinitionError,
    load_definitions,
    load_responsibilities,
)
from assets.sql_models import SQL_ROOT
from assets.warehouse import replace_table

# The default targets hold for every quarter there is; the offices' own are dated.
ALWAYS = date(1900, 1, 1)


def build_definitions(connection: duckdb.DuckDBPyConnection, root: Path = SQL_ROOT) -> None:
    """Write the tables of ``definitions``: responsibilities, indicators, their needs and versions, targets.

    The offices' own targets come from ``settings.targets``; they stand beside the defaults, never over them.

    Raises:
        DefinitionError: As :func:`load_definitions`, or a target of the offices for no judged indicator.
    """
    definitions = load_definitions(root)
    replace_table(connection, "definitions.responsibility", _responsibilities(root))
    replace_table(
        connection, "definitions.indicator", pl.DataFrame([_row(d) for d in definitions], schema=_SCHEMA)
    )
    needs = [(d.indicator_id, kind) for d in definitions for kind in d.said["needs"]]
    replace_table(
        connection,
        "definitions.indicator_need",
        pl.DataFrame(needs, schema={"indicator_id": pl.String, "kind": pl.String}, orient="row"),
    )
    replace_table(connection, "definitions.indicator_version", _versions(definitions))
    replace_table(connection, "definitions.target", _targets(connection, definitions))


def _responsibilities(root: Path) -> pl.DataFrame:
    columns = ("accountability", "name_da", "name_en", "purpose_da", "purpose_en")
    return pl.DataFrame(
        [(key, *(said[column] for column in columns)) for key, said in load_responsibilities(root).items()],
        schema=["responsibility_id", *columns],
        orient="row",
    )


_SCHEMA = {
    "indicator_id": pl.String,
    "responsibility_id": pl.String,
    **{f"{text}_{language}": pl.String for text in TEXTS[:3] for language in ("da", "en")},
    "unit": pl.String,
    "direction": pl.String,
    "definition_version": pl.Int32,
    "perceived": pl.Boolean,
    "informative": pl.Boolean,
    "has_target": pl.Boolean,
    "needs_leader": pl.Boolean,
    "learning_exempt": pl.Boolean,
    **{f"{text}_{language}": pl.String for text in TEXTS[3:] for language in ("da", "en")},
    "source_kinds": pl.String,
    "owner": pl.String,
    "valid_from": pl.Date,
    "approved_by": pl.String,
    "model": pl.String,
}


def _row(definition: Definition) -> dict[str, Any]:
    said = definition.said
    current = said["versions"][-1]
    return {
        "indicator_id": definition.indicator_id,
        "responsibility_id": definition.responsibility_id,
        **{f"{text}_{language}": said[f"{text}_{language}"] for text in TEXTS for language in ("da", "en")},
        "unit": said["unit"],
        "direction": said["direction"],
        "definition_version": said["version"],
        **{flag: flag in said["flags"] for flag in FLAGS},
        "has_target": definition.has_target,
        "source_kinds": ", ".join(said["sources"]),
        "owner": said["owner"],
        "valid_from": current["valid_from"],
        "approved_by": current["approved_by"],
        "model": f"indicators.{definition.name}",
    }


def _versions(definitions: tuple[Definition, ...]) -> pl.DataFrame:
    columns = ("version", "valid_from", "approved_by", "change_da", "change_en", "fingerprint")
    return pl.DataFrame(
        [
            (definition.indicator_id, *(version[column] for column in columns))
            for definition in definitions
            for version in definition.said["versions"]
        ],
        schema={
            "indicator_id": pl.String,
            "definition_version": pl.Int32,
            "valid_from": pl.Date,
            "approved_by": pl.String,
            "change_da": pl.String,
            "change_en": pl.String,
            "fingerprint": pl.String,
        },
        orient="row",
    )


def _targets(connection: duckdb.DuckDBPyConnection, definitions: tuple[Definition, ...]) -> pl.DataFrame:
    """The defaults and the offices' own, one below the other; the models choose among them by date."""
    ruled = {d.indicator_id: d for d in definitions if d.rules}
    rows: list[tuple[Any, ...]] = [
        (
            key,
            "",
            "",
            ALWAYS,
            definition.target("target"),
            definition.target("partly_target"),
            definition.said.get("window_months"),
            definition.said.get("minimum_count"),
            definition.said["direction"],
            "Standard i definitionen / Default of the definition",
            definition.said["owner"],
        )
        for key, definition in ruled.items()
    ]
    for own in connection.execute(
        "select indicator_id, coalesce(organisation_id, ''), coalesce(network_type, ''), valid_from, target,"
        " partly_target, window_months, minimum_count, reason, owner from settings.targets order by all"
    ).fetchall():
        _check_own(own[0], dict(zip(RULES, own[4:8], strict=True)), ruled)
        rows.append((*own[:8], ruled[own[0]].said["direction"], *own[8:]))
    return pl.DataFrame(
        rows,
        schema={
            "indicator_id": pl.String,
            "organisation_id": pl.String,
            "network_type": pl.String,
            "valid_from": pl.Date,
            "target": pl.Float64,
            "partly_target": pl.Float64,
            "window_months": pl.Int32,
            "minimum_count": pl.Int32,
            "direction": pl.String,
            "reason": pl.String,
            "owner": pl.String,
        },
        orient="row",
    )


def _check_own(indicator_id: str, own: dict[str, Any], ruled: dict[str, Definition]) -> None:
    """A row of the offices may set only what its indicator has: no target of an informative one."""
    known = ruled[indicator_id].rules if indicator_id in ruled else ()
    wrong = [rule for rule, value in own.items() if value is not None and rule not in known]
    if wrong or not known:
        what = ", ".join(wrong) or indicator_id
        raise DefinitionError(
            f"Måltal i _indstillinger.xlsx: {indicator_id} har ikke {what}. Ret eller fjern rækken.",
            f"Targets in _indstillinger.xlsx: {indicator_id} has no {what}. Mend or remove the row.",
        )
