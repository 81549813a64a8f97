"""Which organisations a settings workbook declares, as it was read."""

import polars as pl

from assets.raw.reading import FileReading
from assets.raw.source_rows import SKIP_REASON


def declared_in(reading: FileReading) -> frozenset[str]:
    """The organisations of its sheet Organisationer, trimmed; none of a sheet that is refused."""
    names: set[str] = set()
    for sheet in reading.sheets:
        letters = [letter for letter, name in sheet.columns.items() if name == "organisation_id"]
        if sheet.kind == "organisations" and not sheet.refused:
            rows = sheet.rows.filter(pl.col(SKIP_REASON).is_null())
            names.update(text.strip() for letter in letters for text in rows[letter].drop_nulls().to_list())
    return frozenset(names - {""})
