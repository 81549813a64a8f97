"""Personal data in cells not meant for it: civil registration numbers, e-mail addresses, telephones.

A registration number rejects its row and is stored nowhere; an e-mail address or telephone number
empties its cell. Neither is ever repeated. Only text cells are asked about: a numeric cell is a
number, and a real date a date.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date

import polars as pl

from assets.raw.cells import clean_text

_DASH = "[-\u2010-\u2015\u2212]"
# Six digits that are a day, four more; not part of a longer number or of an amount with decimals.
_CPR = re.compile(
    rf"(?<![0-9])(?<![0-9][.,])([0-3][0-9])([01][0-9])([0-9]{{2}})(?:\s?{_DASH}\s?|\s)?([0-9]{{4}})(?![0-9]|[.,][0-9])"
)
_EMAIL = re.compile(r"[^\s@<>,;:()]+@[^\s@<>,;:()]+\.[^\W\d_]{2,}", re.IGNORECASE)
_EIGHT = r"[0-9](?:[ .-]?[0-9]){7}"
_WITH_COUNTRY = re.compile(rf"(?<![0-9])(?:\+|00)45[ .-]?(?:\(0\))?{_EIGHT}(?![0-9])")
_FOREIGN = re.compile(r"(?<![0-9])(?:\+|00)[1-9][0-9]{0,2}[ -](?:\(0\))?[0-9]+(?:[ -][0-9]+){1,5}(?![0-9])")
_GROUPED = re.compile(
    r"(?<![0-9.,-])[2-9][0-9](?:(?: [0-9]{2}){3}|(?:-[0-9]{2}){3}|[0-9]{2} [0-9]{4})(?![0-9.,-])"
)
_PLAIN = re.compile(r"(?<![0-9.,-])[2-9][0-9]{7}(?![0-9]|[.,-][0-9])")
_PHONE_WORD = re.compile(
    r"(?<![^\W\d_])(?:tlf|tel|telefon|telefonnr|telefonnummer|mobil|mobilnr|mobilnummer|mob|phone|ring|kald|sms|kontakt)"
    r"(?![^\W\d_])",
    re.IGNORECASE,
)
_COULD_HOLD_ANY = r"@|(?:\d\D*){8}"


def find_cpr(text: str) -> bool:
    """Whether the text holds a civil registration number.

    ``ddmmyy-nnnn`` with a day that exists in some century, with or without the hyphen.
    """
    return any(_is_day(int(day), int(month), int(year)) for day, month, year, _ in _CPR.findall(_plain(text)))


def find_contact(text: str, *, free_text: bool = False) -> bool:
    """Whether the text holds an e-mail address or a telephone number.

    Eight digits in a row are a telephone number only beside a word that says so (``tlf.``, ``ring``),
    since identifiers and amounts look the same.

    Args:
        free_text: The cell is for prose (a descriptive or unknown column): there eight digits in a
            row are taken for a telephone number without such a word too, unless they are a date.
    """
    plain = _plain(text)
    if _EMAIL.search(plain):
        return True
    if any(pattern.search(plain) for pattern in (_WITH_COUNTRY, _FOREIGN, _GROUPED)):
        return True
    if not _PLAIN.search(plain):
        return False
    if _PHONE_WORD.search(plain):
        return True
    return free_text and any(not _is_compact_date(found) for found in _PLAIN.findall(plain))


def cells_with_cpr(cells: pl.Series) -> pl.Series:
    """One boolean a text cell (null: false): whether it holds a civil registration number."""
    return _any_of(cells, find_cpr)


def cells_with_contact(cells: pl.Series, *, free_text: bool = False) -> pl.Series:
    """One boolean a text cell (null: false): whether it holds an e-mail address or telephone number."""
    return _any_of(cells, lambda text: find_contact(text, free_text=free_text))


def _any_of(cells: pl.Series, test: Callable[[str], bool]) -> pl.Series:
    # Few cells have eight digits or an @: only those, each once, meet the exact test.
    likely = cells.filter(cells.str.contains(_COULD_HOLD_ANY).fill_null(False)).unique()
    found = [text for text in likely.to_list() if test(text)]
    return cells.is_in(found).fill_null(False).alias(cells.name)


def _plain(text: str) -> str:
    return clean_text(unicodedata.normalize("NFKC", text))


def _is_day(day: int, month: int, year: int) -> bool:
    """Whether the day exists in the year yy of 1800s, 1900s or 2000s."""
    for century in (1800, 1900, 2000):
        try:
            date(century + year, month, day)
        except ValueError:
            continue
        return True
    return False


def _is_compact_date(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return 1900 <= int(digits[:4]) <= 2100
