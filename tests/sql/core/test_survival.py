"""core.survival: Kaplan-Meier and Greenwood against published values and against lifelines."""

import math
from itertools import count
from random import Random

import polars as pl
import pytest

# Remission times of 21 leukaemia patients on 6-MP (Freireich 1963), the textbook example; + is censored.
FREIREICH = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
PUBLISHED = {6: 0.857143, 7: 0.806723, 10: 0.752941, 13: 0.690196, 16: 0.627451, 22: 0.537815, 23: 0.448179}

RULES = pl.DataFrame(
    [
        {
            "organisation_id": "aalby",
            "network_type": "innovation",
            "period": "2025Q1",
            "indicator_id": indicator_id,
            "target": target,
            "minimum_count": 3,
        }
        for indicator_id, target in (("R4.4", 60.0), ("R8.5", None))
    ]
)


def waits(rows_of, indicator_id="R8.5"):
    number = count(1)
    return [
        {
            "organisation_id": "aalby",
            "network_id": "N-1",
            "period": "2025Q1",
            "basis": "counted",
            "indicator_id": indicator_id,
            "solution_id": f"L-{next(number)}",
            "wait_days": days,
            "reached": reached,
        }
        for days, reached in rows_of
    ]


@pytest.fixture
def survive(run_model):
    def run(rows_of):
        found = run_model("core/survival", {"core.waits": pl.DataFrame(waits(rows_of))})
        return {row["wait_days"]: row for row in found.sort("wait_days").iter_rows(named=True)}

    return run


def freireich():
    return [(int(text.rstrip("+")), not text.endswith("+")) for text in FREIREICH.split()]


def test_the_textbook_curve_is_the_published_one(survive):
    curve = survive(freireich())
    assert {day: curve[day]["survival"] for day in PUBLISHED} == pytest.approx(PUBLISHED, abs=1e-6)


def test_greenwoods_standard_error_is_the_published_one(survive):
    """At 10 weeks the published standard error is 0.0963."""
    at = survive(freireich())[10]
    assert at["survival"] * math.sqrt(at["greenwood"]) == pytest.approx(0.0963, abs=1e-4)


def test_what_happened_comes_before_what_had_not_yet_on_the_same_day(survive):
    """Of two at risk on day 5, one adopts and one is followed no longer: S is 1/2, not 0."""
    assert survive([(5, True), (5, False)])[5]["survival"] == pytest.approx(0.5)


def test_the_curve_ends_at_nothing_when_the_last_at_risk_is_reached(survive):
    curve = survive([(1, True), (2, True)])
    assert (curve[1]["survival"], curve[2]["survival"]) == (pytest.approx(0.5), 0.0)


def fitter(alpha=0.05):
    """Loaded by the tests that need it: every process that runs tests reads every module."""
    from lifelines import KaplanMeierFitter

    return KaplanMeierFitter(alpha=alpha)


@pytest.mark.parametrize("seed", range(5))
def test_random_curves_are_those_of_lifelines(survive, seed):
    draw = Random(seed)
    rows_of = [(draw.randrange(0, 40), draw.random() < 0.6) for _ in range(draw.randrange(3, 60))]
    fitted = fitter().fit([days for days, _ in rows_of], [reached for _, reached in rows_of])
    curve = survive(rows_of)
    expected = {day: float(fitted.survival_function_.loc[day].iloc[0]) for day in curve}
    assert {day: row["survival"] for day, row in curve.items()} == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("seed", range(5))
def test_the_interval_at_a_year_is_the_log_log_one_of_lifelines(run_model, rows, seed):
    draw = Random(100 + seed)
    rows_of = [(draw.randrange(0, 700), draw.random() < 0.5) for _ in range(20)] + [(700, False)]
    told = pl.DataFrame(waits(rows_of))
    curve = run_model("core/survival", {"core.waits": told})
    row = run_model(
        "indicators/r8_5_base_in_a_year",
        {"core.units": rows.units(), "core.targets": RULES, "core.waits": told, "core.survival": curve},
    ).row(0, named=True)
    fitted = fitter(alpha=0.05).fit([d for d, _ in rows_of], [r for _, r in rows_of])
    at = fitted.confidence_interval_.loc[:365].iloc[-1]
    assert row["value"] == pytest.approx(1 - fitted.predict(365), abs=1e-9)
    # lifelines takes 1.95996398 for the contract's 1.959964.
    assert (row["lower"], row["upper"]) == pytest.approx((1 - at.iloc[1], 1 - at.iloc[0]), abs=1e-7)


@pytest.mark.parametrize("seed", range(5))
def test_the_median_is_that_of_lifelines(run_model, rows, seed):
    draw = Random(200 + seed)
    rows_of = [(draw.randrange(0, 200), draw.random() < 0.8) for _ in range(15)] + [(200, True)]
    told = pl.DataFrame(waits(rows_of, "R4.4"))
    curve = run_model("core/survival", {"core.waits": told})
    row = run_model(
        "indicators/r4_4_days_to_act",
        {"core.units": rows.units(), "core.targets": RULES, "core.waits": told, "core.survival": curve},
    ).row(0, named=True)
    fitted = fitter().fit([d for d, _ in rows_of], [r for _, r in rows_of])
    assert row["value"] == fitted.median_survival_time_


def test_a_curve_that_stands_at_one_half_has_its_median_there(run_model, rows):
    """1/2 after the second of four, reached by products of thirds and quarters: the slack finds it."""
    told = pl.DataFrame(waits([(10, True), (20, True), (30, False), (40, False)], "R4.4"))
    curve = run_model("core/survival", {"core.waits": told})
    row = run_model(
        "indicators/r4_4_days_to_act",
        {"core.units": rows.units(), "core.targets": RULES, "core.waits": told, "core.survival": curve},
    ).row(0, named=True)
    assert row["value"] == 20.0
