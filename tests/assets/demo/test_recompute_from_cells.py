"""What the demo's published file says of itself: figures computed again from nothing but the cells that the
trace names, again by the file's own question, and what stood on a day."""

import io
import random
from collections import defaultdict
from datetime import UTC, date, datetime
from decimal import Decimal

import duckdb
import pytest
from rich.console import Console

from assets.accepted.typed import reader_of
from assets.contract import KIND_BY_NAME
from assets.gates.quality import record
from assets.publication.database import build_file
from assets.publication.ledger import create_ledgers, record_run
from assets.publication.trace import trace
from assets.publication.trace_text import trace_text
from assets.raw.cells import clean_text, heading_factor, is_empty, read_identifier
from assets.run_record import Run
from tests.recompute import TOLD, Evidence, figure, same

DEFAULTS = {"commitment": "none", "currency": "DKK"}
FIGURES_OF_EACH = 2
KEY = ("organisation_id", "network_id", "period", "indicator_id", "dimension")


@pytest.fixture(scope="module")
def database(demo, tmp_path_factory):
    """The demo's publication."""
    place = tmp_path_factory.mktemp("published") / "netvaerdi.duckdb"
    run = Run("demo", datetime(2026, 10, 1, tzinfo=UTC), date(2026, 9, 30))
    create_ledgers(demo)
    record(demo, run.run_id, [])
    record_run(demo, run)
    build_file(demo, place, [], run)
    return place


@pytest.fixture(scope="module")
def offices(demo):
    """The rates of the years, and the names that count as others, as the settings workbook says them."""
    rates = {
        (currency, year): Decimal(str(rate)) / per
        for currency, year, rate, per in demo.execute(
            "select currency, year, rate, coalesce(per, 1) from settings.rates"
        ).fetchall()
    }
    names = dict(demo.execute("select from_name_key, to_name_key from settings.aliases").fetchall())
    return rates, names


def figures_to_try(demo, seed):
    """Some figures of every indicator that has any, drawn by a seed."""
    found = defaultdict(list)
    for row in demo.sql(TOLD).pl().iter_rows(named=True):
        found[row["indicator_id"]].append(row)
    drawn = random.Random(seed)
    return [
        row
        for _, rows in sorted(found.items())
        for row in drawn.sample(rows, min(FIGURES_OF_EACH, len(rows)))
    ]


def read_cell(column, cell):
    """A cell's value by its column's type."""
    if column.type == "identifier":
        return read_identifier(cell.written)
    if column.type == "text":
        return clean_text(cell.written)
    return reader_of(column)(cell.written, heading_factor(cell.heading))


def read_record(traced, offices):
    """A record from its cells as written, by the rules of the cells."""
    rates, names = offices
    kind = KIND_BY_NAME[traced.record_kind]
    said = {column.name: DEFAULTS.get(column.name) for column in kind.columns}
    for cell in traced.cells:
        if not cell.field or is_empty(cell.written):
            continue
        column = kind.column(cell.field)
        said[cell.field] = read_cell(column, cell)
        if column.compared:
            key = read_identifier(cell.written)
            said[f"{cell.field}_key"] = names.get(key, key)
    for column in kind.columns:
        if column.compared:
            said.setdefault(f"{column.name}_key", None)
    if said.get("currency") not in (None, "DKK"):
        year = (said["decided_date"] or said["submitted_date"]).year
        for column in kind.columns:
            if column.type == "money" and said[column.name] is not None:
                said[column.name] *= rates[said["currency"], year]
    return said


def test_random_figures_of_every_indicator_are_what_their_cells_give(demo, database, offices):
    with duckdb.connect(str(database), read_only=True) as connection:
        networks = {
            row[:2]: {"start_date": row[2], "end_date": row[3]}
            for row in connection.execute(
                "select organisation_id, network_id, start_date, end_date from main.networks"
            ).fetchall()
        }
    wrong, tried = [], set()
    for row in figures_to_try(demo, "netværdi"):
        traced = trace(database, *(row[name] for name in KEY)).records
        named = [(one.record_kind, one.record_key, one.part) for one in traced]
        records = {(one.record_kind, one.record_key): read_record(one, offices) for one in traced}
        network = networks[row["organisation_id"], row["network_id"]]
        counted_to = min(row["period_end"], network["end_date"] or row["period_end"])
        worked = figure(row["indicator_id"], Evidence(named, records), network, counted_to)
        said = (row["numerator"], row["denominator"], row["value"])
        tried.add(row["indicator_id"])
        if not all(same(one, other) for one, other in zip(said, worked, strict=True)):
            wrong.append((*(row[name] for name in KEY), said, worked))
    assert wrong == []
    assert len(tried) == 32  # every indicator but the nine of the pulse


def quarters_with_every_indicator(connection, more):
    """A network's quarters that together have a figure of every indicator, and some more of each."""
    told = defaultdict(set)
    for *place, indicator in connection.execute(
        "select organisation_id, network_id, period, indicator_id from main.indicator_result "
        "where value is not null order by all"
    ).fetchall():
        told[tuple(place)].add(indicator)
    wanted = set().union(*told.values())
    chosen = random.Random("netværdi").sample(sorted(told), more)
    missing = wanted.difference(*(told[place] for place in chosen))
    while missing:
        best = max(sorted(told), key=lambda place: len(told[place] & missing))
        chosen.append(best)
        missing -= told[best]
    return chosen, wanted


def test_the_file_itself_works_out_every_indicator_again_number_by_number(database):
    with duckdb.connect(str(database), read_only=True) as connection:
        places, wanted = quarters_with_every_indicator(connection, more=6)
        worked = [
            row
            for place in places
            for row in connection.execute(
                "select indicator_id, numerator, denominator, value, again_numerator, again_denominator, "
                "again_value, agrees from audit.recompute(?, ?, ?)",
                place,
            ).fetchall()
        ]
    assert {row[0] for row in worked} == wanted
    assert len(wanted) == 32  # every indicator but the nine of the pulse
    wrong = [row for row in worked if not row[7] or not all(map(same, row[1:4], row[4:7]))]
    assert wrong == []


STANDS_ON_2026_01_01 = {
    "people": "valid_from <= d and coalesce(valid_to, d) >= d",
    "networks": "start_date <= d and coalesce(end_date, d) >= d",
    "roles": "valid_from <= d and coalesce(valid_to, d) >= d",
    "phases": "coalesce(actual_date, d) <= d",
    "solutions": "idea_date <= d",
    "applications": "coalesce(submitted_date, decided_date, d) <= d",
    "adoption_events": "date <= d",
    "central_managers": "identified_date <= d and (removed_date is null or removed_date > d)",
    "ownership": "date <= d",
    "touchpoints": "date <= d",
    "value_records": "date <= d",
    "disputes": "raised_date <= d",
}


def test_every_kind_is_shown_as_it_stood_on_a_day_and_of_the_pulse_the_delivery(database, demo):
    with duckdb.connect(str(database), read_only=True) as connection:
        stood = connection.execute(
            "select record_kind, delivery_sequence, sheet, row_number "
            "from audit.stood_on('FJORDBY', date '2026-01-01', date '2026-09-30') where accepted_now"
        ).fetchall()
        before = connection.execute(
            "select * from audit.stood_on('FJORDBY', date '2026-01-01', date '2026-09-29')"
        ).fetchall()
    assert {kind for kind, *_ in stood} == set(KIND_BY_NAME)
    for kind, rule in STANDS_ON_2026_01_01.items():
        expected = demo.execute(
            f"select delivery_sequence, sheet, row_number from accepted.{kind}, "
            f"(select date '2026-01-01' as d) where organisation_id = 'FJORDBY' and {rule}"
        ).fetchall()
        assert len(expected) > 1, kind
        assert sorted(row[1:] for row in stood if row[0] == kind) == sorted(expected), kind
    assert [row[3] for row in stood if row[0] == "pulse"] == [None]  # no answer, only that they were sent
    assert before == []  # nothing had been received


def test_a_refused_row_stands_with_its_day_and_totals_notes_and_examples_do_not(database):
    with duckdb.connect(str(database), read_only=True) as connection:
        rows = connection.execute(
            "select record_kind, own_id, what, first_day "
            "from audit.stood_on('FJORDBY', date '2026-09-30', date '2026-09-30') where not accepted_now"
        ).fetchall()
    assert ("applications", "A-1690", "Afventer", date(2026, 8, 10)) in rows
    assert ("touchpoints", "S-15901", "Sparring", None) in rows  # its day has a year of two digits
    assert not [row for row in rows if row[1] and row[1].startswith("EKSEMPEL")]


def one(connection, question, *given):
    """The one row of an answer."""
    [row] = connection.execute(question, given).fetchall()
    return row


def test_what_the_canned_questions_count_is_what_the_report_shows(database):
    with duckdb.connect(str(database), read_only=True) as connection:
        shown = connection.execute(
            "select organisation_id, period, dimension, numerator, denominator "
            "from main.organisation_result where measure_id = 'ownership' and not suppressed order by all"
        ).fetchall()
        assert len({row[1] for row in shown}) > 15
        for organisation, period, dimension, numerator, denominator in shown[-12:]:
            managers, owning, not_heard = one(
                connection,
                "select sum(managers), sum(owning), sum(not_heard) from audit.ownership_by_unit(?, ?)",
                organisation,
                period,
            )
            counted = {"owning": owning, "not_heard": not_heard, "not_owning": managers - owning - not_heard}
            assert (counted[dimension], managers) == (numerator, denominator), period
        for organisation, period in (("FJORDBY", "2026Q3"), ("FJORDBY", "2024Q1")):
            kroner = dict(
                connection.execute(
                    "select line, kroner from audit.kroner(?, ?)", [organisation, period]
                ).fetchall()
            )
            [granted] = one(
                connection,
                "select value from main.organisation_result where organisation_id = ? and period = ? "
                "and measure_id = 'kroner_granted_to_date' and dimension = ''",
                organisation,
                period,
            )
            assert (kroner[90], kroner[99]) == (Decimal(str(granted)), 0)
        for organisation in ("FJORDBY", "LYNGAA"):
            delivered = one(
                connection,
                "select sum(rows_read), sum(rows_accepted), sum(rows_rejected), sum(rows_skipped) "
                "from audit.delivery "
                "where organisation_id = ? and state = 'current' and path not like '%Puls%'",
                organisation,
            )
            complete = "sum(rows_read), sum(rows_accepted), sum(rows_rejected), sum(rows_skipped)"
            assert delivered == one(
                connection, f"select {complete} from audit.completeness_by_kind(?)", organisation
            )
            assert (
                delivered[2]
                == one(
                    connection,
                    "select count(distinct (path, sheet, row_number)) from audit.rejected_rows(?)",
                    organisation,
                )[0]
            )


def test_a_unit_that_changed_name_is_traced_as_written_and_as_it_counts(database):
    traced = trace(database, "FJORDBY", "NV-08", "2025Q2", "R6.4")
    renamed = {
        (cell.written, cell.counted_as)
        for record in traced.records
        for cell in record.cells
        if cell.counted_as
    }
    assert renamed == {("Hjemmeplejen Nord", "Omsorg Nord")}
    console = Console(width=200, file=io.StringIO())
    console.print(trace_text(traced))
    assert "Hjemmeplejen Nord (tæller som Omsorg Nord)" in console.file.getvalue()
