"""Text that a spreadsheet would run is written so that it is shown, and comes back as it was (F44)."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.auditor.safe_csv import csv_text, read_text, write_value

LIVE = ["=1+1", "+45", "-SUM(A1)", "@SUM(1)", "\t=1", "\r=1", "'=1"]


@pytest.mark.parametrize("text", LIVE)
def test_a_text_that_would_be_run_begins_with_an_apostrophe_and_comes_back(text):
    assert write_value(text) == "'" + text
    assert read_text(write_value(text)) == text


def test_numbers_stay_numbers_and_dates_dates():
    values = [-1, Decimal("-10.50"), 0.25, date(2026, 9, 30), True, None]
    assert [write_value(value) for value in values] == ["-1", "-10.50", "0.25", "2026-09-30", "true", ""]


@given(st.lists(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])), min_size=1))
def test_any_text_comes_back_as_it_was(texts):
    written = csv_text(["tekst"], [[text] for text in texts])
    read = [row[0] if row else "" for row in csv.reader(io.StringIO(written, newline=""))]
    assert [read_text(cell) for cell in read[1:]] == texts
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in read)
