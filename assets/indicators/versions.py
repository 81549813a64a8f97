"""That a definition does not change behind its version: the fingerprint of text and SQL, version by version.

A definition's TOML ends in one ``[[versions]]`` table a version: number, first day, who approved it, what
changed, and the fingerprint of the text and the SQL as they were. Text or SQL that no longer gives the
latest fingerprint has changed, and then the build stops until there is a new version to answer for it.
"""

import hashlib
import json
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assets.sql_models import SQL_ROOT, Model

NOT_MEANING = ("versions", "owner")


def fingerprint(name: str, said: dict[str, Any], root: Path = SQL_ROOT) -> str:
    """SHA-256 over a definition's words and numbers and the SQL of its figure and its evidence.

    Comments and line breaks of the SQL, and who owns the definition, are not part of it. ``also`` names
    further models that hold a part of this very definition; the rest of ``core`` is code, not definition.
    """
    words = {key: value for key, value in said.items() if key not in NOT_MEANING}
    models = [f"indicators.{name}", f"evidence.{name}", *said.get("also", [])]
    queries = {model: text for model in models if (text := _query(model, root)) is not None}
    canonical = json.dumps([words, queries], sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()


def check_version(name: str, said: dict[str, Any], root: Path = SQL_ROOT) -> tuple[str, str] | None:
    """What is wrong with a definition's version, in Danish and English; none when it stands."""
    file = f"sql/indicators/{name}.toml"
    versions = said["versions"]
    numbers = [version["version"] for version in versions]
    days = [version["valid_from"] for version in versions]
    if numbers != list(range(1, said["version"] + 1)) or days != sorted(days):
        return (
            f"{file}: [[versions]] skal gå fra 1 til version {said['version']}, i datoorden.",
            f"{file}: [[versions]] must go from 1 to version {said['version']}, in order of date.",
        )
    if versions[-1]["fingerprint"] != fingerprint(name, said, root):
        following, command = said["version"] + 1, f"python -m assets.indicators.versions {name}"
        return (
            f"{file}: tekst eller SQL er ændret uden en ny version. Skriv version = {following} og en"
            f' [[versions]] med fingerprint = "", og kør {command}.',
            f"{file}: text or SQL changed without a new version. Write version = {following} and a"
            f' [[versions]] with fingerprint = "", and run {command}.',
        )
    return None


def record_fingerprint(name: str, root: Path = SQL_ROOT) -> bool:
    """Write the fingerprint of a new version into its ``[[versions]]``; whether anything was written.

    Only an empty fingerprint (``""``) is filled in: a recorded one is never replaced.
    """
    path = root / "indicators" / f"{name}.toml"
    text = path.read_text(encoding="utf-8")
    said = tomllib.loads(text)
    if said["versions"][-1]["fingerprint"] != "":
        return False
    written = f'fingerprint = "{fingerprint(name, said, root)}"'
    head, _, tail = text.rpartition('fingerprint = ""')
    path.write_text(head + written + tail, encoding="utf-8")
    return True


def main(names: Sequence[str]) -> None:
    """Record the fingerprint of each named definition's new version."""
    for name in names:
        outcome = "skrevet / written" if record_fingerprint(name) else "uændret / unchanged"
        sys.stdout.write(f"{name}: {outcome}\n")


def _query(table: str, root: Path) -> str | None:
    schema, name = table.split(".")
    path = root / schema / f"{name}.sql"
    if not path.exists():
        return None
    return " ".join(Model(schema, name, path.read_text(encoding="utf-8")).query.split())


if __name__ == "__main__":
    main(sys.argv[1:])
