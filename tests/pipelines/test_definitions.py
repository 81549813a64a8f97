"""The shape of the whole: what is declared holds together, before anything runs."""

import ast
import subprocess
import sys
from pathlib import Path

import dagster as dg
import pytest

from assets.publication.catalogue import PUBLISHED_TABLES
from assets.sql_models import load_models
from pipelines.definitions import defs

ROOT = Path(__file__).resolve().parents[2]
GRAPH = defs.resolve_asset_graph()
KEYS = GRAPH.get_all_asset_keys()


def key(table):
    return dg.AssetKey(table.split("."))


def test_every_table_that_sql_reads_is_built_by_an_asset():
    read = {table for model in load_models() for table in model.reads}
    assert {table for table in read if not GRAPH.get(key(table)).is_materializable} == set()


def test_every_model_is_an_asset_with_the_lineage_its_text_tells():
    for model in load_models():
        assert GRAPH.get(key(model.table)).parent_keys == {key(read) for read in model.reads}


def test_every_published_table_of_the_warehouse_stands_before_the_publication():
    sources = {key(table.source) for table in PUBLISHED_TABLES if not table.source.startswith("audit.")}
    before = GRAPH.get(dg.AssetKey(["publication", "database"])).parent_keys
    assert {source for source in sources if source in KEYS} - before == set()


def test_every_asset_has_a_description_a_kind_an_owner_and_its_layer():
    for asset in defs.resolve_all_asset_specs():
        assert asset.description, asset.key
        assert asset.kinds, asset.key
        assert asset.owners, asset.key
        assert asset.freshness_policy, asset.key
        assert "layer" in asset.tags, asset.key


def test_an_indicator_stands_in_the_group_of_its_responsibility():
    groups = {asset.key.to_user_string(): asset.group_name for asset in defs.resolve_all_asset_specs()}
    assert groups["indicators/r2_2_coherence"] == "r2"
    assert groups["indicators/v1_areas_bridged"] == "value"
    assert groups["results/indicator_result"] == "results"


def test_all_runs_in_one_process_since_the_warehouse_has_one_writer():
    job = defs.resolve_job_def("refresh_results")
    assert job.executor_def.name == "in_process"


def test_assets_import_nothing_from_pipelines():
    offenders = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "assets").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "pipelines"
    ]
    assert offenders == []


@pytest.mark.parametrize("module", ["great_expectations", "altair", "pandas", "openpyxl"])
def test_loading_the_definitions_loads_no_heavy_library_it_does_not_need_yet(module):
    code = f"import sys, pipelines.definitions; sys.exit({module!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_loading_the_definitions_opens_and_writes_nothing(tmp_path):
    code = "import pipelines.definitions"
    subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        check=True,
        env={"NETVAERDI_HOME": str(tmp_path / "hjem"), "HOME": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert list(tmp_path.iterdir()) == []
