"""The first offenders of a gate, told by where they stand."""

import pytest

from assets.gates.offenders import first_offenders
from assets.gates.quality import Gate

SHEET = (
    "insert into raw.sheet (delivery_sequence, sheet, sheet_position, columns) values "
    """(1, 'Samspil', 1, '{"A": "touchpoint_id", "D": "kind"}')"""
)


def test_a_cell_is_told_by_file_sheet_and_cell_and_not_by_what_it_says(broken):
    connection = broken(
        SHEET,
        "update accepted.touchpoints set kind = 'Hemmelig Hansen', row_number = 17 where network_id = 'N-1'",
    )
    gate = Gate("accepted", "accepted.touchpoints", "one_of:kind")
    assert first_offenders(connection, gate) == ["netvaerk.xlsx, Samspil!D17"]


def test_a_row_of_which_no_single_cell_is_at_fault_is_told_by_its_number(broken):
    connection = broken(
        SHEET, "update accepted.touchpoints set kind = 'showcase', row_number = 9 where network_id = 'N-1'"
    )
    gate = Gate("accepted", "accepted.touchpoints", "holds:showcase_says_to_whom")
    assert first_offenders(connection, gate) == ["netvaerk.xlsx, Samspil!9"]


def test_both_rows_of_a_key_seen_twice_are_told(broken):
    connection = broken("insert into accepted.roles select * from accepted.roles where network_id = 'N-2'")
    gate = Gate("accepted", "accepted.roles", "unique")
    assert first_offenders(connection, gate) == ["netvaerk.xlsx, Roller!2"] * 2


def test_a_figure_is_told_by_its_keys_and_never_by_its_leader(broken):
    connection = broken(
        "update results.indicator_result set phase = 'asleep' "
        "where network_id = 'N-2' and period = '2025Q1' and indicator_id = 'R2.2'"
    )
    gate = Gate("results", "results.indicator_result", "one_of:phase")
    assert first_offenders(connection, gate) == [
        "organisation_id aalby, network_id N-2, period 2025Q1, responsibility_id R2, indicator_id R2.2"
    ]


def test_offenders_of_a_check_in_sql_are_told_as_well(broken):
    connection = broken(
        "insert into accepted.roles by name select * replace ('MIA' as person_id) from accepted.roles "
        "where network_id = 'N-2'"
    )
    gate = Gate("accepted", "accepted.roles", "one_reference_leader_at_a_time")
    assert first_offenders(connection, gate) == ["netvaerk.xlsx, Roller!2"]


def test_no_more_than_the_first_are_told(broken):
    connection = broken("update results.indicator_result set phase = 'asleep'")
    gate = Gate("results", "results.indicator_result", "one_of:phase")
    assert len(first_offenders(connection, gate, most=3)) == 3


@pytest.mark.parametrize("check", ["rows_at_least", "no_such_rule"])
def test_where_no_row_can_be_pointed_out_none_is_told(municipality, check):
    assert first_offenders(municipality, Gate("results", "results.indicator_result", check)) == []
