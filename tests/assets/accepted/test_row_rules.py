"""Rows judged by themselves: required cells, types, lists, ranges, dates, grants, currency."""

from datetime import date
from decimal import Decimal

import pytest


def test_a_row_in_order_is_accepted_without_a_finding(judged):
    office = judged({})
    assert office.rows("people", "person_id", "level", "unit_key", "record_key") == [
        ("ANNA", 2, "BØRN", "ANNA/2020-01-01")
    ]
    assert office.findings() == []
    report = office.report
    assert (report.rows_read, report.rows_accepted, report.rows_rejected, report.rows_skipped) == (3, 3, 0, 0)


@pytest.mark.parametrize("nothing", [None, "", "  ", "-", "?", "N/A", "ved ikke", " "])
def test_a_required_cell_that_says_nothing_rejects_its_row(judged, nothing):
    office = judged({"solutions": [{"idea_date": nothing}]})
    assert office.rows("solutions", "solution_id") == []
    assert office.findings("rule", "cell", "heading", "severity") == [("required", "D2", "Idédato", "error")]


def test_every_fault_of_a_row_is_one_finding(judged):
    office = judged(
        {"applications": [{"amount_applied": "1.5", "source": "Ekstren", "submitted_date": "1-1-24"}]}
    )
    assert office.findings("rule", "cell", "value") == [
        ("ambiguous_number", "G2", "1.5"),
        ("enum", "E2", "Ekstren"),
        ("two_digit_year", "J2", "1-1-24"),
    ]
    assert office.rows("applications", "application_id") == []


def test_a_label_that_is_near_is_suggested(judged):
    office = judged({"applications": [{"source": "Ekstren"}]})
    [(danish, english)] = office.findings("message_da", "message_en", rule="enum")
    assert "Mente du »Ekstern«?" in danish
    assert "Did you mean »external«" in english


def test_a_fault_in_a_descriptive_cell_rejects_nothing(judged):
    office = judged({"touchpoints": [{"note": "1.5 31-02-24 #REF"}]})
    assert office.rows("touchpoints", "note") == ["1.5 31-02-24 #REF"]
    assert office.findings() == []


@pytest.mark.parametrize(
    ("kind", "cell", "written"),
    [
        ("people", "level", "6"),
        ("phases", "phase", "10"),
        ("phases", "phase", "-1"),
        ("ownership", "relevance", "0"),
        ("pulse", "score", "6"),
        ("solutions", "capital_need", "-1"),
        ("adoption_events", "reach", "-3"),
    ],
)
def test_a_number_outside_its_bounds_is_a_range_fault(judged, kind, cell, written):
    office = judged({"solutions": [{}], kind: [{cell: written}]})
    assert "range" in office.findings("rule")


def test_an_amount_is_multiplied_by_its_headings_unit_and_a_unit_in_the_cell_stands_instead(judged):
    office = judged(
        {
            "applications": [
                {"application_id": "A-1", "amount_applied": "50"},
                {"application_id": "A-2", "amount_applied": "1,5 mio. kr."},
            ]
        },
        headings={("applications", "amount_applied"): ("Ansøgt beløb (t.kr.)", 1000)},
    )
    assert office.rows("applications", "amount_applied") == [Decimal("50000.00"), Decimal("1500000.00")]


def test_the_end_may_not_come_before_the_start(judged):
    office = judged({"networks": [{"end_date": "2023-12-31"}]})
    assert office.findings("rule", "cell", rule="date_order") == [("date_order", "G2")]


def test_the_day_of_receipt_decides_what_is_future(judged):
    office = judged(
        {
            "touchpoints": [
                {"touchpoint_id": "S-1", "date": "2026-11-24"},
                {"touchpoint_id": "S-2", "date": "2026-11-25"},
            ],
            "phases": [{"planned_date": "2027-01-01"}],
        }
    )
    assert office.rows("touchpoints", "touchpoint_id") == ["S-1"]
    assert office.findings("rule", "value") == [("future_date", "2026-11-25")]


def test_a_grant_needs_a_day_and_an_amount_above_nothing(judged):
    office = judged(
        {
            "applications": [
                {"application_id": "A-1", "status": "Bevilget"},
                {
                    "application_id": "A-2",
                    "status": "Delvist bevilget",
                    "decided_date": "2024-07-01",
                    "amount_granted": "0",
                },
                {
                    "application_id": "A-3",
                    "status": "Bevilget",
                    "decided_date": "2024-07-01",
                    "amount_granted": "1",
                },
                {"application_id": "A-4", "status": "Afslag"},
            ]
        }
    )
    assert office.rows("applications", "application_id") == ["A-3", "A-4"]
    assert office.findings("rule", "cell") == [
        ("granted_incomplete", "H2"),
        ("granted_incomplete", "K2"),
        ("granted_incomplete", "H3"),
    ]


def test_a_showcase_needs_its_audience_and_an_assessment_its_outcome(judged):
    office = judged(
        {
            "touchpoints": [
                {"touchpoint_id": "S-1", "kind": "Synliggørelse"},
                {"touchpoint_id": "S-2", "kind": "political assessment"},
                {"touchpoint_id": "S-3", "kind": "Synliggørelse", "audience": "Byen"},
            ]
        }
    )
    assert office.rows("touchpoints", "touchpoint_id") == ["S-3"]
    assert office.findings("rule", "heading") == [("required", "Målgruppe"), ("required", "Udfald")]


def test_defaults_stand_in_empty_cells(judged):
    office = judged({"solutions": [{}], "applications": [{}], "ownership": [{}]})
    assert office.rows("solutions", "need_date") == [date(2024, 2, 1)]
    assert office.rows("applications", "currency") == ["DKK"]
    assert office.rows("ownership", "commitment") == ["none"]


def test_foreign_money_is_converted_by_the_rate_of_the_year_of_decision(office):
    office.settings({"rates": [{"currency": "EUR", "year": "2024", "rate": "745,12", "per": "100"}]})
    euro = {"currency": "eur", "amount_applied": "1.000", "amount_granted": "333,33", "status": "Bevilget"}
    office.send(
        {
            "people": [{}],
            "networks": [{}],
            "applications": [
                euro
                | {"application_id": "A-1", "submitted_date": "2023-12-01", "decided_date": "2024-02-01"},
                euro
                | {"application_id": "A-2", "submitted_date": "2023-12-01", "decided_date": "2025-02-01"},
            ],
        }
    )
    office.accept()
    assert office.rows("applications", "amount_applied", "amount_granted", "currency") == [
        (Decimal("7451.20"), Decimal("2483.71"), "EUR")  # 333,33 × 7,4512 = 2483,708…
    ]
    assert office.findings("cell", rule="currency_rate") == ["I3"]


def test_a_rate_without_any_date_cannot_be_chosen(office):
    office.settings({"rates": [{"currency": "EUR", "year": "2024", "rate": "7,45"}]})
    office.send(
        {"networks": [{}], "applications": [{"currency": "EUR", "submitted_date": None, "status": "Kladde"}]}
    )
    office.accept()
    assert office.findings("cell", rule="currency_rate") == ["I2"]
    assert office.rows("applications", "application_id") == []


def test_pulse_answers_have_no_key_and_their_cells_are_not_repeated(judged):
    office = judged({"pulse": [{}, {}, {"score": "7"}]})
    assert office.rows("pulse", "score", "record_key") == [(4, None), (4, None)]
    [(value, danish, english)] = office.findings("value", "message_da", "message_en", rule="range")
    assert value == ""
    assert "7" not in danish + english
