"""Whether totals fix what a small cell holds: is there another assignment with the same totals?

The rows shown cut the atoms into *cells*: atoms of one cell are in exactly the same rows. Within a cell
statuses may be exchanged unseen. Between cells they may when every row keeps its balance: an atom of
the cell goes from status a to b, and in every row over it another atom goes from b to a. Such an
exchange proves that the totals leave the cell open. Where none is found, the cell counts as fixed, so
the search may stop early at no cost but a row more hidden.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

MOST_STEPS = 100


@dataclass(frozen=True)
class Cell:
    """Atoms that are in the same rows; both as masks (``rows`` by position in the list of rows)."""

    mask: int
    rows: int


def split_into_cells(rows: Sequence[int]) -> list[Cell]:
    """The cells that the rows cut out, in a fixed order; atoms in no row are left out."""
    cells: dict[int, int] = {}
    covered = 0
    for position, row in enumerate(rows):
        bit = 1 << position
        split: dict[int, int] = {}
        for pattern, mask in cells.items():
            inside = mask & row
            if inside:
                split[pattern | bit] = inside
            if inside != mask:
                split[pattern] = mask & ~row
        fresh = row & ~covered
        if fresh:
            split[bit] = fresh
        covered |= row
        cells = split
    return [Cell(mask, pattern) for pattern, mask in cells.items()]


def fixed_cells(
    cells: Sequence[Cell], statuses: Mapping[str, int], publishable: Callable[[int], bool]
) -> list[Cell]:
    """The cells that may not be spoken of by themselves and that the totals may fix."""
    small = [cell for cell in cells if not publishable(cell.mask)]
    if not small:
        return []
    by_status = [
        (held, sorted((cell.rows for cell in cells if cell.mask & held), key=_few_rows_first))
        for held in statuses.values()
    ]
    return [cell for cell in small if not _is_open(cell, by_status)]


def _is_open(cell: Cell, by_status: Sequence[tuple[int, list[int]]]) -> bool:
    """Whether one atom of the cell may change its status for another, all totals staying as they are."""
    for leaving, (held, forth) in enumerate(by_status):
        if not cell.mask & held:
            continue
        for arriving, (_, back) in enumerate(by_status):
            if arriving != leaving and _Search(back, forth).balance(cell.rows, 0, (cell.rows,)):
                return True
    return False


class _Search:
    """A depth-first search for the other halves of an exchange, row by row, within a number of steps."""

    def __init__(self, back: Sequence[int], forth: Sequence[int]) -> None:
        self._back = back
        self._forth = forth
        self._steps = MOST_STEPS

    def balance(self, short: int, over: int, used: tuple[int, ...]) -> bool:
        """Whether rows ``short`` of a status and rows that have one ``over`` can be evened out."""
        if not short and not over:
            return True
        self._steps -= 1
        if self._steps < 0:
            return False
        row = (short or over) & -(short or over)
        for pattern in self._back if short else self._forth:
            if not pattern & row or pattern in used:
                continue
            if short:
                if pattern & over:
                    continue
                rest, more = short & ~pattern, over | (pattern & ~short)
            else:
                if pattern & short:
                    continue
                rest, more = short | (pattern & ~over), over & ~pattern
            if self.balance(rest, more, (*used, pattern)):
                return True
        return False


def _few_rows_first(pattern: int) -> tuple[int, int]:
    return pattern.bit_count(), pattern
