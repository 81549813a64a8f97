"""Every check in ``sql/checks/`` passes on a sound municipality, and finds the fault it is there for."""

from datetime import date

import pytest

from assets.gates.quality import Gate
from assets.gates.sql_checks import (
    CheckFileError,
    SqlCheck,
    grain_checks,
    load_sql_checks,
    run_sql_check,
)

R1 = "where responsibility_id = 'R1' and period = '2025Q1'"
FAULTS = {
    "delivery__rows_add_up": ["update raw.delivery set rows_skipped = 1"],
    "delivery__accepted_rows_are_there": ["delete from accepted.pulse"],
    "people__one_place_at_a_time": [
        "insert into accepted.people by name "
        "select * replace ('2024-05-01'::date as valid_from) from accepted.people where person_id = 'BO'"
    ],
    "roles__one_reference_leader_at_a_time": [
        "insert into accepted.roles by name select * replace ('MIA' as person_id) from accepted.roles "
        "where network_id = 'N-2'"
    ],
    "finding__says_how_to_mend": [
        "insert into accepted.finding (rule, severity, message_da) values ('type', 'error', 'Skriv et tal')"
    ],
    "finding__keeps_personal_numbers_out": [
        "insert into accepted.finding (rule, severity, value, message_da, message_en) "
        "values ('cpr', 'error', '010203-1234', 'Slet nummeret', 'Delete the number')"
    ],
    "disputes__record_kind_is_disputable": ["update accepted.disputes set record_kind = 'people'"],
    "units__every_active_quarter": ["delete from core.units where network_id = 'N-2' and period = '2024Q3'"],
    "indicator_result__every_indicator_of_an_active_network": [
        "delete from results.indicator_result "
        "where network_id = 'N-2' and indicator_id = 'R5.1' and period = '2025Q1'"
    ],
    "indicator_result__follow_up_has_its_own_indicators": [
        "update results.indicator_result set phase = 'follow_up' "
        "where network_id = 'N-2' and period = '2025Q1'"
    ],
    "indicator_result__status_follows_target": [
        "update results.indicator_result set status = 'fulfilled' where indicator_id = 'R2.2' and value = 0"
    ],
    "indicator_result__ratio_is_its_parts": [
        "update results.indicator_result set numerator = 2, denominator = 4, value = 1 "
        "where indicator_id = 'R8.1'"
    ],
    "indicator_result__kroner_granted_as_accepted": [
        "update accepted.applications set amount_granted = 4001 where status = 'granted'"
    ],
    "indicator_result__disputed_where_a_dispute_is_open": [
        "update results.indicator_result set disputed = true where indicator_id = 'R2.2'"
    ],
    "responsibility_result__counts_its_indicators": [
        f"update results.responsibility_result set fulfilled = fulfilled + 1 {R1} and network_id = 'N-1'"
    ],
    "responsibility_result__perceived_as_the_pulse": [
        f"update results.responsibility_result set perceived_status = 'fulfilled' {R1} and network_id = 'N-2'"
    ],
    "evidence__points_to_an_accepted_record": [
        "update results.evidence set record_key = 'S-99' where record_kind = 'touchpoints'"
    ],
    "evidence__counts_reconcile": ["delete from results.evidence where indicator_id = 'R2.2'"],
    "evidence__kroner_reconcile": ["delete from results.evidence where indicator_id = 'V7'"],
    "organisation_result__kroner_granted_adds_up": [
        "update results.organisation_result set value = value + 1 "
        "where measure_id = 'kroner_granted_to_date' and dimension = ''"
    ],
    "responsibility_summary__enough_behind_it": [
        "update results.responsibility_summary set suppressed = false, networks = 5 "
        "where network_type = 'welfare' and \"window\" = 'quarter'"
    ],
    "responsibility_summary__agrees_with_results": [
        f"update results.responsibility_summary set partly = partly + 1 {R1} and not suppressed"
    ],
    "responsibility_summary__types_leave_no_small_rest": [
        "update results.responsibility_summary set suppressed = false, networks = 5, fulfilled = 1, "
        "partly = 0, not_fulfilled = 4, not_assessable = 0, not_applicable = 0 "
        f"{R1} and network_type = 'innovation'"
    ],
    "responsibility_summary__windows_leave_no_small_rest": [
        f"update results.responsibility_summary set networks = networks + 3 {R1} and \"window\" = 'two_years'"
    ],
}


@pytest.mark.parametrize("check", load_sql_checks(), ids=lambda check: check.key)
def test_a_check_passes_on_a_sound_municipality(municipality, check):
    assert run_sql_check(municipality, check).outcome == "passed"


@pytest.mark.parametrize("check", load_sql_checks(), ids=lambda check: check.key)
def test_a_check_finds_the_fault_it_is_there_for(broken, check):
    result = run_sql_check(broken(*FAULTS[check.key]), check)
    assert result.outcome == "failed"
    assert result.violations > 0


def test_every_check_says_in_both_languages_what_it_finds():
    for check in load_sql_checks():
        danish, english = check.said
        assert danish and english and danish != english, check.key


def test_every_check_says_its_usual_cause():
    silent = [check.key for check in load_sql_checks() if "Usual cause:" not in check.header]
    assert not silent


@pytest.mark.parametrize("check", grain_checks(), ids=lambda check: check.gate.table)
def test_every_model_keeps_its_stated_grain(municipality, check):
    assert run_sql_check(municipality, check).outcome == "passed"


def test_a_row_twice_breaks_the_grain(broken):
    check = next(check for check in grain_checks() if check.gate.table == "results.indicator_result")
    result = run_sql_check(
        broken("insert into results.indicator_result select * from results.indicator_result limit 1"), check
    )
    assert (result.outcome, result.violations) == ("failed", 1)


def test_a_check_that_cannot_run_is_an_error_and_no_pass(municipality):
    check = SqlCheck(Gate("results", "results.nowhere", "rule"), "", "select * from results.nowhere")
    result = run_sql_check(municipality, check)
    assert (result.outcome, result.violations, result.cause) == ("error", None, "CatalogException")


def test_a_check_that_does_not_say_whether_it_blocks_is_refused(tmp_path):
    (tmp_path / "results").mkdir()
    (tmp_path / "results" / "indicator_result__rule.sql").write_text(
        "-- Bad rows.\nselect 1", encoding="utf-8"
    )
    with pytest.raises(CheckFileError, match="Blocking"):
        load_sql_checks(tmp_path)


def test_the_municipality_of_these_tests_is_computed_as_of_the_quarters_end(municipality):
    assert municipality.execute("select distinct as_of from calendar.as_of").fetchall() == [
        (date(2025, 3, 31),)
    ]
