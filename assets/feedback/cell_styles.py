"""The cell formats of a workbook, with a coloured twin of each format that a marked cell has.

The twin keeps number format, borders and alignment; its text is dark, since it stands on a light colour.
"""

import re

from assets.feedback.splice import (
    Change,
    Element,
    PackageError,
    child,
    children,
    inside,
    parse,
    splice,
    start_tag,
)

# Colour is never alone: note and findings sheet begin with the word of the severity.
COLOURS = {"error": "FFF4B6B0", "warning": "FFFBE3A6", "info": "FFCFE3F1"}
_COLOUR = re.compile(rb"<(?:[\w.-]+:)?color\b[^>]*?/>")


class CellStyles:
    """``xl/styles.xml``, added to; indexes are those of ``cellXfs``."""

    def __init__(self, xml: bytes) -> None:
        self._xml = xml
        root = parse(xml)
        self._prefix = root.prefix.encode()
        self._lists = {name: _needed(root, name) for name in ("fonts", "fills", "cellXfs")}
        self._formats = children(self._lists["cellXfs"], "xf")
        self._fonts = children(self._lists["fonts"], "font")
        self._more: dict[str, list[bytes]] = {"fonts": [], "fills": [], "cellXfs": []}
        self._fills: dict[str, int] = {}
        self._dark: dict[int, int] = {}
        self._twins: dict[tuple[int, str], int] = {}

    def twin(self, style: int, severity: str) -> int:
        """The format ``style`` in the colour of a severity."""
        key = (style, severity)
        if key not in self._twins:
            own = self._formats[style if 0 <= style < len(self._formats) else 0]
            tag = start_tag(
                own,
                closed=own.closed,
                fillId=str(self._fill(severity)),
                applyFill="1",
                fontId=str(self._dark_font(own)),
                applyFont="1",
            )
            self._twins[key] = self._add("cellXfs", tag + self._xml[own.tag_end : own.end])
        return self._twins[key]

    def plain(self, *, bold: bool = False, size: int = 11, link: bool = False, severity: str = "") -> int:
        """A format of our own sheet: text that wraps, at the top of its cell."""
        weight = b"<%sb/>" % self._prefix if bold else b""
        line = b"<%su/>" % self._prefix if link else b""
        colour = b'<%scolor rgb="%s"/>' % (self._prefix, b"FF1F4E5F" if link else b"FF000000")
        parts = b'%s%s<%ssz val="%d"/>%s<%sname val="Calibri"/>' % (
            weight,
            line,
            self._prefix,
            size,
            colour,
            self._prefix,
        )
        font = self._add("fonts", b"<%sfont>%s</%sfont>" % (self._prefix, parts, self._prefix))
        fill = self._fill(severity) if severity else 0
        return self._add(
            "cellXfs",
            b'<%sxf numFmtId="49" fontId="%d" fillId="%d" borderId="0" applyNumberFormat="1" applyFont="1" '
            b'applyFill="1" applyAlignment="1"><%salignment vertical="top" wrapText="1"/></%sxf>'
            % (self._prefix, font, fill, self._prefix, self._prefix),
        )

    def xml(self) -> bytes:
        """The part with what was added."""
        changes: list[Change] = []
        for name, more in self._more.items():
            if more:
                element = self._lists[name]
                count = str(len(element.children) + len(more))
                changes.append(inside(self._xml, element, b"".join(more), count=count))
        return splice(self._xml, changes)

    def _add(self, name: str, xml: bytes) -> int:
        self._more[name].append(xml)
        return len(self._lists[name].children) + len(self._more[name]) - 1

    def _fill(self, severity: str) -> int:
        if severity not in self._fills:
            p = self._prefix
            self._fills[severity] = self._add(
                "fills",
                b'<%sfill><%spatternFill patternType="solid"><%sfgColor rgb="%s"/><%sbgColor indexed="64"/>'
                b"</%spatternFill></%sfill>" % (p, p, p, COLOURS[severity].encode(), p, p, p),
            )
        return self._fills[severity]

    def _dark_font(self, own: Element) -> int:
        number = int(own.attributes.get("fontId", "0") or 0)
        if number not in self._dark:
            if not 0 <= number < len(self._fonts):
                return number
            font = self._fonts[number]
            raw = self._xml[font.start : font.end]
            dark = b'<%scolor rgb="FF000000"/>' % self._prefix
            self._dark[number] = (
                self._add("fonts", _COLOUR.sub(dark, raw, count=1)) if _COLOUR.search(raw) else number
            )
        return self._dark[number]


def _needed(root: Element, name: str) -> Element:
    found = child(root, name)
    if found is None or not found.children:
        raise PackageError(f"no {name}")
    return found
