"""Taking in the inbox of a run: the raw layer grows by what is new."""

import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb

from assets.accepted.build import build_accepted
from assets.accepted.settings import build_settings
from assets.clock import now
from assets.home import Home, Settings
from assets.organisations import (
    declared_before,
    declared_organisations,
    known_organisations,
    read_limits,
    spelled_as_known,
)
from assets.people.at_intake import erased_in
from assets.raw.intake import take_in
from assets.raw.outcome import Intake
from assets.request import RunRequest, check_first_network, check_organisation
from assets.warehouse import open_warehouse


def take_in_request(
    connection: duckdb.DuckDBPyConnection, home: Home, settings: Settings, request: RunRequest
) -> Intake:
    """Take in the request's inbox, or one organisation's part of it."""
    limits = read_limits(settings)
    return take_in(
        connection,
        archive=home.archive,
        inbox=request.inbox,
        received_at=now(),
        default_organisation=settings.default_organisation,
        declared=declared_before(connection),
        organisation=request.organisation,
        accept_shrink=request.accept_shrink,
        limits=limits,
        erased=erased_in(home, settings),
    )


def with_known_organisation(settings: Settings, request: RunRequest) -> RunRequest:
    """The request with its one organisation spelled as its folder is.

    Raises:
        RequestError: There is no such organisation; nothing was touched.
    """
    if request.organisation is None:
        return request
    declared = declared_organisations(request.inbox, read_limits(settings))
    known = known_organisations(request.inbox, settings, declared)
    organisation = spelled_as_known(request.organisation, known)
    check_organisation(organisation, known)
    return replace(request, organisation=organisation)


def check_day_against_networks(home: Home, settings: Settings, request: RunRequest) -> None:
    """Refuse an as-of day before the first network, before anything is touched.

    A network already known to have begun by that day is enough. Otherwise the inbox is read into a
    warehouse in memory, with an archive that is thrown away.

    Raises:
        RequestError: The day comes before any network's start.
    """
    limits = read_limits(settings)
    known_start = None
    if home.warehouse_file.exists():
        known_start = _known_start(home, request.organisation)
    if known_start is not None and known_start <= request.as_of:
        return
    with open_warehouse() as connection, tempfile.TemporaryDirectory() as archive:
        take_in(
            connection,
            archive=Path(archive),
            inbox=request.inbox,
            received_at=now(),
            default_organisation=settings.default_organisation,
            declared=frozenset(),
            organisation=request.organisation,
            limits=limits,
        )
        build_settings(connection)
        build_accepted(connection)
        check_first_network(request, first_start(connection, request.organisation))


def first_start(connection: duckdb.DuckDBPyConnection, organisation: str | None) -> date | None:
    """Start of the first accepted network, of one organisation or of all; None where there is none."""
    rows: list[tuple[date | None]] = connection.execute(
        "select min(start_date) from accepted.networks where organisation_id = $1 or $1 is null",
        [organisation],
    ).fetchall()
    return rows[0][0]


def _known_start(home: Home, organisation: str | None) -> date | None:
    try:
        with duckdb.connect(str(home.warehouse_file), read_only=True) as connection:
            return first_start(connection, organisation)
    except duckdb.Error:
        return None
