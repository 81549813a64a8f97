import io
import os
import pty
import select
import signal
import subprocess
import sys
import time
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


def session(database: Path, lines: list[str | None]) -> tuple[str, list[str]]:
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


def test_what_was_begun_is_dropped_by_an_interrupt_and_a_word_of_the_shell_serves_at_any_time(
    database: Path,
) -> None:
    shown, noted = session(
        database, ["select nonsense", None, "select network_id", ".tables", "from figure;"]
    )
    assert "nonsense" not in shown and "N-01" in shown
    assert noted[-1] == "select network_id\nfrom figure;" and len(noted) == 2


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


TERMINAL = """
import sys
from pathlib import Path
from rich.console import Console
from assets.auditor.shell import interactive
database = Path(sys.argv[1])
history = database.with_name("history")
interactive(database, Console(width=100, no_color=True), lambda said: None, history=history)
"""


class Terminal:
    """The shell in a terminal of its own, typed into and read from."""

    def __init__(self, database: Path) -> None:
        self.control, inside = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-c", TERMINAL, str(database)],
            stdin=inside,
            stdout=inside,
            stderr=inside,
            start_new_session=True,
            env=os.environ | {"TERM": "dumb", "INPUTRC": os.devnull},
        )
        os.close(inside)
        self.shown = b""

    def type(self, text: str) -> None:
        os.write(self.control, text.encode())

    def wait_for(self, text: str) -> None:
        """Read until the text is shown, and forget what was shown so far."""
        until = time.monotonic() + 60
        while text.encode() not in self.shown:
            assert time.monotonic() < until, self.shown.decode()
            if select.select([self.control], [], [], 1)[0]:
                self.shown += os.read(self.control, 65536)
        self.shown = self.shown.partition(text.encode())[2]

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(60)
        os.close(self.control)


def test_in_a_terminal_tab_completes_an_interrupt_stops_and_history_is_kept(database: Path) -> None:
    terminal = Terminal(database)
    try:
        terminal.wait_for("netværdi> ")
        terminal.type("select * from audit.every\t('N-01');\n")
        terminal.wait_for("audit.everything")
        terminal.wait_for("1 rækker")
        terminal.wait_for("netværdi> ")
        terminal.type("select count(*) from range(1000000000) as a, range(1000000) as b;\n")
        terminal.wait_for("\n")
        time.sleep(0.5)
        os.kill(terminal.process.pid, signal.SIGINT)
        terminal.wait_for("Afbrudt · stopped")
        terminal.wait_for("netværdi> ")
        terminal.type("\x10\x10\n")  # Ctrl-P twice: the statement before the last
        terminal.wait_for("N-01")
        terminal.wait_for("netværdi> ")
        terminal.type(".slut\n")
        assert terminal.process.wait(60) == 0
    finally:
        terminal.close()
    history = database.with_name("history")
    assert history.stat().st_mode & 0o777 == 0o600
    assert "audit.everything('N-01')" in history.read_text(encoding="utf-8")
