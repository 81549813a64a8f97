"""Notes on cells: the part with their texts and the drawing that shows them, beside those already there."""

from collections.abc import Mapping

from assets.feedback.package import MAIN, Package
from assets.feedback.sheet_marks import Cell
from assets.feedback.splice import Change, PackageError, child, children, escape, inside, parse, splice
from assets.raw.addresses import column_letter, split_address

AUTHOR = "Netværdi"
_MAIN_SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DRAWING = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" '
    'data="1"/></o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" '
    'o:connecttype="rect"/></v:shapetype></xml>'
)
_SHAPE = (
    '<v:shape id="{id}" alt="{alt}" type="#_x0000_t202" style="position:absolute;margin-left:60pt;'
    'margin-top:2pt;width:260pt;height:{height}pt;z-index:{order};visibility:hidden" fillcolor="#ffffe1" '
    'o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
    '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"/>'
    '</v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_LETTERS_A_LINE = 46


def add_notes(package: Package, sheet: str, notes: Mapping[Cell, str], drawing_relation: str) -> str:
    """Add notes to a sheet part.

    Args:
        notes: By cell. A cell that already has one keeps it, with ours below.
        drawing_relation: The relation of the drawing that shows the sheet's notes, or empty.

    Returns:
        The relation of the drawing, where it is new; else empty.
    """
    relations = package.relations(sheet)
    comments = next((target for kind, target in relations.values() if kind == "comments"), "")
    if not comments:
        comments = package.free_name("xl/comments{}.xml")
        empty = f'<comments xmlns="{_MAIN_SPACE}"><authors/><commentList/></comments>'
        package.write(comments, empty.encode())
        package.declare(comments, f"{MAIN}.comments+xml")
        package.relate(sheet, "comments", comments)
    fresh = _write_comments(package, comments, notes)
    drawing = relations[drawing_relation][1] if drawing_relation in relations else ""
    relation = ""
    if not drawing:
        drawing = package.free_name("xl/drawings/vmlDrawing{}.vml")
        package.write(drawing, _DRAWING.encode())
        package.declare_ending("vml", "application/vnd.openxmlformats-officedocument.vmlDrawing")
        relation = package.relate(sheet, "vmlDrawing", drawing)
    _draw(package, drawing, {cell: notes[cell] for cell in fresh})
    return relation


def _write_comments(package: Package, part: str, notes: Mapping[Cell, str]) -> list[Cell]:
    """Write the texts; the cells that had no note before."""
    xml = package.read(part)
    root = parse(xml)
    authors, listed = child(root, "authors"), child(root, "commentList")
    if authors is None or listed is None:
        raise PackageError("no commentList")
    prefix = root.prefix
    there = {}
    for comment in children(listed, "comment"):
        try:
            there[split_address(comment.attributes.get("ref", ""))] = child(comment, "text")
        except ValueError:
            continue
    changes: list[Change] = []
    fresh, new = [], []
    number = len(children(authors, "author"))
    for cell, text in sorted(notes.items()):
        own = there.get(cell)
        if own is not None:
            run = f'<{prefix}r><{prefix}t xml:space="preserve">&#10;---&#10;'.encode()
            run += escape(text) + f"</{prefix}t></{prefix}r>".encode()
            changes.append(inside(xml, own, run))
            continue
        address = f"{column_letter(cell[1])}{cell[0]}"
        new.append(
            f'<{prefix}comment ref="{address}" authorId="{number}"><{prefix}text><{prefix}r>'
            f'<{prefix}t xml:space="preserve">'.encode()
            + escape(text)
            + f"</{prefix}t></{prefix}r></{prefix}text></{prefix}comment>".encode()
        )
        fresh.append(cell)
    changes.append(
        inside(xml, authors, f"<{prefix}author>".encode() + escape(AUTHOR) + f"</{prefix}author>".encode())
    )
    if new:
        if changes and any(listed.start <= start < listed.end for start, _, _ in changes):
            changes.append((listed.close, listed.close, b"".join(new)))
        else:
            changes.append(inside(xml, listed, b"".join(new)))
    package.write(part, splice(xml, changes))
    return fresh


def _draw(package: Package, part: str, notes: Mapping[Cell, str]) -> None:
    xml = package.read(part)
    end = xml.rfind(b"</")
    if end < 0:
        raise PackageError("no drawing")
    base = 70_000
    while f"_x0000_s{base}".encode() in xml:
        base += 10_000
    shapes = []
    for order, ((row, column), text) in enumerate(sorted(notes.items())):
        lines = sum(len(line) // _LETTERS_A_LINE + 1 for line in text.split("\n"))
        shapes.append(
            _SHAPE.format(
                id=f"_x0000_s{base + order}",
                alt=escape(text.split("\n")[0][:250]).decode(),
                height=min(260, 22 + 13 * lines),
                order=order + 1,
                row=row - 1,
                column=column,
            )
        )
    package.write(part, xml[:end] + "".join(shapes).encode() + xml[end:])
