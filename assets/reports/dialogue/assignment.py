"""What a dialogue sheet shows: one network in one quarter and the leader who is answerable for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from assets.publication.printed import PrintedSeal, read_printed
from assets.reports.definition_changes import DefinitionChange, read_changes
from assets.reports.dialogue import queries
from assets.reports.errors import ReportError
from assets.reports.published import open_published, rows

Row = dict[str, Any]
NOBODY: Row = {"name": "", "unit": "", "superior_id": None}


@dataclass(frozen=True)
class Assignment:
    """One sheet's rows, all from the published database.

    Attributes:
        leader, superior: Their rows of ``people`` on the quarter's last day; empty texts where there is none.
        duties: The nine responsibilities of the quarter.
        history: ``(period, responsibility_id)`` to its row, only of quarters in which this leader answered.
        indicators, earlier: Indicator rows of the quarter, and by id of the quarter before, same leader only.
        pulse: Responsibility to the published status of what the network feels.
        evidence: Indicator to its records; each with ``date`` and what the record says of itself.
        evidence_before: The same of the quarter before; empty where another leader answered then.
        hearing: Indicator (``''``: the whole sheet) to state, days and remarks.
        disputes: Those about records of this network, with the record.
        definition_changes: Later versions of definitions up to the quarter's last counted day.
    """

    organisation_id: str
    organisation: Row
    network: Row
    period: str
    leader_id: str
    leader: Row
    superior: Row
    duties: list[Row]
    history: Mapping[tuple[str, str], Row]
    indicators: list[Row]
    earlier: Mapping[str, Row]
    pulse: Mapping[str, Row]
    evidence: Mapping[str, list[Row]]
    evidence_before: Mapping[str, list[Row]]
    hearing: Mapping[str, Row]
    disputes: list[Row]
    seal: PrintedSeal
    definition_changes: list[DefinitionChange]

    @property
    def state(self) -> str:
        """``draft``, ``heard`` or ``final``."""
        return str(self.hearing.get("", {}).get("state", "draft"))

    @property
    def periods(self) -> list[str]:
        """The quarters this leader has answered for, oldest first."""
        return sorted({period for period, _ in self.history})

    def of_duty(self, responsibility_id: str) -> list[Row]:
        """The quarter's indicators of a responsibility."""
        return [row for row in self.indicators if row["responsibility_id"] == responsibility_id]


def read_assignments(database: Path, organisation_id: str, period: str) -> list[Assignment]:
    """Every assignment of an organisation's quarter that has a reference leader, by network.

    Raises:
        ReportError: There is no publication, or it has no reference leader in that quarter.
    """
    with open_published(database) as connection:
        networks = rows(connection, queries.ASSIGNMENTS, organisation=organisation_id, period=period)
        if not networks:
            raise ReportError(
                f"Offentliggørelsen har ingen referenceleder i {organisation_id} i {period}",
                f"The publication has no reference leader in {organisation_id} in {period}",
            )
        asked = {
            "organisation": organisation_id,
            "period": period,
            "earlier": earlier_period(period),
            "last_day": networks[0]["period_end"],
        }
        found = {
            name: rows(connection, getattr(queries, name.upper()), **asked)
            for name in (
                "duties",
                "indicators",
                "pulse",
                "evidence",
                "hearings",
                "disputes",
                "people",
                "organisation",
            )
        }
        records = _records(connection, organisation_id)
        changes = read_changes(connection, asked["last_day"])
        seal = read_printed(connection)
    people = {row["person_id"]: row for row in found["people"]}
    return [_assignment(network, asked, found, people, records, changes, seal) for network in networks]


def earlier_period(period: str) -> str:
    """The quarter before: ``2025Q4`` before ``2026Q1``."""
    year, quarter = int(period[:4]), int(period[5:])
    return f"{year}Q{quarter - 1}" if quarter > 1 else f"{year - 1}Q4"


def _records(connection: duckdb.DuckDBPyConnection, organisation_id: str) -> dict[tuple[str, str], Row]:
    return {
        (kind, row["record_key"]): row
        for kind, query in queries.RECORDS.items()
        for row in rows(
            connection,
            f"select record_key, {query} where organisation_id = $organisation",
            organisation=organisation_id,
        )
    }


def _assignment(  # noqa: PLR0917 - what a sheet is made of
    network: Row,
    asked: Row,
    found: Mapping[str, list[Row]],
    people: Mapping[str, Row],
    records: Mapping[tuple[str, str], Row],
    changes: list[DefinitionChange],
    seal: PrintedSeal,
) -> Assignment:
    network_id, leader_id, period = network["network_id"], network["reference_leader_id"], asked["period"]

    def own(name: str) -> list[Row]:
        return [row for row in found[name] if row["network_id"] == network_id]

    mine = [row for row in own("duties") if row["reference_leader_id"] == leader_id]
    leader = people.get(leader_id, NOBODY)
    indicators = [row for row in own("indicators") if row["reference_leader_id"] == leader_id]
    earlier = {row["indicator_id"]: row for row in indicators if row["period"] == asked["earlier"]}
    behind = [row for row in own("evidence") if row["period"] == period]
    behind_earlier = [row for row in own("evidence") if row["period"] != period and earlier]
    return Assignment(
        organisation_id=asked["organisation"],
        organisation=next(iter(found["organisation"]), {"name": asked["organisation"]}),
        network=network,
        period=period,
        leader_id=leader_id,
        leader=leader,
        superior=people.get(leader["superior_id"], NOBODY),
        duties=[row for row in mine if row["period"] == period],
        history={(row["period"], row["responsibility_id"]): row for row in mine},
        indicators=[row for row in indicators if row["period"] == period],
        earlier=earlier,
        pulse={row["responsibility_id"]: row for row in own("pulse")},
        evidence=_evidence(behind, records),
        evidence_before=_evidence(behind_earlier, records),
        hearing={row["indicator_id"] or "": row for row in own("hearings")},
        disputes=[
            dispute | {"record": record}
            for dispute in found["disputes"]
            if (record := records.get((dispute["record_kind"], dispute["record_key"])))
            and record["network_id"] == network_id
        ],
        seal=seal,
        definition_changes=changes,
    )


def _evidence(given: list[Row], records: Mapping[tuple[str, str], Row]) -> dict[str, list[Row]]:
    """Records by indicator, the latest first; what is no record of its own kind (people, roles) left out."""
    found: dict[str, list[Row]] = {}
    for row in given:
        record = records.get((row["record_kind"], row["record_key"]))
        if record is not None:
            found.setdefault(row["indicator_id"], []).append(record | row)
    for listed in found.values():
        listed.sort(key=lambda row: (row["date"] or date.min, row["record_key"]), reverse=True)
    return found
