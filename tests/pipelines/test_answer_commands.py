"""The commands by which the numbers are answered for: targets, verify and why."""

import re
import shutil

import pytest


@pytest.fixture
def sealed(published):
    """The home of the tiny municipality; copied by each test that changes it."""
    return published.home


def test_verify_says_that_all_stands_and_prints_the_head_hash(netvaerdi, sealed):
    status, said = netvaerdi("verify", "--home", sealed.root)
    assert status == 0, said
    head = re.search(r"Hovedhash: ([0-9a-f]{64})", said)
    assert head is not None
    assert netvaerdi("verify", "--home", sealed.root, "--head", head[1][:12])[0] == 0
    assert netvaerdi("verify", "--home", sealed.root, "--head", "0" * 64)[0] == 1


def test_verify_names_the_first_thing_that_differs(netvaerdi, sealed, tmp_path):
    shutil.copytree(sealed.root, tmp_path / "hjem")
    log = next((tmp_path / "hjem" / "published" / "history").glob("*.jsonl"))
    log.write_text(log.read_text(encoding="utf-8").replace("publication", "publicering", 1), encoding="utf-8")
    status, said = netvaerdi("verify", "--home", tmp_path / "hjem")
    assert status == 1
    assert log.name in said


def test_why_says_that_a_row_is_in_the_figure_or_why_not(netvaerdi, sealed):
    asked = ("why", "N-01", "2026Q3", "R2.2", "Samspil")
    status, said = netvaerdi(*asked, "s-20", "--home", sealed.root)
    assert (status, "Den er med i tallet" in said) == (0, True), said
    status, said = netvaerdi(*asked, "S-4", "--home", sealed.root, "--lang", "en")
    assert (status, "does not meet the formula" in said) == (0, True), said
    status, said = netvaerdi(*asked, "S-99", "--home", sealed.root)
    assert (status, "Ingen leverance" in said) == (0, True), said


def test_targets_shows_what_each_indicator_is_judged_by(netvaerdi, sealed):
    status, said = netvaerdi("targets", "--home", sealed.root, "--indicator", "r2.1")
    assert status == 0, said
    assert "R2.1" in said
    assert "R3.1" not in said
    assert "Arket Måltal er uden fejl" in said


def test_targets_has_no_history_before_the_offices_told_any(netvaerdi, sealed):
    status, said = netvaerdi("targets", "--home", sealed.root, "--history")
    assert (status, "ingen egne måltal" in said) == (0, True), said


def test_every_run_prints_the_secretariats_list_in_both_languages_without_names(sealed):
    folder = sealed.todo / "kommunen" / "2026Q3"
    danish = (folder / "opgaver_da.html").read_text(encoding="utf-8")
    english = (folder / "opgaver_en.html").read_text(encoding="utf-8")
    assert "N-01 Fællesskaber" in danish
    assert "Der mangler en politisk vurdering af netværket (R9.1)." in danish
    assert "A political assessment of the network is missing (R9.1)." in english
    assert "Ann Eksempel" not in danish + english
    assert "P-1" not in danish + english


def test_the_printed_list_names_the_publication_it_was_made_from(netvaerdi, sealed):
    printed = (sealed.todo / "kommunen/2026Q3/opgaver_da.html").read_text("utf-8")
    head = re.search(r"netvaerdi verify --head ([0-9a-f]{16})", printed)
    assert head is not None
    assert netvaerdi("verify", "--home", sealed.root, "--head", head[1])[0] == 0


def test_trace_leads_from_the_organisation_a_responsibility_and_the_summary(netvaerdi, sealed):
    status, said = netvaerdi("trace", "-", "2026Q3", "networks_active", "--home", sealed.root)
    assert (status, "Aktive netværk" in said, "N-01" in said) == (0, True, True), said
    status, said = netvaerdi("trace", "N-01", "2026Q3", "r2", "--home", sealed.root, "--lang", "en")
    assert (status, "R2.2" in said, "Each leads on" in said) == (0, True, True), said
    status, said = netvaerdi("trace", "-", "2026Q3", "R2", "--home", sealed.root)
    assert (status, "må ikke gives videre" in said) == (0, True), said
    assert netvaerdi("trace", "-", "2026Q3", "ingenting", "--home", sealed.root)[0] == 2
