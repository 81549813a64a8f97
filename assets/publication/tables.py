"""What a published table is: its columns with their types and meaning, its key, and where its rows come from.

The tables themselves stand in ``main_tables.py`` and ``audit_tables.py``; their comments, the dictionary in
the database and ``docs/data_dictionary.md`` are all made from there.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

SQL_FOLDER = Path(__file__).resolve().parents[2] / "sql" / "publication"
Readers = Literal["everyone", "leader_level", "personal"]


@dataclass(frozen=True)
class PublishedColumn:
    """One column of a published table.

    Attributes:
        type: DuckDB type, spelt as ``information_schema.columns`` spells it.
        unit: Unit of its values; empty for a name, a key or a word of a closed list.
        heading: Heading of the spreadsheet column it comes from; empty where there is none.
        readers: Who may see it: ``everyone``, ``leader_level`` (it speaks of one leader: the leader, the
            superior and the auditor) or ``personal`` (it names a person: the auditor).
    """

    name: str
    type: str
    da: str
    en: str
    unit: str = ""
    heading: str = ""
    readers: Readers = "everyone"

    @property
    def comment(self) -> str:
        """Meaning in Danish, then in English."""
        return f"{self.da} / {self.en}"


@dataclass(frozen=True)
class PublishedTable:
    """One table of the published database.

    Attributes:
        schema: ``main`` or ``audit``.
        columns: In order; the columns of the key come first, so that rows sorted by every column in turn
            are sorted by key.
        key: How many of the first columns are the key; 0 where identical rows can be different things.
        source: Table of the warehouse with these columns; where ``sql/publication/<schema>/<name>.sql``
            exists, its ``select`` stands instead.
        sealed: Part of the content hash.
    """

    schema: str
    name: str
    da: str
    en: str
    columns: tuple[PublishedColumn, ...]
    key: int
    source: str
    sealed: bool = True

    @property
    def full_name(self) -> str:
        """``schema.name``."""
        return f"{self.schema}.{self.name}"

    @property
    def comment(self) -> str:
        """Meaning in Danish, then in English."""
        return f"{self.da} / {self.en}"

    @property
    def column_names(self) -> tuple[str, ...]:
        """Names of the columns, in order."""
        return tuple(column.name for column in self.columns)

    def query(self) -> str:
        """The ``select`` that makes its rows from the warehouse, in no particular order."""
        path = SQL_FOLDER / self.schema / f"{self.name}.sql"
        return path.read_text(encoding="utf-8") if path.exists() else f"select * from {self.source}"


def quoted(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def identifier(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'
