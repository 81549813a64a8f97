"""``netvaerdi sql``: a shell on a published file that can look, not touch, and notes what was asked."""

import contextlib
import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import NoReturn

import duckdb
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from assets.auditor.hardened import (
    DEFAULT_MEMORY,
    DEFAULT_SECONDS,
    Answer,
    TimeLimit,
    Unstoppable,
    ask,
    hardened_connection,
)
from assets.auditor.safe_csv import csv_text

PROMPT = "netværdi> "
MORE = "       …> "
HELP = (
    "Skriv SQL, slut med ; · Tab udfylder, Ctrl-C afbryder · .tabeller viser tabellerne · "
    ".spørgsmål de færdige spørgsmål · .slut forlader\n"
    "Write SQL and end with ; · Tab completes, Ctrl-C stops · .tables lists the tables · "
    ".questions the canned questions · .quit leaves"
)
TABLES = (
    "select schema_name as schema, table_name as name, estimated_size as rows, comment "
    "from duckdb_tables() order by schema_name, table_name"
)
QUESTIONS = "select name, question_da, question_en, ask from audit.how_to order by name"
COMMANDS = {
    ".tabeller": TABLES,
    ".tables": TABLES,
    ".spørgsmål": QUESTIONS,
    ".questions": QUESTIONS,
}
LEAVE = (".slut", ".quit", ".exit")
KEYWORDS = (
    "select",
    "from",
    "where",
    "group by",
    "order by",
    "join",
    "using",
    "limit",
    "count(*)",
    "as",
    "and",
)

Note = Callable[[str], object]


def run_statement(
    connection: duckdb.DuckDBPyConnection,
    statement: str,
    console: Console,
    note: Note,
    *,
    seconds: float = DEFAULT_SECONDS,
    max_rows: int = 200,
) -> bool:
    """Note one statement, run it and show its answer; False when it could not be answered."""
    note(statement)
    try:
        answer = ask(connection, statement, seconds=seconds, max_rows=max_rows)
    except TimeLimit:
        console.print(
            f"[bold]Afbrudt efter {seconds:g} s · stopped after {seconds:g} s[/bold]: "
            "spørg om mindre, fx med where eller limit · ask for less, e.g. with where or limit"
        )
        return False
    except KeyboardInterrupt:
        console.print("[bold]Afbrudt · stopped[/bold]")
        return False
    except Unstoppable:
        _leave_at_once(console)
    except duckdb.Error as error:
        console.print(escape(str(error)))
        return False
    show(answer, console, max_rows)
    return True


def print_csv(
    connection: duckdb.DuckDBPyConnection,
    statement: str,
    console: Console,
    note: Note,
    *,
    seconds: float = DEFAULT_SECONDS,
    max_rows: int = 1_000_000,
) -> bool:
    """Note one statement and print its answer as CSV that no spreadsheet runs; False when it could not be."""
    note(statement)
    try:
        answer = ask(connection, statement, seconds=seconds, max_rows=max_rows)
    except (TimeLimit, duckdb.Error) as error:
        console.print(escape(f"{type(error).__name__}: {error}"))
        return False
    except Unstoppable:
        _leave_at_once(console)
    console.file.write(csv_text(answer.columns, answer.rows))
    return True


def _leave_at_once(console: Console) -> NoReturn:
    """End the process: its connection still works on what cannot be stopped, and a normal end would wait."""
    console.print(
        "[bold]Lod sig ikke afbryde; skallen er lukket · could not be stopped; the shell has ended[/bold]"
    )
    console.file.flush()
    sys.stderr.flush()
    os._exit(2)


def show(answer: Answer, console: Console, max_rows: int) -> None:
    """Print an answer as a table; text from the database is never taken for markup."""
    table = Table(*[escape(name) for name in answer.columns], header_style="bold", show_edge=False)
    for row in answer.rows:
        table.add_row(*[escape(cell_text(value)) for value in row])
    console.print(table)
    cut = f" (kun de første {max_rows} · only the first {max_rows})" if answer.cut else ""
    console.print(f"{len(answer.rows)} rækker · rows{cut}", style="dim")


def cell_text(value: object) -> str:
    """A value as an auditor would copy it: exact, and empty for null."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime | date):
        return value.isoformat(sep=" ") if isinstance(value, datetime) else value.isoformat()
    if isinstance(value, float | Decimal | int):
        return str(value)
    if isinstance(value, list | dict | tuple):
        return json.dumps(value, ensure_ascii=False, default=str)
    return "".join(char if char.isprintable() or char == "\n" else "\ufffd" for char in str(value))


def completions(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """What Tab offers: keywords, tables, columns and macros of the file."""
    names: set[str] = set(KEYWORDS)
    for query in (
        "select schema_name || '.' || table_name from duckdb_tables()",
        "select table_name from duckdb_tables() where schema_name = 'main'",
        "select column_name from duckdb_columns()",
        "select schema_name || '.' || function_name from duckdb_functions() "
        "where function_type like '%macro%' and not internal",
    ):
        names.update(str(row[0]) for row in connection.execute(query).fetchall())
    return sorted(names)


def interactive(
    database: Path,
    console: Console,
    note: Note,
    *,
    history: Path,
    beside: Mapping[str, Path] | None = None,
    seconds: float = DEFAULT_SECONDS,
    memory: str = DEFAULT_MEMORY,
    lines: Iterable[str | None] | None = None,
) -> None:
    """Read statements until the end and answer them.

    Args:
        note: Told each statement before it is run.
        beside: Other published files to hold against this one, by name.
        history: File that keeps what was typed, readable by its owner only.
        lines: Typed lines; the terminal's where None. A None among them drops what was begun, as Ctrl-C does.
    """
    keep: Callable[[], object] = _nothing
    with hardened_connection(database, beside=beside, memory=memory) as connection:
        if lines is None:
            keep = _prepare_terminal(connection, history)
            lines = _typed_lines()
        console.print(HELP, style="dim")
        statement = ""
        for line in lines:
            if line is None:
                statement = ""
                continue
            word = line.strip()
            if word in LEAVE:
                return
            if word in COMMANDS:
                run_statement(connection, COMMANDS[word], console, note, seconds=seconds)
                continue
            statement = f"{statement}\n{line}".strip()
            if statement.endswith(";"):
                keep()
                run_statement(connection, statement, console, note, seconds=seconds)
                statement = ""


def _nothing() -> None:
    """Where no terminal types, there is no history to keep."""


def _typed_lines() -> Iterable[str | None]:
    prompt = PROMPT
    while True:
        try:
            line = input(prompt)
        except EOFError:
            return
        except KeyboardInterrupt:
            sys.stderr.write("\n")
            prompt = PROMPT
            yield None
            continue
        if line.strip() not in COMMANDS:
            prompt = (
                PROMPT if line.rstrip().endswith(";") or (prompt == PROMPT and not line.strip()) else MORE
            )
        yield line


def _prepare_terminal(connection: duckdb.DuckDBPyConnection, history: Path) -> Callable[[], object]:
    """Tab and the history; what is returned keeps what was typed so far, however the shell ends."""
    try:
        import readline
    except ImportError:  # a Python without line editing still reads lines
        return _nothing
    names = completions(connection)

    def complete(text: str, state: int) -> str | None:
        found = [name for name in names if name.lower().startswith(text.lower())]
        return found[state] if state < len(found) else None

    readline.set_completer_delims(" \t\n,()=<>")
    readline.set_completer(complete)
    readline.parse_and_bind("tab: complete")
    history.touch(mode=0o600, exist_ok=True)
    with contextlib.suppress(OSError):
        readline.read_history_file(history)
    readline.set_history_length(1_000)
    return partial(readline.write_history_file, history)
