"""Every published number that can be restated, one row each: which table, which key, which measure.

The ledger of restatements speaks of results of networks, of their responsibilities, of the organisation and
of the summary over networks. In quarters that had ended when they were published, and have now.
"""

from collections.abc import Iterable

import duckdb

from assets.publication.main_tables import INDICATOR_RESULT

SLACK = 1e-9
NUMBERS = ("numerator", "denominator", "value", "lower", "upper", "n")
COUNTS = ("fulfilled", "partly", "not_fulfilled")
INDICATOR, RESPONSIBILITY, ORGANISATION, SUMMARY = (
    "indicator_result",
    "responsibility_result",
    "organisation_result",
    "responsibility_summary",
)
TABLES = (INDICATOR, RESPONSIBILITY, ORGANISATION, SUMMARY)
# Table: the ids as the ledger writes them (network, id, dimension), its numbers, and its words.
_SHAPES: dict[str, tuple[tuple[str, str, str], tuple[str, ...], tuple[str, ...]]] = {
    INDICATOR: (("network_id", "indicator_id", "dimension"), NUMBERS, ("status",)),
    RESPONSIBILITY: (
        ("network_id", "responsibility_id", "''"),
        (*COUNTS, "perception_gap"),
        ("status", "perceived_status"),
    ),
    ORGANISATION: (("''", "measure_id", "dimension"), NUMBERS, ()),
    SUMMARY: (
        ("''", "responsibility_id", "network_type || '/' || \"window\""),
        ("networks", *COUNTS, "not_assessable", "not_applicable"),
        (),
    ),
}
KEY = ("table_name", "organisation_id", "network_id", "period", "indicator_id", "dimension", "measure")
Key = tuple[str, ...]
Said = float | str
Figures = dict[Key, Said]  # what is empty is not there


def published_now() -> dict[str, str]:
    """Each table to the query that makes its published rows from the warehouse."""
    return {
        table: f"({INDICATOR_RESULT.query()})" if table == INDICATOR else f"results.{table}"
        for table in TABLES
    }


def published_before(database: str) -> dict[str, str]:
    """Each table of a published database that is attached."""
    return {table: f"{database}.main.{table}" for table in TABLES}


def long_query(sources: dict[str, str], tables: Iterable[str] = TABLES) -> str:
    """A ``select`` of every number and word that is not empty: the key, ``number`` or ``word``."""
    selects = []
    for table in tables:
        (network, name, dimension), numbers, words = _SHAPES[table]
        for measure in (*numbers, *words):
            column = f"{table}.{measure}"  # so that what it says of a missing one names the table
            number, word = (column, "null") if measure in numbers else ("null", column)
            selects.append(
                f"select '{table}' as table_name, organisation_id, {network} as network_id, period, "
                f"{name} as indicator_id, {dimension} as dimension, '{measure}' as measure, "
                f"cast({number} as double) as number, cast({word} as varchar) as word "
                f"from {sources[table]} as {table} where {column} is not null"
            )
    return " union all ".join(selects)


def find_changed(connection: duckdb.DuckDBPyConnection, before: str, organisation: str | None) -> int:
    """Make the table ``temp.restated``: the key of what changed, and how it reads before and now; its rows.

    Args:
        before: The publication before, attached under this name.
        organisation: The only one that was computed; None for all.
    """
    then = f"{before}.main"
    sides = f"""
        with closed_then as (
            select distinct organisation_id, period from {then}.indicator_result where not provisional
        ),

        closed_now as (
            select distinct organisation_id, period from results.indicator_result where not provisional
        ),

        known as (
            select '{INDICATOR}' as table_name, indicator_id from {then}.indicator
            union all select distinct '{ORGANISATION}', measure_id from {then}.organisation_result
            union all select distinct table_name, responsibility_id
            from {then}.responsibility, (values ('{RESPONSIBILITY}'), ('{SUMMARY}')) as tables (table_name)
        ),

        then_said as (
            select figures.* from ({long_query(published_before(before))}) as figures
            inner join closed_then using (organisation_id, period)
        ),

        now_said as (
            select figures.* from ({long_query(published_now())}) as figures
            inner join closed_then using (organisation_id, period)
            inner join closed_now using (organisation_id, period)
            inner join known using (table_name, indicator_id)
        ),

        hidden as (
            select organisation_id, period, measure_id as indicator_id, dimension
            from {then}.{ORGANISATION} where suppressed
            union
            select organisation_id, period, measure_id, dimension from results.{ORGANISATION} where suppressed
        )
    """
    key = ", ".join(KEY)
    connection.execute(
        f"""
        create or replace temp table restated as
        {sides}

        select {key}, then_said.number as old_number, then_said.word as old_word,
            now_said.number as new_number, now_said.word as new_word
        from then_said full join now_said using ({key})
        where ($organisation is null or organisation_id = $organisation)
            and (then_said.word is distinct from now_said.word
            or (then_said.number is null) <> (now_said.number is null)
            or abs(then_said.number - now_said.number) > {SLACK})
            -- a row of the summary that is hidden at either end says no number that could have changed
            and (table_name <> '{SUMMARY}' or (then_said.number is not null and now_said.number is not null))
            -- and so is a figure of the organisation
            and (table_name <> '{ORGANISATION}' or (organisation_id, period, indicator_id, dimension) not in (
                select (organisation_id, period, indicator_id, dimension) from hidden
            ))
        """,
        {"organisation": organisation},
    )
    [(rows,)] = connection.execute("select count(*) from temp.restated").fetchall()
    return int(rows)


def read_ends(connection: duckdb.DuckDBPyConnection) -> tuple[Figures, Figures]:
    """What changed, as it was published and as it is now."""
    key = ", ".join(KEY)
    then: Figures = {}
    now: Figures = {}
    for *place, old_number, old_word, new_number, new_word in connection.execute(
        f"select {key}, old_number, old_word, new_number, new_word from temp.restated order by {key}"
    ).fetchall():
        for figures, number, word in ((then, old_number, old_word), (now, new_number, new_word)):
            if number is not None or word is not None:
                figures[tuple(place)] = number if word is None else word
    return then, now


def read_figures(connection: duckdb.DuckDBPyConnection, wanted: set[Key]) -> Figures:
    """The figures of these keys, as a replay's results stand."""
    tables = sorted({key[0] for key in wanted})
    rows = connection.execute(long_query(published_now(), tables)).fetchall()
    return {key: row[7] if row[8] is None else row[8] for row in rows if (key := tuple(row[:7])) in wanted}
