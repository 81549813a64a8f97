"""R4 capital for the test phase; N-1 led by ANNA, counted to 31 March 2025 (90 days before: 31 December)."""

from datetime import date

import pytest
from statsmodels.stats.proportion import proportion_confint

GRANTED = {"status": "granted", "decided_date": date(2024, 9, 1), "amount_granted": 30_000}


def own(row):
    return row["own_status"], row["own_reason"]


def test_kroner_granted_for_test_are_held_against_kroner_needed(measure, scene):
    scene.add("solutions", {"capital_need": 40_000}, {"capital_need": 20_000.50}, {"capital_need": None})
    scene.add(
        "applications",
        GRANTED,
        {**GRANTED, "status": "partly_granted", "amount_granted": 10_000},
        {**GRANTED, "purpose": "scaling"},
        {**GRANTED, "decided_date": date(2025, 4, 1)},
        {"status": "rejected", "decided_date": date(2024, 9, 1)},
    )
    row = measure(scene, "R4.1")
    assert (row["numerator"], row["denominator"], row["n"]) == (40_000.0, 60_000.5, None)
    assert row["value"] == pytest.approx(40_000 / 60_000.5, abs=1e-12)


def test_capital_beyond_the_need_is_no_more_than_one(measure, scene):
    scene.add("solutions", capital_need=10_000)
    scene.add("applications", GRANTED)
    row = measure(scene, "R4.1")
    assert (row["value"], row["numerator"], row["denominator"]) == (1.0, 30_000.0, 10_000.0)


@pytest.mark.parametrize(
    ("need", "reason"),
    [
        ({"need_date": date(2024, 12, 31)}, None),
        ({"need_date": date(2025, 1, 1)}, "not_due"),
        ({"need_date": date(2025, 3, 31)}, "not_due"),
        ({"need_date": date(2025, 4, 1)}, "no_data"),
        ({"need_date": None, "idea_date": date(2025, 1, 1)}, "not_due"),
        ({"capital_need": 0, "need_date": date(2025, 1, 1)}, "no_data"),
        ({"capital_need": None}, "no_data"),
    ],
)
def test_needs_younger_than_ninety_days_are_not_due_and_none_is_no_data(measure, scene, need, reason):
    scene.add("solutions", {"capital_need": 10_000, **need})
    assert own(measure(scene, "R4.1")) == ("not_assessable" if reason else None, reason)


def test_applications_won_have_a_wilson_interval(measure, scene):
    decided = {"decided_date": date(2024, 9, 1)}
    scene.add(
        "applications",
        GRANTED,
        {**GRANTED, "status": "partly_granted"},
        *[{"status": "rejected", **decided}] * 3,
        {"status": "withdrawn", **decided},
        {"status": "submitted"},
    )
    row = measure(scene, "R4.2")
    lower, upper = proportion_confint(2, 5, method="wilson")
    assert (row["numerator"], row["denominator"], row["value"], row["n"]) == (2.0, 5.0, 0.4, 5)
    assert (row["lower"], row["upper"]) == pytest.approx((lower, upper), abs=1e-6)


@pytest.mark.parametrize(
    ("won", "lower", "upper"),
    [(0, 0.0, 0.561497), (3, 0.438503, 1.0)],  # published values for 0 and 3 of 3
)
def test_the_wilson_interval_stays_within_nothing_and_all(measure, scene, won, lower, upper):
    lost = {"status": "rejected", "decided_date": date(2024, 9, 1)}
    scene.add("applications", *[GRANTED] * won, *[lost] * (3 - won))
    row = measure(scene, "R4.2")
    assert (row["lower"], row["upper"]) == pytest.approx((lower, upper), abs=1e-5)
    assert row["lower"] <= row["value"] <= row["upper"]


def test_two_decided_applications_are_no_data(measure, scene):
    scene.add("applications", GRANTED, GRANTED)
    assert own(measure(scene, "R4.2")) == ("not_assessable", "no_data")


def test_decisions_before_the_leaders_time_are_not_theirs(measure, scene):
    scene.replace("roles", valid_from=date(2024, 9, 2))
    scene.add("applications", GRANTED, GRANTED, GRANTED, {**GRANTED, "decided_date": date(2024, 9, 2)})
    assert measure(scene, "R4.2")["denominator"] == 1.0


def test_the_leader_answers_for_external_applications_that_name_someone(measure, scene):
    scene.add(
        "applications",
        {"responsible_id": "ANNA"},
        {"responsible_id": "BO"},
        {"responsible_id": None},
        {"responsible_id": "BO", "source": "internal"},
        {"responsible_id": "BO", "status": "draft"},
        {"responsible_id": "BO", "submitted_date": None},
    )
    row = measure(scene, "R4.3")
    assert (row["numerator"], row["denominator"], row["value"], row["n"]) == (1.0, 2.0, 0.5, 2)


def test_no_external_application_that_names_someone_is_no_data(measure, scene):
    scene.add("applications", responsible_id=None)
    assert own(measure(scene, "R4.3")) == ("not_assessable", "no_data")


def needs(scene, *dates):
    scene.add(
        "solutions",
        *({"solution_id": f"L-{i}", "need_date": day} for i, day in enumerate(dates, 1)),
        capital_need=1,
    )


def test_the_median_wait_counts_solutions_that_still_wait(measure, scene):
    """Waits of 10 and 40 days reached, 90 open: S is 2/3 from day 10 and 1/3 from day 40, the median."""
    needs(scene, date(2024, 6, 1), date(2024, 6, 1), date(2024, 12, 31))
    scene.add(
        "applications",
        {"solution_id": "L-1", "submitted_date": date(2024, 6, 11)},
        {"solution_id": "L-2", "submitted_date": date(2024, 7, 11)},
    )
    row = measure(scene, "R4.4")
    assert (row["value"], row["n"], own(row)) == (40.0, 3, (None, None))


def test_an_application_that_names_none_answers_every_need_it_was_sent_near(measure, scene):
    """Sent 1 June: no earlier than 180 days before 28 November, but 181 days before the 29th."""
    needs(scene, date(2024, 6, 1), date(2024, 11, 28), date(2024, 11, 29))
    scene.add("applications", submitted_date=date(2024, 6, 1), solution_id=None)
    row = measure(scene, "R4.4")
    assert (row["value"], row["n"]) == (0.0, 3)
    scene.add("applications", submitted_date=date(2024, 1, 1), solution_id="L-3")
    assert measure(scene, "R4.4")["value"] == 0.0


@pytest.mark.parametrize(
    "sent",
    [
        {"status": "draft"},
        {"purpose": "scaling"},
        {"submitted_date": None},
        {"submitted_date": date(2025, 4, 1)},
        {"solution_id": "L-9"},
        {"network_id": "N-0"},
    ],
)
def test_a_draft_another_purpose_another_solution_or_a_later_day_answers_no_need(measure, scene, sent):
    needs(scene, *[date(2025, 3, 1)] * 3)
    scene.add("applications", {"submitted_date": date(2025, 3, 2), **sent})
    assert own(measure(scene, "R4.4")) == ("not_assessable", "not_due")


@pytest.mark.parametrize(
    ("wait", "stated"), [(date(2024, 12, 1), None), (date(2024, 11, 30), "not_fulfilled")]
)
def test_a_median_not_reached_is_judged_only_when_a_wait_outlasts_the_target(measure, scene, wait, stated):
    """120 days from 1 December to 31 March, 121 from 30 November."""
    needs(scene, wait, date(2025, 3, 1), date(2025, 3, 1))
    row = measure(scene, "R4.4")
    assert own(row) == ((stated, None) if stated else ("not_assessable", "not_due"))
    assert (row["value"], row["n"]) == (None, 3)


def test_a_rejected_solution_is_waited_for_no_longer(measure, scene):
    needs(scene, date(2024, 6, 1), date(2025, 3, 1), date(2025, 3, 1))
    scene.add("adoption_events", solution_id="L-1", event="rejected", date=date(2024, 7, 1))
    assert own(measure(scene, "R4.4")) == ("not_assessable", "not_due")


def test_an_application_sent_after_the_rejection_still_counts(measure, scene):
    needs(scene, *[date(2024, 6, 1)] * 3)
    scene.add("adoption_events", solution_id="L-1", event="rejected", date=date(2024, 6, 2))
    scene.add("applications", submitted_date=date(2024, 6, 21), solution_id=None)
    assert measure(scene, "R4.4")["value"] == 20.0


def test_a_solution_without_a_need_is_not_waited_for(measure, scene):
    needs(scene, *[date(2024, 6, 1)] * 2)
    scene.add(
        "solutions",
        {"capital_need": 0},
        {"capital_need": None},
        {"capital_need": 1, "need_date": date(2025, 4, 1)},
    )
    row = measure(scene, "R4.4")
    assert (row["n"], own(row)) == (2, ("not_assessable", "no_data"))


def test_an_own_target_moves_the_wait_that_is_judged(measure, scene):
    scene.target("R4.4", 30, 40)
    needs(scene, date(2025, 2, 18), date(2025, 3, 1), date(2025, 3, 1))
    assert own(measure(scene, "R4.4")) == ("not_fulfilled", None)
