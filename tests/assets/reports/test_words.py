"""Numbers, dates and grammar, as readers write them."""

from datetime import date
from decimal import Decimal

import pytest

from assets.reports.words import Words, unbroken

DA, EN = Words("da"), Words("en")


def test_danish_numbers_have_points_for_thousands_and_a_comma():
    assert DA.number(1234567.5, 1) == "1.234.567,5"
    assert EN.number(1234567.5, 1) == "1,234,567.5"


@pytest.mark.parametrize(("value", "text"), [(0.5, "1"), (1.5, "2"), (2.5, "3"), (2.4999, "2"), (-0.2, "0")])
def test_numbers_are_rounded_as_people_round_and_never_minus_zero(value, text):
    assert DA.number(value) == text


def test_money_is_exact_beyond_what_a_float_can_hold():
    assert DA.number(Decimal("9007199254740993.00")) == "9.007.199.254.740.993"


def test_a_missing_number_is_a_dash_and_never_zero():
    assert [DA.number(None), DA.percent(None), DA.kroner(None), DA.share(None, None, None)] == ["—"] * 4


def test_danish_per_cent_stands_apart_by_a_space_that_does_not_break():
    assert DA.percent(0.625) == "63\N{NO-BREAK SPACE}%"
    assert EN.percent(0.625) == "63%"


def test_kroner_are_written_as_each_language_does():
    assert DA.kroner(1250000) == "1.250.000\N{NO-BREAK SPACE}kr."
    assert EN.kroner(1250000) == "DKK\N{NO-BREAK SPACE}1,250,000"
    assert DA.kroner_short(1250000) == "1,3\N{NO-BREAK SPACE}mio.\N{NO-BREAK SPACE}kr."
    assert DA.kroner_short(999999) == "999.999\N{NO-BREAK SPACE}kr."


def test_a_share_of_fewer_than_five_reads_as_a_count():
    assert DA.share(2, 3, 2 / 3) == "2\N{NO-BREAK SPACE}af\N{NO-BREAK SPACE}3"
    assert "%" not in EN.share(4, 4, 1.0)


def test_a_share_of_five_or_more_says_what_it_rests_on():
    assert DA.share(8, 13, 8 / 13).replace("\N{NO-BREAK SPACE}", " ") == "62 % (8 af 13)"


@pytest.mark.parametrize(
    ("value", "da", "en"),
    [
        (0, "ingen løsninger", "no solutions"),
        (1, "1 løsning", "1 solution"),
        (2, "2 løsninger", "2 solutions"),
    ],
)
def test_a_noun_follows_its_number(value, da, en):
    assert DA.count(value, "solution").replace("\N{NO-BREAK SPACE}", " ") == da
    assert EN.count(value, "solution").replace("\N{NO-BREAK SPACE}", " ") == en


@pytest.mark.parametrize(
    ("name", "da", "en"), [("Fjordby", "Fjordbys", "Fjordby's"), ("Aarhus", "Aarhus'", "Aarhus'")]
)
def test_a_name_in_the_genitive(name, da, en):
    assert (DA.genitive(name), EN.genitive(name)) == (da, en)


def test_days_and_quarters_are_written_out():
    assert DA.day(date(2026, 9, 30)) == "30. september 2026"
    assert EN.day(date(2026, 9, 30)) == "30 September 2026"
    assert DA.short_day(date(2026, 3, 5)) == "05-03-2026"
    assert (DA.quarter("2026Q3"), EN.quarter("2026Q3")) == ("3. kvartal 2026", "third quarter of 2026")


def test_a_half_year_is_a_season():
    assert (DA.season("2025H1"), EN.season("2025H2")) == ("forår 2025", "autumn 2025")


def test_things_in_a_row_end_with_og():
    assert [DA.listing(items) for items in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a og b",
        "a, b og c",
    ]


def test_a_sentence_that_ends_in_an_abbreviation_takes_no_second_full_stop():
    assert DA.prose([f"Der er {DA.kroner(5)}.", "Det er alt."]).endswith("kr. Det er alt.")


def test_another_language_is_refused():
    with pytest.raises(ValueError, match="sv"):
        Words("sv")


@pytest.mark.parametrize(
    ("value", "noun", "da", "en"),
    [
        (0, "test", "ingen tests", "no tests"),
        (1, "test", "én test", "one test"),
        (1, "network", "ét netværk", "one network"),
        (12, "solution", "tolv løsninger", "twelve solutions"),
        (13, "solution", "13 løsninger", "13 solutions"),
        (2.5, "solution", "3 løsninger", "3 solutions"),
    ],
)
def test_a_text_writes_small_numbers_in_letters(value, noun, da, en):
    assert DA.told(value, noun).replace("\N{NO-BREAK SPACE}", " ") == da
    assert EN.told(value, noun).replace("\N{NO-BREAK SPACE}", " ") == en


def test_a_long_row_of_things_names_the_first_and_counts_the_others():
    assert DA.some(list("abcde")) == "a, b, c, d og e"
    assert DA.some(list("abcdef")).replace("\N{NO-BREAK SPACE}", " ") == "a, b, c, d og 2 andre"
    assert EN.some(["a"]) == "a"


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("startet 1. september 2022", "startet 1._september 2022"),
        ("3. kvartal 2026 og 2. kv. 26", "3._kvartal 2026 og 2._kv. 26"),
        ("30 September 2026, 3 Mayors", "30_September 2026, 3 Mayors"),
        ("1. sal", "1. sal"),
    ],
)
def test_a_day_and_its_month_stay_on_one_line(text, held):
    assert unbroken(text).replace("\N{NO-BREAK SPACE}", "_") == held
