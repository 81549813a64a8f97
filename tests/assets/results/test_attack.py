"""An attacker who knows which networks stand behind every row tries to learn what was not published.

The attacker has every shown row of one or more publications, knows all networks, their types, leaders and
quarters, and adds and subtracts rows with any factors. An unknown is one network on one day with what was
found there, so that two publications share what did not change between them.
"""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from assets.results.summary import Measurement, summarise
from assets.results.summary_history import KnownRow

STATUSES = ("fulfilled", "partly", "not_fulfilled", "not_assessable")
PERIODS = {number: f"{2020 + number // 4}Q{number % 4 + 1}" for number in range(24)}
MOST_STATUSES = 12


@st.composite
def municipalities(draw, networks=st.integers(5, 13), quarters=st.integers(1, 5)):
    """How each network stood on one responsibility, as found before a publication."""
    last = draw(quarters) - 1
    rows = []
    usual = draw(st.lists(st.sampled_from(STATUSES), min_size=2, max_size=MOST_STATUSES))
    for number in range(draw(networks)):
        network_type = draw(st.sampled_from(("innovation", "learning", "welfare")))
        leader = draw(st.sampled_from(("A", "B", "C", "D", None)))
        start = draw(st.integers(0, last))
        end = draw(st.integers(start, last))
        for quarter in range(start, end + 1):
            status = draw(st.sampled_from(usual))
            rows.append(
                measurement(number, quarter, status, leader=leader, network_type=network_type, last=last)
            )
    return rows


def measurement(number, quarter, status, *, leader, network_type, last):
    period = PERIODS[quarter]
    return Measurement(
        "BY", "R1", f"N{number:02}", quarter, period, period, status, leader, network_type, last
    )


@st.composite
def two_findings(draw):
    """A municipality as found for two publications: a few figures were corrected or came late."""
    before = draw(municipalities())
    after = [
        row._replace(status=draw(st.sampled_from(STATUSES))) if draw(one_in(8)) else row for row in before
    ]
    late = [row for row in after if not (row.network_id == "N00" and draw(st.booleans()))] or after
    return (late, after) if draw(st.booleans()) else (before, after)


def one_in(many):
    return st.integers(1, many).map(lambda drawn: drawn == 1)


class Attacker:
    """What was published, as linear equations over the unknowns, and who stands behind each unknown."""

    def __init__(self):
        self.atoms: dict = {}
        self.shown: list[frozenset] = []
        self.hidden: list[frozenset] = []

    def read(self, measurements, rows):
        """Read one publication: each row's place is open, and so is who stands behind it."""
        for row in measurements:
            self.atoms[row.atom] = row.leader
        for _, period, _, network_type, window, *_, suppressed in rows:
            behind = frozenset(
                row.atom for row in networks_behind(measurements, period, network_type, window)
            )
            (self.hidden if suppressed else self.shown).append(behind)

    def matrix(self, rows):
        order = list(self.atoms)
        return np.array([[atom in row for atom in order] for row in rows], dtype=float).reshape(
            -1, len(order)
        )


def networks_behind(measurements, period, network_type, window):
    """The measurements in one row of the summary, by the words of the contract."""
    quarter = next(number for number, name in PERIODS.items() if name == period)
    first = quarter if window == "quarter" else quarter - 7
    latest = {}
    for row in sorted(measurements, key=lambda row: row.quarter):
        if first <= row.quarter <= quarter and network_type in ("", row.network_type):
            latest[row.network_id] = row
    return list(latest.values())


def publish(findings):
    """Publish one after another, each knowing what those before showed; the attacker reads them all."""
    attacker, known = Attacker(), []
    for measurements in findings:
        rows, told = summarise(measurements, known, PERIODS)
        known = known + [KnownRow(row.atoms) for row in told]
        attacker.read(measurements, rows)
    return attacker


def rank(matrix):
    return int(np.linalg.matrix_rank(matrix)) if matrix.size else 0


def protected_groups(attacker):
    """The largest groups not to be spoken of: four networks, two leaders, all short of fulfilled alike."""
    atoms = list(attacker.atoms)
    networks = sorted({atom.network_id for atom in atoms})
    for four in combinations(networks, min(4, len(networks))):
        yield f"networks {four}", np.array([atom.network_id in four for atom in atoms])
    leaders = sorted({leader for leader in attacker.atoms.values() if leader})
    for two in combinations(leaders, min(2, len(leaders))):
        yield f"leaders {two}", np.array([attacker.atoms[atom] in (*two, None) for atom in atoms])
    for status in STATUSES[1:]:
        yield status, np.array([atom.status == status for atom in atoms])


def assert_nothing_follows_by_subtraction(attacker):
    shown = attacker.matrix(attacker.shown)
    known = rank(shown)
    for name, group in protected_groups(attacker):
        assert rank(shown[:, ~group]) == known, f"a sum of rows speaks of {name} alone"
    for row in set(attacker.hidden) - set(attacker.shown):
        assert rank(np.vstack([shown, attacker.matrix([row])])) > known, "a hidden row is a sum of shown ones"


def assert_nothing_follows_by_counting(attacker):
    shown = attacker.matrix(attacker.shown)
    if not shown.size:
        return
    for row in sorted(set(attacker.hidden) - set(attacker.shown), key=sorted):
        if not could_be_otherwise(attacker, shown, attacker.matrix([row])[0]):
            assert_only_fulfilled_gives_it_away(attacker, shown, row)
    for cell in small_cells(attacker, shown):
        assert could_be_otherwise(attacker, shown, cell)


def assert_only_fulfilled_gives_it_away(attacker, shown, row):
    """A group in which all fulfilled may be told of, and says so of each network: the contract allows it."""
    plain = {
        atom
        for atom in attacker.atoms
        if atom.status == "fulfilled"
        and not could_be_otherwise(attacker, shown, attacker.matrix([{atom}])[0])
    }
    rest = attacker.matrix([shown_row - plain for shown_row in attacker.shown])
    hidden = attacker.matrix([row - plain])
    assert rank(np.vstack([rest, hidden])) == rank(rest), "the totals fix a hidden row"
    assert plain, "the totals fix a hidden row"


def small_cells(attacker, shown):
    """Atoms that are in the same rows, where they are fewer than five."""
    covered = shown.any(axis=0)
    for pattern in np.unique(shown.T[covered], axis=0):
        cell = (pattern == shown.T).all(axis=1)
        if cell.sum() < 5:
            yield cell.astype(float)


def could_be_otherwise(attacker, shown, group):
    """Whether the totals allow another number of some status in the group (integer programming)."""
    atoms = list(attacker.atoms)
    patterns, cell_of = np.unique(np.vstack([shown, group]).T, axis=0, return_inverse=True)
    cell_of = cell_of.reshape(-1)
    sizes = np.bincount(cell_of)
    cells, statuses = len(sizes), len(STATUSES)
    counted = np.zeros((cells, statuses))
    for atom, cell in zip(atoms, cell_of, strict=True):
        counted[cell, STATUSES.index(atom.status)] += 1
    truth = counted.reshape(-1)
    each_cell_is_full = np.kron(np.eye(cells), np.ones(statuses))
    totals = np.kron(patterns[:, :-1].T, np.eye(statuses))
    equations = np.vstack([each_cell_is_full, totals])
    kept = LinearConstraint(equations, equations @ truth, equations @ truth)
    most = Bounds(0, np.repeat(sizes, statuses).astype(float))
    for position in range(statuses):
        weights = np.kron(patterns[:, -1], np.eye(statuses)[position])
        for sign in (1, -1):
            found = milp(sign * weights, constraints=kept, bounds=most, integrality=np.ones(truth.size))
            if found.success and abs(found.fun - sign * weights @ truth) > 0.5:
                return True
    return False


CALM = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def test_the_attacker_finds_a_type_that_is_all_types_less_the_others():
    found = [
        measurement(
            number, 0, status, leader=leader, network_type="innovation" if number < 6 else "welfare", last=0
        )
        for number, (status, leader) in enumerate(zip(STATUSES * 2, "ABCABCAB", strict=True))
    ]
    attacker = Attacker()
    places = {"": False, "innovation": False, "welfare": True}
    attacker.read(found, [("BY", "2020Q1", "R1", kind, "quarter", hidden) for kind, hidden in places.items()])
    with pytest.raises(AssertionError, match="speaks of networks"):
        assert_nothing_follows_by_subtraction(attacker)
    with pytest.raises(AssertionError):
        assert_nothing_follows_by_counting(attacker)


@CALM
@given(municipalities())
def test_no_small_group_follows_within_a_publication_by_subtraction(measurements):  # F50
    assert_nothing_follows_by_subtraction(publish([measurements]))


@CALM
@given(two_findings())
def test_no_small_group_follows_between_two_publications_by_subtraction(findings):  # F50
    assert_nothing_follows_by_subtraction(publish(findings))


@settings(CALM, max_examples=25)
@given(municipalities())
def test_the_totals_leave_every_hidden_row_and_small_cell_open(measurements):
    assert_nothing_follows_by_counting(publish([measurements]))


@settings(CALM, max_examples=25)
@given(two_findings())
def test_the_totals_of_two_publications_leave_every_hidden_row_and_small_cell_open(findings):
    assert_nothing_follows_by_counting(publish(findings))


@CALM
@given(two_findings())
def test_publishing_the_same_findings_again_shows_the_same_rows(findings):
    known: list[KnownRow] = []
    for measurements in findings:
        first, told = summarise(measurements, known, PERIODS)
        known = known + [KnownRow(row.atoms) for row in told]
        again, news = summarise(measurements, known, PERIODS)
        assert again == first
        assert news == []
