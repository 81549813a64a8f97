"""What an auditor does with a publication: ask it in SQL, carry it along, hand it on in other formats."""

from functools import partial
from pathlib import Path
from typing import Literal

from rich.console import Console

from assets.access_log import append
from assets.errors import RequestError
from assets.home import Home, home_folder
from assets.people.roles import database_for, require
from pipelines.console import OUT, number, say

WIDE = 10_000  # a table that is piped into a file is not folded to a terminal's width
Form = Literal["table", "csv"]


def sql_command(
    named: Path | None, statement: str, *, role: str, beside: Path | None, seconds: float, form: Form
) -> int:
    """Answer one statement, or open the shell; every statement is noted before it is run.

    Raises:
        TwoLanguageError: There is no home or publication, or the role asks no database.
    """
    from assets.auditor.hardened import hardened_connection
    from assets.auditor.memory_ceiling import memory_ceiling
    from assets.auditor.shell import interactive, print_csv, run_statement

    home = Home.open(home_folder(str(named) if named else ""))
    database = database_for(home, role)
    others = {"before": _there(beside)} if beside else {}
    note = partial(_note_statement, home, role, _there(database))
    console = OUT if OUT.is_terminal else Console(width=WIDE, highlight=False, soft_wrap=True)
    if not statement:
        history = home.root / "warehouse" / "sql_history"
        with memory_ceiling():
            interactive(database, console, note, history=history, beside=others, seconds=seconds)
        return 0
    with memory_ceiling(), hardened_connection(database, beside=others) as connection:
        if form == "csv":
            return 0 if print_csv(connection, statement, console, note, seconds=seconds) else 2
        return 0 if run_statement(connection, statement, console, note, seconds=seconds) else 2


def kit_command(named: Path | None, out: Path) -> int:
    """Write the auditor's kit.

    Raises:
        TwoLanguageError: There is no home or publication, or the file cannot be written.
    """
    from assets.auditor.kit import write_kit

    home = _audited(named, "audit_kit")
    names = write_kit(home, out.expanduser().absolute())
    say(f"{number(len(names))} filer i {out}", f"{number(len(names))} files in {out}")
    return 0


def export_command(named: Path | None, out: Path) -> int:
    """Write the publication as Parquet with a data package, and the grants as 360Giving.

    Raises:
        TwoLanguageError: There is no home or publication, or the folder holds something else.
    """
    from assets.auditor.data_package import export_publication

    home = _audited(named, "export")
    names = export_publication(home.database, out.expanduser().absolute())
    say(f"{number(len(names))} filer i {out}", f"{number(len(names))} files in {out}")
    return 0


def _audited(named: Path | None, what: str) -> Home:
    """The home whose publication is carried away whole: the auditor's right, and it is noted."""
    home = Home.open(home_folder(str(named) if named else ""))
    require("auditor", "published_database")
    _there(home.database)
    append(home.root / "warehouse" / "access.log", what, {"database": home.database.name})
    return home


def _note_statement(home: Home, role: str, database: Path, statement: str) -> None:
    details = {"role": role, "database": database.name, "statement": statement}
    append(home.root / "warehouse" / "access.log", "sql", details)


def _there(database: Path) -> Path:
    if database.is_file():
        return database
    raise RequestError(
        f"{database.name} findes ikke; kør netvaerdi run.", f"There is no {database.name}; run netvaerdi run."
    )
