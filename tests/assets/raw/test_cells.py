"""One cell's text: numbers, dates, closed lists, identifiers, empties and headings."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.contract import APPLICATION_STATUSES, NETWORK_TYPES, Choice
from assets.raw.cells import (
    CellError,
    fold_heading,
    heading_factor,
    is_empty,
    latin_twin,
    read_date,
    read_enum,
    read_identifier,
    read_integer,
    read_money,
    read_number,
)


def rule_of(read, text):
    with pytest.raises(CellError) as caught:
        read(text)
    return caught.value.rule


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1.234.567,89", "1234567.89"),
        ("1234,5", "1234.5"),
        ("50.000,-", "50000"),
        ("kr. 50.000,-", "50000"),
        ("-500", "-500"),
        ("500-", "-500"),
        ("500- kr.", "-500"),
        ("−500", "-500"),
        ("- 500", "-500"),
        ("+500", "500"),
        ("1 234 567,89", "1234567.89"),
        ("1\u00a0234\u202f567", "1234567"),
        (",5", "0.5"),
        ("0", "0"),
        ("-0", "0"),
        ("12 kr.", "12"),
        ("12 KR", "12"),
        ("DKK 12,50", "12.50"),
        ("12,50 DKK", "12.50"),
        ("50 t.kr.", "50000"),
        ("50tkr", "50000"),
        ("1,5 mio. kr.", "1500000"),
        ("0,25 mio kr", "250000"),
    ],
)
def test_a_number_is_read_as_danish(written, value):
    assert read_number(written) == Decimal(value)


@pytest.mark.parametrize(
    "written", ["1.5", "1234.50", "1,234.50", "1,234,567", "1234.567", "0.500", "1.23.456"]
)
def test_a_number_that_can_be_read_in_two_ways_is_not_guessed(written):
    assert rule_of(read_number, written) == "ambiguous_number"


@pytest.mark.parametrize(
    "written", ["abc", "5,", "12 34", "100 EUR", "1e5", "--5", "1-2", "kr.", "#REF!", "12 %"]
)
def test_what_is_no_number_is_said_to_be_none(written):
    assert rule_of(read_number, written) == "type"


def test_a_unit_in_the_cell_stands_instead_of_the_headings():
    thousands = heading_factor("Ansøgt beløb (t.kr.)")
    assert read_money("50", thousands) == Decimal("50000.00")
    assert read_money("50.000 kr.", thousands) == Decimal("50000.00")
    assert read_money("2 mio. kr.", thousands) == Decimal("2000000.00")


@pytest.mark.parametrize(
    ("heading", "factor"),
    [
        ("Ansøgt beløb", 1),
        ("Ansøgt beløb (kr.)", 1),
        ("Ansøgt beløb (t.kr.)", 1000),
        ("Ansøgt beløb (i tkr)", 1000),
        ("Ansøgt beløb (1.000 kr.)", 1000),
        ("Ansøgt beløb [mio. kr.]", 1_000_000),
        ("Rettefrist (dage)", 1),
    ],
)
def test_a_heading_says_what_it_multiplies_by(heading, factor):
    assert heading_factor(heading) == factor


def test_money_is_rounded_half_up_to_hundredths_and_has_a_limit():
    assert read_money("0,125") == Decimal("0.13")
    assert read_money("-0,125") == Decimal("-0.13")
    assert rule_of(read_money, "10.000.000.000.000.000") == "range"


def test_a_whole_number_may_have_decimals_of_nothing():
    assert read_integer("4,0") == 4
    assert read_integer("1.200") == 1200
    assert rule_of(read_integer, "4,5") == "type"


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_every_way_to_write_an_amount_gives_it_back(amount):
    danish = f"{abs(amount):,.2f}".replace(",", " ").replace(".", ",")
    sign = "-" if amount < 0 else ""
    for grouping in (".", " ", "\u00a0", ""):
        plain = danish.replace(" ", grouping)
        for written in (f"{sign}{plain}", f"{plain}{sign}", f"kr. {sign}{plain}", f" {sign}{plain} kr. "):
            assert read_money(written) == amount


@pytest.mark.parametrize(
    "written",
    [
        "2025-12-31",
        "2025-12-31 14:30:00",
        "2025-12-31T14:30",
        "31-12-2025",
        "31.12.2025",
        "31/12/2025",
        "31/12-2025",
        "31. 12. 2025",
        "31. dec. 2025",
        "31. december 2025",
        "31 December 2025",
        "31-dec-2025",
        "d. 31. december 2025 kl. 14.30",
        "onsdag den 31. december 2025",
        " 31‑12‑2025 ",
        "31.12.2025 23:59",
    ],
)
def test_a_date_is_read_day_first_and_its_time_dropped(written):
    assert read_date(written) == date(2025, 12, 31)


def test_the_day_comes_before_the_month():
    assert read_date("03/04/2025") == date(2025, 4, 3)


@pytest.mark.parametrize(
    ("written", "rule", "hint"),
    [
        ("31-12-25", "two_digit_year", ""),
        ("31. dec. 25", "two_digit_year", ""),
        ("31-02-2025", "type", "impossible_day"),
        ("2025-13-01", "type", "impossible_day"),
        ("29-02-2025", "type", "impossible_day"),
        ("45000", "type", "serial_number"),
        ("45000,5", "type", "serial_number"),
        ("20251231", "type", "date"),
        ("2025/12/31", "type", "date"),
        ("31.12.2025 25:10", "type", "date"),
        ("snart", "type", "date"),
        ("1025-01-01", "type", "early_year"),
    ],
)
def test_what_is_no_date_says_why(written, rule, hint):
    with pytest.raises(CellError) as caught:
        read_date(written)
    assert (caught.value.rule, caught.value.hint) == (rule, hint)


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


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2999, 12, 31)))
def test_every_notation_of_a_day_gives_it_back(day):
    month = MONTHS[day.month - 1]
    for written in (
        day.isoformat(),
        f"{day:%d-%m-%Y}",
        f"{day.day}.{day.month}.{day.year}",
        f"{day:%d/%m/%Y}",
        f"{day.day}/{day.month}-{day.year}",
        f"{day.day}. {month} {day.year}",
        f"{day.day}. {month[:3]}. {day.year} kl. 7.05",
    ):
        assert read_date(written) == day


def test_the_nights_the_clock_changes_have_a_date_too():
    for day in (date(2026, 3, 29), date(2026, 10, 25)):
        assert read_date(f"{day} 02:30") == day
        assert read_date(f"{day - timedelta(days=1)} 23:59:59") == day - timedelta(days=1)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("Bevilget", "granted"),
        (" BEVILGET ", "granted"),
        ("granted", "granted"),
        ("partly_granted", "partly_granted"),
        ("Partly granted", "partly_granted"),
        ("delvist  bevilget", "partly_granted"),
        ("Ansøgt", "submitted"),
        ("trukket tilbage", "withdrawn"),
        ("Bevilget\u200b", "granted"),
    ],
)
def test_a_label_is_known_in_any_case_and_language(written, value):
    assert read_enum(written, APPLICATION_STATUSES) == value


def test_a_label_in_capitals_or_with_its_accents_apart_is_the_same():
    assert read_enum("LÆRINGSNETVÆRK", NETWORK_TYPES) == "learning"
    assert read_enum("Velfa\u0308rd", (Choice("x", "Velfärd"),)) == "x"


@pytest.mark.parametrize(("written", "hint"), [("bevilgt", "Bevilget"), ("xyz", "")])
def test_an_unknown_label_is_answered_with_the_nearest(written, hint):
    with pytest.raises(CellError) as caught:
        read_enum(written, APPLICATION_STATUSES)
    assert (caught.value.rule, caught.value.hint) == ("enum", hint)


@pytest.mark.parametrize(
    "written",
    [
        "N-01",
        " n-01 ",
        "n‑01",
        "N–01",
        "N—01",
        "N−01",
        "Ｎ－０１",
        "\u202dN-01\u202c",
        "N\u200b-0\ufeff1",
        "N-\u00ad01",
    ],
)
def test_one_identifier_however_written(written):
    assert read_identifier(written) == "N-01"


def test_spaces_in_an_identifier_are_one_and_the_soft_hyphen_none():
    assert read_identifier(" enhed \u00a0\u2003 4 ") == "ENHED 4"
    assert read_identifier("N\u00ad01") == "N01"


def test_an_identifier_in_either_unicode_form_is_one():
    assert read_identifier("a\u030a1") == read_identifier("å1") == "Å1"


@given(st.text(max_size=40))
def test_reading_an_identifier_again_changes_nothing(text):
    once = read_identifier(text)
    assert read_identifier(once) == once


def test_lookalike_letters_have_a_latin_twin_and_danish_ones_none():
    assert latin_twin("\u0420-001") == "P-001"  # Cyrillic Er
    assert latin_twin("\u0391NNA") == "ANNA"  # Greek Alpha
    assert latin_twin("P-001") is None
    assert latin_twin("Æ-ØÅ") is None


@pytest.mark.parametrize(
    "written", [None, "", "   ", "\u00a0", "-", "–", "?", "n/a", "N/A", "Ved ikke", "\u200b"]
)
def test_a_cell_that_says_nothing_is_empty(written):
    assert is_empty(written)


@pytest.mark.parametrize("written", ["0", "nej", "--", "?-", "na"])
def test_a_cell_that_says_something_is_not(written):
    assert not is_empty(written)


@pytest.mark.parametrize(
    "written",
    [
        "Ansøgt beløb",
        "ansoegt_beloeb",
        "ANSØGT  BELØB:",
        "Ansøgt beløb (t.kr.)",
        "Ansøgt\nbeløb",
    ],
)
def test_a_heading_is_matched_however_written(written):
    assert fold_heading(written) == fold_heading("Ansøgt beløb")


def test_headings_match_without_accents_and_with_either_spelling_of_the_danish_letters():
    assert fold_heading("Idédato") == fold_heading("idedato")
    assert fold_heading("Målgruppe") == fold_heading("Maalgruppe") == fold_heading("ma\u030algruppe")
    assert fold_heading("Fond/pulje") == fold_heading("Fond – pulje")
    assert fold_heading("(Navn)") == "navn"
