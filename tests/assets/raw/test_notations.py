"""Round trips: every way the contract lets a number, a date, a label or an id be written reads as meant."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.contract import KINDS
from assets.raw.cells import (
    CellError,
    fold_heading,
    is_empty,
    read_date,
    read_enum,
    read_identifier,
    read_integer,
    read_money,
    read_number,
)
from assets.raw.workbook_text import number_text, other_text

QUICK = settings(max_examples=60, deadline=None, derandomize=True)
MONTHS = [
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
]
AMOUNTS = st.decimals(Decimal("0"), Decimal("999999999.99"), places=2, allow_nan=False)
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


def grouped(value: Decimal, between: str) -> str:
    whole, _, rest = f"{value:,.2f}".partition(".")
    return whole.replace(",", between) + "," + rest


NUMBERS = {
    "plain": lambda value: f"{value:.2f}".replace(".", ","),
    "dots": lambda value: grouped(value, "."),
    "spaces": lambda value: grouped(value, " "),
    "non-breaking spaces": lambda value: grouped(value, "\u00a0"),
    "kr. after": lambda value: grouped(value, ".") + " kr.",
    "DKK before": lambda value: "DKK " + grouped(value, "."),
    "spaces around": lambda value: f"  {grouped(value, '.')}\u00a0",
}


@pytest.mark.parametrize("form", NUMBERS)
@QUICK
@given(value=AMOUNTS)
def test_an_amount_reads_the_same_in_every_notation(form, value):
    assert read_money(NUMBERS[form](value)) == value


@pytest.mark.parametrize("minus", ["-{}", "{}-", "\u2212{}", "- {}"])
@QUICK
@given(value=AMOUNTS)
def test_a_minus_before_or_after_is_the_same(minus, value):
    assert read_money(minus.format(grouped(value, "."))) == -value


@QUICK
@given(thousands=st.integers(0, 9_999_999))
def test_thousands_and_millions_multiply(thousands):
    assert read_money(f"{thousands} t.kr.") == read_money(f"{thousands}", Decimal(1000)) == thousands * 1000
    assert read_money(f"{thousands} mio. kr.") == thousands * 1_000_000
    assert read_money(f"{thousands},-") == thousands


@QUICK
@given(value=st.floats(-1e12, 1e12, allow_nan=False))
def test_a_numeric_cell_reads_back_as_the_number_it_held(value):
    assert float(read_number(number_text(value))) == value


@QUICK
@given(whole=st.integers(0, 999_999), digits=st.integers(0, 99))
def test_a_point_before_other_than_three_digits_is_never_guessed(whole, digits):
    with pytest.raises(CellError) as caught:
        read_number(f"{whole}.{digits:02}")
    assert caught.value.rule == "ambiguous_number"


DATES = {
    "ISO": "{:%Y-%m-%d}",
    "hyphens": "{:%d-%m-%Y}",
    "dots": "{:%d.%m.%Y}",
    "slashes": "{:%d/%m/%Y}",
    "accounting": "{0.day}/{0.month}-{0.year}",
    "single digits": "{0.day}.{0.month}.{0.year}",
    "with time": "{:%d-%m-%Y 14:30}",
    "kl.": "{:%d.%m.%Y kl. 09.15}",
}


@pytest.mark.parametrize("form", DATES)
@QUICK
@given(day=DAYS)
def test_a_day_reads_the_same_in_every_notation(form, day):
    assert read_date(DATES[form].format(day)) == day


@QUICK
@given(
    day=DAYS, form=st.sampled_from(["{0}. {1} {2}", "{0} {1} {2}", "d. {0}. {1} {2}"]), short=st.booleans()
)
def test_a_day_with_its_month_in_words_reads_the_same(day, form, short):
    name = MONTHS[day.month - 1]
    month = f"{name[:3]}." if short and len(name) > 4 else name
    assert read_date(form.format(day.day, month, day.year)) == day


@QUICK
@given(moment=st.datetimes(datetime(1901, 1, 1), datetime(2199, 1, 1)))
def test_a_real_date_cell_reads_back_as_its_day(moment):
    # A cell a fraction of a second before midnight shows the next day, as the spreadsheet does.
    shown = read_date(other_text(moment))
    assert shown == moment.date() or (moment.hour, moment.minute, moment.second) == (23, 59, 59)


@QUICK
@given(day=DAYS)
def test_a_year_of_two_digits_is_never_guessed(day):
    with pytest.raises(CellError) as caught:
        read_date(f"{day:%d-%m-%y}")
    assert caught.value.rule == "two_digit_year"


@QUICK
@given(data=st.data())
def test_a_label_reads_in_any_case_and_in_both_languages(data):
    columns = [column for kind in KINDS for column in kind.columns if column.choices]
    column = data.draw(st.sampled_from(columns))
    choice = data.draw(st.sampled_from(column.choices))
    written = data.draw(st.sampled_from([choice.label, choice.value, choice.label_en, *choice.aliases]))
    spoilt = data.draw(st.sampled_from([str.upper, str.lower, str.title, lambda text: f"  {text} "]))
    assert read_enum(spoilt(written), column.choices) == choice.value


@QUICK
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_reading_an_id_again_changes_nothing(text):
    once = read_identifier(text)
    assert read_identifier(once) == once
    assert read_identifier(f" {text}\u200b ") == once


@QUICK
@given(
    parts=st.lists(st.from_regex(r"[A-Z]{1,3}[0-9]{1,4}", fullmatch=True), min_size=1, max_size=3),
    hyphen=st.sampled_from("-\u2010\u2011\u2012\u2013\u2212"),
)
def test_ids_that_differ_only_in_hyphens_case_and_spaces_are_one(parts, hyphen):
    assert read_identifier(hyphen.join(parts).lower() + " ") == "-".join(parts)


@QUICK
@given(number=st.integers(-(2**31) + 1, 2**31 - 1))
def test_a_whole_number_reads_with_and_without_its_zero_decimals(number):
    assert read_integer(f"{number}") == read_integer(f"{number},0") == number


@pytest.mark.parametrize("column", [column for kind in KINDS for column in kind.columns])
def test_a_heading_matches_whatever_its_case_spaces_and_letters(column):
    plain = column.heading.replace("æ", "ae").replace("ø", "oe").replace("å", "aa")
    wide = column.heading.upper().replace(" ", "\u00a0 ")
    assert fold_heading(plain) == fold_heading(wide) == fold_heading(f"{column.heading} (kr.):")


@pytest.mark.parametrize(
    "nothing", ["", "  ", "-", "–", "?", "n/a", "N/A", "ved ikke", " Ved  ikke ", "\u00a0"]
)
def test_every_way_of_saying_nothing_is_empty(nothing):
    assert is_empty(nothing)
