from datetime import date

import pytest

from assets.core.calendar import build_calendar, half_years, months, quarters


def test_quarters_follow_one_another_without_a_gap():
    found = quarters(2024, 2025)
    assert found.row(0) == ("2024Q1", date(2024, 1, 1), date(2024, 3, 31), 8096)
    assert found.row(7) == ("2025Q4", date(2025, 10, 1), date(2025, 12, 31), 8103)
    assert found.get_column("quarter_number").diff().drop_nulls().unique().to_list() == [1]


def test_february_ends_on_the_29th_in_a_leap_year():
    found = months(2024, 2025)
    assert found.row(1) == (date(2024, 2, 1), date(2024, 2, 29), 2024 * 12 + 1)
    assert found.row(13) == (date(2025, 2, 1), date(2025, 2, 28), 2025 * 12 + 1)


def test_half_years_end_in_june_and_december():
    assert half_years(2025, 2025).rows() == [
        (date(2025, 1, 1), date(2025, 6, 30), 4050),
        (date(2025, 7, 1), date(2025, 12, 31), 4051),
    ]


def test_the_calendar_reaches_from_before_the_first_network_to_the_year_of_the_as_of_day(connection, rows):
    connection.execute("create table accepted.networks (organisation_id varchar, start_date date)")
    connection.execute("insert into accepted.networks values ('aalby', date '2020-05-01')")
    build_calendar(connection, {"bredby": date(2026, 9, 30), "aalby": date(2025, 3, 31)})
    assert connection.execute("select * from calendar.as_of").fetchall() == [
        ("aalby", date(2025, 3, 31)),
        ("bredby", date(2026, 9, 30)),
    ]
    found = connection.execute("select min(first_day), max(last_day) from calendar.month").fetchall()
    assert found == [(date(2009, 1, 1), date(2026, 12, 31))]


@pytest.mark.parametrize("table", ["as_of", "quarter", "month", "half_year"])
def test_the_calendar_exists_also_with_no_network_and_no_organisation(connection, table):
    connection.execute("create table accepted.networks (organisation_id varchar, start_date date)")
    build_calendar(connection, {})
    assert len(connection.execute(f"describe calendar.{table}").fetchall()) >= 2
