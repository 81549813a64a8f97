"""The rows for researchers: pseudonyms, large groups only, nothing to join two publications by."""

import duckdb
import polars as pl
import pytest

from assets.people.keys import Keys
from assets.people.research import groups_of, pseudonymised, rows_of

KEYS = Keys("11" * 32, "22" * 32, 1, "")


@pytest.fixture
def source():
    """Six welfare networks of four leaders, one learning network; solutions of the first."""
    with duckdb.connect() as connection:
        connection.execute("attach ':memory:' as source")
        connection.execute(
            """
            create table source.main.networks as
                select 'ABY' as organisation_id, 'N-' || n as network_id, 'welfare' as network_type
                from range(6) as t(n) union all select 'ABY', 'N-9', 'learning';
            create table source.main.roles as
                select 'ABY' as organisation_id, 'N-' || n as network_id, 'P-' || (n % 4) as person_id,
                    'reference_leader' as role
                from range(6) as t(n)
                union all values ('ABY', 'N-0', 'P-7', 'participant'), ('ABY', 'N-9', 'P-8', 'participant');
            create table source.main.solutions as
                select 'ABY' as organisation_id, 'L-' || n as solution_id, 'N-0' as network_id,
                    date '2025-01-01' as idea_date
                from range(2) as t(n);
            create table source.main.adoption_events (
                organisation_id varchar, solution_id varchar, event varchar, date date
            );
            insert into source.main.adoption_events values
                ('ABY', 'L-0', 'test_started', '2025-04-15'), ('ABY', 'L-0', 'adopted', '2025-12-01');
            """
        )
        yield connection


def test_a_group_too_small_hides_the_one_it_would_follow_from(source):
    shown, hidden = groups_of(source)
    assert shown == set()
    assert hidden == (("ABY", "learning"), ("ABY", "welfare"))
    source.execute("delete from source.main.networks where network_type = 'learning'")
    assert groups_of(source) == ({("ABY", "welfare")}, ())


def test_what_became_of_a_solution_is_told_in_whole_nineties_of_days(source):
    rows = rows_of(source, "solution").sort("solution_id").to_dicts()
    # 104 days from idea to test, 230 from test to base.
    assert rows[0]["days_to_test"] == 90
    assert rows[0]["days_from_test_to_base"] == 180
    assert rows[0]["adopted"]
    assert not rows[1]["tested"]
    assert rows[1]["days_to_test"] is None


def test_membership_leaves_reference_leaders_out(source):
    assert set(rows_of(source, "membership")["person_id"]) == {"P-7", "P-8"}


def test_a_pseudonym_is_the_same_in_a_publication_and_another_in_the_next():
    rows = pl.DataFrame({"organisation_id": ["ABY", "ABY"], "solution_id": ["L-0", "L-1"]})
    first = set(pseudonymised(rows, {"solution_id": "solution a"}, KEYS)["solution_id"])
    again = set(pseudonymised(rows, {"solution_id": "solution a"}, KEYS)["solution_id"])
    later = set(pseudonymised(rows, {"solution_id": "solution b"}, KEYS)["solution_id"])
    assert first == again
    assert not first & later
    assert len(first) == 2
