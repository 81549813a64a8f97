"""An attacker with everything the demo tells of leaders, in one publication and between two."""

import random
from collections import defaultdict

import numpy as np
import pytest

from assets.results.summary import MEASUREMENTS, Measurement, summarise
from assets.results.summary_history import KnownRow

FEWEST_NETWORKS = 5
GROUPS_TRIED = 60


@pytest.fixture(scope="module")
def systems(demo):
    """Measurements by organisation and responsibility, and the quarters' names."""
    found = defaultdict(list)
    for row in demo.execute(MEASUREMENTS).fetchall():
        found[row[:2]].append(Measurement(*row))
    periods = dict(demo.execute("select quarter_number, period from calendar.quarter").fetchall())
    return found, periods


def behind(measurements, quarter, network_type, window):
    """The measurements in one row of the summary, by the words of the contract."""
    first = quarter if window == "quarter" else quarter - 7
    latest = {}
    for row in sorted(measurements, key=lambda row: row.quarter):
        if first <= row.quarter <= quarter and network_type in ("", row.network_type):
            latest[row.network_id] = row
    return frozenset(row.atom for row in latest.values())


def read(measurements, rows, numbers):
    """Shown and hidden rows of one publication, each as who stands behind it."""
    shown, hidden = set(), set()
    for _, period, _, network_type, window, *_, suppressed in rows:
        group = behind(measurements, numbers[period], network_type, window)
        (hidden if suppressed else shown).add(group)
    return shown, hidden


def matrix(rows, atoms):
    return np.array([[atom in row for atom in atoms] for row in rows], dtype=float).reshape(-1, len(atoms))


def rank(rows):
    return int(np.linalg.matrix_rank(rows)) if rows.size else 0


def assert_nothing_follows(shown, hidden, atoms, seed):
    """No hidden row is a sum of shown ones, and no sum of shown rows speaks of four networks alone."""
    known = matrix(shown, atoms)
    most = rank(known)
    for row in hidden - shown:
        assert rank(np.vstack([known, matrix([row], atoms)])) > most, "a hidden row is a sum of shown ones"
    networks = sorted({atom.network_id for atom in atoms})
    drawn = random.Random(seed)
    for _ in range(GROUPS_TRIED):
        few = drawn.sample(networks, min(FEWEST_NETWORKS - 1, len(networks)))
        others = np.array([atom.network_id not in few for atom in atoms])
        assert rank(known[:, others]) == most, f"a sum of rows speaks of {few} alone"


def test_no_hidden_total_of_the_demo_follows_from_the_shown_ones(systems):
    found, periods = systems
    numbers = {name: number for number, name in periods.items()}
    some_shown = 0
    for key, measurements in sorted(found.items()):
        rows, _ = summarise(measurements, [], periods)
        shown, hidden = read(measurements, rows, numbers)
        some_shown += bool(shown)
        assert_nothing_follows(shown, hidden, [row.atom for row in measurements], str(key))
    assert some_shown == 9  # every responsibility of the large municipality, none of the small one


def test_no_hidden_total_follows_when_the_quarter_before_was_published_too(systems):
    found, periods = systems
    numbers = {name: number for number, name in periods.items()}
    for key, measurements in sorted(found.items()):
        last = max(row.quarter for row in measurements)
        earlier = [row for row in measurements if row.quarter < last]
        first_rows, told = summarise(earlier, [], periods)
        rows, _ = summarise(measurements, [KnownRow(row.atoms) for row in told], periods)
        shown, hidden = read(earlier, first_rows, numbers)
        shown_again, hidden_again = read(measurements, rows, numbers)
        atoms = list(dict.fromkeys(row.atom for row in (*measurements, *earlier)))
        assert_nothing_follows(shown | shown_again, hidden | hidden_again, atoms, str(key))


def test_figures_of_the_organisation_are_held_back_with_all_they_could_be_subtracted_from(demo):
    mixed = demo.sql(
        "select organisation_id, period, measure_id from results.organisation_result group by all "
        "having bool_or(suppressed) and not bool_and(suppressed)"
    ).fetchall()
    assert mixed == []


def test_what_is_held_back_holds_no_number_at_all(demo):
    told = demo.sql(
        "select * from results.organisation_result where suppressed "
        "and coalesce(numerator, denominator, value, lower, upper, n) is not null"
    ).fetchall()
    assert told == []
    told = demo.sql(
        "select * from results.responsibility_summary where suppressed and coalesce(networks, fulfilled, "
        "partly, not_fulfilled, not_assessable, not_applicable) is not null"
    ).fetchall()
    assert told == []
    assert demo.sql("select count(*) from results.organisation_result where suppressed").fetchall() > [(0,)]
