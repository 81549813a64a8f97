"""Grants in the form of the 360Giving Data Standard 1.1: applications granted in whole or in part.

Funder and recipient have no register numbers in our records, so their ids are made of the name, with the
prefix ``NV-``; a publisher with a prefix of its own writes that instead. Only what was granted is a grant:
the standard has no place for a refusal. No person is in it.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb

from assets.auditor.safe_csv import csv_text
from assets.publication.chain import Entry

STANDARD_VERSION = "1.1"
PREFIX = "NV-"
LETTERS = {ord("æ"): "ae", ord("ø"): "oe", ord("å"): "aa"}
PURPOSES = {"test": "Testfase", "scaling": "Skalering", "operation": "Drift"}
SOURCES = {"internal": "intern", "external": "ekstern"}
_QUERY = """
    select
        applications.organisation_id, applications.application_id, applications.network_id, networks.title,
        applications.solution_id, applications.funder, applications.source, applications.purpose,
        applications.amount_applied, applications.amount_granted, applications.submitted_date,
        applications.decided_date
    from main.applications
    left join main.networks
        on applications.organisation_id = networks.organisation_id
        and applications.network_id = networks.network_id
    where applications.status in ('granted', 'partly_granted')
    order by applications.organisation_id, applications.application_id
"""


@dataclass(frozen=True)
class Grant:
    """One application that was granted; amounts in Danish kroner, as converted when it was accepted."""

    organisation_id: str
    application_id: str
    network_id: str
    title: str | None
    solution_id: str | None
    funder: str | None
    source: str
    purpose: str
    amount_applied: Decimal
    amount_granted: Decimal
    submitted_date: date | None
    decided_date: date

    @property
    def id(self) -> str:
        """Unique over all organisations."""
        return f"{PREFIX}{slug(self.organisation_id)}-{slug(self.application_id)}"

    @property
    def funder_name(self) -> str:
        """Who gave; the organisation's own pool where an internal grant names none."""
        return self.funder or self.organisation_id

    @property
    def programme(self) -> tuple[str, str]:
        """Code and title of what stands for a programme with us: purpose and source, each pair one code."""
        return f"{self.source}-{self.purpose}", f"{PURPOSES[self.purpose]}, {SOURCES[self.source]}"

    def describe(self) -> tuple[str, str]:
        """Title and description."""
        purpose = PURPOSES[self.purpose]
        named = self.title or self.network_id
        solution = f", løsning {self.solution_id}" if self.solution_id else ""
        return f"{named}: {purpose.lower()}"[:140], f"{purpose} i netværket {self.network_id}{solution}."


def slug(name: str) -> str:
    """A name as part of an id: plain letters, digits and hyphens; not empty."""
    plain = unicodedata.normalize("NFKD", name.lower().translate(LETTERS))
    return re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode()).strip("-") or "x"


def grant_rows(connection: duckdb.DuckDBPyConnection) -> list[Grant]:
    """Every grant of the publication, in order."""
    return [Grant(*row) for row in connection.execute(_QUERY).fetchall()]


def grants_package(grants: Sequence[Grant], last: Entry) -> dict[str, Any]:
    """The package as its JSON file holds it."""
    return {
        "version": STANDARD_VERSION,
        "identifier": last.content_hash,
        "title": f"Netværdi, bevillinger {last.period}",
        "issued": last.published_at[:10],
        "grants": [_grant(grant) for grant in grants],
    }


def _grant(grant: Grant) -> dict[str, Any]:
    title, description = grant.describe()
    return {
        "id": grant.id,
        "title": title,
        "description": description,
        "currency": "DKK",
        "amountAppliedFor": _number(grant.amount_applied),
        "amountAwarded": _number(grant.amount_granted),
        "awardDate": grant.decided_date.isoformat(),
        "recipientOrganization": [
            {"id": PREFIX + slug(grant.organisation_id), "name": grant.organisation_id}
        ],
        "fundingOrganization": [{"id": PREFIX + slug(grant.funder_name), "name": grant.funder_name}],
        "grantProgramme": [dict(zip(("code", "title"), grant.programme, strict=True))],
    }


def _number(amount: Decimal) -> int | float:
    """A JSON number: whole kroner as such, others with their øre."""
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def grants_csv(grants: Sequence[Grant]) -> str:
    """The standard's flat form: one row a grant, headings by the standard's titles."""
    rows = []
    for grant in grants:
        title, description = grant.describe()
        rows.append(
            (
                grant.id,
                title,
                description,
                "DKK",
                grant.amount_applied,
                grant.amount_granted,
                grant.decided_date,
                PREFIX + slug(grant.organisation_id),
                grant.organisation_id,
                PREFIX + slug(grant.funder_name),
                grant.funder_name,
                *grant.programme,
            )
        )
    return csv_text(HEADINGS, rows)


HEADINGS = (
    "Identifier",
    "Title",
    "Description",
    "Currency",
    "Amount Applied For",
    "Amount Awarded",
    "Award Date",
    "Recipient Org:Identifier",
    "Recipient Org:Name",
    "Funding Org:Identifier",
    "Funding Org:Name",
    "Grant Programme:Code",
    "Grant Programme:Title",
)
