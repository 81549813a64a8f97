"""The content hash: what changes it, what does not, and how anybody computes it again."""

import hashlib

import duckdb
import pytest

from assets.publication.content_hash import content_hash, table_hashes


@pytest.fixture
def connection():
    with duckdb.connect() as connection:
        connection.execute("create schema audit")
        yield connection


def test_the_text_form_is_the_documented_one(connection):
    connection.execute(
        "create table t (id varchar, day date, kroner decimal(18,2), value double, n bigint, yes boolean)"
    )
    connection.execute(
        "insert into t values ('b', '2025-12-31', 1234.5, 1 / 3, 7, true), "
        "('a\t\\\n', null, null, -0.0, null, null)"
    )
    lines = (
        "main.t\nid\tVARCHAR\nday\tDATE\nkroner\tDECIMAL(18,2)\nvalue\tDOUBLE\nn\tBIGINT\nyes\tBOOLEAN\n"
        "a\\t\\\\\\n\t\\N\t\\N\t0\t\\N\t\\N\n"
        "b\t2025-12-31\t1234.50\t0.333333333333333\t7\ttrue\n"
    )
    table = hashlib.sha256(lines.encode()).hexdigest()
    assert table_hashes(connection) == {"main.t": table}
    assert content_hash(connection) == hashlib.sha256(f"main.t\t{table}\n".encode()).hexdigest()


def test_the_order_in_which_rows_were_written_does_not_matter(connection):
    connection.execute(
        "create table t as select * from (values (1, 'x'), (2, null), (null, 'y')) as v (a, b)"
    )
    one = content_hash(connection)
    connection.execute("create or replace table t as select * from t order by a desc nulls last")
    assert content_hash(connection) == one


def test_runs_publications_and_times_do_not_matter(connection):
    connection.execute("create table t (a integer, received_at timestamp)")
    connection.execute("insert into t values (1, '2026-01-01')")
    one = content_hash(connection)
    connection.execute("create table audit.run (a integer)")
    connection.execute("create table audit.publication (a integer)")
    connection.execute("update t set received_at = '2027-01-01'")
    assert content_hash(connection) == one


@pytest.mark.parametrize(
    "change",
    [
        "update t set a = 2",
        "update t set b = null",
        "insert into t values (1, 'x')",
        "delete from t",
        "alter table t rename a to c",
        "alter table t alter a type bigint",
        "alter table t rename to u",
        "create table empty_table (a integer)",
    ],
)
def test_a_value_a_row_a_name_a_type_or_a_table_matters(connection, change):
    connection.execute("create table t (a integer, b varchar)")
    connection.execute("insert into t values (1, 'x')")
    one = content_hash(connection)
    connection.execute(change)
    assert content_hash(connection) != one


def test_a_text_that_looks_like_an_empty_value_is_not_one(connection):
    connection.execute("create table t (a varchar)")
    connection.execute("insert into t values ('\\N')")
    one = content_hash(connection)
    connection.execute("update t set a = null")
    assert content_hash(connection) != one
