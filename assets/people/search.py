"""Looking for people: every word that names one, and whether a text, a value or a file's bytes holds it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import duckdb

from assets.errors import TwoLanguageError
from assets.publication.tables import identifier

SHORTEST_BYTES = 5  # shorter than that, any file holds it by chance
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


class LeakError(TwoLanguageError):
    """Something about a person stands where it must not; the message says where, never what."""


@dataclass(frozen=True)
class Words:
    """What names people.

    Attributes:
        ids: Person ids as written.
        names: Full names as written.
        initials: Letters that stand for a person: more than two, and no ordinary word.
    """

    ids: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    initials: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Any of the words, each standing by itself."""
        loose = [_spaced(word) for word in _longest_first({*self.ids, *self.names, *self.addresses})]
        exact = [re.escape(word) for word in _longest_first(self.initials)]
        parts = []
        if loose:
            parts.append(f"(?i:{'|'.join(loose)})")
        parts += exact
        return re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})(?![\w-])" if parts else r"(?!)")

    def within(self, text: str) -> bool:
        """Whether the text holds any of the words."""
        return self.pattern.search(unicodedata.normalize("NFC", text)) is not None


def _spaced(word: str) -> str:
    return r"[\s_]+".join(re.escape(part) for part in word.split())


def _longest_first(words: Iterable[str]) -> list[str]:
    return sorted((word for word in words if word.strip()), key=lambda word: (-len(word), word))


def initials_of(name: str) -> str:
    """First letters of a name's parts; empty where they are too few to be distinctive."""
    letters = "".join(part[0] for part in re.split(r"[\s-]+", name.strip()) if part)
    return letters.upper() if len(letters) > 2 else ""


def words_of(people: Iterable[tuple[str, str]], texts: Iterable[str] = ()) -> Words:
    """Words of people given as (id, name); addresses are looked for in ``texts``."""
    pairs = [(person or "", name or "") for person, name in people]
    return Words(
        frozenset(person for person, _ in pairs if person),
        frozenset(name for _, name in pairs if len(name) > 1),
        frozenset(filter(None, (initials_of(name) for _, name in pairs))),
        frozenset(address for text in texts for address in _ADDRESS.findall(text)),
    )


def words_of_publication(database: Path) -> Words:
    """Everybody whom a published database names."""
    with duckdb.connect(str(database), read_only=True) as connection:
        people = connection.execute("select distinct person_id, name from main.people").fetchall()
    return words_of(people)


def text_columns(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str]]:
    """Schema, table and column of every text of the opened database's base tables."""
    found: list[tuple[str, str, str]] = connection.execute(
        """
        select columns.schema_name, columns.table_name, columns.column_name
        from duckdb_columns() as columns
        join duckdb_tables() as tables
            using (database_name, schema_name, table_name)
        where database_name = current_database() and data_type in ('VARCHAR', 'JSON')
        order by all
        """
    ).fetchall()
    return found


def values_leak(path: Path, words: Words) -> str | None:
    """Table and column of the first value that holds a word; None where none does."""
    with duckdb.connect(str(path), read_only=True) as connection:
        for schema, table, column in text_columns(connection):
            name = identifier(column)
            rows = connection.execute(
                f"select distinct cast({name} as varchar) from {identifier(schema)}.{identifier(table)} "
                f"where {name} is not null"
            ).fetchall()
            if any(words.within(text) for (text,) in rows):
                return f"{path.name}: {schema}.{table}.{column}"
    return None


def bytes_leak(path: Path, words: Words) -> str | None:
    """The file's name where its bytes hold a word of five bytes or more; None where they do not."""
    content = path.read_bytes()
    for word in (*words.ids, *words.names, *words.addresses):
        sought = word.encode()
        if len(sought) >= SHORTEST_BYTES and sought in content:
            return path.name
    return None


def files_below(folder: Path) -> Iterator[Path]:
    """Every file of a folder, in order."""
    return (path for path in sorted(folder.rglob("*")) if path.is_file())
