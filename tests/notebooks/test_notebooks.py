"""The auditor's and the analyst's notebooks run whole, and each becomes one file without a network."""

import re
from pathlib import Path

import polars as pl
import pytest

from assets.auditor.notebook import as_written, recomputed
from assets.auditor.notebook_page import notebook_app, page, table

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"


@pytest.fixture(scope="module")
def run(published_file):
    """Run a notebook once: its outputs, and its values by name."""
    found = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NETVAERDI_DATABASE", str(published_file))

        def once(name):
            if name not in found:
                found[name] = notebook_app(NOTEBOOKS / f"{name}.py").run()
            return found[name]

        yield once
    for _, values in found.values():
        values["published"].close()


def test_the_auditor_reconciles_follows_recomputes_samples_and_reads_what_was_rejected(run):
    _, values = run("reconciliation")
    assert values["kroner"].filter(pl.col("line") == 99)["kroner"].to_list() == [0]
    assert set(values["cells"]["written"]) >= {"100.000,-", "150000", "50.000 kr."}
    assert values["again"].filter(pl.col("indicator_id") == "V7")["agrees"].to_list() == [True]
    assert values["drawn"]["cell"].is_in(["B2", "B3", "B4"]).all()
    assert values["rejected"]["rule"].to_list() == ["granted_incomplete"]


def test_the_analyst_sees_one_responsibility_and_only_rows_that_may_be_shown(run):
    _, values = run("responsibility")
    assert values["responsibility"].value == "R2"
    assert list(values["responsibility"].options.values()) == ["R2", "R4"]
    assert values["over_time"].rows() == [
        ("2026Q3", "Delvist", 1, "to år"),
        ("2026Q3", "Ikke opfyldt", 0, "to år"),
        ("2026Q3", "Opfyldt", 4, "to år"),
    ]


@pytest.mark.parametrize("name", sorted(path.stem for path in NOTEBOOKS.glob("*.py")))
def test_a_notebook_becomes_one_page_that_loads_nothing_and_names_nobody(run, name):
    written = page(name, run(name)[0])
    assert "<h1" in written and "<table>" in written
    assert not re.search(r"<script|<link|<img|src=|url\(|@import|marimo-", written)
    assert "Asta" not in written


def test_a_table_is_danish_and_a_hostile_text_stays_text():
    shown = table(pl.DataFrame({"titel": ["<script>x</script>"], "kroner": [1234.5], "skjult": [True]}))
    assert "&lt;script&gt;" in shown and "<script>" not in shown
    assert ">1.234,5<" in shown and ">ja<" in shown


@pytest.mark.parametrize(
    ("figure", "written"),
    [
        (("share", 2 / 3, (2.0, 3.0), 3), "2 af 3"),
        (("share", 8 / 13, (8.0, 13.0), 13), "62 % (8 af 13)"),
        (("share", 2 / 3, (None, None), 3), "67 % (af 3)"),
        (("kroner", 300_000.0), "300.000 kr."),
        (("days", 42.0), "42"),
        (("share", None), "—"),
    ],
)
def test_a_notebook_writes_a_figure_as_the_reports_do_and_few_as_a_count(figure, written):
    assert as_written(*figure).replace("\N{NO-BREAK SPACE}", " ") == written


def test_a_recomputed_figure_stands_in_words_on_both_sides():
    told = {"indicator_id": "R6.1", "name_da": "Ejerskab", "unit": "share", "agrees": False}
    said = {"value": 2 / 3, "numerator": 2.0, "denominator": 3.0, "n": 3}
    again = {"again_value": 1 / 3, "again_numerator": 1.0, "again_denominator": 3.0, "again_n": 3}
    [row] = recomputed(pl.DataFrame([told | said | again])).rows()
    shown = tuple(str(one).replace("\N{NO-BREAK SPACE}", " ") for one in row)
    assert shown == ("R6.1", "Ejerskab", "2 af 3", "1 af 3", "False")
