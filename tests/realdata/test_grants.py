"""360Giving grants, in two notations, read as applications by a mapping file."""

from decimal import Decimal

import pytest

pytestmark = pytest.mark.realdata
NETWORK = "Netværks-id;Titel;Type;Startdato\nN-01;Retten for alle;Innovationsnetværk;01-01-2013\n"
TOTALS = (
    "select count(*), sum(amount_granted), min(decided_date)::varchar, max(decided_date)::varchar, "
    "count(*) filter (where source = 'external') from accepted.applications"
)
EXPECTED = [(783, Decimal("12785625.00"), "2013-01-22", "2021-01-26", 706)]


@pytest.mark.parametrize(
    ("name", "mapping"),
    [
        ("360giving_abct_grants.xlsx", "360giving_grants.mapping.yaml"),
        ("360giving_abct_grants_dansk_notation.csv", "360giving_dansk_notation.mapping.yaml"),
    ],
)
def test_both_notations_give_the_same_kroner(accepted, name, mapping):
    assert accepted(TOTALS, name, mapping, Netværk=NETWORK) == EXPECTED
    errors = accepted.connection.execute(
        "select rule, count(*) from accepted.finding where severity = 'error' group by rule"
    ).fetchall()
    assert errors == []


def test_a_finding_points_at_the_senders_own_cell(accepted):
    # Without the network every row refers to nothing: a constant, which stands in no cell.
    rows = accepted(
        "select distinct rule, cell from accepted.finding where severity = 'error'",
        "360giving_abct_grants.xlsx",
        "360giving_grants.mapping.yaml",
    )
    assert rows == [("unknown_reference", None)]


def test_the_mapping_is_recorded_and_the_cells_stay_as_written(accepted):
    (row,) = accepted(
        "select d.mapping_sha256, r.cells->>'$.L', r.cells->>'$.l_1' from raw.delivery as d "
        "join raw.source_row as r on d.sequence = r.delivery_sequence where r.row_number = 2 "
        "and d.path like '%.xlsx'",
        "360giving_abct_grants.xlsx",
        "360giving_grants.mapping.yaml",
        Netværk=NETWORK,
    )
    assert len(row[0]) == 64
    assert row[1:] == ("No", "Intern")
