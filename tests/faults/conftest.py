"""A file as someone sends it, judged as ``netvaerdi check`` judges it; and a home that was run once."""

import json
import random
import shutil
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from assets.feedback.check import check_files
from assets.home import Home
from assets.raw.limits import Limits
from benchmarks.soak_deliveries import Office as SendingOffice
from tests.assets.publication.conftest import filled_home, published_home
from tests.faults.work import do
from tests.once import once

__all__ = ("filled_home", "published_home")

WORKSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEADINGS = ["Netværks-id", "Titel", "Type", "Startdato"]
STEPS = "steps.json"
GOOD = ["N-1", "Et", "Innovationsnetværk", "01-02-2024"]


class Office:
    """Writes files into a folder and judges them."""

    def __init__(self, folder: Path):
        self.folder = folder

    def bytes(self, name: str, content: bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content)
        return path

    def csv(self, rows, name="Netværk.csv", encoding="utf-8") -> Path:
        text = rows if isinstance(rows, str) else "\r\n".join(";".join(row) for row in rows) + "\r\n"
        return self.bytes(name, text.encode(encoding))

    def book(self, rows, name="netvaerk.xlsx", sheet="Netværk", change=None) -> Path:
        workbook = openpyxl.Workbook()
        workbook.active.title = sheet
        for row in rows:
            workbook.active.append(row)
        if change is not None:
            change(workbook)
        path = self.folder / name
        workbook.save(path)
        return path

    def package(self, rows_xml: str, before: str = "", name="netvaerk.xlsx") -> Path:
        """A smallest workbook with one sheet, Netværk, whose rows are given as XML."""
        parts = {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
            'content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
            'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" '
            f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{WORKSHEET}" xmlns:r="{OFFICE}"><sheets>'
            '<sheet name="Netværk" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" '
            f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f'{before}<worksheet xmlns="{WORKSHEET}"><sheetData>{rows_xml}'
            "</sheetData></worksheet>",
        }
        return self.zip(name, parts)

    def zip(self, name: str, parts) -> Path:
        path = self.folder / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as container:
            for part, content in parts.items():
                container.writestr(part, content)
        return path

    def judge(self, *paths: Path, limits: Limits | None = None):
        """The report of a file judged by itself."""
        report = check_files(
            paths, write_copies=False, limits=limits, received_at=datetime(2026, 10, 1, tzinfo=UTC)
        )
        return report.files[0]


def text_row(number, texts):
    """A row of text cells as XML."""
    cells = "".join(
        f'<c r="{chr(65 + index)}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
        for index, text in enumerate(texts)
    )
    return f'<row r="{number}">{cells}</row>'


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path)


@pytest.fixture
def xml_row():
    return text_row


@pytest.fixture
def good():
    """The headings of Netværk and one sound row, fresh for every test."""
    return [list(HEADINGS), list(GOOD)]


def begin(root: Path) -> None:
    """A home that was run once, and more in its inbox since."""
    home = Home.create(root)
    home.settings_file.write_text('languages = ["da"]\n', encoding="utf-8")
    office = SendingOffice(home.inbox, random.Random(5))
    for _ in range(6):
        office.deliver()
    assert do("run", home)[2] == ""
    for _ in range(4):
        office.deliver()


@pytest.fixture(scope="session")
def computed(tmp_path_factory):
    """A home that was run once, and more in its inbox since. Not to be changed."""
    return Home(once(tmp_path_factory, "computed", begin))


@pytest.fixture(scope="session")
def finished(computed, tmp_path_factory):
    """The same home after its next run, and the steps it took. Not to be changed."""

    def go_on(root):
        shutil.copytree(computed.root, root)
        _, steps, error = do("run", Home(root))
        assert error == ""
        (root / STEPS).write_text(json.dumps(steps), encoding="utf-8")

    home = Home(once(tmp_path_factory, "finished", go_on))
    return home, json.loads((home.root / STEPS).read_text(encoding="utf-8"))
