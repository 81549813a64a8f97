"""Fixtures that put a few rows through one model, or through all the models a figure rests on."""

import os
import shutil
import tempfile
from pathlib import Path

import duckdb
import polars as pl
import pytest
from xdist.scheduler import LoadFileScheduling

from assets.accepted.alias_questions import QUESTION
from assets.accepted.tables import create_tables
from assets.core.calendar import build_calendar
from assets.indicators.definitions import build_definitions
from assets.sql_models import load_models, run_model, run_models
from assets.warehouse import create_schemas, replace_table
from tests.builders import AS_OF, ORGANISATION, Rows, Scene
from tests.needs import deselect_unmet, read_counts, summary_lines, write_counts

# Keys of the homes that tests make stand apart from them, and never among the user's own.
os.environ["XDG_CONFIG_HOME"] = tempfile.mkdtemp(prefix="netvaerdi-test-config-")
BROWSER = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
LEFT_OUT = pytest.StashKey[dict]()
MODELS = {model.table: model for model in load_models()}


# What takes longest begins first, so that side by side nothing long is left for the end.
LONGEST = ("ui", "faults", "pipelines", "benchmarks", "golden", "realdata")
# The homes that these share take long to make, so all of a folder's tests go to one process.
TOGETHER = ("tests/faults/", "tests/pipelines/", "tests/assets/people/")


def pytest_collection_modifyitems(config, items):
    tests = Path(__file__).parent
    place = {name: rank for rank, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.path.relative_to(tests).parts[0], len(LONGEST)))
    config.stash[LEFT_OUT] = deselect_unmet(config, items)


class FoldersTogether(LoadFileScheduling):
    """The tests of a file to one process, and those of some folders."""

    def _split_scope(self, nodeid):
        file = nodeid.partition("::")[0]
        return next((folder for folder in TOGETHER if file.startswith(folder)), file)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    return FoldersTogether(config, log) if config.getvalue("dist") == "loadfile" else None


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node, error):
    # Side by side, the tests are collected in other processes; each collects them all, so one word is enough.
    node.config.stash[LEFT_OUT] = read_counts(getattr(node, "workeroutput", {}).get("left_out", {}))


def pytest_sessionfinish(session):
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = write_counts(session.config.stash.get(LEFT_OUT, {}))


def pytest_terminal_summary(terminalreporter, config):
    for line in summary_lines(config.stash.get(LEFT_OUT, {})):
        terminalreporter.write_line(line)


@pytest.fixture(scope="module")
def browser():
    """Chromium without a window. Ended with the module: Playwright starts once only, and holds asyncio."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=BROWSER)
        yield started
        started.close()


@pytest.fixture
def connection():
    """An empty warehouse in memory, with its schemas."""
    with duckdb.connect() as opened:
        create_schemas(opened)
        yield opened


@pytest.fixture(scope="session")
def shapes():
    """Column names and types of every table, as the models make them from no rows."""
    with duckdb.connect() as opened:
        create_schemas(opened)
        create_tables(opened)
        replace_table(opened, "accepted.alias_question", pl.DataFrame(schema=QUESTION))
        opened.execute(TARGETS_OF_THE_OFFICES)
        build_calendar(opened, {ORGANISATION: AS_OF})
        build_definitions(opened)
        run_models(opened, [model for model in MODELS.values() if reads_only(model, MODELS)])
        found = opened.execute(
            "select schema_name || '.' || table_name, column_name, data_type from duckdb_columns() "
            "order by schema_name, table_name, column_index"
        ).fetchall()
    columns = {}
    for table, column, data_type in found:
        columns.setdefault(table, {})[column] = data_type
    return columns


@pytest.fixture
def rows():
    """Small valid rows of any table: ``rows.touchpoints(by_id="BO", date=date(2025, 2, 1))``."""
    return Rows()


@pytest.fixture(name="run_model")
def run_one_model(connection, shapes):
    """Run one model (``core/units``) on the tables given; every other table it reads is empty."""

    def run(path, tables):
        model = MODELS[path.replace("/", ".")]
        for table in dict.fromkeys([*model.reads, *tables]):
            columns = ", ".join(f'"{name}" {kind}' for name, kind in shapes[table].items())
            connection.execute(f"create or replace table {table} ({columns})")
            insert(connection, table, tables.get(table))
        run_model(connection, model)
        return connection.sql(f"select * from {model.table} order by all").pl()

    return run


@pytest.fixture
def compute(connection):
    """Compute tables from accepted records: ``compute(scene, "core.units")`` gives the frame of the last."""

    def run(scene, *tables):
        create_tables(connection)
        for kind, frame in scene.accepted().items():
            insert(connection, f"accepted.{kind}", frame)
        replace_table(connection, "accepted.alias_question", pl.DataFrame(schema=QUESTION))
        connection.execute(TARGETS_OF_THE_OFFICES)
        insert(connection, "settings.targets", scene.own_targets())
        build_calendar(connection, dict.fromkeys(scene.organisations(), scene.as_of))
        build_definitions(connection)
        wanted = upstream(tables)
        run_models(connection, [model for table, model in MODELS.items() if table in wanted])
        return connection.sql(f"select * from {tables[-1]} order by all").pl()

    return run


@pytest.fixture
def measure(compute, connection):
    """One indicator of the scene's network in one quarter, with what its own rule says and its evidence."""

    def run(scene, indicator_id, period="2025Q1", dimension=""):
        model = indicator_model(indicator_id)
        compute(scene, *evidence_of(model), model.table)
        found = connection.sql(
            f"select * from {model.table} where network_id = '{scene.network_id}' and basis = 'counted' "
            f"and period = '{period}' and dimension = '{dimension}'"
        ).pl()
        assert found.height == 1, f"{found.height} rows of {indicator_id} in {period}"
        return found.row(0, named=True)

    return run


@pytest.fixture
def scene():
    """One innovation network since 2024, led by ANNA, in an organisation that keeps every kind."""
    return Scene()


TARGETS_OF_THE_OFFICES = (
    "create or replace table settings.targets (indicator_id varchar, organisation_id varchar, "
    "network_type varchar, valid_from date, target double, partly_target double, window_months integer, "
    "minimum_count integer, reason varchar, owner varchar)"
)


def insert(connection, table, frame: pl.DataFrame | None):
    """Put a frame's rows into a table by name; columns it does not have are empty."""
    if frame is None or frame.is_empty():
        return
    connection.register("given_rows", frame.to_arrow())
    connection.execute(f"insert into {table} by name select * from given_rows")
    connection.unregister("given_rows")


def indicator_model(indicator_id: str):
    """The model of an indicator, by the start of its name: ``R2.1`` is ``r2_1_…``."""
    start = indicator_id.lower().replace(".", "_") + "_"
    return next(
        model for model in MODELS.values() if model.schema == "indicators" and model.name.startswith(start)
    )


def evidence_of(model) -> list[str]:
    return [table for table in (f"evidence.{model.name}",) if table in MODELS]


def upstream(tables) -> set[str]:
    """These tables and every table they rest on."""
    wanted, ahead = set(), list(tables)
    while ahead:
        table = ahead.pop()
        if table in MODELS and table not in wanted:
            wanted.add(table)
            ahead.extend(MODELS[table].reads)
    return wanted


def reads_only(model, models) -> bool:
    """Whether a model reads nothing but the inputs and other models: not what Python makes of results."""
    inputs = ("accepted.", "calendar.", "definitions.", "settings.targets")
    return all(
        (table in models and reads_only(models[table], models)) or table.startswith(inputs)
        for table in model.reads
    )
