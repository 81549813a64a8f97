"""The definitions as they stand beside the indicators' models: read, and checked that they hold together.

A definition is ``sql/indicators/<name>.toml`` beside its ``.sql``; the folder is the list. What the nine
responsibilities are stands in ``responsibilities.toml``, in the same folder.
"""

import tomllib
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

from assets.contract import KIND_BY_NAME, RESPONSIBILITY_IDS
from assets.errors import TwoLanguageError
from assets.indicators.versions import check_version
from assets.sql_models import SQL_ROOT

RESPONSIBILITIES_FILE = "responsibilities.toml"
TEXTS = ("name", "purpose", "formula", "counter_indicator", "limits")
FLAGS = ("perceived", "informative", "needs_leader", "learning_exempt")
RULES = ("target", "partly_target", "window_months", "minimum_count")
UNITS = ("count", "share", "days", "people", "kroner", "step")


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

    @property
    def rules(self) -> tuple[str, ...]:
        """What the offices may set otherwise: targets, window and minimum count, as far as it has them."""
        partly = ("partly_target",) if self.has_target else ()
        return tuple(rule for rule in RULES if rule in self.said or rule in partly)

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
