"""The calendar the models read: quarters, months and half-years without gaps, and each organisation's day."""

from datetime import date, timedelta

import duckdb
import polars as pl

from assets.warehouse import replace_table

# The widest window the offices may set reaches back 120 months.
YEARS_BEFORE = 11


def build_calendar(connection: duckdb.DuckDBPyConnection, as_of: dict[str, date]) -> None:
    """Write ``calendar.as_of``, ``quarter``, ``month`` and ``half_year``.

    The calendar runs from some years before the first accepted network to the end of the year that holds
    the latest as-of day, so that every window of every model falls within it.

    Args:
        as_of: The day each organisation's figures are computed as of. One that is not named has no results.
    """
    days = pl.DataFrame(
        {"organisation_id": sorted(as_of), "as_of": [as_of[name] for name in sorted(as_of)]},
        schema={"organisation_id": pl.String, "as_of": pl.Date},
    )
    first, last = _years(connection, list(as_of.values()))
    replace_table(connection, "calendar.as_of", days)
    replace_table(connection, "calendar.quarter", quarters(first, last))
    replace_table(connection, "calendar.month", months(first, last))
    replace_table(connection, "calendar.half_year", half_years(first, last))


def quarters(first_year: int, last_year: int) -> pl.DataFrame:
    """Every quarter of these years: period (``2025Q1``), first and last day, consecutive number."""
    return pl.DataFrame(
        [
            (f"{year:04d}Q{quarter}", *_span(year, 3 * quarter - 2, 3), year * 4 + quarter - 1)
            for year in range(first_year, last_year + 1)
            for quarter in range(1, 5)
        ],
        schema={
            "period": pl.String,
            "first_day": pl.Date,
            "last_day": pl.Date,
            "quarter_number": pl.Int32,
        },
        orient="row",
    )


def months(first_year: int, last_year: int) -> pl.DataFrame:
    """Every month of these years: first and last day, consecutive number (year × 12 + month - 1)."""
    return pl.DataFrame(
        [
            (*_span(year, month, 1), year * 12 + month - 1)
            for year in range(first_year, last_year + 1)
            for month in range(1, 13)
        ],
        schema={"first_day": pl.Date, "last_day": pl.Date, "month_number": pl.Int32},
        orient="row",
    )


def half_years(first_year: int, last_year: int) -> pl.DataFrame:
    """Every half-year of these years: first and last day, consecutive number (year × 2 + 0 or 1)."""
    return pl.DataFrame(
        [
            (*_span(year, 6 * half + 1, 6), year * 2 + half)
            for year in range(first_year, last_year + 1)
            for half in (0, 1)
        ],
        schema={"first_day": pl.Date, "last_day": pl.Date, "half_year_number": pl.Int32},
        orient="row",
    )


def _span(year: int, month: int, length: int) -> tuple[date, date]:
    """First and last day of the months from ``month`` on, all within one year."""
    after = month + length
    end = date(year + 1, 1, 1) if after > 12 else date(year, after, 1)
    return date(year, month, 1), end - timedelta(days=1)


def _years(connection: duckdb.DuckDBPyConnection, as_of: list[date]) -> tuple[int, int]:
    """First and last year of the calendar."""
    found = connection.execute("select min(start_date) from accepted.networks").fetchall()
    days = [*as_of, *(day for (day,) in found if day is not None)]
    if not days:
        return (2000, 2000)
    return max(min(day.year for day in days) - YEARS_BEFORE, 1), max(day.year for day in days)
