import duckdb

from assets.engine.spark_sql import to_spark


def test_percentiles_stay_exact() -> None:
    query = "select percentile_cont(0.5) within group (order by a.x) as p from core.t as a"
    assert "PERCENTILE(a.x, 0.5)" in to_spark(query)
    assert "PERCENTILE_APPROX" in to_spark(query, shim=False)


def test_month_differences_count_boundaries_as_duckdb_does() -> None:
    query = "select date_diff('month', date '2025-01-31', date '2025-03-01') as m"
    assert duckdb.sql(query).fetchall() == [(2,)]
    # The rewritten arithmetic is plain SQL: DuckDB itself says what it gives.
    assert duckdb.sql(to_spark(query)).fetchall() == [(2,)]


def test_quarter_and_year_differences_count_boundaries() -> None:
    for unit, expected in (("quarter", 1), ("year", 1)):
        query = f"select date_diff('{unit}', date '2024-12-31', date '2025-01-01') as d"
        assert duckdb.sql(query).fetchall() == duckdb.sql(to_spark(query)).fetchall() == [(expected,)]


def test_day_differences_are_between_dates() -> None:
    query = "select date_diff('day', a.d, a.e) as days from core.t as a"
    assert to_spark(query) == "SELECT DATEDIFF(CAST(a.e AS DATE), CAST(a.d AS DATE)) AS days FROM core.t AS a"
