"""The dictionary: every table and column with its meaning, type, unit, source heading and readers.

It stands in the database as ``audit.dictionary`` and in the docs as ``docs/data_dictionary.md``, both made
here from the catalogue. ``python -m assets.publication.dictionary`` writes the page anew.
"""

from collections.abc import Iterator
from pathlib import Path

import duckdb

from assets.publication.audit_tables import DICTIONARY
from assets.publication.catalogue import PUBLISHED_TABLES
from assets.publication.ledger import column_list
from assets.publication.tables import PublishedTable

PAGE = Path(__file__).resolve().parents[2] / "docs" / "data_dictionary.md"
READERS = {
    "everyone": "alle / everyone",
    "leader_level": "leder, overordnet, revisor / leader, superior, auditor",
    "personal": "revisor / auditor",
}
INTRODUCTION = """\
# Dataordbog / Data dictionary

Den offentliggjorte database, `published/netvaerdi.duckdb`, tabel for tabel. Siden er skrevet af
`python -m assets.publication.dictionary`; det samme står i databasens kommentarer og i `audit.dictionary`.

The published database, table by table. The page is written by `python -m assets.publication.dictionary`; the
same stands in the database as comments and as `audit.dictionary`.
"""


def dictionary_rows() -> Iterator[tuple[str, ...]]:
    """Rows of ``audit.dictionary``, in order; the row of a table itself has an empty column name."""
    for table in PUBLISHED_TABLES:
        yield table.schema, table.name, "", table.da, table.en, "", "", "", ""
        for column in table.columns:
            yield (
                table.schema,
                table.name,
                column.name,
                column.da,
                column.en,
                column.type,
                column.unit,
                column.heading,
                READERS[column.readers],
            )


def write_dictionary(connection: duckdb.DuckDBPyConnection, database: str) -> int:
    """Create ``audit.dictionary`` in an attached database; the number of its rows."""
    name = f"{database}.{DICTIONARY.full_name}"
    rows = sorted(dictionary_rows())
    marks = ", ".join("?" for _ in DICTIONARY.columns)
    connection.execute(f"create table {name} ({column_list(DICTIONARY)})")
    connection.executemany(f"insert into {name} values ({marks})", rows)
    return len(rows)


def dictionary_page() -> str:
    """The page of the docs."""
    return "\n".join([INTRODUCTION, *(_section(table) for table in PUBLISHED_TABLES)])


def _section(table: PublishedTable) -> str:
    key = ", ".join(f"`{name}`" for name in table.column_names[: table.key]) or "ingen / none"
    lines = [
        f"## `{table.full_name}`",
        "",
        f"{table.da}.",
        "",
        f"{table.en}.",
        "",
        f"Nøgle / key: {key}",
        "",
        "| kolonne / column | type | betydning | meaning | enhed / unit | overskrift | læsere / readers |",
        "|---|---|---|---|---|---|---|",
    ]
    for column in table.columns:
        cells = (
            f"`{column.name}`",
            column.type,
            column.da,
            column.en,
            column.unit,
            column.heading,
            READERS[column.readers],
        )
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(dictionary_page(), encoding="utf-8")
