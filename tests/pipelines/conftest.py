"""A municipality so small that its figures are worked by hand, as the spreadsheets it would send."""

import io
import shutil
import sys
from contextlib import redirect_stdout
from datetime import date
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest

from assets.contract import KIND_BY_NAME
from assets.home import Home
from pipelines.cli import main
from pipelines.command_run import run_command

PEOPLE = [
    {"person_id": "P-1", "name": "Ann Eksempel", "unit": "Børn", "level": 1, "valid_from": date(2020, 1, 1)},
    {"person_id": "P-2", "name": "Bo Eksempel", "unit": "Kultur", "level": 4, "valid_from": date(2020, 1, 1)},
]
NETWORKS = [
    {
        "network_id": "N-01",
        "title": "Fællesskaber",
        "network_type": "Innovationsnetværk",
        "start_date": date(2026, 1, 1),
    }
]
ROLES = [
    {"network_id": "N-01", "person_id": "P-1", "role": "Referenceleder", "valid_from": date(2026, 1, 1)},
    {"network_id": "N-01", "person_id": "P-2", "role": "Deltager", "valid_from": date(2026, 1, 1)},
]
TOUCHPOINTS = [
    {
        "touchpoint_id": f"S-{month}",
        "network_id": "n-01",
        "date": date(2026, month, 10),
        "kind": "Sparring",
        "by_id": "P-1",
    }
    for month in range(4, 10)
] + [
    {
        "touchpoint_id": "S-20",
        "network_id": "N-01",
        "date": date(2026, 8, 15),
        "kind": "Koordinering",
        "by_id": "P-1",
    }
]


AS_OF = "2026-09-30"
SPARRING = "sparring.xlsx"


class Published(NamedTuple):
    """A home that was run once by the command, and what the command said; read it, or copy it."""

    home: Home
    said: str

    def copy(self, root: Path) -> Home:
        """A home of one's own that stands as this one does."""
        shutil.copytree(self.home.root, root)
        return Home(root)


def write_sheets(path: Path, **rows_of_kind: list[dict]) -> None:
    """Write a workbook with one sheet a kind, headed as the template heads it."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, rows in rows_of_kind.items():
        kind = KIND_BY_NAME[name]
        sheet = workbook.create_sheet(kind.sheet)
        sheet.append([column.heading for column in kind.columns])
        for row in rows:
            sheet.append([row.get(column.name) for column in kind.columns])
    path.parent.mkdir(parents=True, exist_ok=True)
    workbook.save(path)


def personal_values_in(folder: Path) -> list[str]:
    """Names of people and addresses of mail that any file below a folder holds, each with its file."""
    personal = [*(person["name"] for person in PEOPLE), "@example.invalid"]
    return [
        f"{word}: {path.name}"
        for path in folder.rglob("*")
        if path.is_file()
        for word in personal
        if word.encode() in path.read_bytes()
    ]


@pytest.fixture(autouse=True)
def no_home_by_default(tmp_path, monkeypatch):
    """Whatever a test forgets to name stays within its own folder."""
    monkeypatch.setenv("NETVAERDI_HOME", str(tmp_path / "unavngivet"))
    monkeypatch.delenv("DAGSTER_HOME", raising=False)


@pytest.fixture(scope="session")
def published(tmp_path_factory):
    """The tiny municipality, sent as two files and run once; the latest sparring is alone in the second."""
    home = Home.create(tmp_path_factory.mktemp("offentliggjort") / "hjem")
    home.settings_file.write_text(f"as_of = {AS_OF}\n", encoding="utf-8")
    latest = [row for row in TOUCHPOINTS if row["touchpoint_id"] == "S-9"]
    others = [row for row in TOUCHPOINTS if row not in latest]
    kinds = {"people": PEOPLE, "networks": NETWORKS, "roles": ROLES}
    write_sheets(home.inbox / "netvaerk.xlsx", **kinds, touchpoints=others)
    write_sheets(home.inbox / SPARRING, touchpoints=latest)
    said = io.StringIO()
    with pytest.MonkeyPatch.context() as patched, redirect_stdout(said):
        patched.setattr("assets.standing.CODE", ())  # someone may be editing it while the tests run
        status = run_command(home.root)
    assert status == 0, said.getvalue()
    return Published(home, said.getvalue())


@pytest.fixture
def write():
    """Write a workbook: ``write(path, people=[...], networks=[...])``."""
    return write_sheets


@pytest.fixture
def tiny(tmp_path):
    """The tiny municipality's inbox."""
    inbox = tmp_path / "indbakke"
    write_sheets(
        inbox / "netvaerk.xlsx", people=PEOPLE, networks=NETWORKS, roles=ROLES, touchpoints=TOUCHPOINTS
    )
    return inbox


@pytest.fixture
def netvaerdi(monkeypatch, capsys):
    """Run the command as a shell would, ``netvaerdi("run", "--inbox", inbox)``: exit status, and words."""

    def call(*arguments):
        monkeypatch.setattr(sys, "argv", ["netvaerdi", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return ended.value.code, said.out + said.err

    return call
