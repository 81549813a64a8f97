"""Why a published figure changed: each cause by itself, together, and what is no restatement.

One network with one leader since 2024. R2.2 counts the leader's coordinations in the six months up to the
quarter's end; the quarter looked at is 2026Q2 (1 January to 30 June), closed when it is first published.
"""

from collections.abc import Iterator
from datetime import date

import duckdb
import pytest

from assets.home import Home
from assets.publication.catalogue import PUBLISHED_TABLES
from assets.publication.ledger import column_list
from assets.raw.tables import create_raw_tables
from assets.warehouse import open_warehouse
from tests.assets.publication.conftest import copied
from tests.assets.publication.town import (
    CAUSES,
    DISPUTE,
    FIRST,
    NETWORKS,
    PEOPLE,
    ROLES,
    TARGET,
    Town,
    touchpoint,
)

QUALITY = (
    "create table audit.quality_result (run_id varchar, layer varchar, table_name varchar, "
    "check_name varchar, expectation varchar, column_name varchar, outcome varchar, blocking boolean, "
    "rows_checked bigint, violations bigint)"
)
STANDING = {"personer.csv": 1, "netvaerk.csv": 2, "roller.csv": 3, "samspil.csv": 4}


@pytest.fixture(scope="module")
def delivered(tmp_path_factory) -> Home:
    """The network with two coordinations, not published. Not to be changed."""
    home = Home.create(tmp_path_factory.mktemp("delivered") / "home")
    with open_warehouse(home.warehouse_file) as connection:
        create_raw_tables(connection)
        connection.execute(QUALITY)
        for table in PUBLISHED_TABLES:  # those of which these tests need no rows
            if table.schema == "main" or table.source.startswith("results."):
                connection.execute(f"create table if not exists {table.source} ({column_list(table)})")
        town = Town(connection, home)
        town.deliver("personer.csv", "people", PEOPLE)
        town.deliver("netvaerk.csv", "networks", NETWORKS)
        town.deliver("roller.csv", "roles", ROLES)
        town.deliver("samspil.csv", "touchpoints", FIRST)
        assert town.standing == STANDING
    return home


@pytest.fixture(scope="module")
def published_once(delivered, tmp_path_factory) -> Home:
    """The same, published. Not to be changed."""
    home = copied(delivered, tmp_path_factory.mktemp("published_once"))
    with open_warehouse(home.warehouse_file) as connection:
        Town(connection, home, dict(STANDING)).publish()
    return home


@pytest.fixture
def town(delivered, tmp_path) -> Iterator[Town]:
    """A town of the test's own, not yet published."""
    home = copied(delivered, tmp_path)
    with open_warehouse(home.warehouse_file) as connection:
        yield Town(connection, home, dict(STANDING))


@pytest.fixture
def published(published_once, tmp_path) -> Iterator[Town]:
    """A town of the test's own, published once."""
    home = copied(published_once, tmp_path)
    with open_warehouse(home.warehouse_file) as connection:
        yield Town(connection, home, dict(STANDING))


def test_the_first_publication_restates_nothing(published):
    assert published.restated() == {}


def test_publishing_again_restates_nothing(published):
    published.publish()
    assert published.restated() == {}


def test_what_came_late_is_late_though_a_run_of_another_organisation_saw_it_first(published):
    published.deliver("samspil.csv", "touchpoints", [*FIRST, touchpoint("S-3", "2026-06-30")])
    published.publish(organisation="nabo")
    assert published.restated() == {}
    assert published.connection.execute("select count(*) from audit.restatement").fetchall() == [(0,)]
    published.publish()
    assert published.restated() == {"value": ("2.0", "3.0", {"late": 1.0})}


def test_a_record_that_came_late(published):
    published.deliver("samspil.csv", "touchpoints", [*FIRST, touchpoint("S-3", "2026-06-30")])
    published.publish()
    assert published.restated() == {"value": ("2.0", "3.0", {"late": 1.0})}
    # Two, then three of the six months had a touchpoint by the leader; two, then three records in all.
    assert published.restated("R5.1")["numerator"] == ("2.0", "3.0", {"late": 1.0})
    assert "denominator" not in published.restated("R5.1")
    assert published.told("organisation_result") == {
        ("records", "touchpoints", "value"): ("2.0", "3.0", {"late": 1.0})
    }
    assert published.told("responsibility_result") == {}


def test_a_record_that_was_corrected(published):
    published.deliver("samspil.csv", "touchpoints", [FIRST[0], touchpoint("S-2", "2025-05-01")])
    published.publish()
    assert published.restated() == {"value": ("2.0", "1.0", {"corrected": -1.0})}
    assert published.restated(period="2025Q2") == {
        "value": ("0.0", "1.0", {"corrected": 1.0}),
        "status": ("not_fulfilled", "fulfilled", {"corrected": 1.0}),
    }


def test_a_record_that_was_withdrawn(published):
    published.deliver("samspil.csv", "touchpoints", FIRST[:1])
    published.publish()
    assert published.restated() == {"value": ("2.0", "1.0", {"withdrawn": -1.0})}
    # One month of six instead of two: R5.1 is no longer partly, and R5.2 was not fulfilled before either.
    assert published.restated("R5.1")["status"] == ("partly", "not_fulfilled", {"withdrawn": 1.0})
    assert published.told("responsibility_result") == {
        ("R5", "", "status"): ("partly", "not_fulfilled", {"withdrawn": 1.0}),
        ("R5", "", "partly"): ("1.0", "0.0", {"withdrawn": -1.0}),
        ("R5", "", "not_fulfilled"): ("1.0", "2.0", {"withdrawn": 1.0}),
    }
    assert published.told("organisation_result") == {
        ("records", "touchpoints", "value"): ("2.0", "1.0", {"withdrawn": -1.0})
    }


def test_a_dispute_that_was_upheld(published):
    published.deliver("indsigelser.csv", "disputes", [DISPUTE])
    published.publish()
    assert published.restated() == {"value": ("2.0", "1.0", {"dispute": -1.0})}


def test_a_target_that_was_set(published):
    published.deliver("_indstillinger.xlsx", "targets", [TARGET])
    published.publish()
    assert published.restated() == {"status": ("fulfilled", "not_fulfilled", {"target": 1.0})}
    assert published.restated(period="2025Q4") == {}
    # R2.1 was not fulfilled before either, so that all of R2 turns.
    assert published.told("responsibility_result")["R2", "", "status"] == (
        "partly",
        "not_fulfilled",
        {"target": 1.0},
    )
    assert published.told("organisation_result") == {}


def test_code_that_counted_otherwise(town):
    town.publish("update results.indicator_result set value = 5 where indicator_id = 'R2.2'")
    town.publish()
    assert town.restated() == {"value": ("5.0", "2.0", {"code": -3.0})}


def test_a_definition_of_another_version(town):
    town.publish(
        "update results.indicator_result set value = 5, definition_version = 0 where indicator_id = 'R2.2'",
        "update results.responsibility_result set status = 'fulfilled' "
        "where responsibility_id in ('R2', 'R5')",
    )
    town.publish()
    assert town.restated() == {"value": ("5.0", "2.0", {"definition": -3.0})}
    told = town.told("responsibility_result")
    assert told["R2", "", "status"] == ("fulfilled", "partly", {"definition": 1.0})
    assert told["R5", "", "status"] == ("fulfilled", "partly", {"code": 1.0})  # its definitions are the same


def test_all_causes_at_once_stand_in_their_order_and_add_up(town):
    town.publish("update results.indicator_result set value = 5 where indicator_id = 'R2.2'")
    town.deliver(
        "samspil.csv",
        "touchpoints",
        [touchpoint("S-1", "2026-02-02"), touchpoint("S-3", "2026-06-01"), touchpoint("S-4", "2026-06-02")],
    )
    town.deliver("indsigelser.csv", "disputes", [DISPUTE])
    town.deliver("_indstillinger.xlsx", "targets", [TARGET])
    town.publish()
    found = town.restated()
    # 5 as published; 2 by today's code; S-3 and S-4 came late; S-2 is gone; S-1 is disputed.
    parts = {"code": -3.0, "late": 2.0, "withdrawn": -1.0, "dispute": -1.0}
    assert found["value"] == ("5.0", "2.0", parts)
    assert sum(parts.values()) == 2 - 5
    # Target 3: 2 do not reach it, 4 do, 3 do, 2 do not.
    assert found["status"] == (
        "fulfilled",
        "not_fulfilled",
        {"target": 1.0, "late": 1.0, "dispute": 1.0},
    )


def test_a_figure_that_is_no_longer_there_is_restated_to_nothing(published):
    value = {
        "value_id": "V-1",
        "network_id": "N-1",
        "date": "2026-05-05",
        "value_type": "quality",
        "measure": "Ventetid",
        "baseline": "10",
        "measured": "8",
    }
    published.deliver("vaerdi.csv", "value_records", [value])
    published.publish()
    assert published.restated("V6")["value"] == (None, "1.0", {"late": 1.0})
    published.deliver("vaerdi.csv", "value_records", [value | {"value_type": "citizen"}])
    published.publish()
    with duckdb.connect(str(published.home.database), read_only=True) as file:
        rows = file.execute(
            "select dimension, old, new, corrected_part from audit.restatement "
            "where indicator_id = 'V6' and period = '2026Q2' and publication_sequence = 3 order by 1"
        ).fetchall()
    assert rows == [("citizen", None, "1.0", 1.0), ("quality", "1.0", None, -1.0)]


def test_a_provisional_figure_that_moves_by_time_is_no_restatement(town):
    town.publish(as_of=date(2026, 5, 15))
    town.deliver("samspil.csv", "touchpoints", [*FIRST, touchpoint("S-3", "2026-06-30")])
    town.publish()
    assert town.restated() == {}


def test_the_ledger_keeps_earlier_restatements(published):
    for rows in ([FIRST[0]], FIRST):
        published.deliver("samspil.csv", "touchpoints", rows)
        published.publish()
    with duckdb.connect(str(published.home.database), read_only=True) as file:
        kept = file.execute(
            "select publication_sequence, old, new, withdrawn_part, late_part from audit.restatement "
            "where indicator_id = 'R2.2' and period = '2026Q2' order by 1"
        ).fetchall()
    assert kept == [(2, "2.0", "1.0", -1.0, None), (3, "1.0", "2.0", None, 1.0)]


def test_every_row_of_the_ledger_adds_up(published):
    published.deliver("samspil.csv", "touchpoints", [touchpoint("S-9", "2025-11-01")])
    published.publish()
    parts = " + ".join(f"coalesce({cause}_part, 0)" for cause in CAUSES)
    with duckdb.connect(str(published.home.database), read_only=True) as file:
        [(rows, wrong)] = file.execute(
            f"""
            select count(*), count(*) filter (
                abs(coalesce(new::double, 0) - coalesce(old::double, 0) - ({parts})) > 1e-9
            )
            from audit.restatement where measure = 'value'
            """
        ).fetchall()
    assert rows > 0
    assert wrong == 0
