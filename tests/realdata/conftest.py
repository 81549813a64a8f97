"""The folder of real files, and what a run would accept of one with a documented mapping beside it."""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assets.accepted.build import build_accepted
from assets.accepted.settings import build_settings
from assets.raw.child import Reader
from assets.raw.intake import take_in
from assets.raw.limits import Limits
from assets.warehouse import open_warehouse

MAPPINGS = Path(__file__).parents[2] / "docs" / "mapping"


@pytest.fixture(scope="session")
def realdata() -> Path:
    return Path(os.environ["NETVAERDI_REALDATA"])


@pytest.fixture(scope="session")
def reader() -> Iterator[Reader]:
    with Reader(Limits()) as shared:
        yield shared


@pytest.fixture
def accepted(realdata, tmp_path):
    """Take in a real file with its mapping, and small other files; a query on the warehouse then."""
    with open_warehouse() as connection:

        def query(sql, name, mapping, **others):
            inbox = tmp_path / "inbox"
            inbox.mkdir()
            shutil.copyfile(realdata / name, inbox / name)
            shutil.copyfile(MAPPINGS / mapping, inbox / f"{name}.mapping.yaml")
            for other, text in others.items():
                (inbox / f"{other}.csv").write_text(text, encoding="utf-8")
            take_in(
                connection,
                archive=tmp_path / "archive",
                inbox=inbox,
                received_at=datetime(2026, 10, 1, tzinfo=UTC),
                default_organisation="kommunen",
                declared=frozenset(),
            )
            build_settings(connection)
            build_accepted(connection)
            return connection.execute(sql).fetchall()

        query.connection = connection
        yield query
