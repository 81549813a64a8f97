"""Whatever stands in the cells: no row is lost, and none is refused without a word."""

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.contract import KINDS
from assets.raw.tables import create_raw_tables
from assets.warehouse import create_schemas
from tests.assets.accepted.conftest import SENT, Office

ODD_CELLS = st.sampled_from(
    [
        None,
        "-",
        "N-1",
        " n‑1 ",
        "ANNA",
        "BO",
        "L-1",
        "1.5",
        "9",
        "-1",
        "0",
        "31-12-25",
        "31-02-2024",
        "2099-01-01",
        "2019-01-01",
        "1. maj 2024",
        "Bevilget",
        "EUR",
        "Optaget i basis",
        "Politisk vurdering",
        "S-1/x",
        "\u0410NNA",
        "=1+1",
        "'; drop table raw.delivery; --",
        "x" * 300,
        "æøå €",
    ]
)


@st.composite
def sheets(draw):
    """A few rows of a few kinds, each a valid row with some cells replaced."""
    sent = {}
    for kind in KINDS:
        rows = []
        for _ in range(draw(st.integers(0, 3))):
            names = draw(st.lists(st.sampled_from([c.name for c in kind.columns]), max_size=3, unique=True))
            rows.append(SENT[kind.name] | {name: draw(ODD_CELLS) for name in names})
        sent[kind.name] = rows
    return sent


@settings(max_examples=12, deadline=None)
@given(first=sheets(), second=sheets())
def test_every_row_is_accepted_or_refused_with_a_finding(first, second):
    with duckdb.connect() as connection:
        create_schemas(connection)
        create_raw_tables(connection)
        office = Office(connection)
        office.send(first, path="a.xlsx", whole=True)
        office.send(second, path="b.xlsx", whole=True)
        report = office.accept()
        sent = sum(len(rows) for sheet in (first, second) for rows in sheet.values())
        assert report.rows_read == sent
        assert report.rows_accepted + report.rows_rejected + report.rows_skipped == sent
        refused = connection.execute(
            "select count(distinct (delivery_sequence, sheet, row_number)) from accepted.finding "
            "where severity = 'error' or rule = 'superseded_key'"
        ).fetchall()
        assert refused == [(report.rows_rejected,)]
        for kind in KINDS:
            if kind.key:
                doubled = connection.execute(
                    f"select record_key from accepted.{kind.name} group by all having count(*) > 1 "
                    f"and '{kind.name}' <> 'disputes'"
                ).fetchall()
                assert doubled == []
        holes = connection.execute(
            "select rule from accepted.finding where message_da is null or message_en is null"
        ).fetchall()
        assert holes == []
