"""The index of all reports, as files on a disk."""

import base64
import hashlib
import re
from datetime import datetime

import pytest

from assets.reports.formats import write_report
from assets.reports.index_page import find_reports, write_index

from .conftest import NOW, ORGANISATION, THEN, Publication, whole


def written(publication, folder):
    """The Danish index as text, with a report of each of two quarters beside it."""
    database = publication.write(folder / "p.duckdb")
    for period, form in ((THEN, "html"), (NOW, "html"), (NOW, "json")):
        write_report(database, folder / "reports", ORGANISATION, period, "da", form)
    danish, english = write_index(database, folder / "reports")
    assert english.name == "index_en.html"
    return danish.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    """The folder of the reports, for the tests that only look."""
    publication = whole(Publication())
    publication.rows["audit.publication"][0]["published_at"] = datetime(2025, 4, 2, 6)
    folder = tmp_path_factory.mktemp("shelf")
    written(publication, folder)
    return folder / "reports"


@pytest.fixture
def text(shelf):
    """The Danish index there."""
    return (shelf / "indeks.html").read_text(encoding="utf-8")


def test_every_link_leads_to_a_file_that_is_there(shelf, text):
    links = re.findall(r'href="([^"#]+)"', text)
    assert len(links) == 4
    assert all((shelf / link).is_file() for link in links)


def test_the_newest_quarter_stands_first(shelf):
    assert [found.period for found in find_reports(shelf)] == [NOW, THEN]


def test_the_index_loads_nothing_and_runs_only_its_own_script(text):
    (script,) = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    own = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{own}'" in text
    assert "default-src 'none'" in text
    assert not re.findall(r"(?:src|href)=\"(?:https?:)?//", text)


def test_every_published_field_is_explained(text):
    assert "main.organisation_result" in text
    assert "Sand, når tallene holdes tilbage, fordi for få står bag" in text


def test_every_publication_is_listed_with_its_day_and_fingerprint(text):
    assert "offentliggjort 2.\N{NO-BREAK SPACE}april 2025" in text
    assert "ab" * 32 in text


def test_a_folder_whose_name_is_hostile_is_inert(full, tmp_path):
    place = tmp_path / "reports" / "A&B <b>" / NOW
    place.mkdir(parents=True)
    (place / "vaerdiskabelsesrapport_da.html").write_text("x", encoding="utf-8")
    danish, _ = write_index(full.write(tmp_path / "p.duckdb"), tmp_path / "reports")
    text = danish.read_text(encoding="utf-8")
    assert "A&amp;B &lt;b&gt;" in text
    assert 'href="A%26B%20%3Cb%3E/2025Q1/vaerdiskabelsesrapport_da.html"' in text


def test_the_pages_of_the_checks_are_listed_for_the_analyst_the_latest_first(full, tmp_path):
    place = tmp_path / "kontrol"
    place.mkdir(parents=True)
    for name in ("20260105T110000_aaaaaaaa", "20260106T110000_bbbbbbbb"):
        for lang in ("da", "en"):
            (place / f"{name}-{lang}.html").write_text("x", encoding="utf-8")
    danish, _ = write_index(full.write(tmp_path / "p.duckdb"), tmp_path / "reports")
    text = danish.read_text(encoding="utf-8")
    listed = re.findall(r'href="(../kontrol/[^"]+)">Kørslen ([^<]+)<', text)
    assert listed == [
        ("../kontrol/20260106T110000_bbbbbbbb-da.html", "06-01-2026 kl. 12.00"),
        ("../kontrol/20260105T110000_aaaaaaaa-da.html", "05-01-2026 kl. 12.00"),
    ]


def test_an_empty_folder_says_that_there_are_no_reports_yet(full, tmp_path):
    danish, _ = write_index(full.write(tmp_path / "p.duckdb"), tmp_path / "reports")
    assert "endnu ingen rapporter" in danish.read_text(encoding="utf-8")
