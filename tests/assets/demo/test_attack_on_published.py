"""F50: whoever reads every table that is open to all, and every report, still knows no small group.

The summary over networks is attacked as linear equations over networks and quarters; the organisation's
figures as totals of which some parts are hidden. The researcher's file copies both as they are published.
"""

from collections import defaultdict
from itertools import combinations

import numpy as np
import pytest

from assets.people.research import AS_PUBLISHED
from assets.reports.figures import STATUS_COUNTS, keyed_duties
from assets.reports.published import read_published
from tests.assets.demo.test_recompute_from_cells import database  # noqa: F401 - the demo's publication

COUNTS = ("fulfilled", "partly", "not_fulfilled", "not_assessable", "not_applicable")
QUARTERS = "select period, quarter_number from calendar.quarter"
# Measure to how a dimension says of which total it is a part; a part of nothing is left out.
TOTALS = {
    "results_by_reason": lambda dimension: "",
    "ownership": lambda dimension: "",
    "relevance": lambda dimension: "",
    "funnel": lambda dimension: dimension.rpartition("/")[2] if "/" in dimension else None,
    "value_shown": lambda dimension: "",
    "political_assessment": lambda dimension: "",
}


def rows_behind(demo):
    """Each shown row of the summary: organisation and responsibility to the networks' measurements in it."""
    numbers = dict(demo.execute(QUARTERS).fetchall())
    standing = defaultdict(list)
    for row in demo.execute(
        "select organisation_id, responsibility_id, network_id, quarter_number, network_type, status, "
        "reference_leader_id, last_quarter from results.responsibility_standing"
    ).fetchall():
        standing[row[:2]].append(row[2:])
    systems = defaultdict(list)
    for organisation, period, duty, kind, window, networks in demo.execute(
        'select organisation_id, period, responsibility_id, network_type, "window", networks '
        "from results.responsibility_summary where not suppressed"
    ).fetchall():
        last = numbers[period]
        first = last if window == "quarter" else last - 7
        latest = {}
        for network, quarter, network_type, status, leader, until in sorted(standing[organisation, duty]):
            if first <= quarter <= last <= max(until, quarter) and kind in ("", network_type):
                latest[network] = (network, quarter, status, leader)
        assert len(latest) == networks, (organisation, period, duty, kind, window)
        systems[organisation, duty].append(frozenset(latest.values()))
    return systems


def shares(rows):
    """Who stands in which rows: a pattern over the rows, to the networks and leaders of its measurements."""
    patterns = defaultdict(set)
    for atom in frozenset().union(*rows):
        patterns[tuple(atom in row for row in rows)].add(atom)
    return patterns


def rank(patterns):
    return int(np.linalg.matrix_rank(np.array(sorted(patterns), dtype=float))) if patterns else 0


def test_no_rows_of_the_summary_add_up_to_four_networks_or_two_leaders(demo):
    systems = rows_behind(demo)
    assert len(systems) >= 9
    for system, rows in systems.items():
        patterns = shares(rows)
        whole, known = rank(patterns), {}
        of_network, of_leader = defaultdict(set), defaultdict(set)
        for pattern, atoms in patterns.items():
            for network, _, _, leader in atoms:
                of_network[network].add(pattern)
                of_leader[leader].add(pattern)
        for members, size in ((of_network, 4), (of_leader, 2)):
            for group in combinations(sorted(members, key=str), min(size, len(members) - 1)):
                left = frozenset().union(*(members[one] for one in members if one not in group))
                if left not in known:
                    known[left] = rank(left)
                assert known[left] == whole, (system, len(group))


def test_a_shown_row_of_the_summary_has_five_networks_and_three_leaders_behind_it(demo):
    for rows in rows_behind(demo).values():
        for row in rows:
            assert len({network for network, *_ in row}) >= 5
            assert len({leader for *_, leader in row} - {None}) >= 3
            assert {status for _, _, status, _ in row} == {"fulfilled"} or len({s for _, _, s, _ in row}) > 1


def test_what_is_hidden_holds_no_number_in_any_open_table(demo):
    hidden = demo.execute(
        f"select count(*) from results.responsibility_summary where suppressed and "
        f"coalesce(networks, {', '.join(COUNTS)}) is not null"
    ).fetchall()
    hidden += demo.execute(
        "select count(*) from results.organisation_result where suppressed "
        "and coalesce(numerator, denominator, value, lower, upper, n) is not null"
    ).fetchall()
    assert hidden == [(0,), (0,)]
    assert set(AS_PUBLISHED) <= {
        "responsibility_summary",
        "organisation_result",
        "responsibility",
        "indicator",
        "target",
    }


def test_no_hidden_figure_of_the_organisation_is_its_total_less_the_shown_parts(demo):
    groups = defaultdict(list)
    for organisation, period, measure, dimension, suppressed in demo.execute(
        "select organisation_id, period, measure_id, dimension, suppressed from results.organisation_result"
    ).fetchall():
        if measure in TOTALS and TOTALS[measure](dimension) is not None:
            groups[organisation, period, measure, TOTALS[measure](dimension)].append(suppressed)
    assert len(groups) > 100
    alone = [key for key, parts in groups.items() if parts.count(True) == 1 and len(parts) > 1]
    assert alone == []


@pytest.mark.parametrize("period", ["2026Q3", "2025Q4"])
def test_the_report_says_of_responsibilities_no_more_than_the_summary_shows(demo, database, period):  # noqa: F811
    shown = {
        tuple(row)
        for row in demo.execute(
            f'select responsibility_id, "window", networks, {", ".join(COUNTS)} '
            "from results.responsibility_summary where not suppressed and network_type = '' and period = ?",
            [period],
        ).fetchall()
    }
    organisation = demo.execute("select min(organisation_id) from results.responsibility_summary").fetchall()
    told = {
        (duty.responsibility_id, duty.window, *(duty.counts[name] for name in STATUS_COUNTS))
        for duty in keyed_duties(read_published(database, organisation[0][0], period))
        if duty.counts
    }
    assert told <= shown
