"""Whether totals fix what a small cell holds: is there another assignment with the same totals?

The rows shown cut the atoms into *cells*: atoms of one cell are in exactly the same rows. Within a cell
statuses may be exchanged unseen. Between cells they may when every row keeps its balance: an atom of
the cell goes from status a to b, and in every row over it another atom goes from b to a. Such an
exchange proves that the totals leave the cell open. Where none is found the cell counts as fixed, so
the search may stop early at no cost but a row more hidden.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

MOST_STEPS = 60


class Exchange(NamedTuple):
    """Atoms that go from status a to b, and those that go from b to a, as masks."""

    forth: int
    back: int

    def keeps(self, row: int) -> bool:
        """Whether the totals of a row stay as they are."""
        return (self.forth & row).bit_count() == (self.back & row).bit_count()


@dataclass(frozen=True)
class Cell:
    """Atoms that are in the same rows.

    Attributes:
        mask: The atoms.
        rows: The rows over them, by their order.
        exchange: What proves the cell open; none where it may be spoken of anyway, or is fixed already.
        told: The rows known from elsewhere fix it already, or may.
    """

    mask: int
    rows: int
    exchange: Exchange | None = None
    told: bool = False


@dataclass(frozen=True)
class Cells:
    """The cells that the rows taken so far cut out; atoms in no row are in none."""

    statuses: Mapping[str, int]
    publishable: Callable[[int], bool]
    cells: tuple[Cell, ...] = ()
    rows: int = 0

    def cut(self, row: int, must: bool = False) -> "Cells | None":
        """The cells with one row more; none where a small cell would no longer be open.

        A row that must be cut is known already: what it fixes is told, and no reason to stop.
        """
        cells, doubtful = self._split(row)
        if doubtful:
            by_status = _by_status(self.statuses, cells)
            for position in doubtful:
                cell = cells[position]
                exchange = _find_exchange(cell, by_status)
                if exchange is None and not must:
                    return None
                cells[position] = Cell(cell.mask, cell.rows, exchange, told=exchange is None)
        return Cells(self.statuses, self.publishable, tuple(cells), self.rows + 1)

    def _split(self, row: int) -> tuple[list[Cell], list[int]]:
        """The cells cut by the row, and the positions of those that have to be proved open anew."""
        bit = 1 << self.rows
        cells: list[Cell] = []
        doubtful: list[int] = []
        covered = 0
        for cell in self.cells:
            covered |= cell.mask
            inside = cell.mask & row
            whole = inside in (0, cell.mask)
            parts = [(cell.mask, cell.rows | (bit if inside else 0))] if whole else []
            if not whole:
                parts = [(inside, cell.rows | bit), (cell.mask & ~row, cell.rows)]
            for mask, rows in parts:
                kept = cell.exchange if whole and cell.exchange and cell.exchange.keeps(row) else None
                if kept is None and not cell.told and not self.publishable(mask):
                    doubtful.append(len(cells))
                cells.append(Cell(mask, rows, kept, cell.told))
        fresh = row & ~covered
        if fresh:
            if not self.publishable(fresh):
                doubtful.append(len(cells))
            cells.append(Cell(fresh, bit))
        return cells, doubtful


class _Holders(NamedTuple):
    """Where a status occurs: by row, as a bit, its cells, each as the rows over it and one such atom."""

    held: int
    under: Mapping[int, Sequence[tuple[int, int]]]


def _by_status(statuses: Mapping[str, int], cells: Sequence[Cell]) -> list[_Holders]:
    ordered = sorted(cells, key=lambda cell: (cell.rows.bit_count(), cell.rows))
    found = []
    for held in statuses.values():
        under: dict[int, list[tuple[int, int]]] = {}
        for cell in ordered:
            atoms = cell.mask & held
            if atoms:
                place = (cell.rows, atoms & -atoms)
                for row in bits_of(cell.rows):
                    under.setdefault(row, []).append(place)
        found.append(_Holders(held, under))
    return found


def bits_of(mask: int) -> Iterator[int]:
    """The single bits of a mask, lowest first."""
    while mask:
        bit = mask & -mask
        yield bit
        mask ^= bit


def _find_exchange(cell: Cell, by_status: Sequence[_Holders]) -> Exchange | None:
    """An exchange in which one atom of the cell takes another status and every total stays."""
    for leaving in by_status:
        atoms = cell.mask & leaving.held
        if not atoms:
            continue
        for arriving in by_status:
            if arriving is not leaving:
                search = _Search(arriving.under, leaving.under)
                found = search.balance(cell.rows, 0, (cell.rows,), Exchange(atoms & -atoms, 0))
                if found is not None:
                    return found
    return None


class _Search:
    """A depth-first search for the other halves of an exchange, row by row, within a number of steps."""

    def __init__(
        self,
        back: Mapping[int, Sequence[tuple[int, int]]],
        forth: Mapping[int, Sequence[tuple[int, int]]],
    ) -> None:
        self._back = back
        self._forth = forth
        self._steps = MOST_STEPS

    def balance(self, short: int, over: int, used: tuple[int, ...], so_far: Exchange) -> Exchange | None:
        """Even out the rows that are ``short`` of a status and those that have one ``over``."""
        if not short and not over:
            return so_far
        self._steps -= 1
        if self._steps < 0:
            return None
        row = (short or over) & -(short or over)
        for rows, atom in (self._back if short else self._forth).get(row, ()):
            if rows & (over if short else short) or rows in used:
                continue
            if short:
                rest, more = short & ~rows, over | (rows & ~short)
                exchanged = Exchange(so_far.forth, so_far.back | atom)
            else:
                rest, more = short | (rows & ~over), over & ~rows
                exchanged = Exchange(so_far.forth | atom, so_far.back)
            found = self.balance(rest, more, (*used, rows), exchanged)
            if found is not None:
                return found
        return None
