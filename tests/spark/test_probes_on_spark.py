"""Every construct of ``sql/`` says the same on a real Spark, and would not without the shim."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from assets.engine.spark_sql import to_spark
from tests.assets.engine.probes import NEEDS_SHIM, PROBES, same

pytestmark = pytest.mark.spark


def answers(session, probe, *, shim=True):
    """What Spark says; for a query it cannot run, why."""
    try:
        return [
            tuple(row.values()) for row in session.sql(to_spark(probe.text, shim=shim)).toArrow().to_pylist()
        ]
    except Exception as error:
        return [(type(error).__name__,)]


@pytest.fixture(scope="module")
def said(session):
    with ThreadPoolExecutor(4) as pool:
        return {
            probe.name: said
            for probe, said in zip(
                PROBES, pool.map(lambda probe: answers(session, probe), PROBES), strict=True
            )
        }


def test_spark_answers_every_probe_as_duckdb_does(said):
    wrong = {
        probe.name: (said[probe.name], probe.answer)
        for probe in PROBES
        if not same(said[probe.name], probe.answer)
    }
    assert wrong == {}


def test_without_the_shim_the_probes_that_need_it_fail(session):
    passed = [probe.name for probe in NEEDS_SHIM if same(answers(session, probe, shim=False), probe.answer)]
    assert passed == []
