"""Figures of the organisation, responsibilities and the summary worked out again from what the file names."""

import random
from collections import defaultdict

import duckdb

from assets.publication.trace_sums import trace_organisation
from tests.assets.demo.test_recompute_from_cells import database, offices, read_record
from tests.recompute import same
from tests.recompute_organisation import Traced, organisation_figure

__all__ = ["database", "offices"]  # fixtures

MEASURES = 41
PULSE = ("records", "networks_covered")
COUNTING_RESULTS = "results_by_reason"


def figures(connection):
    """Every figure that is shown and rests on records: those of answers and of results rest on none."""
    return [
        row
        for row in connection.execute(
            "select results.organisation_id, results.period, results.measure_id, results.dimension, "
            "results.numerator, results.denominator, results.value, quarters.counted_to "
            "from main.organisation_result as results inner join audit.organisation_quarter() as quarters "
            "using (organisation_id, period) where not results.suppressed order by all"
        ).fetchall()
        if row[2] != COUNTING_RESULTS and not (row[2] in PULSE and row[3] == "pulse")
    ]


def drawn_by_measure(rows, seed, most):
    """Some figures of every measure, drawn by a seed."""
    by_measure = defaultdict(list)
    for row in rows:
        by_measure[row[2]].append(row)
    chosen = random.Random(seed)
    return [
        row for _, some in sorted(by_measure.items()) for row in chosen.sample(some, min(most, len(some)))
    ]


def test_random_figures_of_every_measure_are_what_their_cells_give(database, offices):
    with duckdb.connect(str(database), read_only=True) as connection:
        early = [row for row in figures(connection) if row[1] < "2024Q1"]  # fewer records to read
        drawn = drawn_by_measure(early, "netværdi", 1)
    wrong, read = [], {}
    for organisation, period, measure, dimension, *said, counted_to in drawn:
        found = trace_organisation(database, organisation, period, measure, dimension)
        traced = []
        for one in found.records:
            key = (organisation, one.record_kind, one.record_key)
            if key not in read:
                read[key] = read_record(one, offices)
            traced.append(Traced(one.part, one.subject, one.record_kind, one.record_key, read[key]))
        worked = organisation_figure(measure, dimension, traced, counted_to)
        if not all(same(one, other) for one, other in zip(said, worked, strict=True)):
            wrong.append((organisation, period, measure, dimension, said, worked))
    assert wrong == []
    assert len({row[2] for row in drawn}) == MEASURES - 1  # all but the count of results


def test_the_file_itself_works_out_every_figure_of_its_quarters_again(database):
    with duckdb.connect(str(database), read_only=True) as connection:
        quarters = connection.execute(
            "select distinct organisation_id, period from main.organisation_result order by all"
        ).fetchall()
        told = connection.execute(
            "select count(*) from main.responsibility_result union all "
            "select count(*) from main.responsibility_summary where not suppressed"
        ).fetchall()
        worked = defaultdict(list)
        some = {*random.Random("kvartal").sample(quarters, 4), ("FJORDBY", "2026Q3"), ("LYNGAA", "2026Q3")}
        for quarter in quarters:
            for question, asked in (
                ("organisation", quarter in some),
                ("responsibility", True),
                ("summary", True),
            ):
                if asked:
                    worked[question] += connection.execute(
                        f"select *, ? as quarter from audit.recompute_{question}(?, ?)",
                        [quarter[1], *quarter],
                    ).fetchall()
    assert [row for rows in worked.values() for row in rows if not row[-2]] == []
    assert [len(worked["responsibility"]), len(worked["summary"])] == [count for (count,) in told]
    assert {row[0] for row in worked["organisation"]} == set(all_measures(database))


def all_measures(database):
    with duckdb.connect(str(database), read_only=True) as connection:
        return [
            name
            for (name,) in connection.execute(
                "select distinct measure_id from organisation_result"
            ).fetchall()
        ]


def test_a_count_of_results_names_the_results(database):
    found = trace_organisation(database, "FJORDBY", "2026Q3", "results_by_reason", "judged")
    numerators = {one.record_key for one in found.records if one.part == "numerator"}
    assert len(numerators) == found.figure["numerator"]
    assert "audit.trace(" in found.note_da and all(one.cells == () for one in found.records)


def test_a_figure_held_back_leads_the_auditor_to_its_records_and_says_that_it_may_not_be_passed_on(database):
    with duckdb.connect(str(database), read_only=True) as connection:
        [(organisation, period, measure, dimension)] = connection.execute(
            "select organisation_id, period, measure_id, dimension from main.organisation_result "
            "where suppressed and measure_id = 'ownership' and dimension = 'owning' order by all limit 1"
        ).fetchall()
    found = trace_organisation(database, organisation, period, measure, dimension)
    assert found.figure["value"] is None
    assert {one.record_kind for one in found.records} >= {"central_managers", "people"}
    assert "må ikke gives videre" in found.note_da
