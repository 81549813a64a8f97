"""Small files as people send them, and a reading process shared by the tests."""

import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from assets.raw.child import Reader
from assets.raw.limits import Limits
from assets.raw.reading import FileReading, read_file

NETWORK_HEADINGS = ["Netværks-id", "Titel", "Type", "Startdato"]
WORKSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def office_parts(sheet_xml: str, name: str = "Netværk", **more: str) -> dict[str, str]:
    """The parts of a smallest workbook with one sheet, whose XML is given."""
    return {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/></Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Type="{OFFICE}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'<workbook xmlns="{WORKSHEET}" xmlns:r="{OFFICE}"><sheets>'
            f'<sheet name="{name}" sheetId="1" r:id="r1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Type="{OFFICE}/worksheet" '
            'Target="worksheets/sheet1.xml"/></Relationships>'
        ),
        "xl/worksheets/sheet1.xml": sheet_xml,
        **more,
    }


def sheet_xml(rows: str, before: str = "", after: str = "") -> str:
    """The XML of a sheet with these rows."""
    return f'{before}<worksheet xmlns="{WORKSHEET}"><sheetData>{rows}</sheetData>{after}</worksheet>'


def text_row(number: int, texts: Sequence[str]) -> str:
    """A row of text cells from column A on."""
    cells = "".join(
        f'<c r="{chr(65 + index)}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
        for index, text in enumerate(texts)
        if text
    )
    return f'<row r="{number}">{cells}</row>'


def write_zip(path: Path, parts: Mapping[str, str | bytes]) -> Path:
    """A zip file of these parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in parts.items():
            container.writestr(name, content)
    return path


def write_ods(path: Path, rows: str) -> Path:
    """An OpenDocument spreadsheet with one sheet of these rows."""
    office, table, text = (
        f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "table", "text")
    )
    content = (
        f'<office:document-content xmlns:office="{office}" xmlns:table="{table}" xmlns:text="{text}">'
        f'<office:body><office:spreadsheet><table:table table:name="Netværk">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return write_zip(
        path,
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content,
            "META-INF/manifest.xml": (
                '<manifest xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
            ),
        },
    )


def write_workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]]) -> Path:
    """A workbook by openpyxl: sheet name → rows of cells."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    workbook.save(path)
    return path


@pytest.fixture(scope="session")
def reader() -> Iterator[Reader]:
    with Reader(Limits()) as shared:
        yield shared


@pytest.fixture
def read(reader: Reader) -> Callable[[Path], FileReading]:
    """Read a file in the shared process."""
    return lambda path: read_file(path, reader=reader)


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Path]:
    """Write a workbook: ``workbook({"Netværk": rows})``."""

    def write(sheets: Mapping[str, Sequence[Sequence[Any]]], name: str = "netvaerk.xlsx") -> Path:
        return write_workbook(tmp_path / name, sheets)

    return write


@pytest.fixture
def sheet(tmp_path: Path) -> Callable[..., Path]:
    """Write a workbook from the XML of its rows."""

    def write(rows: str, name: str = "netvaerk.xlsx", before: str = "", after: str = "") -> Path:
        return write_zip(tmp_path / name, office_parts(sheet_xml(rows, before, after)))

    return write


@pytest.fixture
def csv_file(tmp_path: Path) -> Callable[..., Path]:
    """Write bytes or text as a CSV file."""

    def write(content: str | bytes, name: str = "Netværk.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    return write


@pytest.fixture(scope="session")
def make() -> Any:
    """The plain functions above, for tests that build a container part by part."""

    class Make:
        parts = staticmethod(office_parts)
        xml = staticmethod(sheet_xml)
        row = staticmethod(text_row)
        zip = staticmethod(write_zip)
        book = staticmethod(write_workbook)
        ods = staticmethod(write_ods)
        headings = NETWORK_HEADINGS

    return Make
