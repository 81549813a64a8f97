"""The content of an OpenDocument spreadsheet, looked through as it streams by.

Rows and cells may be "repeated" a million times in a few bytes: trailing empty repeats are how every
sheet ends, repeated values beyond the limits are refused before a reader spells them out.
"""

import re
from collections.abc import Iterable
from typing import Any
from xml.parsers import expat

from assets.raw.addresses import column_letter
from assets.raw.faults import RefusedError
from assets.raw.limits import Limits
from assets.raw.sheet_facts import SheetFacts, refuse_beyond

_ERROR = re.compile(r"#(?:REF!|N/A|DIV/0!|VALUE!|NAME\?|NUM!|NULL!)|Err:[0-9]{3}")
_MOST_CELLS = 20_000_000


def scan(pieces: Iterable[bytes], limits: Limits) -> dict[str, SheetFacts]:
    """Facts of every sheet, by name.

    Raises:
        RefusedError: ``far_cell``, ``too_large`` or ``damaged``.
    """
    content = _Content(limits)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = content.start
    parser.EndElementHandler = content.end
    parser.CharacterDataHandler = content.characters
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise RefusedError("damaged", reason="structure", part="content.xml") from error
    return content.sheets


class _Content:
    """Follows rows and cells, counting repeats instead of spelling them out."""

    def __init__(self, limits: Limits) -> None:
        self.sheets: dict[str, SheetFacts] = {}
        self._limits = limits
        self._facts = SheetFacts()
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._row, self._row_repeat, self._column, self._column_repeat = 0, 1, 0, 1
        self._row_has_content = False
        self._rows_with_content = self._cells = 0
        self._typed = self._formula = False
        self._text: list[str] | None = None
        self._declared_column = 0

    def start(self, name: str, attributes: dict[str, Any]) -> None:
        local = name.rpartition(" ")[2]
        given = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        if local == "style":
            self._style = given.get("name", "")
        elif local == "table-properties" and given.get("display") == "false":
            self._hidden_styles.add(self._style)
        elif local == "table" and "name" in given:
            self._facts = self.sheets.setdefault(given["name"], SheetFacts(merged=[]))
            self._facts.hidden = given.get("style-name", "") in self._hidden_styles
            self._row = self._rows_with_content = self._declared_column = 0
        elif local == "table-column":
            self._declare_columns(given)
        elif local == "table-row":
            self._row_repeat = _count(given.get("number-rows-repeated"))
            self._column = 0
            self._row_has_content = False
            if given.get("visibility") in ("collapse", "filter"):
                last = min(self._row + self._row_repeat, self._limits.rows)
                self._facts.hidden_rows.extend(range(self._row + 1, last + 1))
        elif local in ("table-cell", "covered-table-cell"):
            self._column_repeat = _count(given.get("number-columns-repeated"))
            self._typed = bool({"value-type", "formula"} & given.keys())
            self._formula = "formula" in given
            self._text = []
            self._note_merged(given)

    def _declare_columns(self, given: dict[str, Any]) -> None:
        repeat = _count(given.get("number-columns-repeated"))
        if given.get("visibility") in ("collapse", "filter"):
            last = min(self._declared_column + repeat, self._limits.columns)
            self._facts.hidden_columns.extend(column_letter(i) for i in range(self._declared_column, last))
        self._declared_column += repeat

    def _note_merged(self, given: dict[str, Any]) -> None:
        columns = _count(given.get("number-columns-spanned"))
        rows = _count(given.get("number-rows-spanned"))
        if (columns, rows) != (1, 1) and self._facts.merged is not None:
            first = f"{column_letter(self._column)}{self._row + 1}"
            self._facts.merged.append(
                f"{first}:{column_letter(self._column + columns - 1)}{self._row + rows}"
            )

    def characters(self, text: str) -> None:
        if self._text is not None and len(self._text) < 8:
            self._text.append(text)

    def end(self, name: str) -> None:
        local = name.rpartition(" ")[2]
        if local in ("table-cell", "covered-table-cell"):
            self._end_cell()
        elif local == "table-row":
            self._row += self._row_repeat
            if self._row_has_content:
                self._rows_with_content += self._row_repeat

    def _end_cell(self) -> None:
        text = "".join(self._text or ()).strip()
        self._text = None
        if self._typed or text:
            last_row, last_column = self._row + self._row_repeat, self._column + self._column_repeat - 1
            self._row_has_content = True
            self._cells += self._row_repeat * self._column_repeat
            refuse_beyond(last_row, last_column, self._rows_with_content + self._row_repeat, self._limits)
            if self._cells > _MOST_CELLS:
                raise RefusedError("too_large", reason="cells", found=self._cells, limit=_MOST_CELLS)
            for offset in range(self._column_repeat):
                cell = (self._row + 1, column_letter(self._column + offset))
                if _ERROR.fullmatch(text):
                    self._facts.errors[cell] = text
                elif self._formula and not text:
                    self._facts.uncached.append(cell)
        self._column += self._column_repeat


def _count(text: str | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 9 else 1
