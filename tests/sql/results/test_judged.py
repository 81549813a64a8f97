"""The rules common to all, the targets, and what a result says where it says no number."""

from datetime import date

import polars as pl
import pytest


@pytest.fixture
def judge(compute, connection):
    """The published row of one indicator of N-1 in one quarter."""

    def run(scene, indicator_id, period="2025Q1", dimension=""):
        compute(scene, "results.indicator_result")
        found = connection.sql(
            "select * from results.indicator_result where organisation_id = 'aalby' and network_id = 'N-1' "
            f"and period = '{period}' and indicator_id = '{indicator_id}' and dimension = '{dimension}'"
        ).pl()
        assert found.height == 1
        return found.row(0, named=True)

    return run


def stated(row):
    return row["status"], row["reason"]


NUMBERS = ("numerator", "denominator", "value", "lower", "upper", "n", "certain")


def numbers(row):
    return tuple(row[name] for name in NUMBERS)


def test_a_learning_network_without_a_solution_is_excused_before_anything_else(judge, scene):
    scene.replace("networks", network_type="learning", start_date=date(2025, 1, 1)).replace("roles")
    scene.without("applications")
    row = judge(scene, "R4.1")
    assert stated(row) == ("not_applicable", "learning_network")
    assert stated(judge(scene, "R5.3")) == ("not_assessable", "no_data")


def test_what_is_not_kept_comes_before_the_leader(judge, scene):
    scene.replace("roles").without("touchpoints")
    row = judge(scene, "R2.1")
    assert (stated(row), numbers(row)) == (("not_assessable", "not_kept"), (None,) * 7)


def test_a_missing_leader_comes_before_short_tenure_and_only_where_the_value_is_about_one(judge, scene):
    scene.replace("roles").replace("networks", start_date=date(2025, 1, 1))
    assert stated(judge(scene, "R2.1")) == ("not_assessable", "no_reference_leader")
    assert stated(judge(scene, "R1.1")) == ("not_fulfilled", None)


@pytest.mark.parametrize(
    ("since", "reason"), [(date(2024, 12, 31), None), (date(2025, 1, 1), "short_tenure")]
)
def test_nobody_is_judged_before_ninety_days(judge, scene, since, reason):
    scene.replace("roles", valid_from=since)
    row = judge(scene, "R1.1")
    assert stated(row) == ("not_assessable" if reason else "not_fulfilled", reason)
    assert (row["value"] is None) == bool(reason)


def test_short_tenure_stops_no_informative_figure(judge, scene):
    scene.replace("roles", valid_from=date(2025, 1, 1))
    scene.add("value_records", baseline=1.0, target=2.0, measured=2.0)
    assert stated(judge(scene, "R7.3")) == ("informative", None)


def test_a_value_at_its_target_is_fulfilled_and_at_its_partly_target_partly(judge, scene):
    """R3.1: 4, 2 and 1 of 6 months; thirds are fractions, so 4/6 and 2/6 reach them."""
    for months, status in ((4, "fulfilled"), (2, "partly"), (1, "not_fulfilled")):
        scene.replace(
            "touchpoints",
            *({"date": date(2025 - m // 3, [3, 2, 1, 12, 11, 10][m], 5)} for m in range(months)),
        )
        row = judge(scene, "R3.1")
        assert (row["status"], row["certain"], row["n"]) == (status, True, 6)


def test_fewer_days_are_better_where_the_target_is_at_most(judge, scene):
    scene.add("solutions", *[{}] * 3, capital_need=1, need_date=date(2024, 6, 1))
    for sent, status in (
        (date(2024, 7, 31), "fulfilled"),
        (date(2024, 8, 1), "partly"),
        (date(2024, 9, 30), "not_fulfilled"),
    ):
        scene.replace("applications", submitted_date=sent)
        row = judge(scene, "R4.4")
        assert (row["status"], row["target"], row["partly_target"]) == (status, 60.0, 120.0)


def test_a_result_is_certain_when_both_ends_give_the_same_status(judge, scene):
    scene.add("people", *({"person_id": name} for name in ("MIA", "NOA", "OLA", "PER")), level=4)
    scene.add("central_managers", *({"manager_id": name} for name in ("MIA", "NOA", "OLA", "PER")))
    scene.add(
        "ownership", {"manager_id": "MIA", "ownership": 5}, {"manager_id": "NOA"}, {"manager_id": "OLA"}
    )
    row = judge(scene, "R6.1")  # 1 of 4 owns; were the one not heard to own, 2 of 4: partly
    assert (row["status"], row["value"], row["upper"], row["certain"]) == ("not_fulfilled", 0.25, 0.5, False)
    scene.add("ownership", {"manager_id": "PER"})
    assert judge(scene, "R6.1")["certain"] is True


def test_none_identified_is_not_fulfilled_with_a_reason_and_no_bounds(judge, scene):
    row = judge(scene, "R6.1")
    assert (stated(row), numbers(row)) == (
        ("not_fulfilled", "none_identified"),
        (0.0, 0.0, 0.0, None, None, 0, True),
    )


def test_the_pulse_publishes_status_certainty_and_a_rounded_number_only(judge, scene):
    scene.add("pulse", *[{"score": 5}] * 12, {"score": 1})
    row = judge(scene, "R1.P")
    assert (stated(row), numbers(row)) == (("fulfilled", None), (None, None, None, None, None, 10, False))
    scene.replace("pulse", *[{"score": 5}] * 4)
    row = judge(scene, "R1.P")
    assert (stated(row), numbers(row)) == (("not_assessable", "too_few_answers"), (None,) * 7)


def test_the_value_of_the_network_has_no_status_and_where_empty_a_reason_alone(judge, scene):
    row = judge(scene, "V7")
    assert (stated(row), row["value"], row["certain"], row["responsibility_id"]) == (
        (None, None),
        0.0,
        None,
        None,
    )
    row = judge(scene, "V5")
    assert (stated(row), numbers(row)) == ((None, "no_data"), (None,) * 7)


def test_informative_figures_are_never_judged_even_by_an_own_target(judge, scene):
    scene.target("R1.1", 3)
    scene.add("value_records", baseline=1.0, target=2.0, measured=2.0)
    row = judge(scene, "R7.3")
    assert (row["status"], row["target"], row["certain"]) == ("informative", None, None)


@pytest.mark.parametrize(
    ("targets", "held"),
    [
        ([], 1.0),
        ([{"target": 4}], 4.0),
        ([{"target": 4}, {"target": 5, "network_type": "innovation"}], 5.0),
        ([{"target": 4}, {"target": 5, "network_type": "welfare"}], 4.0),
        ([{"target": 5, "network_type": "innovation"}, {"target": 6, "organisation_id": "aalby"}], 6.0),
        ([{"target": 6, "organisation_id": "aalby"}, {"target": 7, "organisation_id": "bredby"}], 6.0),
        ([{"target": 4}, {"target": 8, "valid_from": date(2025, 3, 31)}], 8.0),
        ([{"target": 4}, {"target": 8, "valid_from": date(2025, 4, 1)}], 4.0),
        ([{"target": 0}], 0.0),  # 0 is a target
    ],
)
def test_the_most_specific_target_holds_and_of_those_the_latest(judge, scene, targets, held):
    for own in targets:
        scene.target("R1.1", **own)
    row = judge(scene, "R1.1")
    assert (row["target"], row["status"]) == (held, "fulfilled" if held == 0 else "not_fulfilled")


@pytest.mark.parametrize(("months", "value"), [(None, 1.0), (7, 1.0), (6, 0.0)])
def test_an_own_window_says_how_far_to_look_back(judge, scene, months, value):
    """Held on 30 September 2024: outside the six months up to 31 March, inside seven."""
    scene.add("touchpoints", kind="strategic_link", date=date(2024, 9, 30))
    if months:
        scene.target("R1.1", window_months=months)
    row = judge(scene, "R1.1")
    assert (row["value"], row["target"]) == (value, 1.0)


def test_an_own_window_of_months_and_an_own_minimum_hold_for_the_rhythm(judge, scene):
    scene.target("R3.1", window_months=2)
    scene.add("touchpoints", date=date(2025, 3, 1))
    assert stated(judge(scene, "R3.1")) == ("not_assessable", "not_due")
    scene.target("R3.1", minimum_count=2, organisation_id="aalby")
    row = judge(scene, "R3.1")
    assert (row["status"], row["value"], row["denominator"]) == ("partly", 0.5, 2.0)
    assert judge(scene, "R5.1")["denominator"] == 6.0


def test_a_row_that_says_the_window_alone_leaves_the_target_to_the_next(judge, scene):
    scene.target("R1.1", 4).target("R1.1", window_months=3, organisation_id="aalby")
    assert judge(scene, "R1.1")["target"] == 4.0


@pytest.mark.parametrize(
    ("least", "answers", "reason"), [(1, 4, "too_few_answers"), (8, 7, "too_few_answers"), (8, 8, None)]
)
def test_the_pulse_may_ask_for_more_answers_and_never_for_fewer_than_five(
    judge, scene, least, answers, reason
):
    scene.target("R1.P", minimum_count=least)
    scene.add("pulse", *[{}] * answers)
    assert judge(scene, "R1.P")["reason"] == reason


def test_a_result_names_its_definitions_version_and_the_days_it_is_about(judge, scene):
    scene.as_of = date(2025, 2, 14)
    row = judge(scene, "R1.1")
    assert row["definition_version"] == 1
    assert (row["period_start"], row["period_end"], row["provisional"]) == (
        date(2025, 1, 1),
        date(2025, 2, 14),
        True,
    )
    assert (row["phase"], row["reference_leader_id"]) == ("active", "ANNA")


def test_in_follow_up_only_scaling_survival_and_use_are_told(compute, scene):
    scene.replace("networks", end_date=date(2024, 6, 30))
    found = compute(scene, "results.indicator_result").filter(network_id="N-1", period="2025Q1")
    assert found.get_column("indicator_id").to_list() == ["R8.3", "R8.4", "V2", "V3", "V4"]
    found = compute(scene, "results.responsibility_result").filter(network_id="N-1", period="2025Q1")
    assert found.select("responsibility_id", "perceived_status").rows() == [("R8", None)]


RESULT = {
    "organisation_id": "aalby",
    "network_id": "N-1",
    "period": "2025Q1",
    "basis": "counted",
    "responsibility_id": "R5",
    "reference_leader_id": "ANNA",
    "phase": "active",
    "perceived": False,
}


@pytest.mark.parametrize(
    ("statuses", "status", "counts"),
    [
        (["fulfilled", "fulfilled", "not_assessable"], "fulfilled", (2, 0, 0)),
        (["not_fulfilled", "informative"], "not_fulfilled", (0, 0, 1)),
        (["fulfilled", "not_fulfilled"], "partly", (1, 0, 1)),
        (["partly"], "partly", (0, 1, 0)),
        (["not_applicable", "not_applicable"], "not_applicable", (0, 0, 0)),
        (["not_applicable", "informative"], "not_assessable", (0, 0, 0)),
        (["not_assessable"], "not_assessable", (0, 0, 0)),
    ],
)
def test_a_responsibility_is_judged_on_its_judged_indicators(run_model, statuses, status, counts):
    told = pl.DataFrame([{**RESULT, "indicator_id": f"R5.{i}", "status": s} for i, s in enumerate(statuses)])
    row = run_model("results/judged_responsibility", {"results.judged_result": told}).row(0, named=True)
    assert (row["status"], (row["fulfilled"], row["partly"], row["not_fulfilled"])) == (status, counts)


@pytest.mark.parametrize(
    ("observed", "felt", "gap"),
    [
        ("fulfilled", "fulfilled", 0),
        ("fulfilled", "not_fulfilled", -2),
        ("not_fulfilled", "partly", 1),
        ("not_assessable", "fulfilled", None),
        ("fulfilled", "not_assessable", None),
    ],
)
def test_the_perception_gap_is_perceived_minus_observed(run_model, observed, felt, gap):
    told = pl.DataFrame(
        [
            {**RESULT, "indicator_id": "R5.1", "status": observed},
            {**RESULT, "indicator_id": "R5.P", "status": felt, "perceived": True},
        ]
    )
    row = run_model("results/judged_responsibility", {"results.judged_result": told}).row(0, named=True)
    assert (row["status"], row["perceived_status"], row["perception_gap"]) == (observed, felt, gap)
