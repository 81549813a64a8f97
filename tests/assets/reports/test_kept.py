"""A past report is served as it was published, whatever the publication says now."""

import shutil

import pytest

from assets.reports.errors import ReportError
from assets.reports.kept import keep_report, kept_of, serve_report
from assets.reports.management_report import write_management_report


@pytest.fixture
def then(publication, tmp_path):
    """The publication as it was while 2024Q4 was its latest quarter, its report drawn and kept."""
    old = tmp_path / "published" / "history" / ("000001-2024Q4-" + "ab" * 6)
    old.mkdir(parents=True)
    database = publication.write(old / "netvaerdi.duckdb")
    path = write_management_report(database, tmp_path / "reports", "AALBY", "2024Q4", "da")
    keep_report(database, path, "AALBY", "2024Q4")
    return database, path.read_text(encoding="utf-8")


@pytest.fixture
def now(then, publication, tmp_path):
    """A later publication, in which a figure of that quarter has changed."""
    publication.add("audit.publication", sequence=2, period="2025Q1", content_hash="cd" * 32)
    publication.rows["main.networks"][0]["title"] = "Nyt navn"
    return publication.write(tmp_path / "published" / "netvaerdi.duckdb")


def test_a_past_quarter_is_served_as_it_was_published(then, now, tmp_path):
    path = serve_report(now, tmp_path / "reports", "AALBY", "2024Q4", "da", "html")
    assert path.name == "vaerdiskabelsesrapport_da.html"
    assert path.read_text(encoding="utf-8") == then[1]
    assert "Nyt navn" not in then[1]


def test_a_form_that_was_not_made_then_is_made_of_that_publication(then, now, tmp_path):
    path = serve_report(now, tmp_path / "reports", "AALBY", "2024Q4", "da", "json")
    text = path.read_text(encoding="utf-8")
    assert "ab" * 32 in text
    assert "cd" * 32 not in text


@pytest.mark.parametrize("alone", [False, True])
def test_a_language_that_was_not_made_then_leads_to_another_only_where_there_is_one(
    then, now, tmp_path, alone
):
    path = serve_report(now, tmp_path / "reports", "AALBY", "2024Q4", "en", "html", alone=alone)
    text = path.read_text(encoding="utf-8")
    assert "ab" * 32 in text
    assert ("vaerdiskabelsesrapport_da.html" in text) is not alone


def test_without_that_publication_the_form_is_refused(then, now, tmp_path):
    shutil.rmtree(tmp_path / "published" / "history")
    with pytest.raises(ReportError, match="2024Q4"):
        serve_report(now, tmp_path / "reports", "AALBY", "2024Q4", "da", "json")


def test_the_latest_quarter_is_drawn_and_kept_under_its_publication(then, now, tmp_path):
    serve_report(now, tmp_path / "reports", "AALBY", "2025Q1", "da", "html")
    (kept,) = kept_of(tmp_path / "reports", "AALBY", "2025Q1")
    assert (kept.sequence, kept.hash_start) == (2, "cd" * 6)
    assert "Nyt navn" in (kept.folder / "vaerdiskabelsesrapport_da.html").read_text(encoding="utf-8")
