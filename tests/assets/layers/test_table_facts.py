"""What Dagster's page of a table shows: its rows, its columns with meanings, and when rows last came."""

from datetime import UTC, datetime

import pytest

from assets.layers.table_facts import facts, last_deliveries


@pytest.fixture
def delivered(connection):
    """Roles delivered twice, the second time refused; a network kind delivered in March."""
    connection.execute(
        """
        create table raw.delivery as select * from (values
            (1, timestamp '2026-03-01 08:00', 'current'),
            (2, timestamp '2026-04-01 08:00', 'current'),
            (3, timestamp '2026-05-01 08:00', 'quarantined')
        ) as t(sequence, received_at, state)
        """
    )
    connection.execute(
        """
        create table raw.sheet as select * from (values
            (1, 'networks'), (2, 'roles'), (3, 'roles')
        ) as t(delivery_sequence, kind)
        """
    )
    connection.execute("create table accepted.networks as select 'N-1' as network_id")
    connection.execute("create table core.units as select 'N-1' as network_id")
    return connection


def test_a_record_kind_shows_its_own_last_delivery_and_other_tables_the_last_of_all(delivered):
    about = facts(delivered, ["accepted.networks", "core.units"])
    assert (
        about["accepted.networks"]["last_delivery"].value == datetime(2026, 3, 1, 8, tzinfo=UTC).timestamp()
    )
    assert about["core.units"]["last_delivery"].value == datetime(2026, 4, 1, 8, tzinfo=UTC).timestamp()
    assert about["core.units"]["dagster/row_count"] == 1


def test_a_warehouse_in_which_nothing_was_delivered_shows_none(connection):
    assert last_deliveries(connection) == {}
