"""Every model and every published table is the same from DuckDB and from Spark.

One warehouse holds all that is compared, since organisations never mix: the golden inboxes, 100,000 rows made
up from a seed, and the hand-made edges. The accepted layer is DuckDB's in both.
"""

import os
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest

from assets.accepted.build import build_accepted
from assets.accepted.settings import build_settings
from assets.answerability.finding_history import note_findings
from assets.core.calendar import build_calendar
from assets.engine.lake import Lake
from assets.engine.spark_engine import SparkEngine
from assets.gates.quality import record
from assets.indicators.definitions import build_definitions
from assets.publication.audit_tables import PUBLICATION
from assets.publication.catalogue import PUBLISHED_TABLES
from assets.publication.database import build_file
from assets.publication.ledger import create_ledgers, record_run
from assets.raw.intake import take_in
from assets.results.summary import build_summary
from assets.run_record import Run
from assets.sql_models import load_models, run_models
from assets.warehouse import open_warehouse
from benchmarks.generate import generate
from benchmarks.generated_networks import AS_OF as GENERATED_AS_OF
from tests.conftest import insert
from tests.golden.test_answer_keys import DAYS, golden
from tests.spark.compare import Pair
from tests.spark.edges import AS_OF as EDGES_AS_OF
from tests.spark.edges import ORGANISATION, edge_records

pytestmark = pytest.mark.spark

GOLDEN = DAYS if os.environ.get("NETVAERDI_GOLDEN") else {}
SCALE = 10  # some 108,000 rows, ten organisations
MODELS = load_models()
RUN = Run("parity", datetime(2026, 10, 1, tzinfo=UTC), date(2026, 9, 30))


def prepare(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Everything that the models read."""
    (folder / "inbox").mkdir()
    for name in GOLDEN:
        shutil.copytree(golden() / name / "inbox", folder / "inbox" / name)
    take_in(
        connection,
        archive=folder / "archive",
        inbox=folder / "inbox",
        received_at=datetime(2026, 9, 30, 12, tzinfo=UTC),
        default_organisation="ingen",
        declared=frozenset(),
    )
    build_settings(connection)
    build_accepted(connection)
    rows = generate(SCALE, folder / "generated", 11, "parquet")
    assert sum(rows.values()) >= 100_000
    for kind in rows:
        file = folder / "generated" / f"{kind}.parquet"
        connection.execute(f"insert into accepted.{kind} by name select * from read_parquet('{file}')")
    for kind, records in edge_records().items():
        insert(connection, f"accepted.{kind}", records)
    generated = {f"kommune-{number:02d}": GENERATED_AS_OF for number in range(1, SCALE + 1)}
    build_calendar(connection, GOLDEN | generated | EDGES_AS_OF)
    build_definitions(connection)
    note_findings(connection)


def publish(connection: duckdb.DuckDBPyConnection, place: Path) -> None:
    """The published file of what stands in the warehouse."""
    build_summary(connection)
    create_ledgers(connection)
    record(connection, RUN.run_id, [])
    record_run(connection, RUN)
    build_file(connection, place, [], RUN)


@pytest.fixture(scope="module")
def warehouses(session, tmp_path_factory):
    """The folder of both warehouses, one computed by DuckDB, one by Spark, and of what each publishes."""
    folder = tmp_path_factory.mktemp("parity")
    with open_warehouse(folder / "here.duckdb") as here:
        prepare(here, folder)
    shutil.copyfile(folder / "here.duckdb", folder / "there.duckdb")
    with open_warehouse(folder / "here.duckdb") as here:
        run_models(here, MODELS)
        publish(here, folder / "published_here.duckdb")
    with open_warehouse(folder / "there.duckdb") as there:
        SparkEngine(session, Lake(folder / "lake")).run_models(there, MODELS)
        publish(there, folder / "published_there.duckdb")
    return folder


@pytest.fixture(scope="module")
def pair(warehouses):
    with duckdb.connect() as connection:
        for name in ("here", "there"):
            connection.execute(f"attach '{warehouses / name}.duckdb' as {name} (read_only)")
        yield Pair(connection, "here", "there")


def test_every_model_is_the_same_on_both_engines(pair):
    assert [line for model in MODELS for line in pair.differences(model.table)] == []


@pytest.mark.golden
def test_every_model_was_tried_on_rows(pair):
    empty = [
        model.table
        for model in MODELS
        if pair.connection.execute(f"select count(*) from here.{model.table}").fetchall() == [(0,)]
    ]
    assert empty == []


def test_the_edges_reach_results_with_and_without_a_value(pair):
    counted = pair.connection.execute(
        "select count(*) filter (where value is null), count(*) filter (where value is not null), "
        "count(*) filter (where disputed), count(distinct network_id) "
        "from there.results.indicator_result where organisation_id = ?",
        [ORGANISATION],
    ).fetchall()[0]
    assert min(counted[:3]) > 0
    assert counted[3] == 5


def test_the_lake_holds_a_run_of_every_model_that_duckdb_reads_too(warehouses, pair):
    for model in MODELS:
        folder = warehouses / "lake" / model.schema / model.name
        (run,) = folder.glob("run=*")
        counted = f"select count(*) from read_parquet('{run}/*.parquet', hive_partitioning = false)"
        stands = f"select count(*) from there.{model.table}"
        assert pair.connection.execute(counted).fetchall() == pair.connection.execute(stands).fetchall()


def test_every_published_table_is_the_same_from_both_engines(warehouses):
    with duckdb.connect() as connection:
        for name in ("here", "there"):
            connection.execute(f"attach '{warehouses}/published_{name}.duckdb' as {name} (read_only)")
        pair = Pair(connection, "here", "there")
        tables = [table.full_name for table in PUBLISHED_TABLES if table is not PUBLICATION]
        assert [line for table in tables for line in pair.differences(table)] == []


def test_a_difference_would_be_seen(warehouses):
    with duckdb.connect() as connection:
        connection.execute(f"attach '{warehouses}/here.duckdb' as here (read_only)")
        connection.execute("attach ':memory:' as there")
        connection.execute("create schema there.results")
        connection.execute(
            "create table there.results.indicator_result as from here.results.indicator_result"
        )
        pair = Pair(connection, "here", "there")
        assert pair.differences("results.indicator_result") == []
        connection.execute(
            "update there.results.indicator_result set value = value * (1 + 3e-9) where value > 1 "
            "and indicator_id = 'V7'"
        )
        (line,) = pair.differences("results.indicator_result")
        assert line.startswith("results.indicator_result.value: ")
