"""The named jobs: a dry run leaves everything as it was, a partition recomputes one organisation."""

from pathlib import Path

import dagster as dg
import duckdb
import pytest
from dagster._core.definitions.reconstruct import ReconstructableRepository

from assets.layers.workplace import ORGANISATIONS
from pipelines.definitions import defs
from pipelines.instance import open_instance
from pipelines.resources import run_config

ROOT = Path(__file__).resolve().parents[2]
INDICATOR_RESULT = dg.AssetKey(["results", "indicator_result"])


@pytest.fixture(scope="module")
def home(published, tmp_path_factory):
    """A home of one's own in which the tiny municipality was published once."""
    return published.copy(tmp_path_factory.mktemp("jobs") / "hjem")


def as_by_the_command(instance, partition, **options):
    """The outcome of ``dagster job execute``, which is looked at after the run has ended."""
    repository = ReconstructableRepository.for_module("pipelines.definitions", "defs", str(ROOT))
    job = repository.get_reconstructable_job("refresh_organisation")
    tags = {"dagster/partition": partition}
    return dg.execute_job(job, instance, run_config=run_config(**options), tags=tags)


def run(instance, job, **options):
    return defs.resolve_job_def(job).execute_in_process(
        instance=instance, run_config=run_config(**options), raise_on_error=False
    )


def publications(home):
    with duckdb.connect(str(home.database), read_only=True) as connection:
        return connection.execute("select sequence, content_hash from audit.publication").fetchall()


def test_a_dry_run_judges_everything_and_leaves_everything_as_it_was(home):
    before = (home.warehouse_file.read_bytes(), home.database.read_bytes())
    with open_instance(home) as instance:
        result = run(instance, "rehearse", home=str(home.root), as_of="2026-06-30", dry_run=True)
        assert result.success
        assert result.get_asset_check_evaluations()
    published = [
        one for one in result.get_asset_materialization_events() if one.asset_key.path[0] == "reports"
    ]
    assert published == []
    assert (home.warehouse_file.read_bytes(), home.database.read_bytes()) == before
    assert not list(home.warehouse_file.parent.glob("dry_run-*"))


def test_a_run_as_known_earlier_never_replaces_what_is_published(home):
    before = publications(home)
    with open_instance(home) as instance:
        result = run(instance, "refresh_results", home=str(home.root), as_of="2026-06-30", as_known=1)
        assert result.get_asset_check_evaluations()
    assert publications(home) == before


def test_an_organisation_that_has_delivered_is_a_partition_to_run_alone(home):
    with open_instance(home) as instance:
        assert instance.get_dynamic_partitions(ORGANISATIONS) == ["kommunen"]
        before = publications(home)
        with as_by_the_command(instance, "kommunen", home=str(home.root), organisation="kommunen") as result:
            assert result.success
    assert [content for _, content in publications(home)][-1] == before[-1][1]


def test_a_result_tables_page_has_its_columns_lineage_its_rows_and_a_picture(home):
    with open_instance(home) as instance:
        metadata = instance.get_latest_materialization_event(INDICATOR_RESULT).asset_materialization.metadata
    sources = metadata["dagster/column_lineage"].value.deps_by_column["value"]
    assert dg.AssetKey(["results", "judged_result"]) in {source.asset_key for source in sources}
    described = {
        column.name: column.description for column in metadata["dagster/column_schema"].value.columns
    }
    assert "Organisation" in described["organisation_id"]
    assert "reference_leader_id" not in metadata["preview"].value
    assert ".P" not in metadata["preview"].value


def test_every_result_tables_page_has_its_rows_and_a_picture_and_names_nobody(home):
    tables = {spec.key for spec in defs.resolve_all_asset_specs() if spec.group_name == "results"}
    with open_instance(home) as instance:
        shown = {
            key.path[1]: instance.get_latest_materialization_event(key).asset_materialization.metadata
            for key in tables
        }
    assert len(shown) > 20
    drawn = set()
    for table, metadata in shown.items():
        text = metadata["preview"].value
        assert text.startswith("| organisation_id |"), table
        assert not [said for said in ("P-1", "P-2", "Eksempel", ".P ") if said in text], table
        picture = metadata["picture"].value
        assert ("data:image/svg+xml;base64," in picture) != ("no rows that may be shown" in picture), table
        drawn |= {table} if "data:image" in picture else set()
    assert {"indicator_result", "evidence", "judged_result", "completeness", "own_result"} <= drawn


def test_each_run_lays_the_days_health_into_the_completeness_table(home):
    with duckdb.connect(str(home.warehouse_file), read_only=True) as connection:
        columns = connection.sql("select * from audit.completeness limit 0").columns
    assert {"delivered", "health", "why_da", "why_en"} <= set(columns)
    with duckdb.connect(str(home.database), read_only=True) as connection:
        assert "health" not in connection.sql("select * from audit.completeness limit 0").columns
    with open_instance(home) as instance:
        event = instance.get_latest_materialization_event(dg.AssetKey(["audit", "completeness"]))
    schema = event.asset_materialization.metadata["dagster/column_schema"].value
    assert [column.name for column in schema.columns if not column.description] == []
