"""How a foreign list writes dates and numbers, by the words a mapping file may use."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

from assets.raw.cells import clean_text

DATE_FORMS = {
    "day first": "day first",
    "dag først": "day first",
    "month first": "month first",
    "måned først": "month first",
    "year first": "year first",
    "år først": "year first",
    "serial number": "serial number",
    "serienummer": "serial number",
}
NUMBER_FORMS = {"comma": "comma", "komma": "comma", "point": "point", "punktum": "point"}
_PARTS = re.compile(r"([0-9]{1,4})[-/. ]+([0-9]{1,2})[-/. ]+([0-9]{1,4})(?:[ T].*)?")
_PLACES = {"day first": (2, 1, 0), "month first": (2, 0, 1), "year first": (0, 1, 2)}
_DIRECTIVES = re.compile(r"%(?:[dmYybBHMSj%])")
_POINT = re.compile(r"[-+]?(?:[0-9]{1,3}(?:[, ][0-9]{3})+|[0-9]+)?(?:\.[0-9]+)?")
_FIRST_SERIAL, _EPOCH = 61, date(1899, 12, 30)  # from the day after the one that never was


def is_date_form(form: str) -> bool:
    """Whether a form of dates is known: one of ``DATE_FORMS``, or a pattern such as ``%m/%d/%y``."""
    return form in DATE_FORMS or (
        bool(_DIRECTIVES.search(form)) and "%" not in _DIRECTIVES.sub("", form) and _names_a_day(form)
    )


def _names_a_day(form: str) -> bool:
    found = set(_DIRECTIVES.findall(form))
    return bool(found & {"%Y", "%y"}) and (
        ("%d" in found and bool(found & {"%m", "%b", "%B"})) or "%j" in found
    )


def date_reader(form: str) -> Callable[[str], str]:
    """A reader that gives the ISO date of a cell of this form, and the cell itself where it is none."""

    def read(text: str) -> str:
        day = _read_date(clean_text(text), form)
        return text if day is None else day.isoformat()

    return read


def _read_date(text: str, form: str) -> date | None:
    known = DATE_FORMS.get(form)
    try:
        if known is None:
            return datetime.strptime(text, form).date()
        if known == "serial number":
            number = int(text.split(",", maxsplit=1)[0])
            return _EPOCH + timedelta(days=number) if _FIRST_SERIAL <= number < 100_000 else None
        parts = _PARTS.fullmatch(text)
        if parts is None:
            return None
        year, month, day = (parts[place + 1] for place in _PLACES[known])
        return date(int(year), int(month), int(day)) if len(year) == 4 else None
    except ValueError:
        return None


def number_reader(form: str) -> Callable[[str], str]:
    """A reader that gives a number as a Danish cell has it, and the cell itself where it is none."""
    if NUMBER_FORMS.get(form) != "point":
        return lambda text: text

    def read(text: str) -> str:
        compact = clean_text(text)
        if not compact or not _POINT.fullmatch(compact):
            return text
        return compact.replace(",", "").replace(" ", "").replace(".", ",")

    return read
