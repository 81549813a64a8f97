"""Who a person is in a home: the ids and names by which they can be found."""

from dataclasses import dataclass

import duckdb

from assets.errors import TwoLanguageError
from assets.people.matching import Matcher, form_of, matcher_of


class UnknownPerson(TwoLanguageError):
    """Nobody of that id or name is known."""


@dataclass(frozen=True)
class Person:
    """One person of an organisation.

    Attributes:
        ids: Person ids as written, in any delivery.
        names: Names as written, in any delivery, and what else was asked to be looked for.
    """

    organisation: str
    ids: tuple[str, ...]
    names: tuple[str, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """All of them."""
        return (*self.ids, *self.names)

    def matcher(self) -> Matcher:
        """Looks for the person."""
        return matcher_of(self.words)


def find_person(
    connection: duckdb.DuckDBPyConnection, organisation: str, asked: str, also: tuple[str, ...] = ()
) -> Person:
    """The person of an id or a name, by every delivery ever read.

    Args:
        connection: The warehouse.
        asked: A person id or a full name.
        also: Other words for the person, such as a former name.

    Raises:
        UnknownPerson: No delivery knows the id or name, or the name is more than one person's.
    """
    pairs = connection.execute(
        """
        with letters as (
            select delivery_sequence, sheet, key as letter, value ->> '$' as name
            from raw.sheet, json_each(columns)
            where kind = 'people'
        ),
        cells as (
            select
                source_row.delivery_sequence, source_row.sheet, source_row.row_number, letters.name,
                json_extract_string(source_row.cells, '$."' || letters.letter || '"') as said
            from raw.source_row
            join letters using (delivery_sequence, sheet)
            where source_row.organisation_id = ? and letters.name in ('person_id', 'name')
        )
        select distinct max(said) filter (name = 'person_id'), max(said) filter (name = 'name')
        from cells group by delivery_sequence, sheet, row_number
        """,
        [organisation],
    ).fetchall()
    form = form_of(asked)
    ids = {
        form_of(person) for person, name in pairs if person and form in (form_of(person), form_of(name or ""))
    }
    if len(ids) > 1:
        raise UnknownPerson(
            "Navnet er flere personers; brug person-id.",
            "The name is more than one person's; use the person id.",
        )
    if not ids and not also:
        raise UnknownPerson(
            "Ingen leverance kender personen i den organisation. Nævn ellers ordene med --also.",
            "No delivery knows the person in that organisation. Else name the words by --also.",
        )
    also = (*also, *_corrected_words(connection, organisation, ids))
    mine = [(person, name) for person, name in pairs if person and form_of(person) in ids]
    return Person(
        organisation,
        tuple(sorted({person for person, _ in mine} or {asked})),
        tuple(sorted({name for _, name in mine if name} | set(also))),
    )


def _corrected_words(
    connection: duckdb.DuckDBPyConnection, organisation: str, ids: set[str]
) -> tuple[str, ...]:
    """Names and words that a correction put in the place of others, and those others."""
    there = connection.execute(
        "select count(*) from information_schema.columns where table_schema = 'raw' "
        "and table_name = 'correction' and column_name = 'record_key'"
    ).fetchall()
    if there == [(0,)]:
        return ()
    rows = connection.execute(
        'select person_id, "column", value, record_key from raw.correction where organisation_id = ?',
        [organisation],
    ).fetchall()
    return tuple(
        word
        for person, column, value, words in rows
        if person and form_of(person) in ids and column in ("name", "*")
        for word in (value, *((words or "").splitlines() if column == "*" else ()))
        if word
    )
