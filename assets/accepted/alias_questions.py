"""Units that first appear when one of a near name ends: renamed, or new? A person is asked.

Left alone, a renamed unit that took up a solution would count as a second unit, and renaming as scaling.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from difflib import SequenceMatcher

import polars as pl

from assets.accepted.messages import day_da

QUESTION = {
    "organisation_id": pl.String,
    "earlier_name": pl.String,
    "later_name": pl.String,
    "last_day": pl.Date,
    "first_day": pl.Date,
    "message_da": pl.String,
    "message_en": pl.String,
}
_GAP = timedelta(days=92)  # a quarter between the old name's last day and the new one's first
_OVERLAP = timedelta(days=31)
_LIKE = 0.75
_SHARED_WORDS = 0.5
_NUMBER = re.compile(r"[0-9]+")


def alias_questions(people: pl.DataFrame, events: pl.DataFrame) -> pl.DataFrame:
    """The pairs of unit names to ask about, in the shape of ``QUESTION``.

    Args:
        people, events: The accepted ``people`` and ``adoption_events``, aliases applied.
    """
    spans = _unit_spans(people, events)
    asked = [
        question
        for _, units in spans.group_by("organisation_id", maintain_order=True)
        for question in _asked(units)
    ]
    return pl.DataFrame(asked, schema=QUESTION, orient="row")


def _unit_spans(people: pl.DataFrame, events: pl.DataFrame) -> pl.DataFrame:
    """First and last day of every unit; no last day for one that people still belong to."""
    stays = people.select(
        "organisation_id",
        "unit_key",
        "unit",
        pl.col("valid_from").alias("first_day"),
        pl.col("valid_to").fill_null(date.max).alias("last_day"),
    )
    seen = events.select(
        "organisation_id",
        "unit_key",
        "unit",
        pl.col("date").alias("first_day"),
        pl.col("date").alias("last_day"),
    )
    return (
        pl.concat([stays, seen])
        .filter(pl.col("unit_key").is_not_null())
        .group_by("organisation_id", "unit_key")
        .agg(pl.col("unit").first(), pl.col("first_day").min(), pl.col("last_day").max())
        .sort("organisation_id", "unit_key")
    )


def _asked(units: pl.DataFrame) -> Iterator[tuple[object, ...]]:
    """Questions about one organisation's units, which are few."""
    rows = units.select("organisation_id", "unit_key", "unit", "first_day", "last_day").rows()
    ended = [row for row in rows if row[4] != date.max]
    for organisation, earlier_key, earlier, _, last_day in ended:
        for _, later_key, later, first_day, until in rows:
            begins = last_day - _OVERLAP <= first_day <= last_day + _GAP
            if later_key != earlier_key and begins and until > last_day and _near(earlier_key, later_key):
                yield (
                    organisation,
                    earlier,
                    later,
                    last_day,
                    first_day,
                    *_words(earlier, later, last_day, first_day),
                )


def _near(one: str, other: str) -> bool:
    """Whether two names may be one unit's: alike, or with half their words in common.

    Another number is another unit.
    """
    if _NUMBER.findall(one) != _NUMBER.findall(other):
        return False
    if SequenceMatcher(None, one, other).ratio() >= _LIKE:
        return True
    words, others = set(one.split()), set(other.split())
    return len(words & others) >= _SHARED_WORDS * min(len(words), len(others))


def _words(earlier: str, later: str, last_day: date, first_day: date) -> tuple[str, str]:
    return (
        f"»{earlier}« ses sidst {day_da(last_day)}, og »{later}« først {day_da(first_day)}. "
        "Er det samme enhed med nyt navn? Så skriv det i arket Navneskift i indstillingerne; "
        "ellers tælles de som to enheder.",
        f"»{earlier}« is last seen on {last_day} and »{later}« first on {first_day}. "
        "Is it one unit with a new name? Then say so in the sheet Navneskift of the settings; "
        "else they count as two units.",
    )
