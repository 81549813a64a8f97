"""XML changed in place: what is not meant stays byte for byte as it was.

Only for XML that passed the preflight: UTF-8 or another ASCII superset, no document type. What is put in is
ASCII (other letters as references), so that it fits whatever encoding the rest has.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

# A start tag, whatever stands inside the quotes of its attributes.
_TAG = re.compile(rb"<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class PackageError(Exception):
    """The workbook is built in a way that cannot be marked."""


@dataclass
class Element:
    """One element and where its bytes are.

    Attributes:
        name: Local name; ``prefix`` is what stands before it, with its colon.
        start, tag_end: Of the start tag; ``close`` is where the end tag begins, ``end`` where it ends.
        closed: ``<c/>``: there is no inside.
    """

    name: str
    prefix: str
    attributes: Mapping[str, str]
    depth: int
    start: int
    tag_end: int = 0
    close: int = 0
    end: int = 0
    children: list["Element"] = field(default_factory=list)

    @property
    def closed(self) -> bool:
        return self.close == self.tag_end == self.end


Change = tuple[int, int, bytes]


def parse(xml: bytes, wanted: Callable[[str, int], bool] | None = None) -> Element:
    """The root, with every element below it that is wanted (by local name and depth) as its children's tree.

    An element that is not wanted hides what is inside it.

    Raises:
        PackageError: It is no XML.
    """
    parser = expat.ParserCreate()
    root: list[Element] = []
    open_elements: list[Element | None] = []

    def begin(qualified: str, attributes: dict[str, str]) -> None:
        depth = len(open_elements)
        above = open_elements[-1] if open_elements else None
        prefix, colon, name = qualified.rpartition(":")
        if depth and (above is None or (wanted is not None and not wanted(name, depth))):
            open_elements.append(None)
            return
        start = parser.CurrentByteIndex
        element = Element(name, prefix + colon, attributes, depth, start, tag_end_at(xml, start))
        (above.children if above else root).append(element)
        open_elements.append(element)

    def finish(qualified: str) -> None:
        element = open_elements.pop()
        if element is not None:
            element.close, element.end = end_of(xml, parser.CurrentByteIndex, element.tag_end)

    parser.StartElementHandler = begin
    parser.EndElementHandler = finish
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise PackageError("not XML") from error
    return root[0]


def tag_end_at(xml: bytes, start: int) -> int:
    """Where the start tag that begins at ``start`` ends."""
    found = _TAG.match(xml, start)
    if found is None:
        raise PackageError("a tag without end")
    return found.end()


def end_of(xml: bytes, position: int, tag_end: int) -> tuple[int, int]:
    """Where an element's end tag begins and ends, from the position its end was reported at."""
    if xml[tag_end - 2 : tag_end] == b"/>":
        return tag_end, tag_end
    return position, xml.index(b">", position) + 1


def splice(xml: bytes, changes: Iterable[Change]) -> bytes:
    """The XML with each range replaced; ranges do not overlap, and several may begin at one place."""
    pieces, position = [], 0
    for start, end, text in sorted(changes, key=lambda change: change[:2]):
        pieces += [xml[position:start], text]
        position = max(position, end)
    return b"".join([*pieces, xml[position:]])


def escape(text: str) -> bytes:
    """Text for between tags or in double quotes."""
    clean = _ILLEGAL.sub("\ufffd", text)
    for letter, reference in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        clean = clean.replace(letter, reference)
    clean = clean.replace("\r", "&#13;").replace("\n", "&#10;").replace("\t", "&#9;")
    return clean.encode("ascii", "xmlcharrefreplace")


def start_tag(element: Element, *, closed: bool | None = None, **changed: str | None) -> bytes:
    """The element's start tag with attributes changed, added, or (None) left out."""
    attributes = {**element.attributes, **changed}
    written = b"".join(
        b' %s="%s"' % (name.encode(), escape(value))
        for name, value in attributes.items()
        if value is not None
    )
    ending = b"/>" if (element.closed if closed is None else closed) else b">"
    return b"<" + (element.prefix + element.name).encode() + written + ending


def inside(
    xml: bytes, element: Element, more: bytes, *, first: bool = False, **changed: str | None
) -> Change:
    """The change that puts more inside an element, last or first, and changes its attributes."""
    name = (element.prefix + element.name).encode()
    body = b"" if element.closed else xml[element.tag_end : element.close]
    tag = start_tag(element, closed=False, **changed)
    content = more + body if first else body + more
    return element.start, element.end, tag + content + b"</" + name + b">"


def child(element: Element, name: str) -> Element | None:
    """The first child of that local name."""
    return next((found for found in element.children if found.name == name), None)


def children(element: Element, name: str) -> list[Element]:
    """The children of that local name, in order."""
    return [found for found in element.children if found.name == name]
