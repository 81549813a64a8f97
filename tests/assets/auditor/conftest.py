"""The small publication, as a file and opened."""

import duckdb
import pytest

from tests.assets.auditor.small_publication import write_publication


@pytest.fixture(scope="session")
def published_file(tmp_path_factory):
    """A published file of a few rows. Not to be changed."""
    return write_publication(tmp_path_factory.mktemp("auditor") / "netvaerdi.duckdb")


@pytest.fixture
def file(published_file):
    """The same, opened to be read."""
    with duckdb.connect(str(published_file), read_only=True) as connection:
        yield connection
