"""The documents the law asks for are whole, in Danish, and mark what only the organisation can fill in."""

from datetime import date

import pytest

from assets.contract import KINDS
from assets.people.duties import write_duties
from assets.people.page import as_page
from assets.people.purpose import PURPOSE
from assets.people.roles import roles
from assets.warehouse import open_warehouse


@pytest.fixture(scope="module")
def documents(run_home, tmp_path_factory):
    out = tmp_path_factory.mktemp("duties")
    with open_warehouse(run_home.warehouse_file) as connection:
        paths = write_duties(connection, run_home, "ABY", out, date(2026, 9, 30))
    return {path.name: path.read_text(encoding="utf-8") for path in paths}


@pytest.mark.parametrize("name", ["fortegnelse", "underretning", "konsekvensanalyse"])
def test_each_document_says_who_why_what_to_whom_and_how_long(documents, name):
    text = documents[f"{name}.md"]
    assert "Åby Kommune" in text
    assert PURPOSE[0].removeprefix("Formål: ") in text
    assert "art. 6, stk. 1, litra e" in text
    assert all(f"| {kind.sheet} |" in text for kind in KINDS)
    assert all(role.da in text for role in roles())
    assert "24 måneder" in text
    assert "[udfyldes af organisationen: Dataansvarlig" in text


def test_the_notice_tells_those_measured_their_rights(documents):
    text = documents["underretning.md"]
    for right in ("art. 15", "art. 16", "art. 17", "art. 21", "art. 22", "Datatilsynet", "18-11-2025"):
        assert right in text


def test_a_page_takes_nothing_for_markup():
    page = as_page("# A & <b>\n\n| x |\n|---|\n| <script> |\n\n- **fed** `kode`")
    assert "<script>" not in page
    assert "<td>&lt;script&gt;</td>" in page
    assert "<li><strong>fed</strong> <code>kode</code></li>" in page
    assert '<html lang="da">' in page
