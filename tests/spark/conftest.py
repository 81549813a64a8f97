"""A session with the Spark that ``NETVAERDI_SPARK_REMOTE`` names: ``make test-spark`` starts one."""

import os

import pytest

from assets.engine.spark_session import REMOTE_VARIABLE, connect


@pytest.fixture(scope="session")
def session():
    return connect(os.environ[REMOTE_VARIABLE])
