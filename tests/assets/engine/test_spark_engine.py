import duckdb
import pyarrow as pa
import pytest

from assets.engine.errors import EngineError
from assets.engine.spark_engine import bring_back, check_columns, empty_tables
from assets.engine.types import becomes, spark_type
from assets.sql_models import Model, ModelError
from assets.warehouse import create_schemas

UNITS = Model("core", "probe", "select a.n, sum(a.n) as total from core.a as a group by a.n")


@pytest.fixture
def warehouse():
    with duckdb.connect() as opened:
        create_schemas(opened)
        opened.execute("create table core.a as select 1::integer as n, 'æ' as s")
        yield opened


def columns(connection, table):
    return dict(connection.execute(f"select name, type from pragma_table_info('{table}')").fetchall())


def test_duckdb_says_the_types_on_empty_tables_and_leaves_the_warehouse_alone(warehouse):
    after = Model("core", "after", "select count(*) as rows from core.probe")
    with empty_tables(warehouse, [UNITS, after]) as empty:
        assert columns(empty, "core.probe") == {"n": "INTEGER", "total": "HUGEINT"}
        assert columns(empty, "core.after") == {"rows": "BIGINT"}
    assert warehouse.execute("select count(*) from duckdb_tables()").fetchall() == [(1,)]


def test_a_model_that_does_not_fit_what_it_reads_is_named(warehouse):
    broken = Model("core", "probe", "select a.missing from core.a as a")
    with pytest.raises(ModelError, match=r"core\.probe"), empty_tables(warehouse, [broken]):
        raise AssertionError("not reached")


def test_rows_come_back_in_the_types_of_duckdb(warehouse):
    rows = pa.table({"n": pa.array([1, 2], pa.int64()), "total": pa.array([3, None], pa.int64())})
    assert bring_back(warehouse, "core.probe", {"n": "INTEGER", "total": "HUGEINT"}, rows) == 2
    assert columns(warehouse, "core.probe") == {"n": "INTEGER", "total": "HUGEINT"}
    assert warehouse.execute("select * from core.probe order by n").fetchall() == [(1, 3), (2, None)]


def test_columns_by_other_names_are_refused():
    with pytest.raises(EngineError, match=r"Spark giver core\.probe kolonnerne n, n_1, DuckDB n, total"):
        check_columns(UNITS, {"n": "int", "n_1": "bigint"}, {"n": "INTEGER", "total": "HUGEINT"})


def test_a_column_that_a_cast_would_change_is_refused():
    with pytest.raises(EngineError, match=r"core\.probe\.total er double i Spark og HUGEINT i DuckDB"):
        check_columns(UNITS, {"n": "int", "total": "double"}, {"n": "INTEGER", "total": "HUGEINT"})


@pytest.mark.parametrize(
    ("spark", "wanted", "may"),
    [
        ("int", "bigint", True),
        ("bigint", "int", True),  # ANSI mode stops at an overflow
        ("bigint", "decimal(38,0)", True),
        ("decimal(28,2)", "decimal(38,2)", True),
        ("decimal(38,3)", "decimal(38,2)", False),
        ("decimal(38,6)", "double", False),
        ("double", "bigint", False),
        ("void", "string", True),
        ("string", "date", False),
        ("int", "double", True),
    ],
)
def test_only_casts_that_keep_the_value_are_made(spark, wanted, may):
    assert becomes(spark, wanted) is may


def test_every_type_of_the_contract_has_a_name_in_spark():
    assert [spark_type(t) for t in ("VARCHAR", "DATE", "DECIMAL(18,2)", "INTEGER", "DOUBLE", "BOOLEAN")] == [
        *("string", "date", "decimal(18,2)", "int", "double", "boolean")
    ]
    with pytest.raises(EngineError, match="Typen JSON findes ikke i Spark"):
        spark_type("JSON")
