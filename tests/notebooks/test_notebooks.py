"""The auditor's and the analyst's notebooks run whole, and each becomes one file without a network."""

import re
from pathlib import Path

import polars as pl
import pytest

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
