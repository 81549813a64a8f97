import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from rich.console import Console

from assets.auditor.hardened import hardened_connection
from assets.auditor.shell import cell_text, completions, interactive


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "published.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create table figure as select 'N-01' as network_id, '[red]x[/red]' as title")
        connection.execute("create schema audit")
        connection.execute(
            "create macro audit.everything(n) as table select * from figure where network_id = n"
        )
    return path


def session(database: Path, lines: list[str]) -> tuple[str, list[str]]:
    out, noted = io.StringIO(), []
    console = Console(file=out, width=120, no_color=True)
    interactive(database, console, noted.append, history=database.with_name("history"), lines=lines)
    return out.getvalue(), noted


def test_a_statement_over_two_lines_is_answered_and_noted(database: Path) -> None:
    shown, noted = session(database, ["select network_id", "from figure;", ".slut", "select 2;"])
    assert "N-01" in shown and "1 rækker · rows" in shown
    assert noted == ["select network_id\nfrom figure;"]


def test_a_fault_is_shown_and_the_session_goes_on(database: Path) -> None:
    shown, noted = session(database, ["select nothing from nowhere;", "select 7 as seven;"])
    assert "nowhere" in shown and "seven" in shown
    assert len(noted) == 2


def test_text_from_the_database_is_never_taken_for_markup(database: Path) -> None:
    shown, _ = session(database, ["select title from figure;"])
    assert "[red]x[/red]" in shown


def test_the_tables_are_listed_on_request(database: Path) -> None:
    shown, _ = session(database, [".tabeller"])
    assert "figure" in shown


def test_tab_offers_tables_columns_and_macros(database: Path) -> None:
    with hardened_connection(database) as connection:
        offered = completions(connection)
    assert {"figure", "network_id", "audit.everything", "select"} <= set(offered)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "true"),
        (date(2026, 9, 30), "2026-09-30"),
        (Decimal("1.50"), "1.50"),
        ("a\x1bb", "a\ufffdb"),
    ],
)
def test_a_value_is_shown_exactly_and_without_control_characters(value: object, text: str) -> None:
    assert cell_text(value) == text
