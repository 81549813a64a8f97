"""The views and macros of the published file, each in ``sql/publication/macros`` or ``sql/questions``.

A file begins with its meaning, ``-- Danish / English``, on one or more lines, then says what it is:
``-- View:  audit.name`` or ``-- Macro: audit.name(parameters)``; the rest is its ``select``. A question that
an auditor asks says how, ``-- Ask:   select …``, and stands in ``audit.how_to`` (``how_to.py``).

A parameter may have a default, ``name := value``, if the query reads it once, as ``name as asked_name``.
DuckDB 1.2 takes such a parameter only by name, newer versions also by place; two macros of one name, with
and without it, are called by place alike in all of them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import duckdb

from assets.publication.tables import SQL_FOLDER, quoted

_SIGNATURE = re.compile(r"^-- (View|Macro):\s+(audit\.(\w+))(\(.*\))?$", re.MULTILINE)
_ASK = re.compile(r"^-- Ask:\s+(.*)$", re.MULTILINE)
_FOLDERS = (SQL_FOLDER / "macros", SQL_FOLDER.parent / "questions")
_COMMENT = re.compile(r"--[^\n]*")


@dataclass(frozen=True)
class Macro:
    """A view (no signature) or a table macro of schema ``audit``; the comment is Danish, then English.

    Attributes:
        ask: A statement that asks it, of ``:organisation``, ``:network`` and ``:period``; may be empty.
        source: Its file as it stands.
    """

    name: str
    signature: str
    query: str
    comment: str
    ask: str = ""
    source: str = ""

    @property
    def full_name(self) -> str:
        """``audit.name``."""
        return f"audit.{self.name}"

    def overloads(self) -> Iterator[tuple[str, str]]:
        """Parameters and query: without the parameters that have a default, then one more each time."""
        parameters = [part.strip() for part in self.signature.strip("()").split(",") if part.strip()]
        defaults = [part.partition(":=") for part in parameters if ":=" in part]
        plain = [part for part in parameters if ":=" not in part]
        for given in range(len(defaults) + 1):
            query = self.query
            for name, _, value in defaults[given:]:
                read = f"{name.strip()} as asked_{name.strip()}"
                if query.count(read) != 1:
                    raise ValueError(f"{self.full_name} does not read {read} exactly once")
                query = query.replace(read, f"{value.strip()} as asked_{name.strip()}")
            yield ", ".join([*plain, *(name.strip() for name, _, _ in defaults[:given])]), query

    def statements(self) -> Iterator[str]:
        """The statements that create and describe it, in words DuckDB 1.2 knows."""
        if self.signature:
            overloads = ", ".join(
                f"({parameters}) as table ({query})" for parameters, query in self.overloads()
            )
            yield f"create macro {self.full_name} {overloads}"
            yield f"comment on macro table {self.full_name} is {quoted(self.comment)}"
        else:
            yield f"create view {self.full_name} as {self.query}"
            yield f"comment on view {self.full_name} is {quoted(self.comment)}"


def load_macros() -> tuple[Macro, ...]:
    """Views first (macros read them), then macros, each by name."""
    macros = []
    for path in sorted(path for folder in _FOLDERS for path in folder.glob("*.sql")):
        text = path.read_text(encoding="utf-8")
        found = _SIGNATURE.search(text)
        if found is None:
            raise ValueError(f"{path.name} does not say which view or macro it is")
        meaning = " ".join(line.removeprefix("--").strip() for line in text[: found.start()].splitlines())
        ask = _ASK.search(text)
        query = _COMMENT.sub("", text).strip()
        macros.append(Macro(found[3], found[4] or "", query, meaning, ask[1] if ask else "", text))
    return tuple(sorted(macros, key=lambda macro: (bool(macro.signature), macro.name)))


def create_macros(connection: duckdb.DuckDBPyConnection) -> None:
    """Create them all in the database that was opened."""
    for macro in load_macros():
        for statement in macro.statements():
            connection.execute(statement)
