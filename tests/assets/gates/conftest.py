"""A small municipality, computed once from accepted records, in which every gate passes."""

from collections.abc import Callable, Iterator
from datetime import date

import duckdb
import polars as pl
import pytest

from assets.accepted.alias_questions import QUESTION
from assets.accepted.settings import build_settings
from assets.accepted.tables import create_tables
from assets.answerability.finding_history import create_finding_history
from assets.core.calendar import build_calendar
from assets.indicators.definitions import build_definitions
from assets.raw.tables import create_raw_tables
from assets.results.summary import build_summary
from assets.sql_models import load_models, run_models
from assets.warehouse import create_schemas, replace_table
from tests.builders import ORGANISATION, Scene
from tests.conftest import insert

FINDING = """
create or replace table accepted.finding (
    organisation_id varchar, delivery_sequence bigint, path varchar, sheet varchar, row_number integer,
    kind varchar, heading varchar, cell varchar, value varchar, rule varchar, severity varchar,
    message_da varchar, message_en varchar
)
"""


@pytest.fixture(scope="session")
def municipality() -> Iterator[duckdb.DuckDBPyConnection]:
    """Seven networks of two types and four leaders; two have sparring, one an application and a solution."""
    scene = Scene()
    leaders = {"N-2": "BO", "N-3": "BO", "N-4": "CARLA", "N-5": "CARLA", "N-6": "DAN", "N-7": "DAN"}
    scene.add("people", *({"person_id": name, "level": 2} for name in ("BO", "CARLA", "DAN")))
    scene.add("people", {"person_id": "MIA", "level": 4})
    for number, (network, leader) in enumerate(leaders.items()):
        scene.add("networks", network_id=network, network_type="welfare" if number % 2 else "innovation")
        scene.add("roles", network_id=network, person_id=leader)
    for network in ("N-1", "N-2", "N-3"):
        kind = "strategic_link" if network == "N-1" else "coordination"
        scene.add("touchpoints", network_id=network, kind=kind, by_id=leaders.get(network, "ANNA"))
    scene.add("solutions", solution_id="L-1", capital_need=5000)
    scene.add(
        "applications",
        {"status": "granted", "amount_granted": 4000, "decided_date": date(2024, 8, 1), "solution_id": "L-1"},
    )
    scene.add("adoption_events", event="test_started", date=date(2024, 9, 1))
    scene.add("ownership", ownership=4, relevance=5)
    scene.add("central_managers")
    scene.add("value_records", baseline=1.0, measured=2.0, target=2.0)
    with duckdb.connect() as opened:
        _compute(opened, scene)
        yield opened


def _compute(connection: duckdb.DuckDBPyConnection, scene: Scene) -> None:
    create_schemas(connection)
    create_raw_tables(connection)
    create_tables(connection)
    connection.execute(FINDING)
    create_finding_history(connection)
    replace_table(connection, "accepted.alias_question", pl.DataFrame(schema=QUESTION))
    build_settings(connection)
    for kind, frame in scene.accepted().items():
        insert(connection, f"accepted.{kind}", frame)
    connection.execute("update accepted.applications set currency = 'DKK'")
    rows = sum(frame.height for frame in scene.accepted().values())
    connection.execute(
        "insert into raw.delivery (sequence, organisation_id, path, sha256, bytes, received_at, "
        "received_date, state, rows_read, rows_accepted, rows_rejected, rows_skipped) values (1, "
        f"'{ORGANISATION}', 'netvaerk.xlsx', 'ab', 1, '2025-04-01', '2025-04-01', 'current', "
        f"{rows}, {rows}, 0, 0)"
    )
    build_calendar(connection, {ORGANISATION: scene.as_of})
    build_definitions(connection)
    run_models(connection, load_models())
    build_summary(connection)


@pytest.fixture
def broken(municipality) -> Iterator[Callable[[str], duckdb.DuckDBPyConnection]]:
    """Break the municipality by SQL statements; it is whole again after the test."""

    def breaking(*statements: str) -> duckdb.DuckDBPyConnection:
        for statement in statements:
            municipality.execute(statement)
        return municipality

    municipality.execute("begin")
    yield breaking
    municipality.execute("rollback")
