"""Readers of one cell's text: numbers, dates, closed lists, identifiers and headings.

Pure functions on text as ``raw`` keeps it: a text cell as written, a numeric cell with a decimal
comma and no thousands separator, a real date as ``2025-12-31``. One set of rules reads them all.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from assets.contract import Choice


class CellError(ValueError):
    """A cell that cannot be read as its column's type.

    Attributes:
        rule: Rule name of the contract: ``type``, ``ambiguous_number``, ``two_digit_year``,
            ``range`` or ``enum``.
        text: The cell as written.
        hint: What is the matter, as a word ``accepted.messages`` knows (``impossible_day``), or for
            a closed list the label that is nearest; empty where nothing more can be said.
    """

    def __init__(self, rule: str, text: str, hint: str = "") -> None:
        super().__init__(f"{rule}: {hint}" if hint else rule)
        self.rule = rule
        self.text = text
        self.hint = hint


# Characters that take no room and say nothing: format characters (category Cf) and these others.
_INVISIBLE = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0]")
_HYPHENS = re.compile(
    "[\u2010-\u2015\u2043\u2053\u2212\u02d7\u058a\u05be\u1806\u2e3a\u2e3b\ufe58\ufe63\uff0d]"
)
_EMPTY = frozenset({"", "-", "?", "n/a", "ved ikke"})

_UNITS = {
    Decimal(1): r"kr\.?|dkk|kroner",
    Decimal(1_000): r"t\.?\s?kr\.?|t\.?\s?dkk|tusind(?:e)?(?:\s(?:kr\.?|kroner|dkk))?",
    Decimal(1_000_000): r"mio\.?(?:\s?(?:kr\.?|kroner|dkk))?|mill?\.?\s?(?:kr\.?|kroner|dkk)|m\.?dkk",
}
_UNIT = "|".join(f"(?P<u{power}>{words})" for power, words in enumerate(_UNITS.values()))
_UNIT_BEFORE = re.compile(rf"^(?:{_UNIT})\s?(?=[-+0-9,])", re.IGNORECASE)
_UNIT_AFTER = re.compile(rf"(?<=[-0-9\s])(?:{_UNIT})$", re.IGNORECASE)
_DANISH_NUMBER = re.compile(
    r"(?:[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[1-9][0-9]{0,2}(?: [0-9]{3})+|[0-9]+)?(?:,[0-9]+)?"
)
_OTHER_NUMBER = re.compile(r"[0-9.,' ]*[0-9][0-9.,' ]*")
_MONEY_LIMIT = Decimal(10) ** 16  # DECIMAL(18,2)

_MONTHS = (
    ("januar", "january", "jan"),
    ("februar", "february", "feb"),
    ("marts", "march", "mar"),
    ("april", "apr"),
    ("maj", "may"),
    ("juni", "june", "jun"),
    ("juli", "july", "jul"),
    ("august", "aug"),
    ("september", "sept", "sep"),
    ("oktober", "october", "okt", "oct"),
    ("november", "nov"),
    ("december", "dec"),
)
_MONTH_NUMBER = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}
_MONTH = "|".join(sorted(_MONTH_NUMBER, key=len, reverse=True))
_TIME = (
    r"(?:(?:\s+|(?<=\d)T)(?:kl\.?\s*)?"
    r"(?:[01]?[0-9]|2[0-4])[:.][0-5][0-9](?:[:.][0-5][0-9](?:[.,][0-9]+)?)?)?"
)
_DATES = (
    re.compile(rf"(?P<y>[0-9]{{4}})-(?P<m>[0-9]{{1,2}})-(?P<d>[0-9]{{1,2}}){_TIME}", re.IGNORECASE),
    re.compile(
        r"(?P<d>[0-9]{1,2})(?:(?P<s>[-./])\s?(?P<m>[0-9]{1,2})(?P=s)|/(?P<m2>[0-9]{1,2})[- ])"
        rf"\s?(?P<y>[0-9]{{4}}|[0-9]{{2}}){_TIME}",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:(?:man|tirs|ons|tors|fre|lør|søn)dag,?\s+)?(?:den\s|d\.\s?)?"
        rf"(?P<d>[0-9]{{1,2}})(?:\.\s?|\s|-)(?P<month>{_MONTH})(?:\.\s?|\s|-)"
        rf"(?P<y>[0-9]{{4}}|[0-9]{{2}}){_TIME}",
        re.IGNORECASE,
    ),
)
_FIRST_YEAR = 1900  # the first year a spreadsheet's own dates know

# Letters of other alphabets drawn like Latin capitals (identifiers are upper-cased first).
_LOOKALIKES = str.maketrans(
    "АВСЕНІЈКМОРЅТУХԚԜҮӀΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹꞪᎪᏴᏟᎠᎬᎻᎫᏦᎷᎾᏢᎡᏚᎢᏙᎳᏃ",
    "ABCEHIJKMOPSTYXQWYIABEZHIKMNOPTYXCHABCDEHJKMOPRSTVWZ",
)


def clean_text(text: str) -> str:
    """Text without invisible and direction characters, runs of spaces as one, trimmed, in NFC."""
    if text.isascii():
        return " ".join(text.split())
    visible = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    visible = "".join(letter for letter in visible if unicodedata.category(letter) != "Cf")
    return " ".join(visible.split())


def is_empty(text: str | None) -> bool:
    """Whether a cell says nothing: blank, ``-``, ``?``, ``n/a`` or ``ved ikke``."""
    if text is None:
        return True
    return _HYPHENS.sub("-", clean_text(text)).casefold() in _EMPTY


def read_identifier(text: str) -> str:
    """The identifier as it is compared: ``N-01``, `` n-01 `` and ``n‑01`` are one.

    NFKC, invisible and direction characters dropped (the soft hyphen is one), every kind of hyphen
    one hyphen, any run of spaces one space, trimmed, upper-cased. Reading it again changes nothing.
    """
    if text.isascii():
        return " ".join(text.split()).upper()
    folded = unicodedata.normalize("NFKC", clean_text(unicodedata.normalize("NFKC", text)).upper())
    return " ".join(_HYPHENS.sub("-", clean_text(folded)).split())


def latin_twin(identifier: str) -> str | None:
    """The identifier with look-alike letters of other alphabets made Latin; none where it has none."""
    if identifier.isascii():
        return None
    twin = identifier.upper().translate(_LOOKALIKES)
    return twin if twin != identifier.upper() else None


def read_number(text: str, heading_factor: Decimal = Decimal(1)) -> Decimal:
    """Read a number as a Danish spreadsheet writes it, with or without ``kr.`` around it.

    Args:
        text: A cell: ``1.234.567,89``, ``50.000,-``, ``500-``, ``kr. 12``, ``1,5 mio. kr.``.
        heading_factor: What the heading multiplies by (``heading_factor``). A unit in the cell
            itself stands instead of it.

    Returns:
        The exact value, multiplied.

    Raises:
        CellError: ``ambiguous_number`` for a dot not followed by groups of three digits (``1.5``),
            ``type`` for anything else that is no number.
    """
    compact = _HYPHENS.sub("-", clean_text(unicodedata.normalize("NFKC", text)))
    compact, factor = _without_units(compact, text)
    compact = compact.removesuffix(",-").removesuffix(",--").strip()
    negative = False
    if compact.endswith("-"):  # the accounting system writes its minus last
        negative, compact = True, compact[:-1].rstrip()
    elif compact[:1] in ("-", "+"):
        negative, compact = compact[0] == "-", compact[1:].lstrip()
    if compact and _DANISH_NUMBER.fullmatch(compact):
        value = Decimal(compact.replace(".", "").replace(" ", "").replace(",", "."))
        value *= heading_factor if factor is None else factor
        return -value if negative and value else value
    if _OTHER_NUMBER.fullmatch(compact) and ("." in compact or compact.count(",") > 1):
        raise CellError("ambiguous_number", text)
    raise CellError("type", text, "number")


def _without_units(compact: str, text: str) -> tuple[str, Decimal | None]:
    """The number without kr./t.kr./mio. kr. before or after it, and what they multiply by, if any."""
    factors: list[Decimal] = []
    for pattern in (_UNIT_BEFORE, _UNIT_AFTER):
        if found := pattern.search(compact):
            compact = (compact[: found.start()] + compact[found.end() :]).strip()
            power = next(name for name, value in found.groupdict().items() if value)
            factors.append(tuple(_UNITS)[int(power[1:])])
    named = [factor for factor in factors if factor != 1]
    if len(named) > 1:
        raise CellError("type", text, "number")
    return compact, next(iter(named or factors), None)


def read_money(text: str, heading_factor: Decimal = Decimal(1)) -> Decimal:
    """An amount, rounded half up to two decimals. Raises :class:`CellError` as :func:`read_number`."""
    value = read_number(text, heading_factor).quantize(Decimal("0.01"), ROUND_HALF_UP)
    if abs(value) >= _MONEY_LIMIT:
        raise CellError("range", text, "too_large")
    return value


def read_integer(text: str) -> int:
    """A whole number; ``4,0`` is one. Raises :class:`CellError` as :func:`read_number`."""
    value = read_number(text)
    if value != value.to_integral_value():
        raise CellError("type", text, "integer")
    if abs(value) >= 2**31:
        raise CellError("range", text, "too_large")
    return int(value)


def read_date(text: str) -> date:
    """Read a date as an office writes it, day first; a time of day is dropped.

    ``2025-12-31``, ``31-12-2025``, ``31.12.2025``, ``31/12/2025``, ``31/12-2025``, ``31. dec. 2025``,
    ``d. 31. december 2025 kl. 14.30``.

    Raises:
        CellError: ``two_digit_year`` for ``31-12-25``; ``type`` for a day that does not exist
            (hint ``impossible_day``), a serial number (``serial_number``) or no date (``date``).
    """
    cell = _HYPHENS.sub("-", clean_text(unicodedata.normalize("NFKC", text)))
    found = next((match for form in _DATES if (match := form.fullmatch(cell))), None)
    if found is None:
        serial = cell.replace(",", "").isdigit() and len(cell.split(",")[0]) == 5
        raise CellError("type", text, "serial_number" if serial else "date")
    parts = found.groupdict()
    if len(parts["y"]) == 2:
        raise CellError("two_digit_year", text)
    named = parts.get("month")
    month = _MONTH_NUMBER[named.lower()] if named else int(parts.get("m") or parts.get("m2") or 0)
    try:
        day = date(int(parts["y"]), month, int(parts["d"]))
    except ValueError as error:
        raise CellError("type", text, "impossible_day") from error
    if day.year < _FIRST_YEAR:
        raise CellError("type", text, "early_year")
    return day


def fold_label(text: str) -> str:
    """A label without regard to case, spaces around and invisible characters."""
    return _HYPHENS.sub("-", clean_text(unicodedata.normalize("NFKC", text))).casefold()


@lru_cache(maxsize=256)
def labels_of(choices: tuple[Choice, ...]) -> Mapping[str, str]:
    """Folded label to canonical value: Danish label, canonical, canonical with spaces, other labels."""
    return {
        fold_label(label): choice.value
        for choice in choices
        for label in (*choice.aliases, choice.label_en, choice.value, choice.label)
    }


def read_enum(text: str, choices: tuple[Choice, ...]) -> str:
    """The canonical value of a closed list's label.

    Raises:
        CellError: ``enum``; the hint is the Danish label nearest to what was written, if one is near.
    """
    labels = labels_of(choices)
    folded = fold_label(text)
    if folded in labels:
        return labels[folded]
    near = nearest(folded, labels)
    hint = next((choice.label for choice in choices if near and choice.value == labels[near]), "")
    raise CellError("enum", text, hint)


def nearest(word: str, among: Iterable[str]) -> str | None:
    """The word of ``among`` most like ``word``, where one is near enough to be meant."""
    import difflib

    matches = difflib.get_close_matches(word, list(among), n=1, cutoff=0.75)
    return matches[0] if matches else None


_IN_PARENTHESES = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_DANISH_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "œ": "oe", "ß": "ss"})
_THOUSAND_IN_HEADING = re.compile(r"\b1[. ]?000\s?(?:kr|dkk|kroner)", re.IGNORECASE)


def fold_heading(text: str) -> str:
    """A heading or sheet name as it is matched.

    Without regard to case, accents, spacing, punctuation, units in parentheses, or whether æ, ø, å
    are written ae, oe, aa: ``Ansøgt beløb (t.kr.)`` and ``ANSOEGT  BELOEB`` are one.
    """
    outside = _IN_PARENTHESES.sub(" ", clean_text(text))
    if not any(letter.isalnum() for letter in outside):
        outside = text
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", outside).casefold())
    plain = unicodedata.normalize("NFKD", folded.translate(_DANISH_LETTERS))
    return "".join(letter for letter in plain if letter.isalnum())


def heading_factor(heading: str) -> Decimal:
    """What a heading multiplies its numbers by: 1,000 for ``(t.kr.)``, 1,000,000 for ``(mio. kr.)``, else 1.

    ``(1.000 kr.)`` is read as thousands too: that is how budgets write it.
    """
    for inside in _IN_PARENTHESES.findall(clean_text(heading)):
        words = inside[1:-1].strip().removeprefix("i ").strip()
        if _THOUSAND_IN_HEADING.search(words):
            return Decimal(1_000)
        for factor, pattern in _UNITS.items():
            if re.fullmatch(pattern, words, re.IGNORECASE):
                return factor
    return Decimal(1)
