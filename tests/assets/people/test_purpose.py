"""Nothing about a single leader before it may be measured, and the purpose in the same words everywhere."""

from datetime import date

import pytest

from assets.people.purpose import PURPOSE, may_show_leaders

TODAY = date(2026, 9, 30)


@pytest.fixture
def settings(connection):
    connection.execute(
        "create or replace table settings.organisations "
        "(organisation_id varchar, not_before date, med_discussed_on date)"
    )
    return connection


@pytest.mark.parametrize(
    ("not_before", "discussed", "rule"),
    [
        (None, date(2026, 1, 1), "not_before_missing"),
        (date(2026, 1, 1), None, "med_missing"),
        (date(2026, 10, 1), date(2026, 1, 1), "not_before"),
        (date(2026, 1, 1), date(2026, 10, 1), "med_not_yet"),
        (date(2026, 9, 30), date(2026, 9, 30), None),
    ],
)
def test_leader_sheets_wait_for_both_days(settings, not_before, discussed, rule):
    settings.execute("insert into settings.organisations values ('ABY', ?, ?)", [not_before, discussed])
    refusal = may_show_leaders(settings, "ABY", TODAY)
    assert (refusal.rule if refusal else None) == rule


def test_an_organisation_without_settings_is_refused(settings):
    refusal = may_show_leaders(settings, "ABY", TODAY)
    assert refusal is not None
    assert refusal.rule == "organisation_unknown"


def test_the_published_file_says_the_same(run_home):
    assert may_show_leaders(run_home.database, "ABY", TODAY) is None
    refusal = may_show_leaders(run_home.database, "ABY", date(2025, 12, 31))
    assert refusal is not None
    assert "01-01-2026" in refusal.da


def test_the_purpose_rules_out_pay_discipline_and_dismissal():
    assert all(word in PURPOSE[0] for word in ("løn", "disciplinære", "afskedigelse"))
    assert all(word in PURPOSE[1] for word in ("pay", "discipline", "dismissal"))
