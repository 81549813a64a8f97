"""Which rows of a summary may be shown, so that nothing about a few networks follows from them.

A reader of a summary is taken to know which networks stand behind every row, and to add and subtract
rows at will, over windows, quarters, network types and publications. What the reader must not learn is
the status of a group that could not have been published itself: fewer than five networks, fewer than
three reference leaders, or all of one status other than ``fulfilled``.

Rows are sets of *atoms*; an atom is one network on one day of measurement. Sets are whole numbers used
as bit masks, for there are some 300,000 rows to judge in a large publication.

Two things are required of the rows shown together:

1. *No small group by subtraction.* Rows are taken in order of preference. Each is reduced by those
   taken before it until it no longer touches their pivots, and what is left must be publishable: it
   becomes the row's own pivot. Any sum of rows, with any factors, then covers the whole pivot of the
   first row that occurs in it, and so speaks of a publishable group.
2. *No small group by counting.* Where the rows cut out a small cell, another assignment of statuses
   with the same totals must exist in which that cell looks different (``assets/results/exchange.py``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assets.results.exchange import Cells

FEWEST_NETWORKS = 5
FEWEST_LEADERS = 3
HARMLESS_ALONE = "fulfilled"


@dataclass(frozen=True)
class Atoms:
    """Who and what stands behind the bits of a mask.

    Attributes:
        networks, leaders: A mask for each network and for each reference leader; an atom without a
            leader is in no leader's mask.
        statuses: Status to mask.
    """

    networks: tuple[int, ...]
    leaders: tuple[int, ...]
    statuses: Mapping[str, int]
    _judged: dict[int, bool] = field(default_factory=dict, compare=False)

    def publishable(self, mask: int) -> bool:
        """Whether the group may be spoken of by itself."""
        known = self._judged.get(mask)
        if known is None:
            known = self._judged[mask] = self._judge(mask)
        return known

    def _judge(self, mask: int) -> bool:
        if mask.bit_count() < FEWEST_NETWORKS:
            return False
        for status, holders in self.statuses.items():
            if status != HARMLESS_ALONE and not mask & ~holders:
                return False
        return _reaches(mask, self.leaders, FEWEST_LEADERS) and _reaches(mask, self.networks, FEWEST_NETWORKS)


def _reaches(mask: int, groups: Sequence[int], fewest: int) -> bool:
    met = 0
    for group in groups:
        if mask & group:
            met += 1
            if met == fewest:
                return True
    return False


@dataclass(frozen=True)
class _Taken:
    """A row shown, less those before it: +1 on ``plus``, -1 on ``minus``; later rows are 0 on ``pivot``."""

    plus: int
    minus: int
    pivot: int


@dataclass(frozen=True)
class _Rows:
    """The rows taken so far, in order, and the cells they cut out."""

    taken: tuple[_Taken, ...]
    cells: Cells

    def with_row(self, row: int, atoms: Atoms, must: bool = False) -> "_Rows | None":
        """These rows and one more; none where it would lay a small group bare."""
        taken = _take(atoms, self.taken, row, must)
        if taken is None:
            return None
        cells = self.cells.cut(row, must)
        return None if cells is None else _Rows(taken, cells)


def choose_rows(atoms: Atoms, candidates: Sequence[int], known: Sequence[int] = ()) -> list[int]:
    """The positions of the candidates that are shown, in the order in which they were taken.

    Args:
        atoms: Who stands behind each bit.
        candidates: Rows as masks, in order of preference.
        known: Rows that readers have from earlier publications, oldest first; they cannot be taken back.
    """
    rows = _Rows((), Cells(atoms.statuses, atoms.publishable))
    public: set[int] = set()
    for row in known:
        if row not in public:
            rows = rows.with_row(row, atoms, must=True) or rows
            public.add(row)
    shown: list[int] = []
    for position, row in enumerate(candidates):
        if not atoms.publishable(row):
            continue
        if row not in public:
            grown = rows.with_row(row, atoms)
            if grown is None:
                continue
            rows = grown
            public.add(row)
        shown.append(position)
    return shown + _that_follow(atoms, candidates, rows, shown)


def may_follow(atoms: Atoms, row: int, known: Sequence[int]) -> bool:
    """Whether a sum may be told beside earlier ones, so that none of them added up speaks of too few.

    Args:
        atoms: Who stands behind each bit.
        known: Sums that readers have, oldest first; they cannot be taken back.
    """
    if row in known:
        return True
    taken: tuple[_Taken, ...] = ()
    for earlier in dict.fromkeys(known):
        taken = _take(atoms, taken, earlier, must=True) or taken
    return _take(atoms, taken, row) is not None


def _that_follow(atoms: Atoms, candidates: Sequence[int], rows: _Rows, shown: list[int]) -> list[int]:
    """Rows hidden so far that are sums of shown ones: to show them tells nothing new."""
    following = []
    for position, row in enumerate(candidates):
        if position not in shown and atoms.publishable(row):
            grown = _take(atoms, rows.taken, row)
            if grown is not None and len(grown) == len(rows.taken):
                following.append(position)
    return following


def _take(atoms: Atoms, taken: tuple[_Taken, ...], row: int, must: bool = False) -> tuple[_Taken, ...] | None:
    """The rows taken with this one reduced and added; none where what is left of it is too small.

    A row that must be taken is known already: what it lays bare is so, and is no reason to stop.
    """
    plus, minus = row, 0
    shrunk: dict[int, _Taken] = {}
    for position, earlier in enumerate(taken):
        pivot = earlier.pivot
        touched = (plus | minus) & pivot
        if not touched:
            continue
        same = ((plus & earlier.plus) | (minus & earlier.minus)) & pivot
        ways = ((pivot & ~touched, 0), (same, 1), (touched & ~same, -1))
        fitting = [way for way in ways if way[0] and atoms.publishable(way[0])]
        if must and not fitting:
            fitting = [max(ways, key=lambda way: way[0].bit_count())]
        reduced = _first_reduction(plus, minus, earlier, fitting)
        if reduced is None:
            return None
        plus, minus, kept = reduced
        if kept != pivot:
            shrunk[position] = _Taken(earlier.plus, earlier.minus, kept)
    left = plus | minus
    if left and not must and not atoms.publishable(left):
        return None
    grown = [shrunk.get(position, earlier) for position, earlier in enumerate(taken)]
    if left:
        grown.append(_Taken(plus, minus, left))
    return tuple(grown)


def _first_reduction(
    plus: int, minus: int, earlier: _Taken, ways: Sequence[tuple[int, int]]
) -> tuple[int, int, int] | None:
    """The row less ``factor`` times an earlier one, by the first way whose factors stay within -1 and 1."""
    for kept, factor in ways:
        if factor == 0:
            return plus, minus, kept
        add, subtract = (earlier.minus, earlier.plus) if factor == 1 else (earlier.plus, earlier.minus)
        if not plus & add and not minus & subtract:
            return (plus & ~subtract) | (add & ~minus), (minus & ~add) | (subtract & ~plus), kept
    return None
