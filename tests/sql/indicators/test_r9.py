"""R9 political relevance and interplay; N-1 led by ANNA, counted to 31 March 2025."""

from datetime import date

import pytest


def own(row):
    return row["own_status"], row["own_reason"]


def assessed(scene, day, outcome="relevant", **more):
    return scene.add("touchpoints", kind="political_assessment", date=day, outcome=outcome, **more)


def dialogue(scene, day, **more):
    return scene.add("touchpoints", kind="political_dialogue", date=day, **more)


@pytest.mark.parametrize(
    ("day", "by", "value"),
    [
        (date(2024, 4, 1), "ANNA", 1.0),
        (date(2024, 3, 31), "ANNA", 0.0),
        (date(2025, 3, 31), "ANNA", 1.0),
        (date(2025, 4, 1), "ANNA", 0.0),
        (date(2025, 1, 1), "BO", 0.0),
    ],
)
def test_the_leaders_own_assessment_within_the_year_judges_relevance(measure, scene, day, by, value):
    assessed(scene, day, by_id=by)
    assert measure(scene, "R9.1")["value"] == value


def test_a_reasoned_not_relevant_fulfils_the_duty_to_judge(measure, scene):
    assessed(scene, date(2025, 1, 1), "not_relevant")
    assert measure(scene, "R9.1")["value"] == 1.0


def test_an_assessment_before_the_leaders_time_is_not_theirs(measure, scene):
    scene.replace("roles", valid_from=date(2024, 10, 1))
    assessed(scene, date(2024, 9, 30))
    assert measure(scene, "R9.1")["value"] == 0.0


def test_interplay_counts_once_judged_relevant_by_anyone(measure, scene):
    assessed(scene, date(2024, 5, 1), by_id="BO")
    dialogue(scene, date(2024, 5, 1), by_id="BO")
    row = measure(scene, "R9.2")
    assert (row["value"], own(row)) == (1.0, (None, None))


def test_no_assessment_within_the_year_is_no_data(measure, scene):
    assessed(scene, date(2024, 3, 31))
    dialogue(scene, date(2025, 1, 1))
    assert own(measure(scene, "R9.2")) == ("not_assessable", "no_data")


def test_judged_not_relevant_the_duty_does_not_arise(measure, scene):
    assessed(scene, date(2024, 5, 1))
    assessed(scene, date(2025, 1, 1), "not_relevant")
    assert own(measure(scene, "R9.2")) == ("not_applicable", "not_relevant")


def test_on_one_day_relevant_counts_last(measure, scene):
    assessed(scene, date(2024, 5, 1))
    assessed(scene, date(2024, 5, 1), "not_relevant")
    row = measure(scene, "R9.2")
    assert (row["value"], own(row)) == (0.0, (None, None))


@pytest.mark.parametrize(
    ("first", "said"),
    [
        (date(2024, 10, 3), ("not_assessable", "not_due")),  # 179 days
        (date(2024, 10, 2), (None, None)),
    ],
)
def test_no_dialogue_is_given_180_days_from_the_first_relevant(measure, scene, first, said):
    assessed(scene, first)
    assessed(scene, date(2025, 3, 1))
    assert own(measure(scene, "R9.2")) == said


def test_the_days_are_counted_from_the_first_relevant_after_the_last_not_relevant(measure, scene):
    assessed(scene, date(2024, 4, 2))
    assessed(scene, date(2024, 9, 1), "not_relevant")
    assessed(scene, date(2024, 10, 3))
    assert own(measure(scene, "R9.2")) == ("not_assessable", "not_due")


@pytest.mark.parametrize(
    ("held", "value"),
    [
        (date(2024, 10, 31), 0.0),  # before it was judged relevant
        (date(2024, 11, 1), 1.0),
        (date(2025, 3, 31), 1.0),
        (date(2025, 4, 1), 0.0),
    ],
)
def test_a_dialogue_counts_from_the_day_judged_relevant(measure, scene, held, value):
    assessed(scene, date(2024, 11, 1))
    dialogue(scene, held)
    assert measure(scene, "R9.2")["value"] == value


def test_a_dialogue_more_than_a_year_old_is_no_interplay_now(measure, scene):
    assessed(scene, date(2024, 2, 1))
    dialogue(scene, date(2024, 3, 31))
    assessed(scene, date(2025, 1, 1))
    row = measure(scene, "R9.2")
    assert (row["value"], own(row)) == (0.0, (None, None))
