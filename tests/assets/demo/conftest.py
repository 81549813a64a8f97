"""The demo's spreadsheets, computed once by the real pipeline; not to be changed."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from assets.accepted.build import build_accepted
from assets.accepted.settings import build_settings
from assets.answerability.finding_history import note_findings
from assets.core.calendar import build_calendar
from assets.demo.municipality import AS_OF, NEIGHBOUR, ORGANISATION, write_demo
from assets.indicators.definitions import build_definitions
from assets.raw.intake import take_in
from assets.results.summary import build_summary
from assets.sql_models import load_models, run_models
from assets.warehouse import open_warehouse


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    folder: Path = tmp_path_factory.mktemp("demo")
    (folder / "archive").mkdir()
    write_demo(folder / "inbox")
    with open_warehouse() as connection:
        take_in(
            connection,
            archive=folder / "archive",
            inbox=folder / "inbox",
            received_at=datetime(2026, 9, 30, 10, 0, tzinfo=UTC),
            default_organisation="kommunen",
            declared=frozenset({ORGANISATION, NEIGHBOUR}),
        )
        build_settings(connection)
        build_accepted(connection)
        build_calendar(connection, {ORGANISATION: AS_OF, NEIGHBOUR: AS_OF})
        build_definitions(connection)
        note_findings(connection)
        run_models(connection, load_models())
        build_summary(connection)
        yield connection
