"""Where text cells hold personal data. Runs in the reading process, where text is told from number."""

from collections.abc import Mapping

import polars as pl

from assets.raw.content import Cell
from assets.raw.personal_data import cells_with_contact, cells_with_cpr

# Most columns hold neither eight digits nor an @: they are passed by in one look at all columns.
_WORTH_A_LOOK = r"@|(?:\d\D*){8}"


def find_personal_cells(
    texts: Mapping[str, pl.Series], first_row: int
) -> tuple[list[Cell], list[Cell], list[Cell]]:
    """Cells with a registration number; with contact data; with what is contact data in prose only.

    Args:
        texts: Column letter → its text cells, null where there is none.
        first_row: The number of the row they begin at.
    """
    cpr: list[Cell] = []
    contacts: list[Cell] = []
    free_contacts: list[Cell] = []
    if not texts:
        return cpr, contacts, free_contacts
    look = pl.DataFrame(dict(texts)).select(pl.all().str.contains(_WORTH_A_LOOK).any()).row(0)
    for (letter, text), worth in zip(texts.items(), look, strict=True):
        if not worth:
            continue
        for mask, cells in (
            (cells_with_cpr(text), cpr),
            (cells_with_contact(text), contacts),
            (cells_with_contact(text, free_text=True), free_contacts),
        ):
            cells.extend((first_row + index, letter) for index in mask.arg_true())
    return cpr, contacts, free_contacts
