"""The hook of the intake: a file that names somebody who was erased is read as if it did not."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from assets.home import Home, Settings
from assets.organisations import read_limits
from assets.people.keys import KeyFileError, key_path, read_keys
from assets.people.matching import Matcher, matcher_of_tombstones
from assets.people.redact_files import holds, redact_kept
from assets.people.rows import redact_cells
from assets.people.sealed import tombstones
from assets.raw.archive import find_kept
from assets.raw.content import ROW_NUMBER
from assets.raw.faults import Fault
from assets.raw.limits import Limits
from assets.raw.reading import FileReading, SheetReading
from assets.raw.source_rows import SKIP_REASON

RULE = "erased"
SET_IN = "blank"


@dataclass(frozen=True)
class Erased:
    """Everybody who was erased, by organisation, and how a file is kept without them."""

    of: Callable[[str], Matcher | None]
    limits: Limits

    def without(self, reading: FileReading, organisation: str) -> FileReading:
        """The reading without them; a finding for each row, which names nobody."""
        matcher = self.of(organisation)
        if matcher is None:
            return reading
        sheets, faults, emptied = [], [], set()
        for sheet in reading.sheets:
            clean, rows, gone = _clean_sheet(sheet, matcher)
            sheets.append(clean)
            faults += [Fault(RULE, sheet.name, row) for row in rows]
            emptied |= {(sheet.name, row) for row in gone}
        if not faults:
            return reading
        told = [
            replace(fault, value=matcher.without(fault.value))
            for fault in reading.faults
            if (fault.sheet, fault.row_number) not in emptied
        ]
        return replace(reading, sheets=tuple(sheets), faults=(*told, *faults))

    def keep(self, archive: Path, sha256: str, reading: FileReading, organisation: str) -> str | None:
        """Make the kept file one without them; None where it names none of them."""
        matcher, kept = self.of(organisation), find_kept(archive, sha256)
        rows = {(fault.sheet, fault.row_number or 0) for fault in reading.faults if fault.rule == RULE}
        if matcher is None or kept is None or not (rows or holds(kept, matcher)):
            return None
        emptied = {(sheet, row) for sheet, row in rows if _is_empty(reading.sheets, sheet, row)}
        copy = redact_kept(archive, sha256, kept, emptied=emptied, matcher=matcher, limits=self.limits)
        return "none" if copy is None else "blanked"


def erased_in(home: Home, settings: Settings) -> Erased | None:
    """Everybody erased from a home; None where nobody was.

    Raises:
        KeyFileError: Somebody was, and the key by which to know them is gone or cannot be read.
    """
    remembered = tombstones(home)
    if not remembered:
        return None
    keys = read_keys(home)
    if keys is None or any(one["key"] != keys.tombstone_key_id for one in remembered):
        raise KeyFileError(
            f"Nogen er slettet, og nøglen, de kendes igen med, mangler i {key_path(home)}. Læg den tilbage; "
            "uden den kan en gammel fil bringe dem tilbage.",
            f"Somebody was erased, and the key to know them again by is missing in {key_path(home)}. Put it "
            "back; without it an old file can bring them back.",
        )
    known: dict[str, Matcher | None] = {}

    def of(organisation: str) -> Matcher | None:
        if organisation not in known:
            known[organisation] = matcher_of_tombstones(keys, organisation, remembered)
        return known[organisation]

    return Erased(of, read_limits(settings))


def _clean_sheet(sheet: SheetReading, matcher: Matcher) -> tuple[SheetReading, list[int], set[int]]:
    """The sheet without them, the rows changed, and those that are empty now."""
    changes: dict[int, dict[str, str]] = {}
    emptied: set[int] = set()
    for row in sheet.rows.iter_rows(named=True):
        cells = {letter: row[letter] for letter in sheet.letters if row[letter] is not None}
        redacted = redact_cells(sheet.kind, sheet.columns, cells, matcher)
        if redacted is not None:
            changes[row[ROW_NUMBER]] = redacted.cells
            if redacted.emptied:
                emptied.add(row[ROW_NUMBER])
    above = {
        number: {letter: matcher.without(text) for letter, text in cells.items()}
        for number, cells in sheet.above.items()
    }
    headings = {letter: matcher.without(text) for letter, text in sheet.headings.items()}
    if changes:
        rows = sheet.rows.with_columns(
            *(_changed(letter, changes) for letter in sheet.letters),
            pl.when(pl.col(ROW_NUMBER).is_in(sorted(emptied)) & bool(sheet.kind))
            .then(pl.lit(SET_IN))
            .otherwise(pl.col(SKIP_REASON))
            .alias(SKIP_REASON),
        )
        sheet = replace(sheet, rows=rows)
    return replace(sheet, above=above, headings=headings), sorted(changes), emptied


def _changed(letter: str, changes: Mapping[int, Mapping[str, str]]) -> pl.Expr:
    new = {row: cells.get(letter) for row, cells in changes.items()}
    return (
        pl.when(pl.col(ROW_NUMBER).is_in(list(new)))
        .then(pl.col(ROW_NUMBER).replace_strict(new, default=None, return_dtype=pl.String))
        .otherwise(pl.col(letter))
        .alias(letter)
    )


def _is_empty(sheets: Sequence[SheetReading], name: str, row: int) -> bool:
    for sheet in sheets:
        if sheet.name == name:
            found = sheet.rows.filter(pl.col(ROW_NUMBER) == row)
            return found.height > 0 and all(found[letter][0] is None for letter in sheet.letters)
    return False
