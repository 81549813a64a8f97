"""Sums and judgements are traced to what they count, by the command as in the file."""

import pytest

from assets.publication.trace import TraceError
from assets.publication.trace_sums import trace_organisation, trace_responsibility, trace_summary
from assets.publication.trace_sums_text import organisation_text, responsibility_text, summary_text
from tests.assets.publication.test_trace import shown


def test_a_figure_of_the_organisation_leads_to_the_cells_of_its_records(published_home):
    found = trace_organisation(published_home.database, "by", "2026q3", "networks_active")
    [record] = found.records
    assert (record.part, record.subject, record.counted) == ("numerator", "N-01", 1)
    assert [(cell.address, cell.written) for cell in record.cells] == [("A2", "N-01"), ("B2", 'Grøn "drift"')]
    assert (found.figure["value"], found.note_da) == (1, None)


def test_a_responsibility_leads_to_its_indicators_and_how_many_records_each_has(published_home):
    found = trace_responsibility(published_home.database, "by", "n-01", "2026Q3", "r2")
    assert found.figure["status"] == "partly"
    told = [(row["indicator_id"], row["status"], row["counts"], row["records"]) for row in found.counted]
    assert told == [("R2.1", "not_fulfilled", True, 0), ("R2.2", "fulfilled", True, 2)]


def test_a_row_of_the_summary_leads_to_the_judgements_it_counts(published_home):
    found = trace_summary(published_home.database, "by", "2026Q3", "R2")
    [row] = found.counted
    assert (row["network_id"], row["result_period"], row["status"]) == ("N-01", "2026Q3", "partly")
    assert row["may_be_shown"] is False


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("by", "2026Q3", "networks"), "målet networks. Findes: networks_active"),
        (("by", "2026Q3", "networks_active", "welfare"), "underopdelingen welfare. Findes: ''"),
    ],
)
def test_a_measure_that_is_not_there_is_named_with_what_is_near(published_home, asked, said):
    with pytest.raises(TraceError) as refused:
        trace_organisation(published_home.database, *asked)
    assert said in refused.value.da


def test_a_window_or_type_the_summary_has_not_is_named(published_home):
    with pytest.raises(TraceError) as refused:
        trace_summary(published_home.database, "by", "2026Q3", "R2", "two_years")
    assert "vinduet two_years. Findes: quarter" in refused.value.da


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("da", ["Aktive netværk · by", "Værdi 1", "tæller", "Netværk N-01", "A2"]),
        ("en", ["Active networks · by", "Value 1", "numerator", "Netværk N-01", "A2"]),
    ],
)
def test_the_terminal_shows_figure_records_and_cells(published_home, lang, words):
    found = trace_organisation(published_home.database, "by", "2026Q3", "networks_active")
    text = shown(organisation_text(found, lang))
    assert [word for word in words if word not in text] == []


def test_the_terminal_shows_a_judgement_and_that_a_row_is_held_back(published_home):
    judged = trace_responsibility(published_home.database, "by", "N-01", "2026Q3", "R2")
    text = shown(responsibility_text(judged, "da"))
    assert "Delvist opfyldt" in text and "netvaerdi trace N-01 2026Q3 INDIKATOR" in text
    summary = trace_summary(published_home.database, "by", "2026Q3", "R2")
    assert "must not be passed on" in shown(summary_text(summary, "en"))
