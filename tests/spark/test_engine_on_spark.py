"""What the engine does between layers, and when a query breaks, on a real Spark."""

from datetime import date

import duckdb
import pyarrow as pa
import pytest

from assets.engine.lake import Lake
from assets.engine.spark_engine import SparkEngine
from assets.gates.judge_process import JudgeProcess, verdicts
from assets.layers.failures import describe
from assets.sql_models import Model, ModelError
from assets.warehouse import create_schemas

pytestmark = pytest.mark.spark

FIRST = Model(
    "core", "first", "select a.n, a.n * 2 as doubled, date '2024-02-29' as day from core.given as a"
)
SECOND = Model("core", "second", "select sum(first.doubled) as total, max(first.day) as day from core.first")


@pytest.fixture
def warehouse():
    with duckdb.connect() as opened:
        create_schemas(opened)
        opened.execute("create table core.given as select 1::integer as n union all select 2")
        yield opened


def test_a_later_layer_reads_what_an_earlier_one_wrote_and_what_has_changed_since(
    session, warehouse, tmp_path
):
    assert SparkEngine(session, Lake(tmp_path)).run_models(warehouse, [FIRST]) == {"core.first": 2}
    SparkEngine(session, Lake(tmp_path)).run_models(warehouse, [SECOND])
    assert warehouse.execute("from core.second").fetchall() == [(6, date(2024, 2, 29))]
    assert len(list(tmp_path.glob("core/first/run=*"))) == 1
    warehouse.execute("update core.first set doubled = 10 where n = 1")
    SparkEngine(session, Lake(tmp_path)).run_models(warehouse, [SECOND])
    assert warehouse.execute("select total, typeof(total) from core.second").fetchall() == [(14, "HUGEINT")]
    assert len(list(tmp_path.glob("core/first/run=*"))) == 2


def test_another_lake_is_given_what_the_first_one_held(session, warehouse, tmp_path):
    SparkEngine(session, Lake(tmp_path / "a")).run_models(warehouse, [FIRST])
    SparkEngine(session, Lake(tmp_path / "b")).run_models(warehouse, [SECOND])
    assert warehouse.execute("select total from core.second").fetchall() == [(6,)]
    assert len(list((tmp_path / "b").glob("core/first/run=*"))) == 1


def test_a_model_that_breaks_is_named_without_quoting_the_data(session, warehouse, tmp_path):
    warehouse.execute("create table core.texts as select 'hemmelig' as s")
    broken = Model("core", "broken", "select cast(s as date) as day from core.texts")
    with pytest.raises(ModelError) as failed:
        SparkEngine(session, Lake(tmp_path)).run_models(warehouse, [broken])
    said = describe(failed.value)
    assert "core.broken kunne ikke beregnes: Spark: CAST_INVALID_INPUT" in said.da
    assert "hemmelig" not in str(said)


def test_the_gates_are_judged_beside_the_client():
    """Great Expectations, finding the client, would look for a whole Spark and end the process."""
    judge = JudgeProcess()
    try:
        asked = judge.judge("made.up", pa.table({"n": [1, None]}), {"there": ("not_null", {"column": "n"})})
        assert verdicts(asked)["there"].violations == 1
    finally:
        judge.close()


def test_after_a_failure_the_warehouse_keeps_the_table_it_had(session, warehouse, tmp_path):
    warehouse.execute("create table core.broken as select date '2024-01-01' as day")
    warehouse.execute("create table core.texts as select 'i går' as s")
    broken = Model("core", "broken", "select cast(s as date) as day from core.texts")
    with pytest.raises(ModelError):
        SparkEngine(session, Lake(tmp_path)).run_models(warehouse, [broken])
    assert warehouse.execute("from core.broken").fetchall() == [(date(2024, 1, 1),)]
    assert not (tmp_path / "current.json").exists()
