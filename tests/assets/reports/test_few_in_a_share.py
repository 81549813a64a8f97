"""A share with fewer than five behind it reads ``2 af 3``; a percentage never stands alone, in any output."""

import io
import json
import re

import openpyxl
import pytest

from assets.publication.trace_text import value_text as traced_value
from assets.reports.dialogue import wording
from assets.reports.mail_summary import mail_summary
from assets.reports.management_report import render
from assets.reports.measures import MEASURES
from assets.reports.report_json import report_json
from assets.reports.report_workbook import report_workbook
from assets.reports.words import Words

SHARES = {measure.measure_id for measure in MEASURES if measure.unit == "share"} - {"external_share"}
LONE = re.compile(r"67[\N{NO-BREAK SPACE} ]?%(?![\N{NO-BREAK SPACE} ]\((?:af|of)[\N{NO-BREAK SPACE} ]\d)")


@pytest.fixture
def few(full):
    """The full report, where every share is 2 of 3; a survival estimate rests on three and has no counts."""
    for row in full.rows["main.organisation_result"]:
        if row["measure_id"] in SHARES and row.get("value") is not None:
            counted = row.get("numerator") is not None
            row.update({"value": 2 / 3, "n": 3, "suppressed": False})
            row.update({"numerator": 2.0, "denominator": 3.0} if counted else {})
    return full


def test_the_report_and_its_mail_say_no_percentage_of_fewer_than_five(few, read, words):
    published = read(few)
    mail = mail_summary(published, words)
    for text in (render(published, words), mail.html, mail.text):
        plain = re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL)
        assert not LONE.findall(plain)
    assert words.of(2, 3) in render(published, words)


def test_the_workbook_holds_the_number_and_reads_the_count(few, read):
    book = openpyxl.load_workbook(io.BytesIO(report_workbook(read(few), Words("da"))))
    forms = {
        cell[5].number_format
        for cell in book["Tal"].iter_rows(min_row=2)
        if cell[1].value in SHARES and cell[3].value == 2
    }
    assert forms == {'"2\N{NO-BREAK SPACE}af\N{NO-BREAK SPACE}3"'}
    estimates = {
        cell[5].number_format
        for cell in book["Tal"].iter_rows(min_row=2)
        if cell[1].value in SHARES and cell[3].value is None and cell[5].value is not None
    }
    assert estimates == {'0.0% "(af 3)"'}


def test_the_json_says_the_share_in_words(few, read):
    told = json.loads(report_json(read(few), Words("en")))["figures"]
    texts = {figure["text"] for figure in told if figure["measure"] in SHARES and figure["numerator"]}
    assert texts == {"2\N{NO-BREAK SPACE}of\N{NO-BREAK SPACE}3"}


@pytest.mark.parametrize(
    ("row", "value", "text"),
    [
        ({"value": 2 / 3, "numerator": 2.0, "denominator": 3.0, "n": 3}, 2 / 3, "2 af 3"),
        ({"value": 2 / 3, "numerator": 2.0, "denominator": 3.0, "n": 3}, 0.5, "50 % (af færre end fem)"),
        ({"value": 2 / 3, "numerator": None, "denominator": None, "n": 3}, 2 / 3, "67 % (af 3)"),
        ({"value": 2 / 3, "numerator": 4.0, "denominator": 6.0, "n": 6}, 0.5, "50 %"),
    ],
    ids=["own", "if upheld", "estimate", "enough"],
)
def test_a_dialogue_sheet_says_of_how_few_a_share_is(row, value, text):
    row = {"unit": "share", "indicator_id": "R8.1"} | row
    assert wording.figure_text(Words("da"), row, value).replace("\N{NO-BREAK SPACE}", " ") == text


def test_a_change_of_few_is_told_in_counts():
    now = {"unit": "share", "indicator_id": "R8.1", "name_da": "Afprøvet", "name_en": "Tested", "n": 3}
    now |= {"value": 2 / 3, "numerator": 2.0, "denominator": 3.0}
    told = wording.change_text(Words("da"), now, now | {"value": 0.0, "numerator": 0.0})
    assert told.replace("\N{NO-BREAK SPACE}", " ") == "Afprøvet gik fra 0 af 3 til 2 af 3"


def test_the_trace_says_of_how_few_an_estimate_is():
    figure = {"unit": "share", "numerator": None, "denominator": None, "value": 2 / 3, "n": 3}
    assert traced_value(figure, Words("en")) == "67% (of\N{NO-BREAK SPACE}3)"
    figure |= {"numerator": 2.0, "denominator": 3.0}
    assert traced_value(figure, Words("en")) == "2\N{NO-BREAK SPACE}of\N{NO-BREAK SPACE}3"
