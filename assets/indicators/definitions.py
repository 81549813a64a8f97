"""The definitions that stand beside the indicators' models, as tables the models and the readers use.

A definition is ``sql/indicators/<name>.toml`` beside its ``.sql``; the folder is the list. What the nine
responsibilities are stands in ``responsibilities.toml``, in the same folder.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

import duckdb
import polars as pl

from assets.contract import KIND_BY_NAME, RESPONSIBILITY_IDS
from assets.errors import TwoLanguageError
from assets.indicators.versions import check_version
from assets.sql_models import SQL_ROOT
from assets.warehouse import replace_table

RESPONSIBILITIES_FILE = "responsibilities.toml"
TEXTS = ("name", "purpose", "formula", "counter_indicator", "limits")
FLAGS = ("perceived", "informative", "needs_leader", "learning_exempt")
UNITS = ("count", "share", "days", "people", "kroner", "step")
# The default targets hold for every quarter there is; the offices' own are dated.
ALWAYS = date(1900, 1, 1)


class DefinitionError(TwoLanguageError):
    """The definitions do not hold together; no figure can be answered for until they do."""


@dataclass(frozen=True)
class Definition:
    """One indicator's definition: its TOML file as read, and the name it shares with its model."""

    name: str
    said: dict[str, Any]

    @property
    def indicator_id(self) -> str:
        """``R2.1``, ``R2.P`` or ``V6``."""
        return cast(str, self.said["id"])

    @property
    def responsibility_id(self) -> str | None:
        """``R1`` to ``R9``; none for the value of the network."""
        return self.said.get("responsibility")

    @property
    def has_target(self) -> bool:
        """Whether it is judged: a 0 is a target too."""
        return "target" in self.said

    def target(self, name: str) -> float | None:
        """``target`` or ``partly_target``; written as a fraction (``2/3``) or a decimal."""
        text = self.said.get(name)
        return None if text is None else float(Fraction(str(text)))


def load_definitions(root: Path = SQL_ROOT) -> tuple[Definition, ...]:
    """Every indicator's definition, by indicator id.

    Raises:
        DefinitionError: A model without a definition or the reverse, a text or field that is missing, a
            responsibility without an indicator, or a definition that changed without a new version.
    """
    folder = root / "indicators"
    models = {path.stem for path in folder.glob("*.sql")}
    files = {path.stem: path for path in folder.glob("*.toml") if path.name != RESPONSIBILITIES_FILE}
    for name in sorted(models ^ files.keys()):
        have, lack = (".sql", ".toml") if name in models else (".toml", ".sql")
        raise DefinitionError(
            f"sql/indicators/{name}{have} har ingen {name}{lack} ved siden af sig.",
            f"sql/indicators/{name}{have} has no {name}{lack} beside it.",
        )
    definitions = [
        Definition(name, tomllib.loads(path.read_text(encoding="utf-8"))) for name, path in files.items()
    ]
    for definition in definitions:
        _check_fields(definition)
        fault = check_version(definition.name, definition.said, root)
        if fault is not None:
            raise DefinitionError(*fault)
    _check_whole(definitions)
    return tuple(sorted(definitions, key=lambda definition: definition.indicator_id))


def load_responsibilities(root: Path = SQL_ROOT) -> dict[str, dict[str, str]]:
    """The nine responsibilities by id: accountability, names and purposes (da, en)."""
    text = (root / "indicators" / RESPONSIBILITIES_FILE).read_text(encoding="utf-8")
    return tomllib.loads(text)


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
    judged = {d.indicator_id: d for d in definitions if d.has_target}
    rows: list[tuple[Any, ...]] = [
        (
            key,
            "",
            "",
            ALWAYS,
            definition.target("target"),
            definition.target("partly_target"),
            definition.said["direction"],
            "Standard i definitionen / Default of the definition",
            definition.said["owner"],
        )
        for key, definition in judged.items()
    ]
    for own in connection.execute(
        "select indicator_id, coalesce(organisation_id, ''), coalesce(network_type, ''), valid_from, target,"
        " partly_target, reason, owner from settings.targets order by all"
    ).fetchall():
        if own[0] not in judged:
            raise DefinitionError(
                f"Måltal i _indstillinger.xlsx: {own[0]} er ikke en indikator, der måles op mod et måltal.",
                f"Targets in _indstillinger.xlsx: {own[0]} is no indicator that is judged by a target.",
            )
        rows.append((*own[:6], judged[own[0]].said["direction"], *own[6:]))
    return pl.DataFrame(
        rows,
        schema={
            "indicator_id": pl.String,
            "organisation_id": pl.String,
            "network_type": pl.String,
            "valid_from": pl.Date,
            "target": pl.Float64,
            "partly_target": pl.Float64,
            "direction": pl.String,
            "reason": pl.String,
            "owner": pl.String,
        },
        orient="row",
    )


def _check_fields(definition: Definition) -> None:
    """Every field is there, and says something that exists."""
    said = definition.said
    required = ["id", "version", "unit", "direction", "needs", "sources", "flags", "owner", "versions"]
    required += [f"{text}_{language}" for text in TEXTS for language in ("da", "en")]
    missing = [field for field in required if field not in said or said[field] in ("", None)]
    wrong = [
        *(f"needs: {kind}" for kind in said.get("needs", []) if kind not in KIND_BY_NAME),
        *(f"sources: {kind}" for kind in said.get("sources", []) if kind not in KIND_BY_NAME),
        *(f"flags: {flag}" for flag in said.get("flags", []) if flag not in FLAGS),
        *([f"unit: {said['unit']}"] if said.get("unit") not in UNITS else []),
        *(
            [f"responsibility: {said['responsibility']}"]
            if said.get("responsibility", "R1") not in RESPONSIBILITY_IDS
            else []
        ),
    ]
    judged = definition.has_target or "informative" in said.get("flags", [])
    if said.get("responsibility") and not judged:
        wrong.append("target")
    if missing or wrong:
        file = f"sql/indicators/{definition.name}.toml"
        raise DefinitionError(
            f"{file}: mangler {', '.join(missing) or 'intet'}; forkert: {', '.join(wrong) or 'intet'}.",
            f"{file}: missing {', '.join(missing) or 'nothing'}; wrong: {', '.join(wrong) or 'nothing'}.",
        )


def _check_whole(definitions: list[Definition]) -> None:
    """No id stands twice, and each of the nine responsibilities has an indicator besides the pulse."""
    ids = [definition.indicator_id for definition in definitions]
    twice = sorted({key for key in ids if ids.count(key) > 1})
    if twice:
        raise DefinitionError(
            f"To definitioner har samme id: {', '.join(twice)}.",
            f"Two definitions share an id: {', '.join(twice)}.",
        )
    covered = {d.responsibility_id for d in definitions if "perceived" not in d.said["flags"]}
    for responsibility in RESPONSIBILITY_IDS:
        if responsibility not in covered:
            raise DefinitionError(
                f"Ansvaret {responsibility} har ingen indikator i sql/indicators/.",
                f"Responsibility {responsibility} has no indicator in sql/indicators/.",
            )
