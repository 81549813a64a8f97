"""Every rule of the contract as a check: how many it found, where the first stand, and how it went."""

from datetime import date

import dagster as dg
import pytest

from assets.accepted.rule_labels import RULE_LABELS
from assets.answerability.finding_history import create_finding_history
from pipelines.checks.contract import (
    INFORMATION,
    WARNINGS,
    RuleFindings,
    contract_rules,
    read_findings,
    rule_result,
    severity_of,
)


@pytest.fixture
def findings(connection):
    """A warehouse with four findings, and one that was mended the day after."""
    connection.execute(
        """
        create table accepted.finding as
        select * from (values
            ('nord', 'nord/a.xlsx', 'Roller', 17, 'D17', 'date_order', false),
            ('nord', 'nord/a.xlsx', 'Roller', 9, 'D9', 'date_order', false),
            ('nord', 'nord/a.xlsx', 'Roller', 4, 'D4', 'date_order', true),
            ('nord', 'nord/b.csv', '', null, '', 'empty_file', false)
        ) as t(organisation_id, path, sheet, row_number, cell, rule, waived)
        """
    )
    create_finding_history(connection)
    for rule, first, mended in (
        ("date_order", date(2026, 3, 1), None),
        ("date_order", date(2026, 3, 2), None),
        ("enum", date(2026, 3, 1), date(2026, 3, 2)),
    ):
        connection.execute(
            "insert into accepted.finding_history (rule, first_date, mended_date) values (?, ?, ?)",
            [rule, first, mended],
        )
    return read_findings(connection)


def test_what_a_waiver_covers_is_counted_apart(findings):
    assert (findings["date_order"].standing, findings["date_order"].waived) == (2, 1)


def test_the_first_offenders_are_cell_addresses_in_the_order_of_the_sheet(findings):
    assert findings["date_order"].first == (
        "nord/a.xlsx, Roller!D9",
        "nord/a.xlsx, Roller!D17",
        "nord/a.xlsx, Roller!D4",
    )


def test_the_trend_says_how_many_stood_each_day_also_where_all_is_mended(findings):
    assert findings["date_order"].trend == (("2026-03-01", 1), ("2026-03-02", 2))
    assert findings["enum"].trend == (("2026-03-01", 1), ("2026-03-02", 0))
    assert findings["enum"].standing == 0


def test_an_error_fails_as_an_error_a_warning_as_a_warning_and_information_never(findings):
    one = RuleFindings(standing=1)
    for rule, passed, severity in (
        ("date_order", False, dg.AssetCheckSeverity.ERROR),
        ("level_order", False, dg.AssetCheckSeverity.WARN),
        ("hidden", True, dg.AssetCheckSeverity.WARN),
    ):
        result = rule_result(rule, one)
        assert (result.passed, result.severity) == (passed, severity)
    assert rule_result("date_order", RuleFindings(waived=1)).passed


def test_every_rule_of_the_contract_is_a_check():
    assert {key.name for key in contract_rules.check_keys} == set(RULE_LABELS)
    assert set(WARNINGS) | set(INFORMATION) <= set(RULE_LABELS)
    assert severity_of("cpr") == "error"
