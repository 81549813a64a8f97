"""A published file of a few rows by hand: a municipality, a network, a quarter, its spreadsheets."""

import tempfile
from functools import cache
from pathlib import Path

import duckdb

from assets.publication.catalogue import PUBLISHED_TABLES
from assets.publication.ledger import column_list
from assets.publication.macros import create_macros, load_macros
from tests.rows import insert_rows

BY, NETWORK, QUARTER = "BY", "N-01", "2026Q3"
AMOUNTS = {"A-1": 100_000, "A-2": 150_000, "A-3": 50_000}


def write_publication(path: Path, *, v7: float = 300_000.0, sequence: int = 1) -> Path:
    """Write the file; ``v7`` publishes another V7 than the applications sum to; ``sequence`` numbers it."""
    path.write_bytes(_made())
    if (v7, sequence) != (300_000.0, 1):
        with duckdb.connect(str(path)) as changing:
            changing.execute("update main.indicator_result set value = ? where indicator_id = 'V7'", [v7])
            changing.execute("update audit.publication set sequence = ?", [sequence])
    return path


@cache
def _made() -> bytes:
    """The file as it is without changes, made once in a process."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "netvaerdi.duckdb"
        with duckdb.connect() as making:
            making.execute(f"attach '{path}' as file (storage_version 'v1.2.0', block_size 16384)")
            making.execute("use file; begin; create schema audit")
            for table in PUBLISHED_TABLES:
                making.execute(f"create table {table.full_name} ({column_list(table)})")
            making.execute("commit")
            insert_rows(making, Path(__file__).with_suffix(".toml"))
            _insert_questions(making)
            making.execute("use memory; detach file")
        with duckdb.connect(str(path)) as opened:
            opened.execute("begin")
            create_macros(opened)
            opened.execute("commit")
        return path.read_bytes()


def _insert_questions(making: duckdb.DuckDBPyConnection) -> None:
    for macro in load_macros():
        if macro.ask:
            da, _, en = macro.comment.partition(" / ")
            ask = macro.ask.replace(":organisation", BY).replace(":network", NETWORK)
            told = [macro.full_name, da, en, macro.signature, ask.replace(":period", QUARTER), macro.query]
            making.execute("insert into audit.how_to values (?, ?, ?, ?, ?, ?)", told)
