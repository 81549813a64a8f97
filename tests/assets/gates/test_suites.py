"""The suites: agreement with the contract, and that every rule lets sound rows pass and finds its fault."""

import duckdb
import polars as pl
import pytest

from assets.contract import KINDS
from assets.gates.expectations import Judge, count_violations, judge_table
from assets.gates.suites import Rule, Suite, SuiteError, load_suites, read_suite

SUITES = {suite.table: suite for suite in load_suites()}
RESULT_TABLES = (
    "results.indicator_result",
    "results.responsibility_result",
    "results.responsibility_summary",
    "results.organisation_result",
    "results.evidence",
)
# One sound row of each result table; what a rule needs to be broken is said below, rule by rule.
SOUND = {
    "results.indicator_result": {
        "organisation_id": "aalby",
        "network_id": "N-1",
        "period": "2025Q1",
        "indicator_id": "R8.1",
        "dimension": "",
        "responsibility_id": "R8",
        "reference_leader_id": "ANNA",
        "period_start": "2025-01-01",
        "period_end": "2025-03-31",
        "provisional": False,
        "phase": "active",
        "numerator": 1.0,
        "denominator": 2.0,
        "value": 0.5,
        "lower": 0.25,
        "upper": 0.75,
        "n": 2,
        "target": 0.5,
        "partly_target": 0.25,
        "status": "fulfilled",
        "reason": None,
        "certain": True,
        "disputed": True,
        "value_if_upheld": 1.0,
        "status_if_upheld": "partly",
        "definition_version": 1,
    },
    "results.responsibility_result": {
        "organisation_id": "aalby",
        "network_id": "N-1",
        "period": "2025Q1",
        "responsibility_id": "R8",
        "reference_leader_id": "ANNA",
        "accountability": "shared",
        "status": "partly",
        "perceived_status": "fulfilled",
        "perception_gap": 1,
        "disputed": True,
        "status_if_upheld": "fulfilled",
        "fulfilled": 1,
        "partly": 0,
        "not_fulfilled": 1,
    },
    "results.responsibility_summary": {
        "organisation_id": "aalby",
        "period": "2025Q1",
        "responsibility_id": "R8",
        "network_type": "",
        "window": "quarter",
        "networks": 5,
        "fulfilled": 1,
        "partly": 1,
        "not_fulfilled": 1,
        "not_assessable": 1,
        "not_applicable": 1,
        "suppressed": False,
    },
    "results.organisation_result": {
        "organisation_id": "aalby",
        "period": "2025Q1",
        "measure_id": "applications_won",
        "dimension": "",
        "numerator": 1.0,
        "denominator": 2.0,
        "value": 0.5,
        "lower": 0.25,
        "upper": 0.75,
        "n": 2,
        "suppressed": False,
    },
    "results.evidence": {
        "organisation_id": "aalby",
        "network_id": "N-1",
        "period": "2025Q1",
        "indicator_id": "R8.1",
        "dimension": "",
        "record_kind": "solutions",
        "record_key": "L-1",
        "part": "denominator",
    },
}
BROKEN_CONDITIONS = {
    "accepted.applications": {"granted_is_complete": {"status": "granted", "decided_date": None}},
    "accepted.touchpoints": {
        "showcase_says_to_whom": {"kind": "showcase", "audience": None},
        "assessment_says_how_it_ended": {"kind": "political_assessment", "outcome": None},
    },
    "results.indicator_result": {
        "interval_holds_value": {"value": 0.8},
        "bounds_come_together": {"upper": None},
        "ratio_has_both_parts": {"denominator": None},
        "value_of_the_network_has_no_status": {"indicator_id": "V1"},
        "responsibility_has_a_status": {"status": None},
        "not_judged_has_no_figures": {"status": "not_assessable", "reason": "no_data"},
        "empty_value_of_the_network_has_only_a_reason": {"status": None, "value": None},
        "judged_has_a_value": {"value": None, "n": None},
        "judged_has_a_target": {"target": None},
        "certain_where_judged": {"certain": None},
        "pulse_shows_no_answers": {"indicator_id": "R8.P"},
        "other_way_only_where_disputed": {"disputed": False},
    },
    "results.responsibility_result": {
        "status_follows_counts": {"status": "fulfilled"},
        "gap_only_where_both_are_judged": {"perception_gap": None},
        "gap_is_perceived_minus_observed": {"perception_gap": 2},
        "other_way_only_where_disputed": {"disputed": False},
    },
    "results.responsibility_summary": {
        "whole_or_not_at_all": {"partly": None},
        "statuses_add_up": {"partly": 2},
        "not_all_of_one_status_but_fulfilled": {"partly": 5},
    },
    "results.organisation_result": {
        "interval_holds_value": {"value": 0.8},
        "bounds_come_together": {"lower": None},
        "ratio_has_both_parts": {"numerator": None},
        "suppressed_has_no_figures": {"suppressed": True},
    },
    "results.evidence": {"pulse_names_the_delivery_only": {"indicator_id": "R8.P"}},
}


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge()


def sound_row(municipality: duckdb.DuckDBPyConnection, table: str) -> dict[str, object]:
    """One row that breaks no rule: for accepted kinds the municipality's own, the fullest one."""
    if table in SOUND:
        return SOUND[table]
    rows = municipality.sql(f"select * from {table}").pl().rows(named=True)
    return max(rows, key=lambda row: sum(value is not None for value in row.values()))


def breaking(rule: Rule, table: str, row: dict[str, object]) -> dict[str, object]:
    """What to write over the row so that it breaks the rule."""
    if rule.kind == "holds":
        condition = rule.name.removeprefix("holds:")
        return {"sheet": None} if condition == "comes_from_a_row" else BROKEN_CONDITIONS[table][condition]
    column = rule.columns[-1]
    match rule.kind:
        case "not_null":
            return {column: None}
        case "between" if "at_least" in rule.argument:
            return {column: rule.argument["at_least"] - 1}
        case "between":
            return {column: rule.argument["at_most"] + 1}
        case "not_after" if isinstance(row[rule.columns[0]], float):
            return {rule.columns[0]: 2.0, rule.columns[1]: 1.0}
        case "not_after":
            return {rule.columns[0]: "2025-04-02", rule.columns[1]: "2025-04-01"}
        case _:
            return {column: "elsewhere"}


@pytest.fixture(params=SUITES, ids=SUITES)
def scene(request, municipality):
    """A suite, its table with a sound row only, and a way to add a row with something written over."""
    suite = SUITES[request.param]
    row = sound_row(municipality, suite.table)
    municipality.execute("begin")
    municipality.execute(f"delete from {suite.table}")
    columns = ", ".join(f'"{column}"' for column in row)
    marks = ", ".join("?" for _ in row)

    def add(over: dict[str, object]) -> None:
        municipality.execute(
            f"insert into {suite.table} ({columns}) values ({marks})", list({**row, **over}.values())
        )

    add({})
    yield suite, row, add, municipality
    municipality.execute("rollback")


def outcomes(connection, suite: Suite, judge: Judge, **limits: int) -> dict[str, tuple[str, int | None]]:
    results = judge_table(connection, suite, judge, **limits)
    return {result.gate.check: (result.outcome, result.violations) for result in results}


def test_a_sound_row_breaks_no_rule(scene, judge):
    suite, _, _, connection = scene
    assert {outcome for outcome, _ in outcomes(connection, suite, judge).values()} == {"passed"}


def test_every_rule_finds_the_row_that_breaks_it_in_frames_and_in_counts(scene, judge):
    suite, row, add, connection = scene
    for rule in suite.rules:
        if rule.kind == "rows_at_least":
            continue
        add({} if rule.kind == "unique" else breaking(rule, suite.table, row))
    in_frames = outcomes(connection, suite, judge)
    in_counts = outcomes(connection, suite, judge, frame_rows=0)
    unmoved = [
        rule.name
        for rule in suite.rules
        if rule.kind != "rows_at_least" and in_frames[rule.name][0] != "failed"
    ]
    assert not unmoved
    assert in_frames == in_counts


def test_too_few_rows_are_found(municipality, judge):
    rule = Rule("rows_at_least", "rows_at_least", (), 10_000)
    suite = Suite("accepted.networks", (rule,))
    networks = count_violations(municipality, "accepted.networks", rule)
    assert outcomes(municipality, suite, judge)["rows_at_least"][0] == "failed"
    assert outcomes(municipality, suite, judge, frame_rows=0)["rows_at_least"] == ("failed", networks)


def test_a_rule_about_a_column_that_is_not_there_is_an_error_and_the_others_are_judged(municipality, judge):
    suite = Suite(
        "accepted.networks",
        (Rule("not_null", "not_null:colour", ("colour",)), Rule("not_null", "not_null:title", ("title",))),
    )
    assert outcomes(municipality, suite, judge) == {
        "not_null:colour": ("error", None),
        "not_null:title": ("passed", 0),
    }


def test_a_rule_that_pandas_cannot_evaluate_is_an_error(municipality, judge):
    suite = Suite("accepted.networks", (Rule("between", "between:title", ("title",), {"at_least": 1}),))
    assert outcomes(municipality, suite, judge) == {"between:title": ("error", None)}


def test_a_table_that_is_not_there_is_an_error_of_every_rule(municipality, judge):
    suite = Suite("results.nowhere", (Rule("not_null", "not_null:a", ("a",)),))
    assert outcomes(municipality, suite, judge) == {"not_null:a": ("error", None)}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_suite_promises_what_the_contract_promises_of_a_kind(kind):
    rules = {rule.name: rule for rule in SUITES[f"accepted.{kind.name}"].rules}
    for column in kind.columns:
        if column.required and not column.descriptive:
            assert f"not_null:{column.name}" in rules
        if column.type == "enum":
            values = rules[f"one_of:{column.name}"].argument
            assert values == tuple(choice.value for choice in column.choices)
        if column.minimum is not None:
            assert rules[f"between:{column.name}"].argument["at_least"] == column.minimum
        if column.maximum is not None:
            assert rules[f"between:{column.name}"].argument["at_most"] == column.maximum
        if column.refers_to:
            assert rules[f"refers_to:{column.name}"].argument[0] == f"accepted.{column.refers_to}"
    if kind.key:
        assert rules["unique"].columns == ("organisation_id", *kind.key)
    for pair in kind.date_orders:
        assert f"not_after:{','.join(pair)}" in rules


def test_every_accepted_kind_and_every_result_table_has_a_suite():
    assert set(SUITES) == {f"accepted.{kind.name}" for kind in KINDS} | set(RESULT_TABLES)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("never_null: [a]", "unknown kind of rule never_null"),
        ("not_null: [a, a]", "not_null:a stands twice"),
        ("between: {a: {from: 1}}", "give at_least, at_most or both"),
        ("unique: organisation_id", "should be a list"),
        ("refers_to: [{columns: [a]}]", "'in'"),
        ("just words", "lists rules by kind"),
    ],
)
def test_a_suite_that_is_not_understood_is_refused_by_name(tmp_path, text, complaint):
    path = tmp_path / "accepted.people.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SuiteError, match=r"accepted\.people\.yaml") as refused:
        read_suite(path)
    assert complaint in str(refused.value)


def test_a_pattern_is_matched_by_both_ways_alike(connection, judge):
    connection.execute("create table accepted.people (period varchar)")
    rows = pl.DataFrame({"period": ["2025Q1", "2025Q5", "x2025Q1", None]})
    connection.register("rows", rows.to_arrow())
    connection.execute("insert into accepted.people select * from rows")
    suite = Suite("accepted.people", (Rule("matches", "matches:period", ("period",), "^[0-9]{4}Q[1-4]$"),))
    assert outcomes(connection, suite, judge) == {"matches:period": ("failed", 2)}
    assert outcomes(connection, suite, judge, frame_rows=0) == {"matches:period": ("failed", 2)}
