"""Clocks: nights on which they change, the turn of the year, and one that is set back (F40, F41, F42)."""

import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from assets.clock import COPENHAGEN, copenhagen_day, danish_moment
from assets.raw.cells import read_date
from assets.raw.intake import take_in
from assets.warehouse import open_warehouse
from pipelines.schedules import publish_quarterly

HEAD = "Netværks-id;Titel;Type;Startdato\n"


@pytest.mark.parametrize("night", [date(2026, 3, 29), date(2026, 10, 25)])
def test_f40_on_the_night_the_clock_changes_every_instant_has_one_day_and_their_order_holds(night):
    instants = [
        datetime(night.year, night.month, night.day, tzinfo=UTC) + timedelta(minutes=30 * n) for n in range(8)
    ]
    assert {copenhagen_day(instant) for instant in instants} == {night}
    stored = [instant.isoformat() for instant in instants]
    assert sorted(stored) == stored and len(set(stored)) == 8


def test_f40_the_hour_that_does_not_exist_is_never_shown_and_the_double_one_is_two_instants():
    spring = [datetime(2026, 3, 29, 0, 30, tzinfo=UTC), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)]
    assert [danish_moment(instant)[-5:] for instant in spring] == ["01.30", "03.30"]
    autumn = [datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1)]
    assert [danish_moment(instant)[-5:] for instant in autumn] == ["02.30", "02.30"]
    assert [instant.astimezone(COPENHAGEN).fold for instant in autumn] == [0, 1]


def test_f40_a_time_of_day_in_a_cell_leaves_its_day_alone():
    assert read_date("2026-10-25 02:30:00") == date(2026, 10, 25)


def test_f40_the_schedule_does_not_tick_in_an_hour_that_may_not_exist():
    minute, hour = publish_quarterly.cron_schedule.split()[:2]
    assert (int(hour), int(minute)) == (6, 0)
    assert publish_quarterly.execution_timezone == "Europe/Copenhagen"


SAYS_DAY = (
    "from datetime import UTC, datetime; from assets.clock import copenhagen_day; "
    "print(copenhagen_day(datetime(2025, 12, 31, 23, 30, tzinfo=UTC)))"
)


@pytest.mark.parametrize("zone", ["UTC", "America/Los_Angeles", "Asia/Tokyo"])
def test_f41_half_past_eleven_utc_on_new_years_eve_is_the_next_year_whatever_the_host(zone):
    done = subprocess.run(
        [sys.executable, "-c", SAYS_DAY],
        env=os.environ | {"TZ": zone, "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "2026-01-01"


def take(connection, folder, text, received_at):
    """Deliver one file, received at that moment by the machine's clock."""
    path = folder / "inbox" / "Netværk.csv"
    path.parent.mkdir(exist_ok=True)
    path.write_text(HEAD + text, encoding="utf-8")
    os.utime(path, (1_700_000_000, 1_700_000_000))
    take_in(
        connection,
        archive=folder / "archive",
        inbox=path.parent,
        received_at=received_at,
        default_organisation="kommunen",
        declared=frozenset(),
    )


def test_f41_a_delivery_is_received_on_the_danish_day(tmp_path):
    with open_warehouse() as connection:
        take(
            connection, tmp_path, "N-1;Et;innovation;29-02-2024\n", datetime(2025, 12, 31, 23, 30, tzinfo=UTC)
        )
        row = connection.execute("select received_at, received_date from raw.delivery").fetchall()
    assert row == [(datetime(2025, 12, 31, 23, 30), date(2026, 1, 1))]


def test_f42_when_the_clock_is_set_back_the_later_delivery_still_counts(tmp_path):
    now = datetime(2026, 10, 1, 12, tzinfo=UTC)
    with open_warehouse() as connection:
        take(connection, tmp_path, "N-1;Før;innovation;01-02-2024\n", now)
        take(connection, tmp_path, "N-1;Efter;innovation;01-02-2024\n", now - timedelta(days=400))
        standing = connection.execute(
            "select d.sequence, r.cells ->> '$.B' from raw.delivery as d join raw.source_row as r "
            "on r.delivery_sequence = d.sequence where d.state = 'current'"
        ).fetchall()
    assert standing == [(2, "Efter")]
