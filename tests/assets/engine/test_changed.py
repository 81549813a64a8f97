"""A run after a change computes the changed organisations alone, and ends where computing all would."""

import duckdb
import pytest

from assets.engine import changed
from assets.engine.changed import STATE, forget, forget_all, run_changed
from assets.sql_models import Model, ModelError, load_models, run_model, run_models
from assets.warehouse import create_schemas
from benchmarks import generated_networks
from benchmarks.generate import generate, load

COUNTED = Model("core", "counted", "select organisation_id, count(*) as n from accepted.seen group by all")
NAMED = Model(
    "core",
    "named",
    "select counted.organisation_id, n, title from core.counted cross join definitions.title",
)
MODELS = (COUNTED, NAMED)


@pytest.fixture
def warehouse():
    """Three organisations, of whose rows one model counts and another names the counts."""
    with duckdb.connect() as opened:
        create_schemas(opened)
        opened.execute("create table accepted.seen as select unnest(['A', 'A', 'B', 'C']) as organisation_id")
        opened.execute("create table definitions.title as select 'antal' as title")
        run_changed(opened, MODELS)
        yield opened


@pytest.fixture
def built(monkeypatch):
    """The models that were built whole, and for which organisations others were."""
    found = []

    def whole(connection, model):
        found.append((model.table, "all"))
        return run_model(connection, model)

    def some(aside, model, organisations, gone):
        found.append((model.table, *organisations, *(f"-{name}" for name in gone)))
        original(aside, model, organisations, gone)

    original = changed._Aside.replace_some
    monkeypatch.setattr(changed, "run_model", whole)
    monkeypatch.setattr(changed._Aside, "replace_some", some)
    return found


def read(connection, table):
    return connection.sql(f"select * from {table} order by all").pl().rows()


def test_where_nothing_has_changed_nothing_is_computed(warehouse, built):
    assert run_changed(warehouse, MODELS) == {"core.counted": 3, "core.named": 3}
    assert built == []


def test_the_order_of_the_rows_is_no_change(warehouse, built):
    warehouse.execute(
        "create or replace table accepted.seen as from accepted.seen order by organisation_id desc"
    )
    run_changed(warehouse, MODELS)
    assert built == []


def test_one_organisation_of_three_is_computed_alone(warehouse, built):
    warehouse.execute("insert into accepted.seen values ('B')")
    run_changed(warehouse, MODELS)
    assert built == [("core.counted", "B"), ("core.named", "B")]
    assert read(warehouse, "core.named") == [("A", 2, "antal"), ("B", 2, "antal"), ("C", 1, "antal")]


def test_a_row_that_came_twice_more_is_a_change(warehouse, built):
    warehouse.execute("insert into accepted.seen values ('B'), ('B')")
    run_changed(warehouse, MODELS)
    assert ("B", 3) in read(warehouse, "core.counted")


def test_an_organisation_that_went_leaves_no_row(warehouse, built):
    warehouse.execute("delete from accepted.seen where organisation_id = 'C'")
    run_changed(warehouse, MODELS)
    assert built == [("core.counted", "-C"), ("core.named", "-C")]
    assert read(warehouse, "core.counted") == [("A", 2), ("B", 1)]


def test_a_change_goes_no_further_than_what_comes_out_otherwise(warehouse, built):
    """B's rows are others, but their number is as it was: what reads the number stands."""
    warehouse.execute("alter table accepted.seen add column place varchar")
    run_changed(warehouse, MODELS)
    built.clear()
    warehouse.execute("update accepted.seen set place = 'her' where organisation_id = 'B'")
    run_changed(warehouse, MODELS)
    assert built == [("core.counted", "B")]
    built.clear()
    run_changed(warehouse, MODELS)
    assert built == []
    warehouse.execute("insert into accepted.seen values ('B', 'der')")
    run_changed(warehouse, MODELS)
    assert built == [("core.counted", "B"), ("core.named", "B")]
    assert read(warehouse, "core.named") == [("A", 2, "antal"), ("B", 2, "antal"), ("C", 1, "antal")]


def test_rows_that_come_to_be_as_they_once_were_are_known_for_what_they_are(warehouse, built):
    """There, away and there again: what was noted in between is never taken for the rows of today."""
    for number in (2, 1, 2, 3, 1):
        warehouse.execute("delete from accepted.seen where organisation_id = 'B'")
        warehouse.execute("insert into accepted.seen select 'B' from range(?)", [number])
        run_changed(warehouse, MODELS)
        assert ("B", number, "antal") in read(warehouse, "core.named")


def test_a_run_killed_after_a_table_that_came_out_as_it_was_is_done_again(warehouse, built, monkeypatch):
    warehouse.execute("delete from accepted.seen where organisation_id = 'B'")
    warehouse.execute("insert into accepted.seen values ('B')")
    monkeypatch.setattr(changed, "_note", lambda *_: None)
    warehouse.execute("insert into accepted.seen values ('C')")
    run_changed(warehouse, MODELS)
    monkeypatch.undo()
    run_changed(warehouse, MODELS)
    assert read(warehouse, "core.named") == [("A", 2, "antal"), ("B", 1, "antal"), ("C", 2, "antal")]


def test_what_all_share_is_computed_again_for_all(warehouse, built):
    warehouse.execute("update definitions.title set title = 'tal'")
    run_changed(warehouse, MODELS)
    assert built == [("core.named", "all")]
    assert {row[2] for row in read(warehouse, "core.named")} == {"tal"}


def test_another_text_of_a_model_is_computed_whole_and_all_that_reads_it(warehouse, built):
    doubled = Model("core", "counted", COUNTED.text.replace("count(*)", "2 * count(*)"))
    run_changed(warehouse, [doubled, NAMED])
    assert built == [("core.counted", "all"), ("core.named", "all")]
    assert ("A", 4, "antal") in read(warehouse, "core.named")


def test_what_another_hand_changed_is_computed_whole_once_it_is_forgotten(warehouse, built):
    warehouse.execute("update core.counted set n = 0")
    forget(warehouse, ["core.counted"])
    run_changed(warehouse, MODELS)
    assert built == [("core.counted", "all")]
    assert ("A", 2) in read(warehouse, "core.counted")


def test_when_all_is_forgotten_all_is_computed(warehouse, built):
    forget_all(warehouse)
    run_changed(warehouse, MODELS)
    assert built == [("core.counted", "all"), ("core.named", "all")]


def test_a_run_that_was_killed_midway_is_done_again(warehouse, built, monkeypatch):
    warehouse.execute("insert into accepted.seen values ('B')")
    before = changed._note
    monkeypatch.setattr(changed, "_note", lambda *_: None)  # it went down before it had noted what it made
    run_changed(warehouse, MODELS)
    assert read(warehouse, STATE) == []
    monkeypatch.setattr(changed, "_note", before)
    warehouse.execute("delete from accepted.seen where organisation_id = 'B'")
    run_changed(warehouse, MODELS)
    assert read(warehouse, "core.counted") == [("A", 2), ("C", 1)]


def test_a_model_that_breaks_for_one_organisation_names_itself_and_leaves_no_trace(warehouse):
    broken = Model("core", "counted", "select organisation_id, error('nej')::integer as n from accepted.seen")
    with pytest.raises(ModelError, match=r"core\.counted"):
        run_changed(warehouse, [broken])
    assert "changed" not in {
        row[0] for row in warehouse.execute("select database_name from duckdb_databases()").fetchall()
    }
    run_changed(warehouse, MODELS)
    assert read(warehouse, "core.counted") == [("A", 2), ("B", 1), ("C", 1)]


@pytest.fixture
def municipalities(monkeypatch, tmp_path):
    """Three small made-up municipalities with every kind of record, and every model built of them."""
    monkeypatch.setattr(generated_networks, "NETWORKS", 2)
    generate(3, tmp_path, 3, "parquet")
    with duckdb.connect() as opened:
        load(opened, tmp_path)
        run_changed(opened, load_models())
        yield opened


def test_every_model_ends_where_computing_all_would_row_by_row(municipalities, built):
    kinds = municipalities.execute(
        "select table_name from duckdb_tables() where schema_name = 'accepted' and estimated_size > 0"
    ).fetchall()
    for (kind,) in kinds:  # half of the second organisation's records of each kind go, and all of two
        municipalities.execute(
            f"delete from accepted.{kind} where organisation_id = 'kommune-02' "
            "and (row_number % 2 = 0 or sheet in ('Løsninger', 'Puls'))"
        )
    assert municipalities.execute(
        "select count(*) from accepted.solutions where organisation_id = 'kommune-02'"
    ).fetchone() == (0,)
    models = load_models()
    run_changed(municipalities, models)
    assert len(built) > len(models) / 2
    assert {whose.removeprefix("-") for _, whose in built} == {"kommune-02"}
    made = {model.table: read(municipalities, model.table) for model in models}
    run_models(municipalities, models)
    assert [model.table for model in models if read(municipalities, model.table) != made[model.table]] == []


def test_every_model_says_whose_its_rows_are_unless_they_are_everybodys(municipalities):
    owned = {
        table
        for (table,) in municipalities.execute(
            "select schema_name || '.' || table_name from duckdb_columns() "
            "where column_name = 'organisation_id'"
        ).fetchall()
    }
    others = [model.table for model in load_models() if model.table not in owned]
    assert others == ["core.record_kinds"]
