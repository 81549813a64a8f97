"""The sender's own workbook with the findings in the very cells.

A colour and a note in each cell that has a finding, and a sheet ``Fund`` (Findings) first, with an index and
a link to every one. The rest of the package is left byte for byte: formulas and their calculated values,
styles, charts, pictures, macros. A CSV or a legacy workbook comes back as ``.xlsx`` with the cells as read.
Cells with personal data are emptied: what may not be kept is not sent round again either.
"""

import io
import re
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

from assets.feedback.cell_styles import CellStyles
from assets.feedback.findings_sheet import (
    PERSONAL_RULES,
    WORDS,
    Mark,
    add_findings_sheet,
)
from assets.feedback.notes import add_notes
from assets.feedback.package import Package
from assets.feedback.severities import ORDER, Lang
from assets.feedback.sheet_marks import Cell, look, mark
from assets.feedback.splice import PackageError, child, parse, splice
from assets.feedback.template import MADE_AT
from assets.raw.addresses import column_index, split_address

__all__ = ["EDITABLE_SUFFIXES", "Mark", "SheetCells", "write_marked_copy"]

EDITABLE_SUFFIXES = (".xlsx", ".xlsm")
MAX_NOTE = 1_500
MAX_SHEET_NAME = 31
MOST_NOTES = 2_000  # in one sheet; the colours go on, and the findings sheet has them all
LARGEST_SHEET = 80_000_000  # bytes of XML; a larger sheet is not marked in its cells
_SHEETS = "xl/workbook.xml"
_STYLES = "xl/styles.xml"
_STRINGS = "xl/sharedStrings.xml"
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\']")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_SHARED_VALUE = re.compile(rb"<(?:[\w.-]+:)?v\b[^>]*>\s*([0-9]+)\s*<")
_SHARED_CELL = re.compile(
    rb"<(?:[\w.-]+:)?c\b(?=[^>]*\bt=\"s\")[^>]*>\s*<(?:[\w.-]+:)?v\b[^>]*>\s*([0-9]+)\s*<"
)
_ROWS_MEASURED = 100
_NARROWEST, _WIDEST = 9, 45


@dataclass(frozen=True)
class SheetCells:
    """The cells of a sheet as read, for files that cannot be written in their own format.

    ``rows`` gives each row number, ascending, with its texts by column letter; they are asked for once.
    """

    name: str
    rows: Iterable[tuple[int, Mapping[str, str]]]


def write_marked_copy(
    source: Path | None,
    target: Path,
    marks: Sequence[Mark],
    lang: Lang = "da",
    sheets: Callable[[], Iterable[SheetCells]] = tuple,
    *,
    name: str = "",
) -> Path:
    """Write the marked copy of ``source``; the path written.

    Args:
        source: The file as sent (for one with personal numbers, the copy with those cells emptied). None:
            it may not be opened, and the copy is made from ``sheets``.
        target: Where the copy goes; its suffix becomes ``.xlsx`` unless the source is ``.xlsx`` or ``.xlsm``.
        marks: Every finding of the file.
        sheets: Gives the cells as read, asked where the source is no ``.xlsx`` or ``.xlsm``, or where its
            package cannot be marked. None: the copy has the findings sheet alone.
        name: The file's name as sent, where that is not the source's.
    """
    name = name or (source.name if source else target.name)
    suffix = source.suffix.lower() if source else ""
    ordered = sorted(
        marks, key=lambda found: (found.sheet, found.row_number or 0, found.cell, ORDER[found.severity])
    )
    if source is not None and suffix in EDITABLE_SUFFIXES:
        try:
            return _write(
                Package(source), target.with_suffix(suffix), ordered, lang=lang, name=name, written_as={}
            )
        except (PackageError, ValueError, LookupError, zlib.error):
            pass  # built otherwise than a spreadsheet builds it: the cells as they were read, then
    workbook, written_as = _workbook_of(sheets(), name, lang)
    target = target.with_suffix(".xlsx")
    return _write(Package(workbook), target, ordered, lang=lang, name=name, written_as=written_as)


def _write(
    package: Package,
    target: Path,
    marks: Sequence[Mark],
    *,
    lang: Lang,
    name: str,
    written_as: Mapping[str, str],
) -> Path:
    parts = _sheet_parts(package)
    names = {**{own: own for own in parts}, **written_as}
    styles = CellStyles(package.read(_STYLES))
    emptied_strings: set[int] = set()
    by_sheet: dict[str, list[Mark]] = defaultdict(list)
    for found in marks:
        if names.get(found.sheet) in parts:
            by_sheet[names[found.sheet]].append(found)
    for own_name, part in parts.items():
        if package.size(part) <= LARGEST_SHEET:
            emptied_strings |= _mark_sheet(package, part, by_sheet.get(own_name, []), styles, lang)
    if emptied_strings:
        _empty_strings(package, parts.values(), emptied_strings)
    add_findings_sheet(package, styles, marks, file_name=name, lang=lang, sheet_names=names)
    package.write(_STYLES, styles.xml())
    package.save(target)
    return target


def _sheet_parts(package: Package) -> dict[str, str]:
    """Sheet name → part, in order; chart sheets have no cells."""
    relations = package.relations(_SHEETS)
    sheets = child(parse(package.read(_SHEETS)), "sheets")
    found = {}
    for sheet in sheets.children if sheets else []:
        relation = next((value for key, value in sheet.attributes.items() if key.endswith(":id")), "")
        kind, part = relations.get(relation, ("", ""))
        if kind == "worksheet" and package.has(part):
            found[sheet.attributes.get("name", "")] = part
    return found


def _mark_sheet(
    package: Package, part: str, marks: Sequence[Mark], styles: CellStyles, lang: Lang
) -> set[int]:
    """Mark one sheet; the shared strings of the cells that were emptied."""
    xml = package.read(part)
    if not marks and b"tabSelected" not in xml[: xml.find(b"<row")]:
        return set()
    severities: dict[Cell, str] = {}
    notes: dict[Cell, str] = {}
    emptied: set[Cell] = set()
    merged = _merged_ranges(xml)
    for found in marks:
        if not found.where:
            continue
        try:
            cell = _first_of_merged(merged, split_address(found.where))
        except ValueError:
            continue
        if ORDER[found.severity] < ORDER.get(severities.get(cell, ""), len(ORDER)):
            severities[cell] = found.severity
        if found.rule in PERSONAL_RULES and found.cell:
            emptied.add(cell)
        line = f"{WORDS[lang][found.severity]}: {found.message}"
        notes[cell] = f"{notes[cell]}\n{line}"[:MAX_NOTE] if cell in notes else line[:MAX_NOTE]
    layout = look(xml, set(severities))
    strings = set()
    for cell in emptied & layout.cells.keys():
        place = layout.cells[cell]
        value = _SHARED_VALUE.search(xml, place.tag_end, place.end)
        if place.attributes.get("t") == "s" and value:
            strings.add(int(value[1]))
    link = b""
    if notes:
        first = dict(sorted(notes.items())[:MOST_NOTES])
        relation = add_notes(package, part, first, layout.notes_relation)
        link = f'<{layout.prefix}legacyDrawing xmlns:r="{package.office}" r:id="{relation}"/>'.encode()
    marked = mark(xml, layout, severities, emptied, styles, deselect=True, notes_link=link)
    package.write(part, marked)
    return strings


def _merged_ranges(xml: bytes) -> list[tuple[Cell, Cell]]:
    found = []
    for first, last in re.findall(
        rb'<(?:[\w.-]+:)?mergeCell\s[^>]*?\bref="([A-Z]+[0-9]+):([A-Z]+[0-9]+)"', xml
    ):
        try:
            found.append((split_address(first.decode()), split_address(last.decode())))
        except ValueError:
            continue
    return found


def _first_of_merged(merged: Iterable[tuple[Cell, Cell]], cell: Cell) -> Cell:
    """The cell that holds a merged range's value, or the cell itself."""
    for (top, left), (bottom, right) in merged:
        if top <= cell[0] <= bottom and left <= cell[1] <= right:
            return top, left
    return cell


def _empty_strings(package: Package, parts: Iterable[str], strings: set[int]) -> None:
    """Take the texts of emptied cells out of the list of shared texts, unless another cell shows them."""
    if not package.has(_STRINGS):
        return
    used = {int(number) for part in parts for number in _SHARED_CELL.findall(package.read(part))}
    xml = package.read(_STRINGS)
    root = parse(xml, lambda name, depth: depth == 1)
    changes = []
    for number in strings - used:
        if number < len(root.children):
            item = root.children[number]
            empty = f"<{item.prefix}si><{item.prefix}t/></{item.prefix}si>".encode()
            changes.append((item.start, item.end, empty))
    package.write(_STRINGS, splice(xml, changes))


def _workbook_of(sheets: Iterable[SheetCells], name: str, lang: Lang) -> tuple[io.BytesIO, dict[str, str]]:
    """The cells as a workbook, and the name each sheet has in it."""
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    workbook.properties.creator = "Netværdi"
    workbook.properties.created = workbook.properties.modified = MADE_AT
    written_as: dict[str, str] = {}
    for cells in sheets:
        plain = _NOT_IN_A_NAME.sub(" ", cells.name)[:MAX_SHEET_NAME].strip() or "Ark"
        candidate, number = plain, 2
        while candidate.casefold() in {other.casefold() for other in written_as.values()}:
            candidate, number = f"{plain[: MAX_SHEET_NAME - 4]} {number}", number + 1
        written_as[cells.name] = candidate
        _write_cells(workbook.create_sheet(candidate), cells.rows)
    if not written_as:
        said = (
            f"{name} er ikke gengivet her. Se det første ark."
            if lang == "da"
            else f"{name} is not shown here. See the first sheet."
        )
        sheet = workbook.create_sheet("Om filen" if lang == "da" else "About the file")
        _write_cells(sheet, [(1, {"A": said})])
    out = io.BytesIO()
    workbook.save(out)
    out.seek(0)
    return out, written_as


def _write_cells(sheet: Any, rows: Iterable[tuple[int, Mapping[str, str]]]) -> None:
    """Write rows at their own numbers, one after another: a large sheet is never held whole.

    Columns are as wide as the texts of the first rows.
    """
    from openpyxl.cell import WriteOnlyCell

    given = iter(rows)
    first = list(islice(given, _ROWS_MEASURED))
    longest: dict[str, int] = {}
    for _, texts in first:
        for letter, text in texts.items():
            longest[letter] = max(longest.get(letter, 0), len(text))
    for letter, length in longest.items():
        sheet.column_dimensions[letter].width = min(max(length + 2, _NARROWEST), _WIDEST)
    written = 0
    for row_number, texts in chain(first, given):
        while written < row_number - 1:
            sheet.append([])
            written += 1
        places = {column_index(letter): text for letter, text in texts.items()}
        row: list[Any] = [None] * (max(places, default=-1) + 1)
        for place, text in places.items():
            cell = row[place] = WriteOnlyCell(sheet, _CONTROL.sub("\ufffd", text))
            cell.data_type = "s"  # text stays text: a leading = must not become a formula
        sheet.append(row)
        written += 1
