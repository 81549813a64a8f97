"""Which columns a column is made of, read from the SQL."""

import pytest

from assets.lineage import FILE, column_lineage, fingerprint, kept, origins, read_lineage, shapes
from assets.sql_models import Model, load_models

COORDINATION = Model(
    "indicators",
    "tried",
    "select units.network_id, count(touch.held) as value from core.units as units "
    "left join (select network_id, date as held from accepted.touchpoints) as touch "
    "on units.network_id = touch.network_id group by units.network_id",
)


@pytest.fixture
def tables(connection):
    connection.execute("create table core.units (network_id varchar)")
    connection.execute("create table accepted.touchpoints (network_id varchar, date date, kind varchar)")
    return connection


def test_a_column_is_followed_through_a_subquery_to_the_table_it_comes_from(tables):
    found = read_lineage(COORDINATION, shapes(tables))
    assert found == {"network_id": ["core.units.network_id"], "value": ["accepted.touchpoints.date"]}


def test_a_model_that_has_changed_is_read_once_and_remembered(tables, tmp_path):
    memory = tmp_path / "lineage.json"
    first = column_lineage(tables, [COORDINATION], memory)
    tables.execute("drop table core.units")
    assert column_lineage(tables, [COORDINATION], memory) == first
    assert first["indicators.tried"]["value"] == ["accepted.touchpoints.date"]


def test_what_cannot_be_followed_has_no_lineage_and_stops_nothing(tables):
    assert read_lineage(Model("core", "broken", "select from where"), shapes(tables)) == {}


def test_the_lineage_beside_the_models_is_of_the_models_as_they_are():
    assert sorted(kept()) == sorted(f"{model.table} {fingerprint(model)}" for model in load_models())


def test_the_lineage_beside_the_models_ends_at_columns_of_the_contract():
    assert FILE.is_file()
    sources = {source for columns in kept().values() for of in columns.values() for source in of}
    assert "accepted.touchpoints.date" in sources
    assert all(source.count(".") == 2 for source in sources)


def test_a_columns_description_leads_back_to_the_heading_of_the_spreadsheet(tmp_path):
    told = origins(["core.units", "results.indicator_result"], tmp_path / "none.json")
    assert told["results.indicator_result"]["network_id"].endswith("Netværk »Netværks-id«")
    assert "← results.judged_result.network_id" in told["results.indicator_result"]["network_id"]
    assert "Roller »Person-id«" in told["core.units"]["reference_leader_id"]


def test_a_figure_of_many_headings_names_the_first_and_how_many_more(tmp_path):
    value = origins(["results.indicator_result"], tmp_path / "none.json")["results.indicator_result"]["value"]
    assert value.partition(" ⇐ ")[2].count("»") == 4
    assert "(+" in value
