"""Who gets mail, by role: the sheet Modtagere as the warehouse holds it."""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from assets.mail.settings import MailError

QUERY = """
select organisation_id, role, address, coalesce(person_id, ''), coalesce(language, 'da'),
    coalesce(cadence, 'quarterly')
from settings.recipients
order by all
"""


@dataclass(frozen=True)
class Recipient:
    """One address of one role.

    Attributes:
        person_id: Whose address it is, for a leader or a superior; empty for the others.
        cadence: ``quarterly``, or ``monthly`` for the provisional figures as well.
    """

    organisation_id: str
    role: str
    address: str
    person_id: str
    language: str
    cadence: str


def read_recipients(connection: duckdb.DuckDBPyConnection) -> list[Recipient]:
    """Everyone the settings name; nobody before the warehouse has settings."""
    there = connection.execute(
        "select 1 from duckdb_tables() where schema_name = 'settings' and table_name = 'recipients'"
    ).fetchall()
    return [Recipient(*row) for row in connection.execute(QUERY).fetchall()] if there else []


def recipients_of(warehouse: Path) -> list[Recipient]:
    """Everyone the settings name, from the warehouse's file.

    Raises:
        MailError: A run holds the warehouse.
    """
    if not warehouse.exists():
        return []
    try:
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            return read_recipients(connection)
    except duckdb.IOException as error:
        raise MailError(
            "En kørsel bruger lageret; prøv igen, når den er færdig.",
            "A run holds the warehouse; try again when it has ended.",
        ) from error
