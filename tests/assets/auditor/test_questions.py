"""The questions an auditor asks of the file itself, each with an answer worked by hand."""

import re
from datetime import date
from decimal import Decimal

import duckdb
import pytest

from assets.publication.macros import load_macros
from tests.assets.auditor.small_publication import write_publication

QUESTIONS = [macro for macro in load_macros() if macro.ask]


def test_every_question_of_the_issue_is_there():
    assert [macro.name for macro in QUESTIONS] == [
        "adoption_without_manager",
        "changed",
        "completeness_by_kind",
        "grants_without_decision",
        "kroner",
        "network_records",
        "ownership_by_unit",
        "recompute",
        "recompute_organisation",
        "recompute_responsibility",
        "recompute_summary",
        "rejected_rows",
        "restatements_by_cause",
        "sample_kroner",
        "sample_records",
        "stood_on",
        "trace",
        "trace_organisation",
        "trace_responsibility",
        "trace_summary",
    ]


def test_how_to_lists_every_question_in_both_languages_with_an_example_that_runs(published_file, tmp_path):
    with duckdb.connect(str(published_file), read_only=True) as connection:
        connection.execute(f"attach '{write_publication(tmp_path / 'old.duckdb')}' as before (read_only)")
        rows = connection.execute("select name, question_da, question_en, ask from audit.how_to").fetchall()
        assert sorted(name for name, *_ in rows) == [macro.full_name for macro in QUESTIONS]
        for _, da, en, ask in rows:
            assert da and en and da != en
            connection.execute(ask).fetchall()


@pytest.mark.parametrize("macro", QUESTIONS, ids=lambda macro: macro.name)
def test_a_question_uses_no_words_that_duckdb_1_2_lacks(macro):
    assert not re.search(r"\blambda\b|\bgetvariable\b|\btry\(", macro.query)


def test_a_figure_is_worked_out_again_from_its_records(file):
    rows = file.execute(
        "select indicator_id, value, again_value, agrees from audit.recompute('BY', 'N-01', '2026Q3')"
    ).fetchall()
    assert rows == [
        ("R4.4", 42.0, None, False),  # said without the solutions that waited
        ("R6.1", 1 / 6, 1 / 6, True),
        ("V7", 300_000.0, 300_000.0, True),
    ]


def test_a_figure_that_is_not_its_records_is_told(tmp_path):
    path = write_publication(tmp_path / "wrong.duckdb", v7=310_000.0)
    with duckdb.connect(str(path), read_only=True) as connection:
        [row] = connection.execute(
            "select difference, agrees from audit.recompute('BY', 'N-01', '2026Q3') where indicator_id = 'V7'"
        ).fetchall()
    assert row == (-10_000.0, False)


def test_everything_about_a_network_stands_in_order_of_time_with_its_address(file):
    rows = file.execute(
        "select happened_on, record_kind, what, amount, path, row_number "
        "from audit.network_records('BY', 'N-01')"
    ).fetchall()
    assert rows[0] == (date(2025, 1, 1), "networks", "welfare", None, "penge.xlsx", 2)
    assert rows[2] == (date(2026, 4, 1), "applications", "granted", Decimal("100000.00"), "penge.xlsx", 2)
    assert [row[1] for row in rows].count("applications") == 4
    assert file.execute("select * from audit.network_records('BY', 'N-99')").fetchall() == []


def test_what_changed_since_another_publication_is_told_and_nothing_else(file, tmp_path):
    earlier = write_publication(tmp_path / "earlier.duckdb", v7=280_000.0)
    file.execute(f"attach '{earlier}' as before (read_only)")
    rows = file.execute(
        "select indicator_id, change, earlier_value, value, difference from audit.changed('before')"
    ).fetchall()
    assert rows == [("V7", "changed", 280_000.0, 300_000.0, 20_000.0)]


@pytest.mark.parametrize(
    ("valid", "known", "last_day"),
    [
        ("2026-06-01", "2026-06-01", []),  # the first delivery said that it ended in 2025
        ("2025-06-01", "2026-06-01", [date(2025, 12, 31)]),
        ("2026-06-01", "2026-10-02", [None]),  # the second that it goes on
        ("2024-06-01", "2026-10-02", []),
        ("2025-06-01", "2026-01-01", []),  # before anything was received
    ],
)
def test_what_stood_on_a_day_follows_what_was_known(file, valid, known, last_day):
    rows = file.execute(
        f"select last_day from audit.stood_on('BY', date '{valid}', date '{known}') "
        "where record_kind = 'networks'"
    ).fetchall()
    assert [row[0] for row in rows] == last_day


def test_a_rejected_row_is_shown_as_written_with_its_rule(file):
    rows = file.execute("select rule, cell, record_key, cells from audit.rejected_rows('BY')").fetchall()
    assert rows == [("granted_incomplete", "C6", "A-5", '{"A": "A-5", "B": "70000"}')]


def test_grants_without_a_decision_are_the_incomplete_and_the_waiting(file):
    rows = file.execute(
        "select what, record_key, amount_applied, days_waited from audit.grants_without_decision('BY')"
    ).fetchall()
    assert rows == [
        ("granted_incomplete", "A-5", None, None),
        ("waiting", "A-4", Decimal("200000.00"), 10),
    ]


def test_adoption_without_a_manager_names_the_event(file):
    assert file.execute("select event_id from audit.adoption_without_manager('BY')").fetchall() == [("H-2",)]


def test_ownership_by_unit_says_which_rows_are_too_few_to_be_passed_on(file):
    rows = file.execute("select * from audit.ownership_by_unit('BY', '2026Q3')").fetchall()
    assert rows == [("Kulturhuset", 1, 0, 0, 1, False), ("Skolen", 5, 1, 1, 4, True)]


def test_restatements_are_summed_by_cause(file):
    rows = file.execute(
        "select indicator_id, cause, figures, moved from audit.restatements_by_cause('BY')"
    ).fetchall()
    assert rows == [("V5", "corrected", 1, -0.5), ("V5", "late", 1, 0.25), ("V7", "corrected", 1, -20_000.0)]


def test_completeness_accounts_for_every_row_read(file):
    rows = file.execute(
        "select record_kind, rows_read, rows_accepted, rows_rejected, rows_skipped, unexplained "
        "from audit.completeness_by_kind('BY')"
    ).fetchall()
    assert rows == [("applications", 6, 4, 1, 1, 0), ("networks", 1, 1, 0, 0, 0)]


def test_a_random_sample_is_the_same_for_the_same_seed_and_leads_to_the_cells(file):
    def drawn(seed):
        return file.execute(
            f"select record_key, cell, written from audit.sample_records('BY', 'applications', {seed}, 2)"
        ).fetchall()

    # MD5 of 7-A-1 … 7-A-4 begins with d2, b3, 04 and 13; of 8-A-1 … with 05, c4, 51 and 26.
    assert drawn(7) == [("A-3", "A4", "A-3"), ("A-3", "B4", "50.000 kr."), ("A-4", "A5", "A-4")]
    assert {key for key, *_ in drawn(8)} == {"A-1", "A-4"}


def test_a_monetary_unit_sample_draws_by_kroner(file):
    # Step 300,000 / 3; (1 × 7919 + 104729) mod 10007 = 2571, so points at 25,692, 125,692 and 225,692 kroner.
    rows = file.execute(
        "select record_key, points, cell, written from audit.sample_kroner('BY', 1, 3)"
    ).fetchall()
    assert rows == [("A-1", 1, "B2", "100.000,-"), ("A-2", 2, "B3", "150000")]


def test_kroner_reconcile_from_the_sheet_to_the_report(file):
    rows = file.execute("select line, records, kroner from audit.kroner('BY', '2026Q3')").fetchall()
    assert rows == [
        (10, 5, Decimal("740000.00")),
        (20, -1, Decimal("-70000.00")),
        (30, -1, Decimal("-370000.00")),
        (40, None, Decimal("0.00")),
        (50, 3, Decimal("300000.00")),
        (60, 0, Decimal("0.00")),
        (70, 0, Decimal("0.00")),
        (80, 0, Decimal("0.00")),
        (90, 3, Decimal("300000.00")),
        (95, None, Decimal("300000.00")),
        (99, None, Decimal("0.00")),
    ]
