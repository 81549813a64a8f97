"""The few faulty rows that the demo's office made, as it would: each gives a finding and is left out."""

from datetime import date
from typing import Any

Row = dict[str, Any]
Records = dict[str, list[Row]]

# Each faulty row with its kind; the texts stand as somebody typed them.
FAULTY_ROWS: tuple[tuple[str, Row], ...] = (
    # A year of two digits.
    (
        "touchpoints",
        {
            "touchpoint_id": "S-15901",
            "network_id": "NV-15",
            "date": "12-03-26",
            "kind": "sparring",
            "by_id": "P-009",
            "counterpart": "Netværksleder",
        },
    ),
    # Somebody who is not on the list of people.
    (
        "roles",
        {
            "network_id": "NV-12",
            "person_id": "P-190",
            "role": "participant",
            "valid_from": date(2025, 3, 3),
            "valid_to": None,
        },
    ),
    # Granted, they say, but nobody wrote when.
    (
        "applications",
        {
            "application_id": "A-1590",
            "network_id": "NV-15",
            "solution_id": "L-1502",
            "funder": "Skolegårdspuljen",
            "source": "external",
            "purpose": "scaling",
            "amount_applied": 80000,
            "amount_granted": 80000,
            "submitted_date": date(2026, 5, 4),
            "decided_date": None,
            "status": "granted",
            "responsible_id": "P-009",
        },
    ),
    # A label the list does not have.
    (
        "applications",
        {
            "application_id": "A-1690",
            "network_id": "NV-16",
            "solution_id": "L-1601",
            "funder": "Vækstforum",
            "source": "external",
            "purpose": "scaling",
            "amount_applied": 150000,
            "amount_granted": None,
            "submitted_date": date(2026, 8, 10),
            "decided_date": None,
            "status": "Afventer",
            "responsible_id": "P-008",
        },
    ),
    # Six on a scale that ends at five.
    (
        "ownership",
        {
            "network_id": "NV-13",
            "manager_id": "P-023",
            "date": date(2026, 3, 2),
            "relevance": 6,
            "ownership": 4,
            "commitment": "none",
            "source": "survey",
        },
    ),
    # A decimal point where Danes write a comma.
    (
        "value_records",
        {
            "value_id": "V-1390",
            "network_id": "NV-13",
            "date": date(2026, 6, 29),
            "value_type": "employee",
            "cycle": "applied",
            "measure": "Vikartimer pr. uge pr. borger",
            "unit": "timer",
            "baseline": "2.5",
            "target": 1,
            "measured": "1.5",
        },
    ),
)


def add_faults(records: Records) -> None:
    """Put the faulty rows among the records of their kinds."""
    for kind, row in FAULTY_ROWS:
        _insert(records[kind], dict(row))
    # A person's address in a note: the row stays, the cell does not.
    note = next(row for row in records["touchpoints"] if row["network_id"] == "NV-16")
    note["note"] = "Aftalt med driftsleder@vaerksted.example.invalid"


def _insert(rows: list[Row], row: Row) -> None:
    """After the last row of the same network, where the office would have typed it."""
    last = max(place for place, other in enumerate(rows) if other["network_id"] == row["network_id"])
    rows.insert(last + 1, row)
