"""What a report reads: the published database, opened so that it can only be read."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import duckdb

from assets.people.nameless import in_english, nameless
from assets.publication.printed import PrintedSeal, read_printed
from assets.reports import queries
from assets.reports.definition_changes import DefinitionChange, read_changes
from assets.reports.errors import ReportError

READ_ONLY = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "lock_configuration": "true",
}


@dataclass(frozen=True)
class Figure:
    """One row of ``organisation_result``, or a V row of ``indicator_result``; empty where it has none."""

    numerator: float | None = None
    denominator: float | None = None
    value: float | None = None
    lower: float | None = None
    upper: float | None = None
    n: int | None = None
    suppressed: bool = False
    there: bool = False


NOTHING = Figure()


@dataclass(frozen=True)
class Quarter:
    """A quarter of the organisation: its name, its last counted day, and whether it has ended."""

    period: str
    first_day: date
    counted_to: date
    provisional: bool


@dataclass(frozen=True)
class Seal:
    """Which publication the figures are from, and how many rows they rest on.

    No time of day and no sequence: the same content gives the same report, whenever it is made.
    """

    printed: PrintedSeal
    files: int
    rows_read: int
    rows_accepted: int
    rows_rejected: int
    rows_skipped: int

    @property
    def content_hash(self) -> str:
        """Of the publication."""
        return self.printed.content_hash

    @property
    def head_hash(self) -> str:
        """Of the chain, as every report prints it."""
        return self.printed.head_hash


@dataclass
class Published:
    """Everything one organisation's report shows, as rows of the published database.

    Attributes:
        organisation_id: Whose report.
        quarters: Every quarter with results, oldest first, up to the one reported.
        figures: ``(period, measure_id, dimension)`` to its row.
        values: ``(period, network_id, indicator_id, dimension)`` to its V row.
        value_reasons: Why a V row is empty, by the same key.
        name: The organisation's name.
        contact: Its shared mailbox for questions; empty where it named none.
        definition_changes: Later versions of definitions up to the quarter's last counted day.
    """

    organisation_id: str
    quarters: list[Quarter]
    figures: dict[tuple[str, str, str], Figure]
    values: dict[tuple[str, str, str, str], Figure]
    value_reasons: dict[tuple[str, str, str, str], str]
    networks: list[dict[str, Any]]
    phases: dict[tuple[str, str], str]
    summary: list[dict[str, Any]]
    responsibilities: list[dict[str, Any]]
    indicators: list[dict[str, Any]]
    value_records: list[dict[str, Any]]
    solutions: list[dict[str, Any]]
    events: list[dict[str, Any]]
    grants: list[dict[str, Any]]
    restatements: list[dict[str, Any]]
    seal: Seal
    name: str
    contact: str
    definition_changes: list[DefinitionChange]

    @property
    def quarter(self) -> Quarter:
        """The quarter reported."""
        return self.quarters[-1]

    @property
    def earlier(self) -> Quarter | None:
        """The quarter before it, where there is one."""
        return self.quarters[-2] if len(self.quarters) > 1 else None

    def told_in(self, lang: str) -> "Published":
        """The same, with the mark in a name's place in the language of the page."""
        if lang == "da":
            return self
        return replace(
            self,
            networks=in_english(self.networks),
            value_records=in_english(self.value_records),
            solutions=in_english(self.solutions),
        )

    def figure(self, measure_id: str, dimension: str = "", period: str | None = None) -> Figure:
        """A figure of the quarter reported, or of another; empty where the database has no such row."""
        return self.figures.get((period or self.quarter.period, measure_id, dimension), NOTHING)

    def dimensions(self, measure_id: str, period: str | None = None) -> list[str]:
        """The dimensions a measure has in a quarter."""
        wanted = period or self.quarter.period
        return [key[2] for key in self.figures if key[0] == wanted and key[1] == measure_id]

    def value(
        self, network_id: str, indicator_id: str, dimension: str = "", period: str | None = None
    ) -> Figure:
        """A V figure of a network."""
        return self.values.get((period or self.quarter.period, network_id, indicator_id, dimension), NOTHING)

    @cached_property
    def kinds_kept(self) -> set[str]:
        """The record kinds of which the organisation has any record by the quarter's last day."""
        return {
            kind
            for (period, measure, kind), figure in self.figures.items()
            if period == self.quarter.period and measure == "records" and figure.value
        }


def no_publication() -> ReportError:
    """There is nothing to read."""
    return ReportError(
        "Der er ingen offentliggørelse endnu; kør netvaerdi run",
        "There is no publication yet; run netvaerdi run",
    )


@contextmanager
def open_published(database: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the published database read-only, with everything but reading switched off.

    Raises:
        ReportError: There is no such file, or it is no DuckDB database.
    """
    if not database.is_file():
        raise no_publication()
    connection = duckdb.connect(str(database), read_only=True, config=READ_ONLY)
    try:
        yield connection
    finally:
        connection.close()


def rows(connection: duckdb.DuckDBPyConnection, query: str, **values: Any) -> list[dict[str, Any]]:
    """The query's rows, each as column name to value; ``$name`` in the query takes the value of that name."""
    used = {name: value for name, value in values.items() if f"${name}" in query}
    cursor = connection.execute(query, used)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def read_published(database: Path, organisation_id: str, period: str) -> Published:
    """Read what the report of one organisation and quarter shows.

    Raises:
        ReportError: The organisation or the quarter is not in the publication; it names those that are.
    """
    return _read_published(database, _stamp(database), organisation_id, period)


def _stamp(database: Path) -> tuple[int, int]:
    """What tells a publication from every other: it is a new file, never an old one changed.

    Raises:
        ReportError: There is none.
    """
    if not database.is_file():
        raise no_publication()
    status = database.stat()
    return status.st_ino, status.st_mtime_ns


@lru_cache(maxsize=1)
def _read_published(database: Path, _file: tuple[int, int], organisation_id: str, period: str) -> Published:
    with open_published(database) as connection:
        quarters = _quarters(connection, organisation_id, period)
        asked = {
            "organisation": organisation_id,
            "period": period,
            "first_day": quarters[0].first_day,
            "last_day": quarters[-1].counted_to,
        }
        clean = nameless(connection, organisation_id)
        values, reasons, phases = _values(rows(connection, queries.VALUES, **asked))
        return Published(
            organisation_id=organisation_id,
            quarters=quarters,
            figures={
                (row["period"], row["measure_id"], row["dimension"]): _figure(row, row["suppressed"])
                for row in rows(connection, queries.FIGURES, **asked)
            },
            values=values,
            value_reasons=reasons,
            phases=phases,
            networks=clean(rows(connection, queries.NETWORKS, **asked)),
            summary=rows(connection, queries.SUMMARY, **asked),
            responsibilities=rows(connection, queries.RESPONSIBILITIES),
            indicators=rows(connection, queries.INDICATORS),
            value_records=clean(rows(connection, queries.VALUE_RECORDS, **asked)),
            solutions=clean(rows(connection, queries.SOLUTIONS, **asked)),
            events=rows(connection, queries.EVENTS, **asked),
            grants=rows(connection, queries.GRANTS, **asked),
            restatements=_restatements(connection, asked),
            seal=_seal(connection, organisation_id),
            definition_changes=read_changes(connection, quarters[-1].counted_to),
            **organisation_facts(connection, organisation_id),
        )


def organisations(database: Path) -> dict[str, list[str]]:
    """Every organisation of the publication and its quarters, oldest first."""
    found: dict[str, list[str]] = {}
    for organisation_id, period in _organisation_quarters(database, _stamp(database)):
        found.setdefault(organisation_id, []).append(period)
    return found


@lru_cache(maxsize=1)
def _organisation_quarters(database: Path, _file: tuple[int, int]) -> tuple[tuple[str, str], ...]:
    with open_published(database) as connection:
        return tuple(
            (row["organisation_id"], row["period"]) for row in rows(connection, queries.ORGANISATIONS)
        )


def latest_entry(database: Path) -> tuple[int, str] | None:
    """Sequence and content hash of the publication itself; None where it has no entry."""
    return _latest_entry(database, _stamp(database))


@lru_cache(maxsize=1)
def _latest_entry(database: Path, _file: tuple[int, int]) -> tuple[int, str] | None:
    with open_published(database) as connection:
        found = rows(connection, queries.LATEST_ENTRY)
        return (found[0]["sequence"], found[0]["content_hash"]) if found else None


def _quarters(connection: duckdb.DuckDBPyConnection, organisation_id: str, period: str) -> list[Quarter]:
    found = [
        Quarter(row["period"], row["first_day"], row["counted_to"], row["provisional"])
        for row in rows(connection, queries.QUARTERS, organisation=organisation_id)
    ]
    if not found:
        there = dict.fromkeys(row["organisation_id"] for row in rows(connection, queries.ORGANISATIONS))
        names = ", ".join(there)
        raise ReportError(
            f"Organisationen {organisation_id} findes ikke i offentliggørelsen; den har: {names}",
            f"The organisation {organisation_id} is not in the publication; it has: {names}",
        )
    if period not in [quarter.period for quarter in found]:
        raise ReportError(
            f"Kvartalet {period} findes ikke; offentliggørelsen har {found[0].period} til {found[-1].period}",
            f"There is no quarter {period}; the publication has {found[0].period} to {found[-1].period}",
        )
    return [quarter for quarter in found if quarter.period <= period]


def _figure(row: dict[str, Any], suppressed: bool = False) -> Figure:
    return Figure(
        row["numerator"],
        row["denominator"],
        row["value"],
        row["lower"],
        row["upper"],
        row["n"],
        suppressed,
        True,
    )


def _values(
    found: list[dict[str, Any]],
) -> tuple[
    dict[tuple[str, str, str, str], Figure],
    dict[tuple[str, str, str, str], str],
    dict[tuple[str, str], str],
]:
    """V figures, why some are empty, and the phase of each quarter and network."""
    values, reasons, phases = {}, {}, {}
    for row in found:
        key = (row["period"], row["network_id"], row["indicator_id"], row["dimension"])
        values[key] = _figure(row)
        phases[row["period"], row["network_id"]] = row["phase"]
        if row["reason"]:
            reasons[key] = row["reason"]
    return values, reasons, phases


def organisation_names(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """The name of each organisation that has one in the sheet Organisationer."""
    if not rows(connection, queries.HAS_ORGANISATION):
        return {}
    return {row["organisation_id"]: row["name"] for row in rows(connection, queries.NAMES) if row["name"]}


def _restatements(connection: duckdb.DuckDBPyConnection, asked: dict[str, Any]) -> list[dict[str, Any]]:
    named = rows(connection, queries.NAMES_TABLES)
    found = rows(connection, queries.RESTATEMENTS if named else queries.EARLIER_RESTATEMENTS, **asked)
    return [{"table_name": "indicator_result", "erased_part": None} | row for row in found]


def organisation_facts(connection: duckdb.DuckDBPyConnection, organisation_id: str) -> dict[str, str]:
    """Its name in the sheet Organisationer, else its id as a name: ``AALBY`` reads Aalby; and its mailbox."""
    there = rows(connection, queries.HAS_ORGANISATION)
    found = rows(connection, queries.ORGANISATION, organisation=organisation_id) if there else []
    own = found[0] if found else {"name": None, "contact": None}
    return {
        "name": own["name"] or organisation_id.replace("_", " ").title(),
        "contact": own["contact"] or "",
    }


def _seal(connection: duckdb.DuckDBPyConnection, organisation_id: str) -> Seal:
    read = rows(connection, queries.DELIVERIES, organisation=organisation_id)[0]
    return Seal(read_printed(connection), **{name: int(value) for name, value in read.items()})
