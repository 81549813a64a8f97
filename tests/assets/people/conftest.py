"""A tiny municipality in which one person, planted in every kind of place, can be looked for afterwards."""

import shutil
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from assets.contract import KIND_BY_NAME
from assets.home import Home
from assets.settings_contract import SETTINGS_BY_NAME
from benchmarks.chain import whole_run
from tests.once import once

ORGANISATION = "ABY"
PLANTED = ("P-13", "Vibeke Ørsted Plantet")
PEOPLE = [
    {"person_id": "P-13", "name": PLANTED[1], "unit": "Børn", "level": 1, "valid_from": date(2020, 1, 1)},
    {
        "person_id": "P-14",
        "name": "Bo Lund Eksempel",
        "unit": "Kultur",
        "level": 4,
        "superior_id": "P-13",
        "valid_from": date(2020, 1, 1),
    },
    {
        "person_id": "P-15",
        "name": "Cilla Berg Fratrådt",
        "unit": "Kultur",
        "valid_from": date(2020, 1, 1),
        "valid_to": date(2022, 12, 31),
    },
]
NETWORKS = [
    {
        "network_id": "N-01",
        "title": "Fællesskaber",
        "network_type": "Innovationsnetværk",
        "challenge": "Rejst af Vibeke Ørsted Plantet i foråret",
        "start_date": date(2026, 1, 1),
    },
    {
        "network_id": "N-02",
        "title": "Læring",
        "network_type": "Læringsnetværk",
        "start_date": date(2021, 1, 1),
        "end_date": date(2022, 6, 30),
    },
]
ROLES = [
    {"network_id": "N-01", "person_id": "P-13", "role": "Referenceleder", "valid_from": date(2026, 1, 1)},
    {"network_id": "N-01", "person_id": "P-14", "role": "Deltager", "valid_from": date(2026, 1, 1)},
    {"network_id": "N-02", "person_id": "P-15", "role": "Deltager", "valid_from": date(2021, 1, 1)},
]
TOUCHPOINTS = [
    {
        "touchpoint_id": f"S-{month}",
        "network_id": "N-01",
        "date": date(2026, month, 10),
        "kind": "Sparring",
        "by_id": "P-13",
        "note": "Aftalt med Vibeke Ørsted Plantet" if month == 5 else None,
    }
    for month in range(4, 10)
] + [
    {
        "touchpoint_id": "S-20",
        "network_id": "N-01",
        "date": date(2026, 8, 15),
        "kind": "Koordinering",
        "by_id": "P-14",
        "note": "Opfølgning efter vibeke ørsted plantet",
    }
]
ADDRESS = "vibeke.plantet@aaby.dk"
SOLUTIONS = [
    {
        "solution_id": "L-1",
        "network_id": "N-01",
        "title": "Vibeke Ørsted Plantets idé",
        "idea_date": date(2026, 4, 1),
    }
]
VALUE_RECORDS = [
    {
        "value_id": "V-1",
        "network_id": "N-01",
        "solution_id": "L-1",
        "date": date(2026, 8, 1),
        "value_type": "Kvalitet",
        "measure": "Tid sparet hos Vibeke Ørsted Plantet",
        "unit": "timer (P-13)",
        "baseline": 10,
        "target": 5,
        "measured": 4,
        "documentation": f"Spørg {ADDRESS}",
    }
]
APPLICATIONS = [
    {
        "application_id": "A-1",
        "network_id": "N-01",
        "funder": "Puljen",
        "source": "Intern",
        "purpose": "Testfase",
        "amount_applied": 1000,
        "submitted_date": date(2026, 5, 1),
        "status": "Under behandling",
        "responsible_id": "P-13",
    }
]


def write_sheets(path: Path, kinds=KIND_BY_NAME, **rows_of_kind: list[dict]) -> None:
    """Write a workbook with one sheet a kind, headed as the template heads it."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, rows in rows_of_kind.items():
        kind = kinds[name]
        sheet = workbook.create_sheet(kind.sheet)
        sheet.append([column.heading for column in kind.columns])
        for row in rows:
            sheet.append([row.get(column.name) for column in kind.columns])
    path.parent.mkdir(parents=True, exist_ok=True)
    workbook.save(path)


def run(home: Home) -> int:
    """A whole run as of one day."""
    from pipelines.command_run import run_command

    return run_command(home.root, as_of="2026-09-30")


def run_by_chain(home: Home) -> None:
    """A whole run of the same day by Dagster's steps without Dagster, in a quarter of the time."""
    whole_run(home, date(2026, 9, 30))


@pytest.fixture(scope="session")
def run_home(tmp_path_factory) -> Home:
    """The tiny municipality, run once by the command and published."""
    return Home(once(tmp_path_factory, "people", send_and_run))


def send_and_run(root: Path) -> None:
    """Send what the tiny municipality has, and run."""
    home = Home.create(root)
    inbox = home.inbox / ORGANISATION
    write_sheets(inbox / "Folk.xlsx", people=PEOPLE, roles=ROLES)
    write_sheets(inbox / "Netværk.xlsx", networks=NETWORKS, touchpoints=TOUCHPOINTS)
    write_sheets(
        inbox / "Penge.xlsx", applications=APPLICATIONS, solutions=SOLUTIONS, value_records=VALUE_RECORDS
    )
    write_sheets(
        home.inbox / "_indstillinger.xlsx",
        SETTINGS_BY_NAME,
        organisations=[
            {
                "organisation_id": ORGANISATION,
                "name": "Åby Kommune",
                "not_before": date(2026, 1, 1),
                "med_discussed_on": date(2025, 11, 18),
            }
        ],
    )
    assert run(home) == 0


@pytest.fixture
def home(run_home, tmp_path) -> Home:
    """A copy of it to change."""
    copy = Home(tmp_path / "home")
    shutil.copytree(run_home.root, copy.root)
    return copy
