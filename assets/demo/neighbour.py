"""A small neighbouring municipality that has only begun: it keeps people, networks, roles and touchpoints.

So everything that rests on another kind is not assessable there, for the reason that it is not kept.
"""

from datetime import date
from pathlib import Path
from typing import Any

from assets.contract import NETWORKS, PEOPLE, ROLES_KIND, TOUCHPOINTS
from assets.demo.spreadsheet import Sheet, dashed, write_workbook

Row = dict[str, Any]

PEOPLE_LISTED = (
    ("D1", "Oluf Revlingbæk", "Direktionen", "Ledelsen", 1, None),
    ("D2", "Sonja Hedelærke", "Velfærd", "Velfærd", 2, "D1"),
    ("C1", "Tage Enebær", "Dagtilbud og skole", "Velfærd", 3, "D2"),
    ("C2", "Vera Rosmarinlyng", "Omsorg", "Velfærd", 3, "D2"),
    ("L1", "Hakon Tyttebær", "Lyngå Skole", "Velfærd", 4, "C1"),
    ("L2", "Mona Klokkelyng", "Plejehjemmet Heden", "Velfærd", 4, "C2"),
    ("M1", "Anker Pors", "Lyngå Skole", "Velfærd", None, "L1"),
    ("M2", "Bodil Gyvel", "Plejehjemmet Heden", "Velfærd", None, "L2"),
    ("M3", "Ejnar Guldblomme", "Biblioteket", "Kultur", None, "D1"),
)
EVERY_MONTH_SINCE = date(2025, 11, 1)


def write_neighbour(folder: Path, last_day: date) -> None:
    """Write the neighbour's one workbook, with nothing dated after ``last_day``."""
    title = ("Lyngå Kommune (Syntetiske data)",)
    sheets = [
        Sheet(PEOPLE, _people(), title, notations={"valid_from": dashed}),
        Sheet(NETWORKS, _networks(), title),
        Sheet(ROLES_KIND, _roles(), title),
        Sheet(TOUCHPOINTS, _touchpoints(last_day), title),
    ]
    write_workbook(folder / "Netværk i Lyngå.xlsx", sheets)


def _people() -> list[Row]:
    names = ("person_id", "name", "unit", "area", "level", "superior_id")
    return [
        dict(zip(names, person, strict=True)) | {"valid_from": date(2022, 1, 1)} for person in PEOPLE_LISTED
    ]


def _networks() -> list[Row]:
    return [
        {
            "network_id": "LN-1",
            "title": "Naboer på tværs af alder",
            "network_type": "welfare",
            "start_date": date(2025, 10, 1),
            "planned_end": date(2026, 12, 31),
        },
        {
            "network_id": "LN-2",
            "title": "Vores historie som fortælling",
            "network_type": "learning",
            "start_date": date(2026, 2, 2),
            "end_date": date(2026, 6, 12),
        },
    ]


def _roles() -> list[Row]:
    def role(network: str, person: str, name: str, since: date, until: date | None = None) -> Row:
        return {
            "network_id": network,
            "person_id": person,
            "role": name,
            "valid_from": since,
            "valid_to": until,
        }

    first, second, ended = date(2025, 10, 1), date(2026, 2, 2), date(2026, 6, 12)
    return [
        role("LN-1", "C2", "reference_leader", first),
        role("LN-1", "M2", "network_leader", first),
        role("LN-1", "M1", "participant", first),
        role("LN-1", "M3", "participant", first),
        role("LN-2", "C1", "reference_leader", second, ended),
        role("LN-2", "M3", "network_leader", second, ended),
        role("LN-2", "M1", "participant", second, ended),
    ]


def _touchpoints(last_day: date) -> list[Row]:
    rows: list[Row] = [
        {"network_id": "LN-1", "date": date(2025, 10, 14), "kind": "expectation_agreement", "by_id": "C2"},
        {"network_id": "LN-2", "date": date(2026, 2, 9), "kind": "expectation_agreement", "by_id": "C1"},
        {"network_id": "LN-2", "date": date(2026, 4, 14), "kind": "sparring", "by_id": "C1"},
        {
            "network_id": "LN-1",
            "date": date(2026, 3, 17),
            "kind": "platform_access",
            "by_id": "C2",
            "counterpart": "Omsorgsmødet",
        },
    ]
    month = EVERY_MONTH_SINCE
    while month <= last_day:
        rows.append({"network_id": "LN-1", "date": month.replace(day=12), "kind": "sparring", "by_id": "C2"})
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    rows = sorted((row for row in rows if row["date"] <= last_day), key=lambda row: row["date"])
    return [{"touchpoint_id": f"LS-{number:02d}"} | row for number, row in enumerate(rows, start=1)]
