"""A tiny warehouse, made by hand: one organisation, one network, one quarter."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest

from assets.accepted.tables import create_tables
from assets.home import Home
from assets.publication.database import publish
from assets.run_record import Run
from assets.warehouse import open_warehouse
from tests.rows import insert_row, insert_rows

FOLDER = Path(__file__).parent
Insert = Callable[..., None]


RUN = Run("run-1", datetime(2026, 10, 1, 8, 30, tzinfo=UTC), date(2026, 9, 29))


@pytest.fixture
def run() -> Run:
    """A run on the first day of October."""
    return RUN


@pytest.fixture(scope="session")
def filled_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home whose warehouse has its few rows; nothing published. Not to be changed."""
    home = Home.create(tmp_path_factory.mktemp("filled") / "home")
    with open_warehouse(home.warehouse_file) as connection:
        connection.execute((FOLDER / "warehouse.sql").read_text(encoding="utf-8"))
        create_tables(connection)
        insert_rows(connection, FOLDER / "warehouse.toml")
    return home


@pytest.fixture(scope="session")
def published_home(filled_home: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The same, published once. Not to be changed."""
    home = copied(filled_home, tmp_path_factory.mktemp("published"))
    with open_warehouse(home.warehouse_file) as connection:
        publish(connection, home, RUN)
    return home


def copied(home: Home, folder: Path) -> Home:
    """A copy of a home, to be changed freely."""
    shutil.copytree(home.root, folder / "home")
    return Home.open(folder / "home")


@pytest.fixture
def home(filled_home: Home, tmp_path: Path) -> Home:
    """A home of the test's own, not yet published."""
    return copied(filled_home, tmp_path)


@pytest.fixture
def warehouse(home: Home) -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse of the test's own home."""
    with open_warehouse(home.warehouse_file) as connection:
        yield connection


@pytest.fixture
def insert(warehouse: duckdb.DuckDBPyConnection) -> Insert:
    """Add one row to a table of the warehouse, columns by name."""
    return lambda table, **values: insert_row(warehouse, table, **values)
