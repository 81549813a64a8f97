"""R1.P to R9.P; N-1 led by ANNA, counted to 31 March 2025, so the half-year is July to December."""

from datetime import date

import pytest
from statsmodels.stats.proportion import proportion_confint


def own(row):
    return row["own_status"], row["own_reason"]


def test_identical_answers_are_different_answers(measure, scene):
    scene.add("pulse", *[{"score": 4}] * 4, *[{"score": 3}] * 2)
    row = measure(scene, "R1.P")
    lower, upper = proportion_confint(4, 6, method="wilson")
    assert (row["numerator"], row["denominator"], row["n"]) == (4.0, 6.0, 6)
    assert (row["value"], row["lower"], row["upper"]) == pytest.approx((4 / 6, lower, upper), abs=1e-6)


@pytest.mark.parametrize(("answers", "reason"), [(4, "too_few_answers"), (5, None)])
def test_fewer_than_five_answers_are_too_few(measure, scene, answers, reason):  # F50
    scene.add("pulse", *[{}] * answers)
    assert own(measure(scene, "R1.P")) == ("not_assessable" if reason else None, reason)


@pytest.mark.parametrize(
    ("answered", "counted"),
    [
        (date(2024, 6, 30), 0),
        (date(2024, 7, 1), 1),
        (date(2024, 12, 31), 1),
        (date(2025, 1, 1), 0),
    ],
)
def test_the_latest_half_year_that_had_ended_is_asked(measure, scene, answered, counted):
    scene.add("pulse", date=answered)
    assert measure(scene, "R1.P")["n"] == counted


@pytest.mark.parametrize(("as_of", "counted"), [(date(2025, 6, 29), 0), (date(2025, 6, 30), 1)])
def test_a_half_year_has_ended_on_its_last_day(measure, scene, as_of, counted):
    scene.as_of = as_of
    scene.add("pulse", date=date(2025, 2, 1))
    assert measure(scene, "R1.P", "2025Q2")["n"] == counted


def test_answers_from_before_the_leaders_time_are_about_someone_else(measure, scene):
    scene.replace("roles", valid_from=date(2024, 11, 1))
    scene.add("pulse", {"date": date(2024, 10, 31)}, {"date": date(2024, 11, 1)})
    assert measure(scene, "R1.P")["n"] == 1


def test_each_responsibility_has_its_own_answers(measure, scene):
    scene.add("pulse", {"responsibility": "R2"}, {"responsibility": "R2"}, {"responsibility": "R9"})
    counts = {key: measure(scene, key)["n"] for key in ("R1.P", "R2.P", "R9.P")}
    assert counts == {"R1.P": 0, "R2.P": 2, "R9.P": 1}
