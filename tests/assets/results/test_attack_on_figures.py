"""F50: two publications of the organisation's figures, subtracted, speak of no few leaders or managers.

The attacker has every told figure of a quarter, knows which networks and managers stand behind each, and adds
and subtracts with any factors. A figure is an equation over what each of them adds.
"""

from datetime import date

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.results.figure_contributions import CONTRIBUTIONS, LEADERS, MANAGERS, Part
from assets.results.figure_history import HISTORY, hold_back_figures, may_be_told
from assets.warehouse import open_warehouse, replace_table

DAY = "2026-06-30"
CALM = settings(max_examples=150, deadline=None, derandomize=True)


def networks(*said, first=1):
    """Networks N1, N2, … led in turn by A, B, C, D, each with what it adds."""
    return [
        (Part(f"N{number}", "", DAY, one), "ABCD"[number % 4]) for number, one in enumerate(said, start=first)
    ]


def managers(*said, first=1):
    return [
        (Part("N1", f"M{number}", DAY, one), f"M{number}") for number, one in enumerate(said, start=first)
    ]


def test_a_network_entered_late_would_be_the_difference_of_two_figures():  # F50
    before = networks(*"aabba")
    assert may_be_told("progress", before, [])
    assert may_be_told("progress", before, [before])
    assert not may_be_told("progress", [*before, *networks("c", first=6)], [before])
    assert not may_be_told("progress", networks(*"aabbb"), [before])


def test_five_networks_of_three_leaders_that_change_together_are_no_few():
    before = networks(*"aaaaaaa")
    assert may_be_told("progress", networks(*"bbbbbaa"), [before])
    alike = [(part, "A" if part.said == "b" else who) for part, who in networks(*"bbbbbaa")]
    assert not may_be_told("progress", alike, [[(part, "A") for part, _ in before]])


def test_another_day_is_another_measurement_of_everybody():
    before = networks(*"aabba")
    later = [(part._replace(measured_on="2026-05-31"), who) for part, who in before]
    assert may_be_told("progress", [*before, *networks("c", first=6)], [later])


def test_managers_are_counted_as_people_and_five_of_them_must_have_answered():  # F50
    silent = managers(*[""] * 12)
    assert not may_be_told("ownership", managers("heard 1", *[""] * 11), [silent])
    assert not may_be_told("ownership", managers(*["heard 1"] * 4, *[""] * 8), [silent])
    assert may_be_told("ownership", managers(*["heard 1"] * 3, *["heard 0"] * 2, *[""] * 7), [silent])
    six_more = managers("heard 1", *[""] * 5, first=13)
    assert not may_be_told("ownership", [*silent, *six_more], [silent])
    assert may_be_told("managers_asked", [*silent, *managers(*[""] * 5, first=13)], [silent])


@st.composite
def findings(draw):
    """The same quarter as found for up to five publications: networks come, go and are corrected."""
    there = draw(st.integers(5, 12))
    leaders = draw(st.lists(st.sampled_from("ABCDE"), min_size=there, max_size=there))
    told = []
    said = ["a"] * there
    for _ in range(draw(st.integers(2, 5))):
        for number in draw(st.sets(st.integers(0, there - 1), max_size=there)):
            said[number] = draw(st.sampled_from(["a", "b", "c", None]))
        told.append(
            [
                (Part(f"N{number:02}", "", DAY, one), leaders[number])
                for number, one in enumerate(said)
                if one is not None
            ]
        )
    return told


@CALM
@given(findings())
def test_no_sum_of_told_figures_speaks_of_four_networks_or_two_leaders(found):  # F50
    known = []
    for behind in found:
        enough = len({part.network_id for part, _ in behind}) >= 5 and len({w for _, w in behind}) >= 3
        if enough and may_be_told("progress", behind, known):
            known.append(behind)
    parts = {part: who for row in known for part, who in row}
    order = list(parts)
    told = np.array([[part in dict(row) for part in order] for row in known], dtype=float).reshape(
        len(known), len(order)
    )
    for few in small_groups(parts):
        others = np.array([part not in few for part in order], dtype=bool)
        assert rank(told[:, others]) == rank(told)


def small_groups(parts):
    """Any two leaders' parts, and any four networks' in a row by name: enough to catch what is too small."""
    leaders = sorted(set(parts.values()))
    for at, one in enumerate(leaders):
        for other in leaders[at:]:
            yield {part for part, who in parts.items() if who in (one, other)}
    names = sorted({part.network_id for part in parts})
    for at in range(len(names)):
        four = {names[(at + step) % len(names)] for step in range(min(4, len(names) - 1))}
        yield {part for part in parts if part.network_id in four}


def rank(matrix):
    return int(np.linalg.matrix_rank(matrix)) if matrix.size else 0


NETWORKS = [f"N{number}" for number in range(1, 7)]


@pytest.fixture
def warehouse():
    """Six networks of three leaders; the sixth is not there at first. One dialogue each, two of N2."""
    with open_warehouse() as connection:
        stand(connection, NETWORKS[:5])
        connection.execute("create table audit.publication (sequence bigint)")
        yield connection


def stand(connection, active):
    day = date(2026, 6, 30)
    key = {"organisation_id": "BY", "period": "2026Q2", "basis": "counted"}
    replace_table(
        connection,
        "core.units",
        pl.DataFrame(
            [
                key
                | {
                    "network_id": one,
                    "phase": "active",
                    "reference_leader_id": "ABC"[int(one[1]) % 3],
                    "period_end": day,
                    "counted_to": day,
                }
                for one in active
            ]
        ),
    )
    replace_table(
        connection,
        "results.organisation_period",
        pl.DataFrame([key | {"counted_to": day, "year_before": date(2025, 6, 30)}]),
    )
    met = [*active, *(["N2"] if "N2" in active else [])]
    replace_table(
        connection,
        "core.touchpoints",
        pl.DataFrame(
            [
                key
                | {
                    "network_id": one,
                    "date": day,
                    "kind": "political_dialogue",
                    "audience": None,
                    "outcome": None,
                }
                for one in met
            ],
            schema_overrides={"audience": pl.String, "outcome": pl.String},
        ),
    )
    for table, columns in {
        "results.indicator_result": "network_id varchar, phase varchar, responsibility_id varchar, "
        "indicator_id varchar, status varchar, reason varchar",
        "core.phases": "network_id varchar, basis varchar, planned_date date, actual_date date",
        "results.organisation_answer": "network_id varchar, manager_id varchar, heard int, owning int, "
        "relevant int, acted int",
    }.items():
        connection.execute(
            f"create or replace table {table} (organisation_id varchar, period varchar, {columns})"
        )
    figure = {"numerator": None, "denominator": None, "lower": None, "upper": None, "n": None}
    rows = [("political_dialogue", len(met)), ("records", len(met))]
    replace_table(
        connection,
        "results.organisation_result",
        pl.DataFrame(
            [
                {"organisation_id": "BY", "period": "2026Q2", "measure_id": name, "dimension": ""}
                | figure
                | {"value": float(value), "suppressed": False}
                for name, value in rows
            ]
        ),
    )


def told(connection):
    return dict(connection.execute("select measure_id, value from results.organisation_result").fetchall())


def test_the_figure_is_emptied_only_where_an_earlier_one_was_published(warehouse):
    assert hold_back_figures(warehouse) == 0
    stand(warehouse, NETWORKS)
    assert hold_back_figures(warehouse) == 0  # nothing was published in between
    assert told(warehouse) == {"political_dialogue": 7.0, "records": 7.0}


def test_a_late_networks_dialogues_do_not_follow_from_the_publication_before(warehouse):  # F50
    hold_back_figures(warehouse)
    warehouse.execute("insert into audit.publication values (1)")
    stand(warehouse, NETWORKS)
    assert hold_back_figures(warehouse) == 1
    assert told(warehouse) == {"political_dialogue": None, "records": 7.0}
    warehouse.execute("insert into audit.publication values (2)")
    stand(warehouse, NETWORKS[:5])
    assert hold_back_figures(warehouse) == 0  # as it was told before
    assert told(warehouse)["political_dialogue"] == 6.0
    history = warehouse.execute(
        f"select network_id, said, person_id from {HISTORY} "
        "where measure_id = 'political_dialogue' order by 1"
    ).fetchall()
    assert history == [(one, "/ 2" if one == "N2" else "/ 1", "ABC"[int(one[1]) % 3]) for one in NETWORKS[:5]]


def test_every_measure_about_people_has_contributions_and_no_other_is_held(warehouse):
    measures = {
        row[2]
        for row in warehouse.execute(
            CONTRIBUTIONS, {"leaders": sorted(LEADERS), "managers": sorted(MANAGERS)}
        ).fetchall()
    }
    assert measures == LEADERS  # of managers there are no answers here
