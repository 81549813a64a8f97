"""Cells of one sheet coloured, emptied and given a note, in the sheet's own XML.

Nothing else in it moves: formulas, their calculated values, widths, filters, drawings stay byte for byte.
"""

from bisect import insort
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from assets.feedback.cell_styles import CellStyles
from assets.feedback.splice import Change, PackageError, end_of, escape, splice, tag_end_at
from assets.raw.addresses import column_letter, split_address

# What stands before the link to the drawing of the notes, in the order the format demands.
_BEFORE_NOTES = frozenset(
    (
        "sheetPr",
        "dimension",
        "sheetViews",
        "sheetFormatPr",
        "cols",
        "sheetData",
        "sheetCalcPr",
        "sheetProtection",
        "protectedRanges",
        "scenarios",
        "autoFilter",
        "sortState",
        "dataConsolidate",
        "customSheetViews",
        "mergeCells",
        "phoneticPr",
        "conditionalFormatting",
        "dataValidations",
        "hyperlinks",
        "printOptions",
        "pageMargins",
        "pageSetup",
        "headerFooter",
        "rowBreaks",
        "colBreaks",
        "customProperties",
        "cellWatches",
        "ignoredErrors",
        "smartTags",
        "drawing",
    )
)
Cell = tuple[int, int]  # row number, column index


@dataclass
class _Cell:
    """A cell of the sheet and its bytes."""

    tag: str
    attributes: dict[str, str]
    start: int
    tag_end: int
    end: int = 0


@dataclass
class _Row:
    """A row with marks: its bytes, and where each of its cells begins."""

    tag: str
    attributes: dict[str, str]
    start: int
    tag_end: int
    close: int = 0
    end: int = 0
    begins: list[tuple[int, int]] = field(default_factory=list)


@dataclass
class SheetLayout:
    """Where everything is that marking a sheet may touch."""

    root: str = ""
    cells: dict[Cell, _Cell] = field(default_factory=dict)
    rows: dict[int, _Row] = field(default_factory=dict)
    row_begins: list[tuple[int, int]] = field(default_factory=list)
    data: tuple[int, int, int, int] = (0, 0, 0, 0)
    column_styles: list[tuple[int, int, int]] = field(default_factory=list)
    after_last: int = 0
    notes_relation: str = ""
    selected: list[tuple[int, int, str, dict[str, str]]] = field(default_factory=list)

    @property
    def prefix(self) -> str:
        return self.root.rpartition(":")[0] + ":" if ":" in self.root else ""


def look(xml: bytes, wanted: set[Cell]) -> SheetLayout:
    """Find the wanted cells, or the places where they belong. Raises :class:`PackageError`."""
    scan = _Scan(xml, wanted)
    return scan.run()


class _Scan:
    def __init__(self, xml: bytes, wanted: set[Cell]) -> None:
        self._xml = xml
        self._wanted = wanted
        self._wanted_rows = {row for row, _ in wanted}
        self._layout = SheetLayout()
        self._parser = expat.ParserCreate()
        self._depth = 0
        self._row_number = 0
        self._column = -1
        self._row: _Row | None = None
        self._cell: _Cell | None = None
        self._part_tag_end = 0

    def run(self) -> SheetLayout:
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._finish
        try:
            self._parser.Parse(self._xml, True)
        except expat.ExpatError as error:
            raise PackageError("not XML") from error
        if not self._layout.data[1]:
            raise PackageError("no sheetData")
        return self._layout

    def _begin(self, tag: str, attributes: dict[str, str]) -> None:
        depth, self._depth = self._depth, self._depth + 1
        name = tag.rpartition(":")[2]
        if depth == 1:
            self._part_tag_end = tag_end_at(self._xml, self._parser.CurrentByteIndex)
        if name == "c" and depth == 3:
            self._begin_cell(tag, attributes)
        elif name == "row" and depth == 2:
            self._begin_row(tag, attributes)
        elif depth == 0:
            self._layout.root = tag
        elif name == "sheetData" and depth == 1:
            start = self._parser.CurrentByteIndex
            self._layout.data = (start, tag_end_at(self._xml, start), 0, 0)
        elif name == "legacyDrawing" and depth == 1:
            relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            self._layout.notes_relation = relation
        elif name == "col" and depth == 2 and "style" in attributes:
            low, high = int(attributes.get("min", "1")), int(attributes.get("max", "1"))
            self._layout.column_styles.append((low - 1, high - 1, int(attributes["style"])))
        elif name == "sheetView" and depth == 2 and attributes.get("tabSelected") in ("1", "true"):
            start = self._parser.CurrentByteIndex
            self._layout.selected.append((start, tag_end_at(self._xml, start), tag, attributes))

    def _begin_row(self, tag: str, attributes: dict[str, str]) -> None:
        number = attributes.get("r", "")
        self._row_number = int(number) if number.isdigit() else self._row_number + 1
        self._column = -1
        start = self._parser.CurrentByteIndex
        self._layout.row_begins.append((self._row_number, start))
        if self._row_number in self._wanted_rows:
            self._row = _Row(tag, attributes, start, tag_end_at(self._xml, start))
            self._layout.rows[self._row_number] = self._row

    def _begin_cell(self, tag: str, attributes: dict[str, str]) -> None:
        address = attributes.get("r")
        try:
            self._column = split_address(address)[1] if address else self._column + 1
        except ValueError as error:
            raise PackageError("a cell without place") from error
        if self._row is None:
            return
        start = self._parser.CurrentByteIndex
        self._row.begins.append((self._column, start))
        if (self._row_number, self._column) in self._wanted:
            self._cell = _Cell(tag, attributes, start, tag_end_at(self._xml, start))
            self._layout.cells[self._row_number, self._column] = self._cell

    def _finish(self, tag: str) -> None:
        self._depth -= 1
        name = tag.rpartition(":")[2]
        here = self._parser.CurrentByteIndex
        if name == "c" and self._depth == 3:
            if self._cell is not None:
                _, self._cell.end = end_of(self._xml, here, self._cell.tag_end)
                self._cell = None
        elif name == "row" and self._depth == 2:
            if self._row is not None:
                self._row.close, self._row.end = end_of(self._xml, here, self._row.tag_end)
                self._row = None
        elif self._depth == 1:
            close, end = end_of(self._xml, here, self._part_tag_end)
            if name == "sheetData":
                self._layout.data = (*self._layout.data[:2], close, end)
            if name in _BEFORE_NOTES:
                self._layout.after_last = end


def mark(
    xml: bytes,
    layout: SheetLayout,
    severities: Mapping[Cell, str],
    emptied: set[Cell],
    styles: CellStyles,
    *,
    deselect: bool,
    notes_link: bytes = b"",
) -> bytes:
    """The sheet with these cells coloured by severity, and those in ``emptied`` without their content."""
    changes: list[Change] = []
    new_cells: dict[int, list[tuple[int, bytes]]] = {}
    for place, severity in severities.items():
        row, column = place
        found = layout.cells.get(place)
        style = styles.twin(_style_of(layout, place), severity)
        if found is not None:
            changes.append(_coloured(xml, found, style, place in emptied))
            continue
        cell_xml = f'<{layout.prefix}c r="{column_letter(column)}{row}" s="{style}"/>'.encode()
        insort(new_cells.setdefault(row, []), (column, cell_xml))
    changes += _added(xml, layout, new_cells)
    if deselect:
        for start, end, tag, attributes in layout.selected:
            kept = {name: value for name, value in attributes.items() if name != "tabSelected"}
            closed = xml[end - 2 : end] == b"/>"
            changes.append((start, end, _tag(tag, kept, closed=closed)))
    if notes_link and not layout.notes_relation:
        changes.append((layout.after_last, layout.after_last, notes_link))
    return splice(xml, changes)


def _style_of(layout: SheetLayout, place: Cell) -> int:
    """The format of a cell, which an empty one has from its row or column."""
    row, column = place
    cell = layout.cells.get(place)
    if cell is not None:
        return int(cell.attributes.get("s", "0") or 0)
    found = layout.rows.get(row)
    if found is not None and found.attributes.get("customFormat") in ("1", "true"):
        return int(found.attributes.get("s", "0") or 0)
    return next((style for low, high, style in layout.column_styles if low <= column <= high), 0)


def _coloured(xml: bytes, cell: _Cell, style: int, emptied: bool) -> Change:
    if emptied:
        kept = {name: value for name, value in cell.attributes.items() if name == "r"}
        return cell.start, cell.end, _tag(cell.tag, {**kept, "s": str(style)}, closed=True)
    closed = xml[cell.tag_end - 2 : cell.tag_end] == b"/>"
    return (
        cell.start,
        cell.tag_end,
        _tag(cell.tag, {**cell.attributes, "s": str(style)}, closed=closed),
    )


def _tag(name: str, attributes: Mapping[str, str], *, closed: bool) -> bytes:
    written = b"".join(b' %s="%s"' % (key.encode(), escape(value)) for key, value in attributes.items())
    return b"<" + name.encode() + written + (b"/>" if closed else b">")


def _added(xml: bytes, layout: SheetLayout, new_cells: Mapping[int, list[tuple[int, bytes]]]) -> list[Change]:
    """The changes that put in cells, and rows, that the sheet does not have."""
    changes: list[Change] = []
    new_rows: list[tuple[int, bytes]] = []
    for row, cells in sorted(new_cells.items()):
        found = layout.rows.get(row)
        if found is None:
            content = b"".join(tag for _, tag in cells)
            new_rows.append((row, f'<{layout.prefix}row r="{row}">'.encode() + content))
        elif found.close == found.end:
            content = b"".join(tag for _, tag in cells)
            opened = _tag(found.tag, found.attributes, closed=False)
            changes.append((found.start, found.end, opened + content + f"</{found.tag}>".encode()))
        else:
            for column, tag in cells:
                place = next((start for other, start in found.begins if other > column), found.close)
                changes.append((place, place, tag))
    if not new_rows:
        return changes
    closing = f"</{layout.prefix}row>".encode()
    start, tag_end, close, end = layout.data
    if close == end:
        content = b"".join(row_xml + closing for _, row_xml in new_rows)
        opened = xml[start : tag_end - 2] + b">"
        return [*changes, (start, end, opened + content + f"</{layout.prefix}sheetData>".encode())]
    for row, row_xml in new_rows:
        place = next((begin for number, begin in layout.row_begins if number > row), close)
        changes.append((place, place, row_xml + closing))
    return changes
