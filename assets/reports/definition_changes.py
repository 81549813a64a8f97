"""Where a definition changed within the quarters that a chart shows: as a mark, and in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import duckdb

from assets.reports.words import Words

# A first edition changes nothing; what the pulse feels stands in no chart over quarters.
CHANGES = """
select
    versions.indicator_id, coalesce(indicators.responsibility_id, ''), versions.definition_version,
    versions.valid_from, versions.change_da, versions.change_en
from main.indicator_version as versions
inner join main.indicator as indicators on versions.indicator_id = indicators.indicator_id
where versions.indicator_id not like '%.P'
qualify
    row_number() over (partition by versions.indicator_id order by versions.definition_version) > 1
    and versions.valid_from <= $last_day
order by versions.valid_from, versions.indicator_id, versions.definition_version
"""


@dataclass(frozen=True)
class DefinitionChange:
    """A later version of an indicator's definition, and the first day it holds."""

    indicator_id: str
    responsibility_id: str
    version: int
    valid_from: date
    change_da: str
    change_en: str

    @property
    def period(self) -> str:
        """The quarter of its first day: ``2025Q1``."""
        return f"{self.valid_from.year}Q{(self.valid_from.month + 2) // 3}"


Changes = list[DefinitionChange]


def read_changes(connection: duckdb.DuckDBPyConnection, last_day: date) -> Changes:
    """Every change of a definition up to a day, oldest first."""
    found = connection.execute(CHANGES, {"last_day": last_day}).fetchall()
    return [DefinitionChange(*row) for row in found]


def of_indicators(changes: Changes, indicators: Iterable[str], periods: Iterable[str]) -> Changes:
    """Those of some indicators in some quarters."""
    wanted, shown = set(indicators), set(periods)
    return [one for one in changes if one.indicator_id in wanted and one.period in shown]


def of_responsibilities(changes: Changes, responsibilities: Iterable[str], periods: Iterable[str]) -> Changes:
    """Those of the indicators of some responsibilities in some quarters."""
    wanted, shown = set(responsibilities), set(periods)
    return [one for one in changes if one.responsibility_id in wanted and one.period in shown]


def mark(words: Words, changes: Changes) -> str:
    """The word that a chart prints by its dashed line; empty where nothing changed."""
    return words.pick("ny definition", "new definition") if changes else ""


def beside(words: Words, changes: Changes, text: str = "") -> str:
    """A cell of the table twin, with the definitions that are new in it: ``1. kv. 25; ny definition: V7``."""
    if not changes:
        return text
    said = f"{mark(words, changes)}: {words.listing(_ids(changes))}"
    return f"{text}; {said}" if text else said


def note(words: Words, changes: Changes) -> str:
    """What the dashed lines say, as sentences that follow others; empty where nothing changed."""
    told = [
        words.pick(
            f"{one.indicator_id}, version {one.version}, fra {words.day(one.valid_from)}: {one.change_da}",
            f"{one.indicator_id}, version {one.version}, from {words.day(one.valid_from)}: {one.change_en}",
        ).rstrip(".")
        for one in changes
    ]
    if not told:
        return ""
    return words.pick(
        f" En stiplet streg viser, hvor en definition blev ændret: {'; '.join(told)}.",
        f" A dashed line shows where a definition changed: {'; '.join(told)}.",
    )


def _ids(changes: Changes) -> list[str]:
    return list(dict.fromkeys(one.indicator_id for one in changes))
