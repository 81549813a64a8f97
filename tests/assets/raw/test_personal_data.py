"""Registration numbers, e-mail addresses and telephone numbers; and what only looks like them."""

import polars as pl
import pytest

from assets.raw.personal_data import cells_with_contact, cells_with_cpr, find_contact, find_cpr

# Numbers of days that exist; nobody's.
NUMBERS = [
    "010190-0000",
    "0101900000",
    "310199 0000",
    "010190‑0000",
    "CPR: 290200-0000.",
    "\u200b0101\u200b90-0000",
]


@pytest.mark.parametrize("text", NUMBERS)
def test_a_registration_number_is_found(text):
    assert find_cpr(text)


@pytest.mark.parametrize(
    "text",
    [
        "320190-0000",  # no such day
        "011390-0000",
        "300299-0000",
        "010190-000",
        "010190-00000",
        "5010190-0000",
        "0101900000,50",
        "1.010.190,00",
        "2025-12-31",
        "31-12-2025",
        "010125-311225",
        "N-01",
        "5790000123456",  # a location number
        "",
    ],
)
def test_what_only_looks_like_a_registration_number_is_left(text):
    assert not find_cpr(text)


@pytest.mark.parametrize(
    "text",
    [
        "post@kommune.dk",
        "Skriv til Post.Kasse+net@by.kommune.dk.",
        "+45 20304050",
        "+4520304050",
        "0045 20 30 40 50",
        "tlf. 20304050",
        "Ring på 2030 4050",
        "20 30 40 50",
        "20-30-40-50",
        "mobil: 20304050",
        "+46 70 123 45 67",
    ],
)
def test_an_address_or_telephone_number_is_found(text):
    assert find_contact(text)


@pytest.mark.parametrize(
    "text",
    [
        "25.000.000",
        "25000000",
        "25000000,50",
        "1 234 567",
        "12 345 678,00",
        "31-12-2025",
        "2025-12-31",
        "31/12-2025 14:30",
        "N-01",
        "P-20304050",
        "+45000000",
        "@omtale",
        "fase 2 @ 3",
        "20 30 40",
        "kr. 20.304.050,-",
    ],
)
def test_dates_amounts_and_ids_are_left(text):
    assert not find_contact(text)


def test_in_prose_eight_digits_are_a_telephone_number_unless_they_are_a_day():
    assert find_contact("Aftalt med 20304050", free_text=True)
    assert not find_contact("Aftalt med 20304050")
    assert not find_contact("Aftalt 20251231", free_text=True)


def test_whole_columns_are_asked_at_once():
    cells = pl.Series("c", ["010190-0000", None, "N-01", "tlf. 20304050", "a@b.dk"])
    assert cells_with_cpr(cells).to_list() == [True, False, False, False, False]
    assert cells_with_contact(cells).to_list() == [False, False, False, True, True]
