"""The completeness table with the machine's health in it: ``audit.completeness`` of the warehouse.

It is a view, so it never lags behind: every row of ``results.completeness``, and a row a day of
``audit.health`` with ``kind`` ``health``, whether all was well (``healthy``, ``degraded``) and why. The
published table of this name has the rows of the data alone: what is published follows from what was
delivered, and the same deliveries give the same content hash on a good day and on a bad one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

COMPLETENESS = "audit.completeness"
SHOWN_DAYS = 14
SHOWN_KINDS = 20
SAID = {"healthy": "● rask / healthy", "degraded": "▲ svækket / degraded"}
TABLE = """
create table if not exists audit.health (
    day date primary key, state varchar not null, reason_da varchar not null, reason_en varchar not null
)
"""
VIEW = """
create or replace view audit.completeness as
select
    *,
    null::date as health_date,
    null::varchar as health,
    null::varchar as why_da,
    null::varchar as why_en
from results.completeness
union all by name
select
    '' as organisation_id,
    '' as network_id,
    concat(year(day), 'Q', quarter(day)) as period,
    'health' as kind,
    day as health_date,
    state as health,
    reason_da as why_da,
    reason_en as why_en
from audit.health
"""
MEANINGS = {
    "health_date": ("Dagen, helbredet er skrevet for", "The day of the health"),
    "health": (
        "healthy (rask) eller degraded (svækket); tom for data",
        "healthy or degraded; empty for data",
    ),
    "why_da": ("Hvorfor svækket, på dansk", "Why degraded, in Danish"),
    "why_en": ("Hvorfor svækket, på engelsk", "Why degraded, in English"),
}
LATEST = f"""
select kind, delivered, count(*) as rows
from results.completeness
where network_id = '' and kind <> 'pulse' and period = (select max(period) from results.completeness)
group by kind, delivered
order by kind, delivered
limit {SHOWN_KINDS}
"""


@dataclass(frozen=True)
class HealthDay:
    """One day: ``healthy`` or ``degraded``, and why in Danish and English; empty where healthy."""

    day: date
    state: str
    why_da: str
    why_en: str


def write_day(connection: duckdb.DuckDBPyConnection, day: HealthDay) -> None:
    """Write a day's line, over what it said before."""
    connection.execute(TABLE)
    connection.execute(
        "insert or replace into audit.health values (?, ?, ?, ?)",
        [day.day, day.state, day.why_da, day.why_en],
    )


def latest_days(connection: duckdb.DuckDBPyConnection) -> list[HealthDay]:
    """The days, the latest first."""
    connection.execute(TABLE)
    return [
        HealthDay(*row)
        for row in connection.execute(
            f"select day, state, reason_da, reason_en from audit.health order by day desc limit {SHOWN_DAYS}"
        ).fetchall()
    ]


def lay_together(connection: duckdb.DuckDBPyConnection) -> bool:
    """Make the view; whether it could be made, which is not before the first run has looked at the data."""
    connection.execute(TABLE)
    try:
        connection.execute(VIEW)
    except duckdb.CatalogException:
        return False
    for column, words in MEANINGS.items():
        connection.execute(f"comment on column {COMPLETENESS}.{column} is '{' / '.join(words)}'")
    return True


def days_table(days: Sequence[HealthDay]) -> str:
    """The days as a Markdown table."""
    head = "| dag / day | helbred / health | hvorfor | why |\n|---|---|---|---|\n"
    return head + "\n".join(
        f"| {one.day:%d-%m-%Y} | {SAID[one.state]} | {one.why_da or '–'} | {one.why_en or '–'} |"
        for one in days
    )


def data_table(connection: duckdb.DuckDBPyConnection) -> str:
    """How the latest quarter's data came, by kind, over the organisations, as a Markdown table."""
    head = "| art / kind | leveret / delivered | organisationer / organisations |\n|---|---|---:|\n"
    rows = connection.execute(LATEST).fetchall()
    return head + "\n".join(f"| {kind} | {delivered} | {count} |" for kind, delivered, count in rows)
