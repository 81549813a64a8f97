"""One file read: its sheets recognised, its rows told apart, every fault named. Needs no home."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from assets.contract import KINDS, Column, Kind
from assets.raw.addresses import column_letter, ranges_of, split_address
from assets.raw.ahead import ReadAhead
from assets.raw.child import Reader
from assets.raw.content import FIELD_COUNT, ROW_NUMBER, Cell, FileText, SheetText
from assets.raw.faults import Fault, RefusedError
from assets.raw.headings import Recognition, recognise
from assets.raw.limits import Limits
from assets.raw.mapping import MappingFile, SheetMapping, apply_mapping, problem_fault, recognise_mapped
from assets.raw.source_rows import (
    SKIP_REASON,
    cell_faults,
    ragged_faults,
    skipped_rows,
    text_faults,
)
from assets.settings_contract import SETTINGS_FILE, SETTINGS_KINDS


@dataclass(frozen=True)
class SheetReading:
    """One sheet as read.

    Attributes:
        kind: Name of the record kind; none where the sheet is unknown.
        above: Row number → cells of the rows above the headings (a title, a note).
        rows: Below the headings (of an unknown sheet: all): ``row_number`` (Int32), ``skip_reason`` (String,
            null for a row that counts) and a String column a column letter, null where a cell is empty.
        refused: The rule that rejects the sheet's rows whole, or empty.
    """

    name: str
    position: int
    hidden: bool
    kind: str | None
    heading_row: int | None
    headings: Mapping[str, str]
    columns: Mapping[str, str]
    multipliers: Mapping[str, int]
    above: Mapping[int, Mapping[str, str]]
    rows: pl.DataFrame
    refused: str = ""

    @property
    def letters(self) -> list[str]:
        """Column letters of ``rows``."""
        return [name for name in self.rows.columns if name not in (ROW_NUMBER, SKIP_REASON)]

    @property
    def rows_read(self) -> int:
        """Rows of a known sheet, skipped ones too; 0 for an unknown one."""
        return self.rows.height if self.kind else 0

    @property
    def rows_skipped(self) -> int:
        """Rows of a known sheet that are blank, a total, a note or an example."""
        return self.rows_read - int(self.rows[SKIP_REASON].null_count()) if self.kind else 0

    @property
    def records(self) -> int:
        """Rows that can become records: not skipped, in a sheet that is not refused."""
        return 0 if self.refused or not self.kind else int(self.rows[SKIP_REASON].null_count())


@dataclass(frozen=True)
class FileReading:
    """One file as read.

    Attributes:
        name: The file's name as sent.
        refused: The rule that quarantines the file whole, or empty.
    """

    name: str
    format: str = ""
    encoding: str | None = None
    sheets: tuple[SheetReading, ...] = ()
    faults: tuple[Fault, ...] = ()
    refused: str = ""

    @property
    def holds_cpr(self) -> bool:
        """Whether a civil registration number stood in it: then its bytes are not kept."""
        return any(fault.rule == "cpr" for fault in self.faults)

    def records(self) -> dict[str, int]:
        """Kind → rows that can become records."""
        counts: dict[str, int] = {}
        for sheet in self.sheets:
            if sheet.kind:
                counts[sheet.kind] = counts.get(sheet.kind, 0) + sheet.records
        return counts


def kinds_of(name: str) -> Sequence[Kind]:
    """The kinds a file of this name may hold: the settings workbook has its own."""
    if name.casefold() == SETTINGS_FILE:
        return SETTINGS_KINDS
    return KINDS


def read_file(
    path: Path,
    *,
    limits: Limits | None = None,
    name: str | None = None,
    reader: Reader | ReadAhead | None = None,
    mapping: MappingFile | None = None,
) -> FileReading:
    """Read one file in a process of its own; never raises for what is wrong with the file.

    Args:
        name: Its name as sent, where that is not the path's.
        reader: A reading process to share between files; without one, one is started for this file.
        mapping: The mapping file that speaks of it; one that is faulty quarantines the file.
    """
    name = path.name if name is None else name
    if mapping is not None and mapping.problems:
        return FileReading(name, faults=(problem_fault(mapping),), refused="unreadable")
    try:
        if reader is not None:
            text = reader.read(path, name)
        else:
            with Reader(limits or Limits()) as own_reader:
                text = own_reader.read(path, name)
        return _reading(name, text, mapping)
    except RefusedError as refusal:
        return _refused(name, refusal)


def _refused(name: str, refusal: RefusedError) -> FileReading:
    detail = dict(refusal.detail)
    row_number = detail.pop("row_number", None)
    fault = Fault(refusal.rule, row_number=row_number if isinstance(row_number, int) else None, detail=detail)
    return FileReading(name, faults=(fault,), refused=refusal.rule)


def _reading(name: str, text: FileText, mapping: MappingFile | None) -> FileReading:
    kinds = kinds_of(name)
    sheets: list[SheetReading] = []
    faults: list[Fault] = []
    for position, sheet in enumerate(text.sheets, start=1):
        if not _holds_anything(sheet):
            continue
        mapped = mapping.for_sheet(sheet.name) if mapping else None
        found_kind = recognise_mapped(sheet, mapped) if mapped else recognise(sheet, kinds)
        reading, found = _read_sheet(sheet, position, found_kind, mapped)
        sheets.append(reading)
        faults.extend(found)
    if not sheets:
        raise RefusedError("empty_file", reason="no_cells")
    if not any(sheet.kind for sheet in sheets):
        near = {fault.sheet: fault.detail["near"] for fault in faults if fault.rule == "unknown_sheet"}
        fault = Fault(
            "no_known_sheet",
            detail={"sheets": [sheet.name for sheet in sheets], "near": {k: v for k, v in near.items() if v}},
        )
        kept = [found for found in faults if found.rule in ("cpr", "personal_data")]
        return FileReading(
            name, text.format, text.encoding, tuple(sheets), (fault, *kept), refused="no_known_sheet"
        )
    return FileReading(name, text.format, text.encoding, tuple(sheets), tuple(faults))


def _holds_anything(sheet: SheetText) -> bool:
    """Whether any cell holds something, or held what was taken out of it."""
    if sheet.cpr or sheet.uncached:
        return True
    return any(sheet.frame[letter].null_count() < sheet.frame.height for letter in sheet.letters)


def _read_sheet(
    sheet: SheetText, position: int, found: Recognition, mapped: SheetMapping | None
) -> tuple[SheetReading, list[Fault]]:
    letters = sheet.letters
    faults = cell_faults("cpr", sheet.name, sheet.cpr)
    contacts = _contacts(sheet, found)
    faults += [
        Fault("personal_data", sheet.name, row, letter, detail={"what": "contact"})
        for row, letter in contacts
    ]
    frame = _emptied(sheet.frame, contacts).drop(FIELD_COUNT, strict=False)
    heading_row = found.heading_row or 0
    above = frame.filter(pl.col(ROW_NUMBER) < heading_row) if found.kind else frame.clear()
    rows = frame.filter(pl.col(ROW_NUMBER) > heading_row)
    if found.kind is None:
        reason = pl.Series(SKIP_REASON, [None], dtype=pl.String).new_from_index(0, rows.height)
        rows = rows.insert_column(1, reason.alias(SKIP_REASON))
    else:
        faults += list(found.faults) + _hidden_faults(sheet)
        reason = _kept_for_faults(rows, skipped_rows(rows, letters, found), sheet, found)
        rows = rows.insert_column(1, reason)
        faults += _row_faults(sheet, found, rows)
    columns = found.columns
    if mapped is not None:
        rows, columns = apply_mapping(rows, found, mapped)
    reading = SheetReading(
        sheet.name,
        position,
        sheet.hidden,
        found.kind.name if found.kind else None,
        found.heading_row,
        _without_personal(found.headings, frame, heading_row),
        columns,
        found.multipliers,
        _rows_as_cells(above, letters),
        rows,
        found.refused,
    )
    return reading, faults if found.kind else faults + list(found.faults)


def _contacts(sheet: SheetText, found: Recognition) -> list[Cell]:
    """Cells with an e-mail address or telephone number, by what their column is for."""
    strict = {letter for letter, name in found.columns.items() if not _is_prose(found.kind, name)}
    meant = {letter for letter, name in found.columns.items() if _holds_contact(found.kind, name)}
    cells = {cell for cell in sheet.free_contacts if cell[1] not in strict}
    cells |= {cell for cell in sheet.contacts if cell[1] in strict}
    # Above the heading row a column is not yet for anything.
    first_row = (found.heading_row or 0) + 1
    return sorted(cell for cell in cells if cell[1] not in meant or cell[0] < first_row)


def _is_prose(kind: Kind | None, name: str) -> bool:
    column: Column | None = kind.column(name) if kind else None
    return column is not None and column.descriptive


def _holds_contact(kind: Kind | None, name: str) -> bool:
    return kind is not None and kind.column(name).holds_contact


def _emptied(frame: pl.DataFrame, cells: Iterable[Cell]) -> pl.DataFrame:
    by_letter: dict[str, list[int]] = {}
    for row, letter in cells:
        by_letter.setdefault(letter, []).append(row)
    return frame.with_columns(
        pl.when(~pl.col(ROW_NUMBER).is_in(rows)).then(pl.col(letter)).alias(letter)
        for letter, rows in by_letter.items()
    )


def _without_personal(headings: Mapping[str, str], frame: pl.DataFrame, heading_row: int) -> dict[str, str]:
    """The headings, without those that turned out to hold personal data."""
    row = frame.filter(pl.col(ROW_NUMBER).is_between(heading_row - 1, heading_row))
    return {letter: text for letter, text in headings.items() if row[letter].null_count() < row.height}


def _kept_for_faults(
    rows: pl.DataFrame, reasons: pl.Series, sheet: SheetText, found: Recognition
) -> pl.Series:
    """Rows that held a registration number, or only uncalculated formulas, are rejected, not skipped."""
    cpr = [row for row, _ in sheet.cpr]
    uncached = [row for row, letter in sheet.uncached if letter in found.columns]
    number = rows[ROW_NUMBER]
    keep = number.is_in(cpr) | (number.is_in(uncached) & reasons.is_in(["blank", "note"]).fill_null(False))
    return pl.select(pl.when(~keep).then(reasons).alias(SKIP_REASON))[SKIP_REASON]


def _row_faults(sheet: SheetText, found: Recognition, rows: pl.DataFrame) -> list[Fault]:
    """Everything wrong in the cells of the rows that count."""
    own = [letter for letter in found.columns if letter in rows.columns]
    counted = rows.filter(pl.col(SKIP_REASON).is_null())
    numbers = set(counted[ROW_NUMBER].to_list())

    def ours(cells: Iterable[Cell]) -> list[Cell]:
        return [cell for cell in cells if cell[0] in numbers and cell[1] in found.columns]

    faults = cell_faults("error_cell", sheet.name, ours(sheet.errors), rows)
    faults += cell_faults("no_cached_value", sheet.name, ours(sheet.uncached))
    faults += text_faults(sheet.name, counted, own)
    faults += ragged_faults(sheet, found.heading_row or 1, counted) if found.heading_row else []
    faults += [Fault("unclosed_quote", sheet.name, row) for row in sheet.unclosed]
    for area in sheet.merged:
        first, _, last = area.partition(":")
        try:
            (top, left), (bottom, right) = split_address(first), split_address(last)
        except ValueError:
            continue
        touched = {column_letter(index) for index in range(left, min(right, left + 500) + 1)} & set(own)
        if (
            bottom > (found.heading_row or 0)
            and any(row in numbers for row in range(top, bottom + 1))
            and touched
        ):
            faults.append(Fault("merged_cell", sheet.name, top, column_letter(left), detail={"range": area}))
    return faults


def _hidden_faults(sheet: SheetText) -> list[Fault]:
    faults = []
    if sheet.hidden:
        faults.append(Fault("hidden", sheet.name, detail={"what": "sheet", "which": "", "count": 1}))
    if sheet.hidden_rows:
        rows = sorted(set(sheet.hidden_rows) & set(sheet.frame[ROW_NUMBER].to_list()))
        if rows:
            detail = {"what": "rows", "which": ranges_of(rows), "count": len(rows)}
            faults.append(Fault("hidden", sheet.name, rows[0], detail=detail))
    letters = [letter for letter in sheet.letters if letter in set(sheet.hidden_columns)]
    if letters:
        detail = {"what": "columns", "which": ", ".join(letters), "count": len(letters)}
        faults.append(Fault("hidden", sheet.name, None, letters[0], detail=detail))
    return faults


def _rows_as_cells(frame: pl.DataFrame, letters: Sequence[str]) -> dict[int, dict[str, str]]:
    return {
        row[ROW_NUMBER]: cells
        for row in frame.iter_rows(named=True)
        if (cells := {letter: row[letter] for letter in letters if row[letter] is not None})
    }
