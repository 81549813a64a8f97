"""The summary of a small municipality, from how each network stood to the rows that may be shown."""

from collections.abc import Iterable

import duckdb
import polars as pl
import pytest

from assets.results.summary import build_summary, count_networks
from assets.warehouse import open_warehouse, replace_table

LETTERS = {
    "f": "fulfilled",
    "p": "partly",
    "n": "not_fulfilled",
    "-": "not_assessable",
    "o": "not_applicable",
}
TYPES = {"i": "innovation", "l": "learning", "w": "welfare"}
QUARTERS = [f"{year}Q{quarter}" for year in range(2022, 2027) for quarter in range(1, 5)]


@pytest.fixture
def warehouse() -> Iterable[duckdb.DuckDBPyConnection]:
    with open_warehouse() as connection:
        quarters = pl.DataFrame({"quarter_number": range(len(QUARTERS)), "period": QUARTERS})
        replace_table(connection, "calendar.quarter", quarters)
        yield connection


def standings(
    *networks: tuple[str, str, str], first: str = "2025Q1", last: str | None = None
) -> pl.DataFrame:
    """How networks stood on R1: type, leader, and a letter a quarter from ``first`` on (blank: no row)."""
    start = QUARTERS.index(first)
    end = QUARTERS.index(last) if last else start + max(len(letters) for *_, letters in networks) - 1
    rows = [
        (f"N-{number}", QUARTERS[start + at], start + at, LETTERS[letter], leader, TYPES[network_type])
        for number, (network_type, leader, letters) in enumerate(networks)
        for at, letter in enumerate(letters)
        if letter != " "
    ]
    columns = ["network_id", "period", "quarter_number", "status", "reference_leader_id", "network_type"]
    return pl.DataFrame(rows, schema=columns, orient="row").with_columns(
        organisation_id=pl.lit("BY"),
        responsibility_id=pl.lit("R1"),
        measured_on=pl.col("period"),
        last_quarter=pl.lit(end),
    )


def summary_of(
    connection: duckdb.DuckDBPyConnection, rows: pl.DataFrame
) -> dict[tuple[str, str, str], tuple]:
    """Period, type and window to: networks, then networks by status in the order of the columns."""
    replace_table(connection, "results.responsibility_standing", rows)
    build_summary(connection)
    return {
        row[:3]: row[3:]
        for row in connection.sql(
            'select period, network_type, "window", networks, fulfilled, partly, not_fulfilled, '
            "not_assessable, not_applicable from results.responsibility_summary"
        ).fetchall()
    }


def publish(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("create table if not exists audit.publication (sequence bigint)")
    connection.execute("insert into audit.publication select count(*) + 1 from audit.publication")


HIDDEN = (None,) * 6
SIX = [("i", "A", "f"), ("i", "A", "p"), ("i", "B", "n"), ("i", "B", "-"), ("i", "C", "o"), ("i", "C", "f")]


def test_a_quarter_counts_its_networks_by_status(warehouse):
    assert summary_of(warehouse, standings(*SIX))["2025Q1", "", "quarter"] == (6, 2, 1, 1, 1, 1)


def test_the_only_type_is_the_same_row_as_all_types(warehouse):
    assert summary_of(warehouse, standings(*SIX))["2025Q1", "innovation", "quarter"] == (6, 2, 1, 1, 1, 1)


def test_a_suppressed_row_says_so_and_has_no_counts(warehouse):
    assert summary_of(warehouse, standings(*SIX[:4]))["2025Q1", "", "quarter"] == HIDDEN
    assert warehouse.sql("select distinct suppressed from results.responsibility_summary").fetchall() == [
        (True,)
    ]


def test_two_years_take_each_network_once_in_its_latest_quarter(warehouse):
    ended = [("i", "A", "pf"), ("i", "A", "pf"), ("i", "B", "pn"), ("i", "B", "p-"), ("i", "C", "pp")]
    running = [("i", "C", "  o"), ("i", "A", "  n"), ("i", "B", "  f")]
    rows = summary_of(warehouse, standings(*ended, *running))
    assert rows["2025Q3", "", "quarter"] == HIDDEN
    assert rows["2025Q3", "", "two_years"] == (8, 3, 1, 2, 1, 1)


def test_a_network_leaves_the_two_years_after_eight_quarters(warehouse):
    rows = summary_of(warehouse, standings(*SIX, first="2023Q1", last="2025Q2"))
    assert rows["2024Q4", "", "two_years"] == (6, 2, 1, 1, 1, 1)
    assert ("2025Q1", "", "two_years") not in rows


def test_a_type_is_hidden_when_the_others_could_be_told_from_it(warehouse):
    rows = summary_of(warehouse, standings(*SIX, ("w", "D", "p")))
    assert rows["2025Q1", "", "quarter"] == (7, 2, 2, 1, 1, 1)
    assert rows["2025Q1", "innovation", "quarter"] == HIDDEN
    assert rows["2025Q1", "welfare", "quarter"] == HIDDEN


def test_two_years_are_hidden_when_the_quarter_would_leave_one_ended_network(warehouse):
    rows = summary_of(
        warehouse, standings(("i", "A", "n"), *((kind, who, " " + how) for kind, who, how in SIX))
    )
    assert rows["2025Q2", "", "quarter"] == (6, 2, 1, 1, 1, 1)
    assert rows["2025Q2", "", "two_years"] == HIDDEN


def test_a_late_network_hides_the_quarter_that_was_published_without_it(warehouse):
    assert summary_of(warehouse, standings(*SIX))["2025Q1", "", "quarter"] != HIDDEN
    publish(warehouse)
    assert summary_of(warehouse, standings(*SIX, ("i", "D", "n")))["2025Q1", "", "quarter"] == HIDDEN


def test_a_corrected_network_hides_the_quarter_that_was_published_otherwise(warehouse):
    summary_of(warehouse, standings(*SIX))
    publish(warehouse)
    corrected = [("i", "A", "n"), *SIX[1:]]
    assert summary_of(warehouse, standings(*corrected))["2025Q1", "", "quarter"] == HIDDEN


def test_what_was_never_published_hides_nothing(warehouse):
    summary_of(warehouse, standings(*SIX))
    corrected = [("i", "A", "n"), *SIX[1:]]
    assert summary_of(warehouse, standings(*corrected))["2025Q1", "", "quarter"] == (6, 1, 1, 2, 1, 1)


def test_a_correction_taken_back_shows_the_quarter_again(warehouse):
    summary_of(warehouse, standings(*SIX))
    publish(warehouse)
    summary_of(warehouse, standings(("i", "A", "n"), *SIX[1:]))
    publish(warehouse)
    assert summary_of(warehouse, standings(*SIX))["2025Q1", "", "quarter"] == (6, 2, 1, 1, 1, 1)


def test_the_same_data_give_the_same_summary_after_a_publication(warehouse):
    networks = [
        *SIX,
        ("w", "D", "fp"),
        ("w", "D", "pp"),
        ("l", "E", "nf"),
        ("l", "A", " o"),
        ("i", "B", " -"),
    ]
    first = summary_of(warehouse, standings(*networks))
    publish(warehouse)
    assert summary_of(warehouse, standings(*networks)) == first
    publish(warehouse)
    assert summary_of(warehouse, standings(*networks)) == first


def test_a_provisional_quarter_measured_on_another_day_is_another_measurement(warehouse):
    early = standings(*SIX).with_columns(measured_on=pl.lit("2025-02-01"))
    summary_of(warehouse, early)
    publish(warehouse)
    late = standings(("i", "A", "n"), *SIX[1:]).with_columns(measured_on=pl.lit("2025-03-31"))
    assert summary_of(warehouse, late)["2025Q1", "", "quarter"] == (6, 1, 1, 2, 1, 1)


def test_a_replay_counts_every_row_the_shown_ones_as_they_are_shown(warehouse):
    letters = ("fp", "fp", "fn", "p-", "ff", "f")
    rows = standings(*(("i", f"L-{number}", stood) for number, stood in enumerate(letters)))
    shown = summary_of(warehouse, rows)
    count_networks(warehouse)
    counted = {
        row[:3]: row[3:]
        for row in warehouse.sql(
            'select period, network_type, "window", networks, fulfilled, partly, not_fulfilled, '
            "not_assessable, not_applicable from results.responsibility_summary"
        ).fetchall()
    }
    assert counted.keys() == shown.keys()
    assert counted["2025Q1", "", "quarter"] == (6, 5, 1, 0, 0, 0)
    assert counted["2025Q2", "", "quarter"] == (5, 1, 2, 1, 1, 0)
    told = {place: said for place, said in shown.items() if said[0] is not None}
    assert told
    assert {place: counted[place] for place in told} == told
