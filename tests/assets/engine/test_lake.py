import json
from datetime import date

import duckdb
import pytest

from assets.accepted.tables import create_tables
from assets.engine.lake import (
    Lake,
    clear_lake,
    fingerprint,
    read_columns,
    remember,
    remembered,
    spark_schema,
)
from assets.warehouse import create_schemas


@pytest.fixture
def warehouse():
    with duckdb.connect() as opened:
        create_schemas(opened)
        create_tables(opened)
        yield opened


def test_names_of_people_and_descriptions_do_not_leave_the_warehouse(warehouse):
    columns = read_columns(warehouse, "accepted.people")
    assert "name" not in columns
    assert {"organisation_id", "person_id", "level", "valid_from"} <= columns.keys()
    assert "challenge" not in read_columns(warehouse, "accepted.networks")


def test_a_table_is_written_as_parquet_that_duckdb_reads_back(warehouse, tmp_path):
    warehouse.execute(
        "insert into accepted.solutions by name select 'A' as organisation_id, 'S-1' as record_key, "
        "'S-1' as solution_id, date '2024-02-29' as idea_date, 1234.50 as capital_need"
    )
    folder = Lake(tmp_path).export(warehouse, "accepted.solutions")
    rows = warehouse.execute(
        f"select idea_date, capital_need from read_parquet('{folder}/*.parquet')"
    ).fetchall()
    assert [(day, str(need)) for day, need in rows] == [(date(2024, 2, 29), "1234.50")]


def test_sums_wider_than_any_spark_integer_travel_as_decimals(warehouse, tmp_path):
    warehouse.execute("create table core.wide as select sum(n) as n from (values (1::bigint), (2)) as t (n)")
    assert read_columns(warehouse, "core.wide") == {"n": "HUGEINT"}
    assert spark_schema({"n": "HUGEINT", "d": "DATE"}) == "`n` decimal(38,0), `d` date"
    folder = Lake(tmp_path).export(warehouse, "core.wide")
    rows = warehouse.execute(f"select n, typeof(n) from read_parquet('{folder}/*.parquet')").fetchall()
    assert [(int(n), type_) for n, type_ in rows] == [(3, "DECIMAL(38,0)")]


def test_the_latest_run_stands_and_the_two_latest_are_kept(tmp_path):
    written = []
    for number in range(3):
        lake = Lake(tmp_path)
        lake.run_id = f"2026-{number}"
        folder = lake.folder("core.units")
        folder.mkdir(parents=True)
        lake.switch({"core.units": folder})
        written.append(folder)
    said = json.loads((tmp_path / "current.json").read_text(encoding="utf-8"))
    assert said == {"core.units": "core/units/run=2026-2"}
    assert [folder.exists() for folder in written] == [False, True, True]


def test_a_switch_leaves_what_stands_for_other_tables(tmp_path):
    lake = Lake(tmp_path)
    for table in ("core.units", "core.windows"):
        lake.folder(table).mkdir(parents=True)
        lake.switch({table: lake.folder(table)})
    said = json.loads((tmp_path / "current.json").read_text(encoding="utf-8"))
    assert set(said) == {"core.units", "core.windows"}
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["current.json"]


def test_a_fingerprint_is_of_the_rows_and_not_of_their_order(warehouse):
    warehouse.execute("create table core.a as select * from (values (1, 'æ'), (2, null)) as t (n, s)")
    warehouse.execute("create table core.b as select * from core.a order by n desc")
    warehouse.execute("create table core.c as select n, coalesce(s, '') as s from core.a")
    prints = [fingerprint(warehouse, f"core.{name}") for name in "abc"]
    assert prints[0] == prints[1] != prints[2]


def test_what_stands_in_the_lake_is_remembered_as_long_as_the_connection_is_open(warehouse):
    assert remembered(warehouse) == {}
    remember(warehouse, {"core.units": ("3 17", "/lake/core/units/run=1")})
    assert remembered(warehouse) == {"core.units": ("3 17", "/lake/core/units/run=1")}


def test_an_erasure_clears_the_run_folders_and_leaves_what_is_not_ours(tmp_path, monkeypatch):
    monkeypatch.delenv("NETVAERDI_LAKE", raising=False)
    assert clear_lake() == 0
    monkeypatch.setenv("NETVAERDI_LAKE", str(tmp_path))
    for folder in ("core/units/run=1", "accepted/roles/run=1", "other/roles/run=1"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "part-0.parquet").write_bytes(b"PAR1")
    (tmp_path / "current.json").write_text("{}", encoding="utf-8")
    assert clear_lake() == 2
    assert [path.parent.as_posix() for path in tmp_path.rglob("*.parquet")] == [
        (tmp_path / "other/roles/run=1").as_posix()
    ]
    assert not (tmp_path / "current.json").exists()
