"""Which published numbers have changed, and how a state in between is told."""

import duckdb
import pytest

from assets.publication.figures import INDICATOR, ORGANISATION, SUMMARY, find_changed, read_ends
from assets.publication.log import LogLine
from assets.publication.restatement import _told, erased_since

RESULT = (
    "organisation_id varchar, network_id varchar, period varchar, indicator_id varchar, dimension varchar, "
    "responsibility_id varchar, reference_leader_id varchar, period_start date, period_end date, "
    "provisional boolean, phase varchar, numerator double, denominator double, value double, lower double, "
    "upper double, n bigint, target double, partly_target double, status varchar, reason varchar, "
    "certain boolean, disputed boolean, value_if_upheld double, status_if_upheld varchar, "
    "definition_version integer"
)
TABLES = {
    "indicator_result": RESULT,
    "responsibility_result": (
        "organisation_id varchar, network_id varchar, period varchar, responsibility_id varchar, "
        "status varchar, perceived_status varchar, perception_gap integer, fulfilled integer, "
        "partly integer, not_fulfilled integer"
    ),
    "organisation_result": (
        "organisation_id varchar, period varchar, measure_id varchar, dimension varchar, numerator double, "
        "denominator double, value double, lower double, upper double, n bigint, suppressed boolean"
    ),
    "responsibility_summary": (
        "organisation_id varchar, period varchar, responsibility_id varchar, network_type varchar, "
        '"window" varchar, networks bigint, fulfilled bigint, partly bigint, not_fulfilled bigint, '
        "not_assessable bigint, not_applicable bigint, suppressed boolean"
    ),
}
WHO = {"organisation_id": "by", "period": "2026Q2"}


@pytest.fixture
def two_sides():
    """A database with empty results, and ``b`` with an empty publication of before."""
    with duckdb.connect() as connection:
        connection.execute("attach ':memory:' as b")
        connection.execute("create schema results")
        connection.execute("create table b.main.indicator (indicator_id varchar)")
        connection.execute("create table b.main.responsibility (responsibility_id varchar)")
        connection.execute("insert into b.main.indicator values ('R8.1'), ('R8.P')")
        connection.execute("insert into b.main.responsibility values ('R8')")
        for table, columns in TABLES.items():
            for schema in ("b.main", "results"):
                connection.execute(f"create table {schema}.{table} ({columns})")
        yield connection


def put(connection, table, then, now):
    """The same row before and now, but for what is given."""
    for schema, said in (("b.main", then), ("results", now)):
        if said is not None:
            row = WHO | said
            names = ", ".join(f'"{name}"' for name in row)
            marks = ", ".join("?" for _ in row)
            connection.execute(f"insert into {schema}.{table} ({names}) values ({marks})", list(row.values()))


def ended(connection, then=None, now=None, **more):
    """A result of a quarter that has ended at both ends."""
    row = {"network_id": "N-1", "indicator_id": "R8.1", "dimension": "", "provisional": False} | more
    put(connection, "indicator_result", row | (then or {}), row | (now or {}))


def test_each_number_and_word_of_a_result_is_a_figure_of_its_own(two_sides):
    ended(
        two_sides,
        {"numerator": 1, "denominator": 4, "value": 0.25, "n": 4, "status": "partly", "upper": 0.5},
        {"numerator": 2, "denominator": 4, "value": 0.5, "n": 4, "status": "fulfilled", "upper": None},
    )
    assert find_changed(two_sides, "b", None) == 4
    then, now = read_ends(two_sides)
    place = (INDICATOR, "by", "N-1", "2026Q2", "R8.1", "")
    assert then == {
        (*place, "numerator"): 1.0,
        (*place, "value"): 0.25,
        (*place, "status"): "partly",
        (*place, "upper"): 0.5,
    }
    assert now == {(*place, "numerator"): 2.0, (*place, "value"): 0.5, (*place, "status"): "fulfilled"}


def test_of_the_pulse_only_what_is_published_can_change(two_sides):
    ended(
        two_sides,
        {"n": 5, "status": "partly"},
        {"n": 7, "value": 0.8, "status": "partly"},
        indicator_id="R8.P",
    )
    assert find_changed(two_sides, "b", None) == 0
    two_sides.execute("update results.indicator_result set n = 11")
    assert find_changed(two_sides, "b", None) == 1
    assert list(read_ends(two_sides)[1].values()) == [10.0]


def test_a_row_of_the_summary_is_restated_only_where_it_was_shown_and_is_shown(two_sides):
    ended(two_sides)
    for kind, then, now in (("", 6, 7), ("learning", None, 5), ("welfare", 5, None)):
        row = {"responsibility_id": "R8", "network_type": kind, "window": "quarter"}
        put(two_sides, "responsibility_summary", row | {"networks": then}, row | {"networks": now})
    assert find_changed(two_sides, "b", None) == 1
    then, now = read_ends(two_sides)
    key = (SUMMARY, "by", "", "2026Q2", "R8", "/quarter", "networks")
    assert (then, now) == ({key: 6.0}, {key: 7.0})


def test_a_measure_that_was_not_published_before_and_a_quarter_that_had_not_ended_change_nothing(two_sides):
    ended(two_sides, {"provisional": True, "value": 1}, {"value": 2})
    put(two_sides, "organisation_result", None, {"measure_id": "new", "dimension": "", "value": 1})
    assert find_changed(two_sides, "b", None) == 0
    two_sides.execute("update b.main.indicator_result set provisional = false")
    assert find_changed(two_sides, "b", None) == 1
    assert find_changed(two_sides, "b", "nabo") == 0


def test_a_state_in_between_that_would_be_hidden_tells_nothing_of_its_own():
    key = (ORGANISATION, "by", "", "2026Q2", "reach", "", "value")
    steps = [("published", 6.0), ("late", None), ("corrected", 9.0)]
    old, new, *parts = _told(key, steps)
    assert (old, new) == ("6.0", "9.0")
    assert [part for part in parts if part is not None] == [3.0]
    assert parts[4] == 3.0  # code, definition, target, late, corrected


def test_organisations_whose_rows_were_erased_since_the_last_publication_are_known(two_sides):
    two_sides.execute("create schema raw")
    two_sides.execute("create table raw.delivery (sequence bigint, organisation_id varchar)")
    two_sides.execute("insert into raw.delivery values (1, 'by'), (2, 'nabo')")
    lines = [
        LogLine(1, "redaction", {"reason": "erasure", "deliveries": [2]}, ""),
        LogLine(2, "publication", {}, ""),
        LogLine(3, "redaction", {"reason": "retention", "deliveries": [1]}, ""),
        LogLine(4, "redaction", {"reason": "correction", "deliveries": [2]}, ""),
    ]
    assert erased_since(two_sides, lines) == {"by"}
    assert erased_since(two_sides, lines[:2]) == frozenset()
