"""What a preflight learns of a sheet that the reader itself keeps silent about."""

from dataclasses import dataclass, field

from assets.raw.addresses import column_letter
from assets.raw.faults import RefusedError
from assets.raw.limits import Limits

Cell = tuple[int, str]  # row number, column letter


@dataclass
class SheetFacts:
    """Facts of one sheet.

    Attributes:
        errors: Cells that show an error, and which (``#REF!``).
        uncached: Formulas that were never calculated.
        merged: Ranges (``A5:A9``); none where the reader itself tells them.
    """

    hidden: bool = False
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[str] = field(default_factory=list)
    merged: list[str] | None = None
    errors: dict[Cell, str] = field(default_factory=dict)
    uncached: list[Cell] = field(default_factory=list)


def refuse_beyond(row_number: int, column: int, rows_with_content: int, limits: Limits) -> None:
    """Refuse a sheet for a cell with content beyond the limits.

    Raises:
        RefusedError: ``too_large`` where the rows before it are that many, else ``far_cell``.
    """
    if column < limits.columns and row_number <= limits.rows:
        return
    if rows_with_content > limits.rows:
        raise RefusedError("too_large", reason="rows", found=rows_with_content, limit=limits.rows)
    raise RefusedError(
        "far_cell", cell=f"{column_letter(column)}{row_number}", rows=limits.rows, columns=limits.columns
    )
