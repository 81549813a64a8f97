"""The rows for researchers: pseudonyms, large groups only, nothing to join two publications by."""

import duckdb
import polars as pl
import pytest

from assets.home import Home
from assets.people.keys import Keys
from assets.people.research import groups_of, leaders_of, pseudonymised, rows_of
from assets.people.research_told import next_told, read_told, rows_told

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


LEADERS = {f"N-{number}": frozenset({f"P-{number % 4}"}) for number in range(12)}


def outcomes(*adopted):
    """A solution in each network N-0, N-1, …: adopted or not."""
    return {
        "solution": [
            {"network_id": f"N-{number}", "solution_id": f"L-{number}", "adopted": one}
            for number, one in enumerate(adopted)
        ]
    }


def test_the_rows_stand_as_they_were_told_until_five_networks_of_three_leaders_have_changed():  # F50
    first = next_told(outcomes(*[False] * 6), LEADERS, None)
    late = next_told(outcomes(*[False] * 6, True), LEADERS, first)
    assert late == first  # what is new would be the work of N-6
    corrected = next_told(outcomes(*[True] * 4, False, False), LEADERS, first)
    assert corrected == first
    changed = next_told(outcomes(*[True] * 5, False), LEADERS, first)
    assert changed.rows == outcomes(*[True] * 5, False)
    assert len(changed.known) == 2
    # Less the first, the third would speak of N-0 alone: the second is told again.
    assert next_told(outcomes(True, *[False] * 5), LEADERS, changed) == changed
    assert next_told(outcomes(*[False] * 6), LEADERS, changed).rows == outcomes(*[False] * 6)
    two = {network: frozenset({"P-1" if network == "N-0" else "P-2"}) for network in LEADERS}
    assert next_told(outcomes(*[True] * 6), two, first) == first


def test_what_was_told_is_remembered_outside_of_what_anybody_reads(source, tmp_path):
    home = Home(tmp_path)
    home.warehouse_file.parent.mkdir()
    shown, leaders = {("ABY", "welfare")}, leaders_of(source)
    first = rows_told(home, {"solution": rows_of(source, "solution")}, shown, leaders)["solution"]
    assert "network_id" not in first.columns
    assert first.height == 2
    source.execute("insert into source.main.solutions values ('ABY', 'L-9', 'N-1', date '2025-02-01')")
    again = rows_told(home, {"solution": rows_of(source, "solution")}, shown, leaders)["solution"]
    assert again.equals(first)
    assert list(read_told(home)) == [("ABY", "welfare")]
    assert {path.parent.name for path in tmp_path.rglob("*.json")} == {"warehouse"}
