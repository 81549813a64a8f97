"""A scene's accepted records with the settings, deliveries and findings that answerability rests on."""

from datetime import date

import pytest

from assets.accepted.settings import build_settings
from assets.answerability.finding_history import create_finding_history
from assets.raw.tables import create_raw_tables
from tests.builders import ORGANISATION


@pytest.fixture
def offices(connection):
    """An empty raw layer, no settings and no findings; rows are added by name."""
    create_raw_tables(connection)
    build_settings(connection)
    create_finding_history(connection)

    def add(table, **values):
        names = ", ".join(values)
        marks = ", ".join("?" for _ in values)
        connection.execute(f"insert into {table} ({names}) values ({marks})", list(values.values()))

    return add


@pytest.fixture
def deliver(offices):
    """One file that holds every kind, received on a day: ``deliver(1, date(2025, 4, 10))``."""

    def add(sequence, day, *kinds, state="current", path="netvaerk.xlsx"):
        offices(
            "raw.delivery",
            sequence=sequence,
            organisation_id=ORGANISATION,
            path=path,
            sha256=f"{sequence:064}",
            bytes=1,
            received_at=f"{day} 08:00:00",
            received_date=day,
            state=state,
        )
        for position, kind in enumerate(kinds):
            offices("raw.sheet", delivery_sequence=sequence, sheet=kind, sheet_position=position, kind=kind)

    return add


@pytest.fixture
def agreed(offices):
    """The organisation's deadlines: 20 days to deliver and 10 to mend."""
    offices("settings.organisations", organisation_id=ORGANISATION, delivery_days=20, mending_days=10)


@pytest.fixture
def found(offices):
    """A finding told on a day, and mended on another or not at all."""

    def add(first, mended=None, *, network="N-1", waived=False, kind="touchpoints", record="S-9"):
        offices(
            "accepted.finding_history",
            organisation_id=ORGANISATION,
            network_id=network,
            path="netvaerk.xlsx",
            kind=kind,
            rule="type",
            heading="Dato",
            record=record,
            severity="error",
            waived=waived,
            first_sequence=1,
            first_date=first,
            mended_date=mended,
            mended_sequence=None if mended is None else 2,
        )

    return add


@pytest.fixture
def today() -> date:
    """The scene's as-of day."""
    return date(2025, 3, 31)
