"""The XML of an Office workbook, looked through as it streams by.

Only what a fast reader keeps silent about or dies of is looked for: document types and entities,
cells far away, error cells, formulas never calculated, hidden rows and columns, merged ranges. A
sheet without any of them costs a few searches a megabyte.
"""

import html
import re
from collections.abc import Iterable, Iterator
from xml.parsers import expat

from assets.raw.addresses import column_letter, split_address
from assets.raw.faults import RefusedError
from assets.raw.limits import Limits
from assets.raw.sheet_facts import SheetFacts, refuse_beyond

_FORBIDDEN = re.compile(rb"<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)", re.IGNORECASE)
_TAIL = 16
_LARGEST_BLOCK = 1 << 23
_ATTRIBUTE = re.compile(rb"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
# How every office program writes the tag of a cell that is no error. Other quotes, spaces, orders and
# spellings are as valid; such a cell is looked at one by one.
_PLAIN_TAG = (
    rb' r="[A-Z]{1,3}[0-9]{1,7}"(?: s="[0-9]{1,6}")?(?: t="(?:s|n|b|str|inlineStr)"(?: s="[0-9]{1,6}")?)?/?>'
)
_UTF16 = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")


def guarded(pieces: Iterable[bytes], part: str) -> Iterator[bytes]:
    """The pieces, unchanged, until one declares a document type or an entity.

    Raises:
        RefusedError: ``unsafe`` (``doctype``; also for XML in UTF-16, where none could be seen).
    """
    tail = b""
    first = True
    for piece in pieces:
        if first and piece.startswith(_UTF16):
            raise RefusedError("unsafe", reason="doctype", part=part)
        first = False
        # One byte is looked for many times faster than a word, and most pieces have no such byte.
        if (b"!" in piece or b"!" in tail) and _FORBIDDEN.search(tail + piece):
            raise RefusedError("unsafe", reason="doctype", part=part)
        tail = piece[-_TAIL:]
        yield piece


def relation_targets(relations: bytes) -> dict[str, str]:
    """Relation id → target part (relative to ``xl/``, or absolute with its ``/``)."""
    return {
        attributes.get("Id", ""): attributes.get("Target", "")
        for name, attributes in _elements(relations)
        if name == "Relationship"
    }


def sheet_names(workbook: bytes) -> dict[str, tuple[str, bool]]:
    """Relation id → sheet name and whether it is hidden, from ``xl/workbook.xml``."""
    sheets = {}
    for name, attributes in _elements(workbook):
        if name == "sheet":
            relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            hidden = attributes.get("state", "visible") != "visible"
            sheets[relation] = (attributes.get("name", ""), hidden)
    return sheets


def _elements(xml: bytes) -> list[tuple[str, dict[str, str]]]:
    """Every element's local name and attributes, in order. Raises ``damaged`` for what is no XML."""
    found: list[tuple[str, dict[str, str]]] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, attributes: found.append((name.rpartition(":")[2], attributes))
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise RefusedError("damaged", reason="structure") from error
    return found


_FIRST_ROW = re.compile(rb"<sheetData>\s*<row\b[^>]*>(.*?)</row>", re.DOTALL)
_TEXT_CELL = re.compile(
    rb"<c r=\"([A-Z]+)1\"(?: s=\"[0-9]+\")? t=\"(?:s|inlineStr)\"(?: s=\"[0-9]+\")?>.*?</c>", re.DOTALL
)


def begins_with_headings(beginning: bytes) -> bool:
    """Whether the first row of a sheet is row 1, with nothing but text, from column A without a gap."""
    row = _FIRST_ROW.search(beginning)
    if row is None:
        return False
    letters = [letters.decode("ascii") for letters in _TEXT_CELL.findall(row[1])]
    if not letters or _TEXT_CELL.sub(b"", row[1]).strip():
        return False
    return letters == [column_letter(index) for index in range(len(letters))]


def scan_sheet(pieces: Iterable[bytes], limits: Limits) -> SheetFacts:
    """Facts of one sheet.

    Raises:
        RefusedError: ``far_cell``, ``too_large`` or ``damaged``.
    """
    scan = _SheetScan(limits)
    for piece in pieces:
        scan.feed(piece)
    return scan.close()


class _SheetScan:
    """One sheet's XML, fed in pieces; its facts at the end."""

    def __init__(self, limits: Limits) -> None:
        self.facts = SheetFacts(merged=[])
        self._limits = limits
        self._rest = b""
        self._prefix: bytes | None = None
        self._rows_with_content = 0
        self._row = 0
        self._far = _far_pattern(limits)

    def feed(self, piece: bytes) -> None:
        """Look through the next piece."""
        data = self._rest + piece
        if self._prefix is None:
            root = re.search(rb"<([A-Za-z_][\w.-]*:)?worksheet\b", data)
            if root is None and len(data) < 4096:
                self._rest = data
                return
            self._set_prefix(root[1] if root and root[1] else b"")
        cut = data.rfind(self._row_start)
        if cut <= 0:
            if len(data) < _LARGEST_BLOCK:
                self._rest = data
                return
            cut = max(data.rfind(self._cell_start), 1)
        self._rest = data[cut:]
        self._look(data[:cut])

    def close(self) -> SheetFacts:
        """Look through what is left; the facts."""
        if self._prefix is None:
            self._set_prefix(b"")
        self._look(self._rest)
        self._rest = b""
        return self.facts

    def _set_prefix(self, prefix: bytes) -> None:
        name = re.escape(prefix)
        self._prefix = prefix
        self._row_start = b"<" + prefix + b"row"
        self._cell_start = b"<" + prefix + b"c"
        self._odd_cell = re.compile(
            b"<" + name + b'c(?: r="' + self._far + b"|(?!" + _PLAIN_TAG + b"|[a-zA-Z]))"
        )
        self._value_start, self._formula_start = b"<" + prefix + b"v", b"<" + prefix + b"f"
        self._inline_start = b"<" + prefix + b"is"
        self._merge = re.compile(rb"<" + name + rb"mergeCell\s[^>]*>")
        self._col = re.compile(rb"<" + name + rb"col\s[^>]*>")
        self._hidden_row = re.compile(
            rb"<" + name + rb"row\s([^>]*\bhidden\s*=\s*[\"'](?:1|true)[\"'][^>]*)>"
        )
        self._element = re.compile(
            rb"<%brow\b([^>]*)>|<%bc\b([^>]*?)(?:/>|>(.*?)</%bc>)" % (name, name, name), re.DOTALL
        )
        self._value = re.compile(rb"<%bv\b[^>]*>([^<]*)</%bv>" % (name, name))

    def _look(self, block: bytes) -> None:
        has_formula = b"f" in block and self._formula_start in block
        if has_formula or self._value_start in block or self._inline_start in block:
            if has_formula or self._odd_cell.search(block):
                self._look_at_cells(block)
            self._rows_with_content += block.count(self._row_start)
        if b"h" in block and b"hidden" in block:
            self._find_hidden(block)
        if b"m" in block and b"mergeCell" in block and self.facts.merged is not None:
            for match in self._merge.finditer(block):
                self.facts.merged.append(_attributes(match[0]).get("ref", ""))

    def _look_at_cells(self, block: bytes) -> None:
        rows = self._rows_with_content + block.count(self._row_start)
        column = -1
        for match in self._element.finditer(block):
            row_attributes, cell_attributes, inside = match.groups()
            if row_attributes is not None:
                number = _attributes(row_attributes).get("r", "")
                self._row = int(number) if number.isdigit() else self._row + 1
                column = -1
                continue
            attributes = _attributes(cell_attributes)
            column += 1
            if "r" in attributes:
                try:
                    self._row, column = split_address(attributes["r"])
                except ValueError as error:
                    raise RefusedError("damaged", reason="structure") from error
            if inside:
                self._look_at_cell(column, attributes.get("t", ""), inside, rows)

    def _look_at_cell(self, column: int, kind: str, inside: bytes, rows: int) -> None:
        value = self._value.search(inside)
        has_formula = self._formula_start in inside
        if value is None and not has_formula and self._inline_start not in inside:
            return
        refuse_beyond(self._row, column, rows, self._limits)
        text = value[1].decode("utf-8", "replace") if value else ""
        if kind == "e":
            self.facts.errors[self._row, column_letter(column)] = text[:20] or "#N/A"
        elif has_formula and not text and not (kind == "str" and value is not None):
            self.facts.uncached.append((self._row, column_letter(column)))

    def _find_hidden(self, block: bytes) -> None:
        for match in self._hidden_row.finditer(block):
            number = _attributes(match[1]).get("r", "")
            if number.isdigit():
                self.facts.hidden_rows.append(int(number))
        for match in self._col.finditer(block):
            attributes = _attributes(match[0])
            if attributes.get("hidden") in ("1", "true"):
                low, high = int(attributes.get("min", "1")), int(attributes.get("max", "0"))
                self.facts.hidden_columns.extend(
                    column_letter(index) for index in range(low - 1, min(high, self._limits.columns))
                )


def _far_pattern(limits: Limits) -> bytes:
    """What follows ``r="`` in the address of a cell that may lie beyond the limits (few others match)."""
    first_row, first_column = str(limits.rows + 1), column_letter(limits.columns)
    rows = b"(?:[%s-9][0-9]{%d}|[0-9]{%d,})" % (
        first_row[0].encode(),
        len(first_row) - 1,
        len(first_row) + 1,
    )
    columns = b"(?:[%s-Z][A-Z]{%d}|[A-Z]{%d,})[0-9]" % (
        first_column[0].encode(),
        len(first_column) - 1,
        len(first_column) + 1,
    )
    return b"(?:%s|[A-Z]+%s)" % (columns, rows)


def _attributes(text: bytes) -> dict[str, str]:
    found = {
        name.decode(): (double or single).decode("utf-8", "replace")
        for name, double, single in _ATTRIBUTE.findall(text)
    }
    return {name: html.unescape(value) for name, value in found.items()} if b"&" in text else found
