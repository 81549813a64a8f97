"""The models and gates beside their peers: the dbt project says the same, and so do the rules as SQL."""

import re

import duckdb
import pytest

from assets.gates import all_gates
from assets.gates.quality import LAYERS
from assets.gates.sql_checks import load_sql_checks
from assets.gates.suites import suites_of
from assets.sql_models import load_models
from benchmarks import generated_networks
from benchmarks.dbt_project import DATABASE, as_dbt, copy_sources, differences, gate_queries, write_project
from benchmarks.gates import build, plain
from benchmarks.plot import BEGIN, END

REF = re.compile(r"{{ ref\('(\w+?)__(\w+)'\) }}|{{ source\('(\w+)', '(\w+)'\) }}")


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    path = tmp_path_factory.mktemp("peers") / "warehouse.duckdb"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(generated_networks, "NETWORKS", 2)
        build(1, 7, path)
    return path


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dbt")
    return folder, write_project(folder)


def as_tables(text):
    """What dbt makes of a file: its references as tables, its own configuration away."""
    return REF.sub(lambda found: ".".join(part for part in found.groups() if part), text).partition("}}\n")[2]


def test_the_project_has_every_model_and_a_test_for_every_gate(project):
    folder, (models, counted) = project
    assert models == len(load_models()) == len(list(folder.glob("models/*/*.sql")))
    assert counted == len(all_gates()) == len(list(folder.glob("tests/*.sql")))
    assert counted == len(load_sql_checks()) + models + sum(
        len(suite.rules) for layer in LAYERS for suite in suites_of(layer)
    )


def test_a_model_reads_what_the_file_in_sql_reads_and_names_its_own_table(project):
    folder, _ = project
    for model in load_models():
        text = (folder / "models" / model.schema / f"{model.schema}__{model.name}.sql").read_text("utf-8")
        assert text.startswith(f"{{{{ config(schema='{model.schema}', alias='{model.name}') }}}}")
        assert as_tables(text).strip() == model.query


def test_a_table_that_no_model_makes_is_a_source():
    named = set()
    text = as_dbt("select 1 from core.units join accepted.roles using (n)", {"core.units"}, named)
    assert text == "select 1 from {{ ref('core__units') }} join {{ source('accepted', 'roles') }} using (n)"
    assert named == {"accepted.roles"}


def test_every_test_selects_as_many_rows_as_the_gate_counts(warehouse):
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        counted = plain(connection)
        for gate, query in gate_queries():
            selected = connection.execute(f"select count(*) from ({query})").fetchall()[0][0]
            assert (selected > 0) == (counted[gate.name] > 0), gate.name
    assert len(counted) == len(all_gates())


def test_dbts_file_begins_with_the_sources_alone_and_a_table_unlike_ours_is_told(warehouse, tmp_path):
    copy_sources(warehouse, tmp_path / DATABASE)
    models = load_models()
    made = {model.table for model in models}
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        model = next(  # with rows, and reading no other model
            model
            for model in models
            if not made.intersection(model.reads)
            and connection.execute(f"select count(*) from {model.table}").fetchall()[0][0]
        )
    with duckdb.connect(str(tmp_path / DATABASE)) as connection:
        tables = {
            f"{schema}.{name}"
            for schema, name in connection.execute(
                "select schema_name, table_name from duckdb_tables()"
            ).fetchall()
        }
        assert "accepted.networks" in tables and not made & tables
        connection.execute(f"create table {model.table} as {model.query}")
    assert differences(warehouse, tmp_path / DATABASE, (model,)) == []
    with duckdb.connect(str(tmp_path / DATABASE)) as connection:
        connection.execute(f"insert into {model.table} from (from {model.table} limit 1)")
    assert differences(warehouse, tmp_path / DATABASE, (model,)) == [model.table]


def test_the_page_of_benchmarks_has_a_place_for_the_table():
    from benchmarks.plot import DOCS

    page = (DOCS / "benchmarks.md").read_text(encoding="utf-8")
    assert page.index(BEGIN) < page.index(END)
