from pathlib import Path

import duckdb
import pytest
from sqlglot import exp, parse_one

from assets.engine.spark_sql import to_spark, view_name
from assets.sql_models import load_models
from tests.assets.engine.probes import NEEDS_SHIM, PROBES, constructs, same

SNAPSHOT = Path(__file__).with_name("probes_in_spark.sql")
MODELS = load_models()


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: probe.name)
def test_duckdb_answers_what_the_probe_states(probe):
    assert same(duckdb.sql(probe.text).fetchall(), probe.answer)


def test_every_construct_of_the_models_has_a_probe():
    probed = {construct for probe in PROBES for construct in constructs(probe.text)}
    used = {construct: model.table for model in MODELS for construct in constructs(model.query)}
    assert {construct: table for construct, table in used.items() if construct not in probed} == {}


def test_the_translations_are_those_that_were_looked_at():
    written = "".join(f"-- {probe.name}\n{to_spark(probe.query)};\n" for probe in PROBES)
    assert written == SNAPSHOT.read_text(encoding="utf-8")


@pytest.mark.parametrize("probe", NEEDS_SHIM, ids=lambda probe: probe.name)
def test_where_the_shim_is_needed_it_changes_the_text(probe):
    assert to_spark(probe.query) != to_spark(probe.query, shim=False)


def test_a_translated_model_reads_the_views_of_what_the_model_reads():
    for model in MODELS:
        text = to_spark(model.query, views=True)
        tables = {table.name for table in parse_one(text, read="spark").find_all(exp.Table)}
        assert {view_name(read) for read in model.reads} <= tables, model.table
        assert not any(table.db for table in parse_one(text, read="spark").find_all(exp.Table)), model.table
