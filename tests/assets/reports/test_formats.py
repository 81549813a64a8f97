"""Each format as a file: where it lies, what it promises, and what happens where it cannot be made."""

import io
import json
import shutil
import stat
import zipfile

import openpyxl
import polars
import pypdf
import pytest

from assets.reports import report_pdf
from assets.reports.errors import ReportError
from assets.reports.formats import write_report
from assets.reports.published import read_published
from assets.reports.report_json import report_json
from assets.reports.report_workbook import report_workbook
from assets.reports.words import Words

from .conftest import NOW, ORGANISATION

FORMULAS = ('=HYPERLINK("http://x","a")', "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "\r=1+1", "=1+1\r\n")


def test_json_is_the_same_bytes_for_the_same_content(full, read):
    published = read(full)
    assert report_json(published, Words("en")) == report_json(published, Words("en"))


def test_a_responsibility_that_may_not_be_shown_has_no_counts_in_json(full, read):
    rows = json.loads(report_json(read(full), Words("da")))["responsibilities"]
    hidden = next(row for row in rows if row["responsibility_id"] == "R9")
    assert hidden == {"responsibility_id": "R9", "name": "Ansvar 9", "window": None, "suppressed": True}


def test_no_leader_stands_in_json_or_workbook(full, read, words):
    published = read(full)
    cells = [
        str(cell.value)
        for sheet in openpyxl.load_workbook(io.BytesIO(report_workbook(published, words)))
        for row in sheet.iter_rows()
        for cell in row
    ]
    assert "P-LEADER" not in report_json(published, words)
    assert "P-LEADER" not in cells


def test_the_workbook_is_the_same_bytes_whenever_it_is_written(full, read, words):
    published = read(full)
    first, second = report_workbook(published, words), report_workbook(published, words)
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert b"2025-03-31T00:00:00Z" in archive.read("docProps/core.xml")


@pytest.mark.parametrize("text", FORMULAS)
def test_a_title_that_looks_like_a_formula_stays_text_and_reads_back_as_it_was(full, read, text):  # F44
    full.network("N-2", title=text)
    published = read(full)
    content = report_workbook(published, Words("da"))
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Netværk"]
    cells = [row[1] for row in sheet.iter_rows() if row[0].value == "N-2"]
    assert {(cell.value, cell.data_type) for cell in cells} == {(text, "s")}
    calculated = polars.read_excel(io.BytesIO(content), sheet_name="Netværk")
    assert set(calculated.filter(polars.col("Netværks-id") == "N-2")["Titel"]) == {text}
    assert json.loads(report_json(published, Words("da")))["networks"][-1]["title"] == text


def test_the_workbook_says_what_every_figure_in_it_means(full, read, words):
    book = openpyxl.load_workbook(io.BytesIO(report_workbook(read(full), words)))
    figures = book[words.pick("Tal", "Figures")]
    told = {row[0] for row in book[words.pick("Definitioner", "Definitions")].iter_rows(values_only=True)}
    used = {row[1] for row in figures.iter_rows(min_row=2, values_only=True)}
    assert used <= told


def test_a_format_that_is_not_there_is_refused_with_those_that_are(full, tmp_path):
    database = full.write(tmp_path / "p.duckdb")
    with pytest.raises(ReportError, match="html, pdf, xlsx, json"):
        write_report(database, tmp_path / "out", ORGANISATION, NOW, "da", "docx")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("form", ["html", "xlsx", "json"])
def test_each_format_lies_beside_the_others(full, tmp_path, form):
    database = full.write(tmp_path / "p.duckdb")
    path = write_report(database, tmp_path, ORGANISATION, NOW, "en", form)
    assert path.name == f"vaerdiskabelsesrapport_en.{form}"
    assert path.stat().st_size > 0


def test_without_chromium_the_package_is_named_and_nothing_is_written(full, tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    database = full.write(tmp_path / "p.duckdb")
    with pytest.raises(ReportError, match="pakke chromium"):
        write_report(database, tmp_path / "out", ORGANISATION, NOW, "da", "pdf")
    assert not (tmp_path / "out").exists()


def test_a_browser_that_fails_leaves_the_last_pdf_and_says_so(full, tmp_path, monkeypatch):
    browser = tmp_path / "chromium"
    browser.write_text("#!/bin/sh\nexit 1\n")
    browser.chmod(browser.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(report_pdf, "chromium", lambda: str(browser))
    (tmp_path / "page.html").write_text("<p>x</p>", encoding="utf-8")
    (tmp_path / "page.pdf").write_bytes(b"the last one")
    published = read_published(full.write(tmp_path / "p.duckdb"), ORGANISATION, NOW)
    with pytest.raises(ReportError, match="Chromium"):
        report_pdf.write_pdf(tmp_path / "page.html", published.quarter.counted_to)
    assert (tmp_path / "page.pdf").read_bytes() == b"the last one"


@pytest.mark.chromium
def test_the_pdf_is_tagged_dated_and_in_its_language(full, tmp_path):
    path = write_report(full.write(tmp_path / "p.duckdb"), tmp_path, ORGANISATION, NOW, "da", "pdf")
    reader = pypdf.PdfReader(path)
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "da"
    assert "/StructTreeRoot" in root
    assert reader.outline
    assert reader.metadata.creation_date.date().isoformat() == "2025-03-31"
