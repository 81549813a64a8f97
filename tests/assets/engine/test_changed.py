"""A run after a change computes the changed organisations alone, and ends where computing all would."""

import duckdb
import pytest

from assets.engine import changed
from assets.engine.change_state import STATE, forget, forget_all
from assets.engine.changed import run_changed
from assets.sql_models import Model, ModelError, load_models, run_model, run_models
from assets.warehouse import create_schemas, replace_table
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

    def parts(aside, model, organisations, of_these):
        found.append((model.table, *organisations, *sorted(of_these)))
        by_parts(aside, model, organisations, of_these)

    original, by_parts = changed._Aside.replace_some, changed._Aside.replace_parts
    monkeypatch.setattr(changed, "run_model", whole)
    monkeypatch.setattr(changed._Aside, "replace_some", some)
    monkeypatch.setattr(changed._Aside, "replace_parts", parts)
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
    monkeypatch.setattr(changed, "write_state", lambda *_: None)
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
    before = changed.write_state
    monkeypatch.setattr(
        changed, "write_state", lambda *_: None
    )  # it went down before it had noted what it made
    run_changed(warehouse, MODELS)
    assert read(warehouse, STATE) == []
    monkeypatch.setattr(changed, "write_state", before)
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


COUNTS = Model(
    "indicators",
    "counts",
    "select organisation_id, indicator_id, count(*) as n from accepted.said group by all",
)
JUDGED = Model(
    "results",
    "judged",
    """-- Dommen. / The judgement.
-- Grain:   one row per organisation_id and indicator_id.
-- Parts:   an indicator's rows follow from the rows of that indicator alone.
select counts.organisation_id, counts.indicator_id, n, title
from indicators.counts cross join definitions.title""",
)
SUMMED = Model(
    "results", "summed", "select organisation_id, sum(n)::bigint as n from results.judged group by all"
)
BY_PARTS = (COUNTS, JUDGED, SUMMED)


@pytest.fixture
def judged():
    """One organisation, of whose three indicators one model counts the rows and another tells the counts."""
    with duckdb.connect() as opened:
        create_schemas(opened)
        opened.execute(
            "create table accepted.said as "
            "select 'A' as organisation_id, unnest(['R1', 'R2', 'R2', 'R3']) as indicator_id, 1 as place"
        )
        opened.execute("create table definitions.title as select 'antal' as title")
        run_changed(opened, BY_PARTS)
        yield opened


def test_of_one_organisation_the_indicators_that_changed_are_made_again_alone(judged, built):
    judged.execute("insert into accepted.said values ('A', 'R1', 2), ('A', 'R4', 1)")
    run_changed(judged, BY_PARTS)
    assert built == [
        ("indicators.counts", "all"),
        ("results.judged", "A", "R1", "R4"),
        ("results.summed", "all"),
    ]
    assert read(judged, "results.judged") == [
        ("A", name, n, "antal") for name, n in (("R1", 2), ("R2", 2), ("R3", 1), ("R4", 1))
    ]
    assert read(judged, "results.summed") == [("A", 6)]


def test_an_indicator_that_went_leaves_no_row(judged, built):
    judged.execute("delete from accepted.said where indicator_id = 'R3'")
    run_changed(judged, BY_PARTS)
    assert ("results.judged", "A", "R3") in built
    assert read(judged, "results.judged") == [("A", "R1", 1, "antal"), ("A", "R2", 2, "antal")]


def test_layer_by_layer_and_run_by_run_the_same_indicators_are_made_again(judged, built):
    """A run builds a layer at a time; what the layer before changed is known from what was noted of it."""
    for name, place in (("R1", 2), ("R3", 2), ("R1", 3)):
        built.clear()
        judged.execute("insert into accepted.said values ('A', ?, ?)", [name, place])
        run_changed(judged, [COUNTS])
        run_changed(judged, [JUDGED, SUMMED])
        assert ("results.judged", "A", name) in built
    assert read(judged, "results.judged") == [
        ("A", name, n, "antal") for name, n in (("R1", 3), ("R2", 2), ("R3", 2))
    ]


def test_a_layer_that_missed_a_change_is_made_whole(judged, built):
    for name in ("R1", "R3"):
        judged.execute("insert into accepted.said values ('A', ?, 2)", [name])
        run_changed(judged, [COUNTS])  # and the run ended there
    run_changed(judged, [JUDGED, SUMMED])
    assert ("results.judged", "all") in built
    assert read(judged, "results.judged") == [
        ("A", name, n, "antal") for name, n in (("R1", 2), ("R2", 2), ("R3", 2))
    ]


def test_what_all_indicators_share_makes_them_all_again(judged, built):
    judged.execute("update definitions.title set title = 'tal'")
    run_changed(judged, BY_PARTS)
    assert built[0] == ("results.judged", "all")
    assert {row[3] for row in read(judged, "results.judged")} == {"tal"}


def test_rows_that_moved_between_organisations_are_made_again_in_both(judged, built):
    judged.execute("insert into accepted.said select 'B', indicator_id, place from accepted.said")
    run_changed(judged, BY_PARTS)
    built.clear()
    judged.execute("update accepted.said set organisation_id = 'B' where indicator_id = 'R2'")
    run_changed(judged, BY_PARTS)
    assert ("results.judged", "A", "B", "R2") in built
    assert ("B", "R2", 4, "antal") in read(judged, "results.judged")
    assert ("A", "R2", 2, "antal") not in read(judged, "results.judged")


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
    assert {whose.removeprefix("-") for _, whose, *_ in built} == {"kommune-02"}
    made = {model.table: read(municipalities, model.table) for model in models}
    run_models(municipalities, models)
    assert [model.table for model in models if read(municipalities, model.table) != made[model.table]] == []


def test_sheet_after_sheet_of_one_organisation_every_model_ends_where_computing_all_would(
    municipalities, built
):
    """The indicators that a sheet does not reach stand, in every table that tells them apart."""
    for (kind,) in municipalities.execute(
        "select table_name from duckdb_columns() where schema_name = 'accepted' "
        "and column_name = 'organisation_id'"
    ).fetchall():
        municipalities.execute(f"delete from accepted.{kind} where organisation_id <> 'kommune-02'")
    models = load_models()
    apart = [model for model in models if model.parts]
    run_changed(municipalities, models)
    by_parts = set()
    for kind in ("touchpoints", "pulse", "value_records", "phases", "ownership", "solutions"):
        built.clear()
        municipalities.execute(f"delete from accepted.{kind} where row_number % 2 = 0")
        run_changed(municipalities, models)
        by_parts |= {(table, kind) for table, owner, *_ in built if owner == "kommune-02"}
        made = {model.table: read(municipalities, model.table) for model in models}
        for model in models:
            query = f"select * from ({model.query}) order by all"
            assert municipalities.sql(query).pl().rows() == made[model.table], (kind, model.table)
    assert by_parts >= {(model.table, kind) for model in apart for kind in ("pulse", "value_records")}


def test_what_a_model_says_of_its_parts_holds_for_every_indicator(municipalities):
    """With the rows of one indicator alone in all that it reads, its rows are those it has among all."""
    apart = [model for model in load_models() if model.parts]
    assert [model.name for model in apart] == ["own_result", "judged_result", "evidence", "indicator_result"]
    for model in apart:
        whole = municipalities.sql(f"select * from ({model.query}) order by all").pl()
        held = whole["indicator_id"].unique().to_list()
        assert len(held) > 30
        for indicator in held[::7]:
            with duckdb.connect() as alone:
                create_schemas(alone)
                for table in model.reads:
                    rows = municipalities.sql(f"from {table}").pl()
                    if "indicator_id" in rows.columns:
                        rows = rows.filter(rows["indicator_id"] == indicator)
                    replace_table(alone, table, rows)
                found = alone.sql(f"select * from ({model.query}) order by all").pl()
            assert found.rows() == whole.filter(whole["indicator_id"] == indicator).rows(), model.table


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
