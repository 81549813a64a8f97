"""Taking a person out of one row: the whole row where it is about them, else the cell or the words."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from assets.contract import KINDS
from assets.people.matching import Matcher
from assets.raw.mapping import shown_letter


@dataclass(frozen=True)
class PersonColumns:
    """The columns of a kind that hold person ids: a row is nothing without those that are ``required``."""

    required: frozenset[str]
    optional: frozenset[str]


NO_PEOPLE = PersonColumns(frozenset(), frozenset())


@cache
def person_columns() -> dict[str, PersonColumns]:
    """Kind to its columns with people."""
    return {
        kind.name: PersonColumns(
            frozenset(c.name for c in kind.columns if _is_person(c.name, c.refers_to) and c.required),
            frozenset(c.name for c in kind.columns if _is_person(c.name, c.refers_to) and not c.required),
        )
        for kind in KINDS
    }


def _is_person(name: str, refers_to: str | None) -> bool:
    return name == "person_id" or refers_to == "people"


@dataclass(frozen=True)
class Redacted:
    """A row without the person.

    Attributes:
        cells: What is left of it.
        emptied: The row was about the person and is empty now.
        letters: The cells that were changed.
    """

    cells: dict[str, str]
    emptied: bool
    letters: tuple[str, ...]


def redact_cells(
    kind: str | None, columns: Mapping[str, str], cells: Mapping[str, str], matcher: Matcher
) -> Redacted | None:
    """Take a person out of a row; None where the row does not name them.

    Args:
        kind: The record kind; none for a sheet nobody knows.
        columns: Column letter to canonical column.
        cells: Column letter to text; empty cells left out.
    """
    people = person_columns().get(kind or "", NO_PEOPLE)
    changed = dict.fromkeys(_written_of(people, columns, cells, matcher), "")
    for letter, text in cells.items():
        if letter in changed:
            continue
        name = columns.get(letter, "")
        if name in people.required | people.optional and matcher.is_person(text):
            if name in people.required:
                return Redacted({}, True, tuple(cells))
            changed[letter] = ""
        elif name == "record_key" and matcher.in_key(text):  # a dispute about the person's record
            return Redacted({}, True, tuple(cells))
        elif (without := matcher.without(text)) != text:
            changed[letter] = without
    if not changed:
        return None
    kept = {letter: changed.get(letter, text) for letter, text in cells.items()}
    return Redacted({letter: text for letter, text in kept.items() if text}, False, tuple(changed))


def _written_of(
    people: PersonColumns, columns: Mapping[str, str], cells: Mapping[str, str], matcher: Matcher
) -> list[str]:
    """The sender's own cells beside those a mapping file made of them: what named the person goes with it."""
    found = []
    for letter, name in columns.items():
        own = shown_letter(letter)
        of_person = name in people.required | people.optional and matcher.is_person(cells.get(letter))
        if own not in ("", letter) and own in cells and of_person:
            found.append(own)
    return found
