"""The small publication that the notebooks read."""

import pytest

from tests.assets.auditor.small_publication import write_publication


@pytest.fixture(scope="session")
def published_file(tmp_path_factory):
    """A published file of a few rows. Not to be changed."""
    return write_publication(tmp_path_factory.mktemp("notebooks") / "netvaerdi.duckdb")
