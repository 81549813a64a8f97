"""Numbers, dates and grammar as a reader writes them: Danish first, and English.

Everything here turns a value that was computed in ``sql/`` into text; nothing is computed.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Literal

from babel.dates import format_date, get_month_names
from babel.numbers import format_decimal

Number = float | int | Decimal
LANGUAGES = ("da", "en")
LOCALES = {"da": "da_DK", "en": "en_GB"}
CHART_LOCALES: dict[str, Literal["da-DK", "en-GB"]] = {"da": "da-DK", "en": "en-GB"}
SMALL = 5
"""Below this many, a share reads as a count: ``2 af 3``."""

NOUNS = {
    "answer": ("svar", "svar", "answer", "answers"),
    "application": ("ansøgning", "ansøgninger", "application", "applications"),
    "assessment": ("vurdering", "vurderinger", "assessment", "assessments"),
    "area": ("forvaltning", "forvaltninger", "administration", "administrations"),
    "dialogue": ("politisk drøftelse", "politiske drøftelser", "political dialogue", "political dialogues"),
    "duty": ("ansvar", "ansvar", "responsibility", "responsibilities"),
    "goal": ("mål", "mål", "goal", "goals"),
    "idea": ("idé", "idéer", "idea", "ideas"),
    "leader": ("leder", "ledere", "manager", "managers"),
    "measurement": ("måling", "målinger", "measurement", "measurements"),
    "network": ("netværk", "netværk", "network", "networks"),
    "person": ("menneske", "mennesker", "person", "people"),
    "phase": ("fase", "faser", "phase", "phases"),
    "place": ("sted", "steder", "place", "places"),
    "record": ("registrering", "registreringer", "record", "records"),
    "result": ("resultat", "resultater", "result", "results"),
    "row": ("række", "rækker", "row", "rows"),
    "solution": ("løsning", "løsninger", "solution", "solutions"),
    "test": ("test", "tests", "test", "tests"),
    "time": ("gang", "gange", "time", "times"),
}
NEUTER = frozenset(("answer", "duty", "goal", "network", "person", "place", "result"))
"""The Danish nouns of these are neuter: ``ét netværk``, ``én løsning``."""
IN_WORDS = {
    "da": ("to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve", "tolv"),
    "en": ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
}
"""From two up: what a text writes in letters."""
_NO = {"da": "ingen", "en": "no"}
_OF = {"da": "af", "en": "of"}
_AND = {"da": "og", "en": "and"}
_NBSP = "\N{NO-BREAK SPACE}"
_SIBILANTS = ("s", "x", "z")
_MONTHS = "|".join(
    [get_month_names(locale="da_DK")[number] for number in range(1, 13)]
    + [get_month_names(locale="en_GB")[number] for number in range(1, 13)]
)
_HELD = re.compile(rf"\b(\d{{1,2}}\.?) (?=(?:{_MONTHS}|kvartal)\b|kv\.)")


@lru_cache(maxsize=4096)
def _formatted(value: Decimal, pattern: str, locale: str) -> str:
    return str(format_decimal(value, format=pattern, locale=locale))


@dataclass(frozen=True)
class Words:
    """How one language writes things.

    Attributes:
        lang: ``da`` or ``en``.
    """

    lang: str

    def __post_init__(self) -> None:
        if self.lang not in LANGUAGES:
            raise ValueError(f"no such language: {self.lang}")

    @property
    def locale(self) -> str:
        """Babel's name of the language and country."""
        return LOCALES[self.lang]

    def pick(self, da: str, en: str) -> str:
        """The one of two texts that is in this language."""
        return da if self.lang == "da" else en

    def number(self, value: Number | None, decimals: int = 0) -> str:
        """A number with at most so many decimals; an em dash where there is none."""
        if value is None:
            return "—"
        pattern = "#,##0" + ("." + "#" * decimals if decimals else "")
        exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        return _formatted(round_half_up(exact, decimals), pattern, self.locale)

    def measured(self, value: Number | None) -> str:
        """A measured number with the decimals it was given, at most four."""
        return self.number(value, 4)

    def percent(self, value: Number | None) -> str:
        """A share of 0-1 as whole per cent, Danish with a space before the sign."""
        if value is None:
            return "—"
        return self.number(value * 100) + (_NBSP + "%" if self.lang == "da" else "%")

    def kroner(self, value: Number | None) -> str:
        """Whole kroner: ``1.250.000 kr.``, ``DKK 1,250,000``."""
        if value is None:
            return "—"
        number = self.number(value).replace(" ", _NBSP)
        return f"{number}{_NBSP}kr." if self.lang == "da" else f"DKK{_NBSP}{number}"

    def kroner_short(self, value: Number | None) -> str:
        """Kroner for a headline, in millions from one million up: ``1,3 mio. kr.``."""
        if value is None or abs(float(value)) < 1_000_000:
            return self.kroner(value)
        millions = self.number(Decimal(str(value)) / 1_000_000, 1)
        if self.lang == "da":
            return f"{millions}{_NBSP}mio.{_NBSP}kr."
        return f"DKK{_NBSP}{millions}{_NBSP}million"

    def of(self, numerator: Number | None, denominator: Number | None) -> str:
        """A count of a whole: ``2 af 3``."""
        if numerator is None or denominator is None:
            return "—"
        return f"{self.number(numerator)}{_NBSP}{_OF[self.lang]}{_NBSP}{self.number(denominator)}"

    def share(self, numerator: Number | None, denominator: Number | None, value: Number | None) -> str:
        """A share with what it rests on; as a count alone below five: ``62 % (8 af 13)``, ``2 af 3``."""
        if numerator is None or denominator is None or value is None or denominator < SMALL:
            return self.of(numerator, denominator)
        return f"{self.percent(value)} ({self.of(numerator, denominator)})"

    def estimate(self, value: Number | None, n: Number | None) -> str:
        """A share that is no count of a whole; below five it says of how few: ``67 % (af 3)``."""
        if value is None or n is None or n >= SMALL:
            return self.percent(value)
        return f"{self.percent(value)} ({_OF[self.lang]}{_NBSP}{self.number(n)})"

    def between(self, lower: Number | None, upper: Number | None) -> str:
        """Bounds of a share: ``35 til 88 %``; an em dash where there are none."""
        if lower is None or upper is None:
            return "—"
        to = self.pick("til", "to")
        return f"{self.number(lower * 100)}{_NBSP}{to}{_NBSP}{self.percent(upper)}"

    def count(self, value: Number | None, noun: str) -> str:
        """A count with its noun in the right number: ``1 løsning``, ``ingen løsninger``."""
        da_one, da_many, en_one, en_many = NOUNS[noun]
        one, many = (da_one, da_many) if self.lang == "da" else (en_one, en_many)
        if value is None:
            return f"— {many}"
        if value == 0:
            return f"{_NO[self.lang]} {many}"
        return f"{self.number(value)}{_NBSP}{one if value == 1 else many}"

    def told(self, value: Number | None, noun: str) -> str:
        """A count within a text, up to twelve in letters: ``én gang``, ``tre idéer``, ``19 idéer``."""
        letters = self.in_letters(value, noun)
        return f"{letters}{_NBSP}{self.noun(value, noun)}" if letters else self.count(value, noun)

    def times(self, value: int | float) -> str:
        """How often: ``én gang``, ``to gange``; ``once``, ``twice``, ``three times``."""
        if self.lang == "en" and value in (1, 2):
            return "once" if value == 1 else "twice"
        return self.told(value, "time")

    def told_number(self, value: Number | None, noun: str) -> str:
        """As ``told``, without the noun: ``tre``, ``19``, ``ingen``."""
        if value == 0:
            return _NO[self.lang] if self.lang == "da" else "none"
        return self.in_letters(value, noun) or self.number(value)

    def in_letters(self, value: Number | None, noun: str) -> str:
        """A whole number from one to twelve in letters; empty for any other."""
        if value is None or value != int(value) or not 1 <= value <= 12:
            return ""
        if value == 1:
            return self.pick("ét" if noun in NEUTER else "én", "one")
        return IN_WORDS[self.lang][int(value) - 2]

    def noun(self, value: Number | None, noun: str) -> str:
        """The noun alone, in the number that fits the value."""
        da_one, da_many, en_one, en_many = NOUNS[noun]
        one, many = (da_one, da_many) if self.lang == "da" else (en_one, en_many)
        return one if value == 1 else many

    def day(self, value: date | None) -> str:
        """A day written out: ``30. september 2026``, ``30 September 2026``."""
        if value is None:
            return "—"
        return format_date(value, "d. MMMM y" if self.lang == "da" else "d MMMM y", locale=self.locale)

    def short_day(self, value: date | None) -> str:
        """A day in a table: ``30-09-2026``, ``30 Sep 2026``."""
        if value is None:
            return "—"
        return format_date(value, "dd-MM-y" if self.lang == "da" else "d MMM y", locale=self.locale)

    def quarter(self, period: str) -> str:
        """A quarter written out: ``3. kvartal 2026``, ``third quarter of 2026``."""
        year, number = period[:4], int(period[5:])
        if self.lang == "da":
            return f"{number}. kvartal {year}"
        return f"{('first', 'second', 'third', 'fourth')[number - 1]} quarter of {year}"

    def short_quarter(self, period: str) -> str:
        """A quarter on an axis: ``3. kv. 26``, ``Q3 26``."""
        year, number = period[2:4], period[5:]
        return f"{number}. kv. {year}" if self.lang == "da" else f"Q{number} {year}"

    def season(self, season: str) -> str:
        """A half-year by its season: ``forår 2025``, ``autumn 2025``."""
        spring = season.endswith("H1")
        name = self.pick("forår", "spring") if spring else self.pick("efterår", "autumn")
        return f"{name} {season[:4]}"

    def genitive(self, name: str) -> str:
        """A name in the genitive: ``Havnbys``, ``Aarhus'``; ``Havnby's``, ``Aarhus'``."""
        if name.lower().endswith(_SIBILANTS):
            return f"{name}'"
        return f"{name}s" if self.lang == "da" else f"{name}'s"

    def listing(self, items: list[str]) -> str:
        """Things in a row: ``a, b og c``."""
        if len(items) < 2:
            return "".join(items)
        return f"{', '.join(items[:-1])} {_AND[self.lang]} {items[-1]}"

    def prose(self, sentences: list[str]) -> str:
        """Sentences as one paragraph; an abbreviation at the end of one takes no second full stop."""
        return " ".join(sentences).replace("..", ".")

    def sentence(self, text: str) -> str:
        """The text with its first letter large."""
        return text[:1].upper() + text[1:]

    def title(self, text: str | None) -> str:
        """A title within a text, set apart: ``»Skoledage, der bevæger sig«``; empty where there is none."""
        return self.pick(f"»{text}«", f"“{text}”") if text else ""

    def some(self, items: list[str], most: int = 4) -> str:
        """Things in a row, of many only the first: ``a, b, c, d og 3 andre``."""
        rest = len(items) - most
        if rest < 2:
            return self.listing(items)
        others = self.pick("andre", "others")
        return self.listing([*items[:most], f"{self.number(rest)}{_NBSP}{others}"])


def unbroken(text: str) -> str:
    """The text with a day and its month, and a quarter and its word, held on one line."""
    return _HELD.sub(lambda found: found.group(1) + _NBSP, text)


def round_half_up(value: Decimal, decimals: int = 0) -> Decimal:
    """The value rounded as people round, away from zero at the half; never minus zero."""
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP) + 0
