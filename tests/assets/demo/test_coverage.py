"""What the demo must show: every indicator with every status and reason it can have, by the real pipeline."""

from collections import defaultdict
from typing import Any

import duckdb
import pytest

from assets.demo.municipality import NEIGHBOUR, ORGANISATION

WITHOUT_PARTLY = {"R1.1", "R2.2", "R9.1", "R9.2"}
# The "otherwise" column of the contract, indicator by indicator.
OTHERWISE = {
    "R3.1": {"not_due"},
    "R4.1": {"not_due", "no_data"},
    "R4.2": {"no_data"},
    "R4.3": {"no_data"},
    "R4.4": {"no_data", "not_due"},
    "R5.1": {"not_due"},
    "R5.3": {"no_data"},
    "R6.1": {"level_unknown", "no_data", "none_identified", "too_few_heard"},
    "R6.2": {"level_unknown", "no_data", "none_identified", "too_few_heard"},
    "R6.3": {"level_unknown", "no_data", "none_identified"},
    "R6.4": {"level_unknown", "no_data", "none_identified"},
    "R7.1": {"not_due"},
    "R7.2": {"not_due"},
    "R7.3": {"no_data"},
    "R8.1": {"not_due"},
    "R8.2": {"not_due"},
    "R8.3": {"not_due", "no_data"},
    "R8.4": {"no_data"},
    "R8.5": {"no_data", "not_due"},
    "R9.2": {"no_data", "not_relevant", "not_due"},
    "V4": {"no_data"},
    "V5": {"no_data"},
}


def _column(connection: duckdb.DuckDBPyConnection, query: str) -> list[Any]:
    return [row[0] for row in connection.sql(query).fetchall()]


def _seen(connection: duckdb.DuckDBPyConnection, column: str) -> dict[str, set[str]]:
    seen: dict[str, set[str]] = defaultdict(set)
    query = f"select distinct indicator_id, {column} from results.indicator_result where {column} is not null"
    for indicator, value in connection.sql(query).fetchall():
        seen[indicator].add(value)
    return seen


def test_every_file_is_read_and_every_row_accounted_for(demo: duckdb.DuckDBPyConnection) -> None:
    assert _column(demo, "select distinct state from raw.delivery") == ["current"]
    unexplained = "rows_read <> rows_accepted + rows_rejected + rows_skipped"
    assert _column(demo, f"select path from raw.delivery where {unexplained}") == []


def test_the_offices_own_mistakes_are_found_and_are_few(demo: duckdb.DuckDBPyConnection) -> None:
    errors = f"from accepted.finding where severity = 'error' and organisation_id = '{ORGANISATION}'"
    assert set(_column(demo, f"select distinct rule {errors}")) == {
        "ambiguous_number",
        "enum",
        "granted_incomplete",
        "range",
        "two_digit_year",
        "unknown_reference",
    }
    rejected = "select sum(rows_rejected) from raw.delivery where organisation_id <> ''"
    assert _column(demo, rejected) == [6]
    assert "no_reference_leader" in _column(demo, "select distinct rule from accepted.finding")


def test_every_judged_indicator_has_every_status(demo: duckdb.DuckDBPyConnection) -> None:
    statuses = _seen(demo, "status")
    judged = _column(demo, "select indicator_id from definitions.indicator where has_target")
    assert len(judged) == 31
    for indicator in judged:
        wanted = {"fulfilled", "partly", "not_fulfilled", "not_assessable"}
        wanted -= {"partly"} if indicator in WITHOUT_PARTLY else set()
        assert wanted <= statuses[indicator], indicator


def test_every_informative_indicator_and_value_has_figures(demo: duckdb.DuckDBPyConnection) -> None:
    statuses = _seen(demo, "status")
    informative = _column(demo, "select indicator_id from definitions.indicator where informative")
    assert {"R4.2", "R7.3", "R8.5"} == set(informative)
    assert all("informative" in statuses[indicator] for indicator in informative)
    with_value = "select distinct indicator_id from results.indicator_result where value is not null"
    assert {f"V{number}" for number in range(1, 8)} <= set(_column(demo, with_value))


def test_every_indicator_meets_every_otherwise_of_its_own(demo: duckdb.DuckDBPyConnection) -> None:
    reasons = _seen(demo, "reason")
    missing = {indicator: wanted - reasons[indicator] for indicator, wanted in OTHERWISE.items()}
    assert {indicator: lacking for indicator, lacking in missing.items() if lacking} == {}


def test_every_indicator_meets_the_reasons_any_indicator_can_have(demo: duckdb.DuckDBPyConnection) -> None:
    reasons = _seen(demo, "reason")
    flags = "select indicator_id from definitions.indicator where "
    for indicator in _column(demo, flags + "needs_leader"):
        assert "no_reference_leader" in reasons[indicator], indicator
    # R8.4 has rows only after the network's end.
    for indicator in _column(demo, flags + "has_target and indicator_id <> 'R8.4'"):
        assert "short_tenure" in reasons[indicator], indicator
    for indicator in _column(demo, flags + "learning_exempt"):
        assert "learning_network" in reasons[indicator], indicator
    for indicator in _column(demo, flags + "perceived"):
        assert "too_few_answers" in reasons[indicator], indicator
    kept = ", ".join(f"'{kind}'" for kind in ("people", "networks", "roles", "touchpoints"))
    lacking = f"select distinct indicator_id from definitions.indicator_need where kind not in ({kept})"
    # None of the neighbour's networks ended 180 days ago, so that R8.4 has no row there.
    for indicator in set(_column(demo, lacking)) - {"R8.4"}:
        assert "not_kept" in reasons[indicator], indicator


def test_some_judgements_are_certain_and_some_are_not(demo: duckdb.DuckDBPyConnection) -> None:
    for indicator in ("R6.1", "R6.2", "R4.P"):
        query = f"select distinct certain from results.indicator_result where indicator_id = '{indicator}'"
        assert {True, False} <= set(_column(demo, query)), indicator


def test_open_disputes_change_figures_and_one_status(demo: duckdb.DuckDBPyConnection) -> None:
    disputed = demo.sql(
        "select indicator_id, value, value_if_upheld, status, status_if_upheld from results.indicator_result "
        "where disputed and network_id = 'NV-12' and period = '2026Q3' order by all"
    ).fetchall()
    assert ("R2.2", 2.0, 1.0, "fulfilled", "fulfilled") in disputed
    assert ("R8.3", 0.5, 0.0, "fulfilled", "not_fulfilled") in disputed
    responsibilities = "select distinct responsibility_id from results.responsibility_result where disputed"
    assert _column(demo, responsibilities) == ["R8"]


def test_what_is_felt_differs_from_what_is_seen_both_ways(demo: duckdb.DuckDBPyConnection) -> None:
    gaps = set(_column(demo, "select distinct perception_gap from results.responsibility_result"))
    assert {-1, 0, 1} <= gaps


def test_the_office_s_own_target_is_judged_by_from_the_day_it_holds(demo: duckdb.DuckDBPyConnection) -> None:
    query = (
        "select distinct period, target from results.indicator_result "
        "where network_id = 'NV-09' and indicator_id = 'R3.1' and period in ('2024Q4', '2025Q3') order by all"
    )
    assert demo.sql(query).fetchall() == [("2024Q4", pytest.approx(2 / 3)), ("2025Q3", 0.5)]


def test_every_responsibility_can_be_shown_in_a_management_report(demo: duckdb.DuckDBPyConnection) -> None:
    query = (
        "select distinct responsibility_id from results.responsibility_summary "
        f"where organisation_id = '{ORGANISATION}' and period = '2026Q3' and network_type = '' "
        "and not suppressed order by all"
    )
    assert _column(demo, query) == [f"R{number}" for number in range(1, 10)]


def test_nothing_of_the_small_neighbour_can_be_shown(demo: duckdb.DuckDBPyConnection) -> None:
    summary = f"from results.responsibility_summary where organisation_id = '{NEIGHBOUR}'"
    assert _column(demo, f"select distinct suppressed {summary}") == [True]


def test_the_office_s_waivers_hold_for_the_findings_they_name(demo: duckdb.DuckDBPyConnection) -> None:
    waived = _column(demo, "select distinct rule from accepted.finding where waived order by all")
    assert waived == ["leader_level", "outside_network_life"]


def test_the_settings_mailboxes_are_no_fault(demo: duckdb.DuckDBPyConnection) -> None:
    addresses = _column(demo, "select address from settings.recipients order by all")
    assert len(addresses) == 4
    assert all(address.endswith("@fjordby.example.invalid") for address in addresses)
    assert _column(demo, "select contact from settings.organisations order by all") == [
        "netvaerk@fjordby.example.invalid",
        "netvaerk@lyngaa.example.invalid",
    ]
    assert _column(demo, "select path from accepted.finding where path = '_indstillinger.xlsx'") == []
