"""Which organisations there are: those declared in the settings workbook, and those with a folder."""

from collections.abc import Iterable
from pathlib import Path

import duckdb

from assets.home import Settings
from assets.raw.cells import read_identifier
from assets.raw.declared import declared_in
from assets.raw.inbox import scan_inbox
from assets.raw.limits import Limits
from assets.raw.reading import read_file
from assets.settings_contract import SETTINGS_FILE


def declared_organisations(inbox: Path, limits: Limits) -> frozenset[str]:
    """Organisations that the inbox's settings workbook declares; none where there is none to be read."""
    workbook = inbox / SETTINGS_FILE
    if not workbook.is_file():
        return frozenset()
    return declared_in(read_file(workbook, limits=limits))


def declared_before(connection: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """Organisations declared by the settings that stand in the warehouse; none before its first run."""
    there = connection.execute(
        "select 1 from duckdb_tables() where schema_name = 'settings' and table_name = 'organisations'"
    ).fetchall()
    if not there:
        return frozenset()
    rows = connection.execute("select organisation_id from settings.organisations").fetchall()
    return frozenset(name for (name,) in rows)


def known_organisations(inbox: Path, settings: Settings, declared: Iterable[str]) -> frozenset[str]:
    """Every organisation the inbox can speak of: the declared ones, or else its folders; and the default."""
    scan = scan_inbox(inbox, settings.default_organisation)
    found = {file.organisation_id for file in scan.files} - {""}
    return frozenset(declared) | {settings.default_organisation} if declared else frozenset(found)


def spelled_as_known(name: str, known: Iterable[str]) -> str:
    """The known organisation that is meant, by the identifier rules; the name itself where none is."""
    wanted = read_identifier(name)
    return next((one for one in sorted(known) if read_identifier(one) == wanted), name)


def read_limits(settings: Settings) -> Limits:
    """The limits of reading, the home's own where it sets any."""
    return Limits(**settings.limits)
