"""Texts that somebody wrote, without the names that stand in them: for readers who see no names."""

from collections.abc import Callable
from typing import Any

import duckdb

from assets.people.matching import matcher_of

LEFT_OUT = "(navn udeladt)"
LEFT_OUT_EN = "(name left out)"
Rows = list[dict[str, Any]]


def nameless(connection: duckdb.DuckDBPyConnection, organisation: str) -> Callable[[Rows], Rows]:
    """Takes names and person ids of an organisation's people out of every text of the rows it is given.

    Args:
        connection: A published database.
    """
    people = connection.execute(
        "select person_id, name from main.people where organisation_id = ?", [organisation]
    ).fetchall()
    matcher = matcher_of(word for pair in people for word in pair if word)
    matcher.mark = LEFT_OUT

    def clean(rows: Rows) -> Rows:
        return [
            {name: matcher.without(value) if isinstance(value, str) else value for name, value in row.items()}
            for row in rows
        ]

    return clean


def in_english(rows: Rows) -> Rows:
    """The rows with the mark in English: their readers do not read Danish."""
    return [
        {
            name: value.replace(LEFT_OUT, LEFT_OUT_EN) if isinstance(value, str) else value
            for name, value in row.items()
        }
        for row in rows
    ]
