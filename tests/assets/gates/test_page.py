"""The page of a run's checks: whole in itself, inert, in two languages, with counts and cells, no values."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from assets.gates.page import FOLDER, KEPT, GatePage, found_pages
from assets.gates.quality import Gate, QualityResult, record, results_of_run
from assets.gates.run import all_gates
from assets.gates.trend import latest_runs, short_trend
from assets.gates.words import check_name, gate_words

STARTED = datetime(2026, 11, 24, 22, 30, tzinfo=UTC)
UNIQUE = Gate("accepted", "accepted.roles", "unique")
FILLED = Gate("accepted", "accepted.roles", "not_null:person_id")
SUMS = Gate("results", "results.evidence", "kroner_reconcile")


def result(gate, outcome, violations=0, cause=""):
    return QualityResult(gate, "sql", "", outcome, 8, violations, cause)


@pytest.fixture
def judged(connection):
    """Three runs an hour apart: one that passed, one in which a rule failed, one that could not be judged."""
    for place, of_run in enumerate(
        (
            [result(UNIQUE, "passed"), result(FILLED, "passed")],
            [result(UNIQUE, "failed", 3), result(FILLED, "passed")],
            [
                result(UNIQUE, "failed", 1200),
                result(FILLED, "passed"),
                result(SUMS, "error", None, "BinderError"),
            ],
        )
    ):
        record(connection, f"run-{place}", of_run, STARTED + timedelta(hours=place))
    return connection


@pytest.fixture
def page(judged):
    return GatePage(
        "run-2",
        STARTED,
        results_of_run(judged, "run-2"),
        {UNIQUE: ["nord/roller.xlsx, Roller!D17 <b>"]},
        *latest_runs(judged),
    )


def test_the_trend_of_a_gate_is_its_count_run_by_run_and_a_word_where_all_was_well(judged):
    runs, trends = latest_runs(judged)
    assert [one.violations for one in runs] == [0, 1, 2]
    assert short_trend(trends["accepted.roles", "unique"]) == "24-11 ● 0 · 25-11 ▲ 3 · 25-11 ▲ 1200"
    assert "seneste 3" in short_trend(trends["accepted.roles", "not_null:person_id"])
    assert short_trend(trends["results.evidence", "kroner_reconcile"]).startswith("24-11 – – ·")


def test_the_trend_holds_no_more_runs_than_asked_for(judged):
    runs, trends = latest_runs(judged, 2)
    assert [one.run_id for one in runs] == ["run-1", "run-2"]
    assert len(trends["accepted.roles", "unique"]) == 2


def test_the_page_says_what_stands_in_the_way_by_shape_and_word_with_its_cells(page):
    text = page.render("da")
    assert "▲</span> ikke bestået" in text
    assert "✕</span> kunne ikke afgøres" in text
    assert "Ingen to rækker har samme" in text
    assert "1.200" in text
    assert "roller.xlsx, Roller!D17" in text
    assert "24-11-2026 kl. 23.30" in text
    assert "1,200" in page.render("en")


@pytest.mark.parametrize("lang", ["da", "en"])
def test_the_page_loads_nothing_and_runs_nothing(page, lang):
    text = page.render(lang)
    assert "default-src 'none'" in text
    assert "<script" not in text
    assert "Roller!D17 <b>" not in text
    assert not re.findall(r"(?:src|href)=\"(?:https?:)?//|url\(", text)


def test_every_gate_has_words_in_both_languages_and_a_name_of_its_own_on_its_table():
    words = gate_words()
    assert all(danish and english and danish != english for danish, english in map(words.get, all_gates()))
    names = [(gate.table, check_name(gate)) for gate in all_gates()]
    assert len(set(names)) == len(names)


def test_a_run_writes_a_page_in_each_language_and_pages_of_runs_long_past_are_cleared(page, tmp_path):
    old = tmp_path / FOLDER / "20200101T000000_gammel-da.html"
    old.parent.mkdir()
    for place in range(KEPT):
        (tmp_path / FOLDER / f"202601{place % 28 + 1:02d}T{place:06d}_x-da.html").write_text("x")
    old.write_text("x")
    written = page.write(tmp_path)
    assert written in found_pages(tmp_path, "da")
    assert len(found_pages(tmp_path, "da")) == KEPT
    assert not old.exists()
    assert (tmp_path / FOLDER / "latest.html").read_text() == found_pages(tmp_path, "en")[0].read_text()
