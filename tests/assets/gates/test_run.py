"""Running the gates: what is written, and what stands in the way of publication."""

import subprocess
import sys
from datetime import UTC, datetime

import pytest

from assets.gates import gates_passed, required_gates, run_gates
from assets.gates.expectations import run_suites
from assets.gates.quality import LAYERS, Gate, QualityResult, record
from assets.gates.sql_checks import run_sql_checks


@pytest.fixture(scope="module")
def found(municipality):
    """What the gates find in the sound municipality."""
    at = datetime(2025, 4, 1, 12, 0, tzinfo=UTC)
    return [one for layer in LAYERS for one in run_gates(municipality, layer, "today", at)]


@pytest.fixture
def judged(connection, found):
    """A warehouse in which both layers were judged in the run ``today``."""
    record(connection, "today", found, datetime(2025, 4, 1, 12, 0, tzinfo=UTC))
    return connection


def result(outcome="passed", check="unique", **more) -> QualityResult:
    gate = Gate("results", "results.indicator_result", check)
    return QualityResult(gate, "ExpectCompoundColumnsToBeUnique", "", outcome, 8, 0, **more)


def test_nothing_stands_in_the_way_where_every_gate_ran_and_passed(judged):
    assert gates_passed(judged, "today") == []


def test_a_gate_that_failed_stands_in_the_way(judged):
    record(judged, "today", [result("failed")])
    assert gates_passed(judged, "today") == ["results.indicator_result: unique: failed"]


def test_a_gate_that_could_not_be_judged_stands_in_the_way(judged):
    record(judged, "today", [result("error", cause="BinderException")])
    assert gates_passed(judged, "today") == ["results.indicator_result: unique: error"]


def test_a_gate_that_did_not_run_stands_in_the_way(judged):
    judged.execute(
        "delete from audit.quality_result where check_name = 'interval_holds_value' or check_name = 'unique'"
    )
    missing = gates_passed(judged, "today")
    assert "results.indicator_result: unique: did not run" in missing


def test_a_layer_that_did_not_run_stands_in_the_way(judged):
    judged.execute("delete from audit.quality_result where layer = 'accepted'")
    assert len(gates_passed(judged, "today")) == len(required_gates("accepted"))


def test_what_passed_in_another_run_counts_for_nothing_in_this_one(judged):
    assert len(gates_passed(judged, "tomorrow")) == len(required_gates())


def test_a_gate_judged_again_in_the_same_run_has_its_last_outcome(judged):
    record(judged, "today", [result("failed")])
    record(judged, "today", [result("passed")])
    assert gates_passed(judged, "today") == []


def test_the_results_of_earlier_runs_are_kept_apart(judged):
    rows = judged.execute("select count(*) from audit.quality_result").fetchall()[0][0]
    record(judged, "tomorrow", [result()])
    assert judged.execute("select run_id, check_name from audit.quality_result").fetchall() == [
        ("tomorrow", "unique")
    ]
    assert judged.execute("select run_id, count(*) from audit.quality_history group by all").fetchall() == [
        ("today", rows)
    ]


def test_a_result_names_its_layer_table_check_and_time_and_no_value(judged):
    row = judged.execute(
        "select layer, table_name, check_name, expectation, column_name, outcome, success, blocking, "
        "violations, cause, checked_at from audit.quality_result "
        "where table_name = 'accepted.people' and check_name = 'not_null:unit'"
    ).fetchall()
    assert row == [
        (
            "accepted",
            "accepted.people",
            "not_null:unit",
            "ExpectColumnValuesToNotBeNull",
            "unit",
            "passed",
            True,
            True,
            0,
            "",
            datetime(2025, 4, 1, 12, 0),
        )
    ]


def test_no_offending_value_is_written_anywhere(broken):
    connection = broken("update accepted.touchpoints set kind = 'Hemmelig Hansen' where network_id = 'N-1'")
    results = [*run_suites(connection, "accepted"), *run_sql_checks(connection, "accepted")]
    failed = [one for one in results if not one.passed]
    assert [one.gate.check for one in failed] == ["one_of:kind"]
    assert "Hansen" not in repr(failed)


def test_a_gate_is_required_once():
    names = [(gate.layer, gate.table, gate.check) for gate in required_gates()]
    assert len(names) == len(set(names))


def test_importing_the_gates_does_not_import_their_judge():
    code = "import sys, assets.gates; sys.exit('great_expectations' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
