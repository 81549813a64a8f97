"""The sheet of findings that stands first in a marked copy: what is wrong, how to mend it, and where.

Headings before the rows and words before colours, so that a screen reader tells the same as the eye sees.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from assets.accepted.rule_labels import RULE_LABELS
from assets.feedback.cell_styles import CellStyles
from assets.feedback.package import MAIN, Package
from assets.feedback.severities import ORDER, Lang, counted
from assets.feedback.splice import PackageError, child, children, escape, inside, parse, splice, start_tag
from assets.raw.addresses import column_letter

PERSONAL_RULES = ("cpr", "personal_data")
MOST_ROWS = 20_000
_WIDTHS = (22, 32, 13, 9, 8, 24, 26, 90)
_LINE = 15.0  # points
_MOST_LINES = 12
_WORKBOOK = "xl/workbook.xml"

WORDS: dict[str, dict[str, Any]] = {
    "da": {
        "error": "Fejl",
        "warning": "Advarsel",
        "info": "Oplysning",
        "sheet": "Fund",
        "title": "Fund i {}",
        "how": "Ret i arkene, gem filen under sit oprindelige navn, og send den igen. "
        "Noter og farver må gerne blive stående.",
        "columns": ("Ark", "Regel", "Grad", "Celle", "Række", "Kolonne", "Værdi", "Sådan rettes det"),
        "index": "Oversigt",
        "index_columns": ("Ark", "Regel", "Grad", "Antal"),
        "whole_file": "hele filen",
        "more": "… og {} fund mere. Ret disse først, og prøv filen igen.",
    },
    "en": {
        "error": "Error",
        "warning": "Warning",
        "info": "Information",
        "sheet": "Findings",
        "title": "Findings in {}",
        "how": "Mend the sheets, save the file under its own name, and send it again. "
        "Notes and colours may stay.",
        "columns": ("Sheet", "Rule", "Severity", "Cell", "Row", "Column", "Value", "How to mend it"),
        "index": "Index",
        "index_columns": ("Sheet", "Rule", "Severity", "Count"),
        "whole_file": "the whole file",
        "more": "… and {} findings more. Mend these first, and try the file again.",
    },
}


@dataclass(frozen=True)
class Mark:
    """One finding as the copy shows it; ``cell`` is empty for a finding of a row, sheet or file."""

    sheet: str
    row_number: int | None
    cell: str
    heading: str
    value: str
    rule: str
    severity: str
    message: str

    @property
    def where(self) -> str:
        """The cell, or the row's first one; empty for a sheet or a file."""
        return self.cell or (f"A{self.row_number}" if self.row_number else "")


def add_findings_sheet(
    package: Package,
    styles: CellStyles,
    marks: Sequence[Mark],
    *,
    file_name: str,
    lang: Lang,
    sheet_names: Mapping[str, str],
) -> None:
    """Add the sheet as the first of the workbook, shown when it is opened.

    Args:
        sheet_names: Sheet as the finding names it → its name in this workbook, for the links.
    """
    part = package.free_name("xl/worksheets/sheet{}.xml")
    package.write(part, _sheet_xml(styles, marks, file_name, lang, sheet_names))
    package.declare(part, f"{MAIN}.worksheet+xml")
    relation = package.relate(_WORKBOOK, "worksheet", part)
    _enter(package, relation, _free_name(str(WORDS[lang]["sheet"]), sheet_names.values()))


def _free_name(name: str, taken: Iterable[str]) -> str:
    folded = {other.casefold() for other in taken}
    candidate, number = name, 2
    while candidate.casefold() in folded:
        candidate, number = f"{name} {number}", number + 1
    return candidate


def _enter(package: Package, relation: str, name: str) -> None:
    """Name the sheet in the workbook, first; what counts sheets by position counts one more."""
    xml = package.read(_WORKBOOK)
    root = parse(xml)
    sheets = child(root, "sheets")
    if sheets is None or not sheets.children:
        raise PackageError("no sheets")
    ids = [int(sheet.attributes.get("sheetId", "0") or 0) for sheet in sheets.children]
    entry = (
        f'<{root.prefix}sheet name="'.encode()
        + escape(name)
        + f'" sheetId="{max(ids) + 1}" xmlns:r="{package.office}" r:id="{relation}"/>'.encode()
    )
    changes = [inside(xml, sheets, entry, first=True)]
    views = child(root, "bookViews")
    for view in children(views, "workbookView") if views else []:
        tag = start_tag(view, activeTab="0", firstSheet=None)
        changes.append((view.start, view.tag_end, tag))
    names = child(root, "definedNames")
    for defined in children(names, "definedName") if names else []:
        position = defined.attributes.get("localSheetId", "")
        if position.isdigit():
            tag = start_tag(defined, localSheetId=str(int(position) + 1))
            changes.append((defined.start, defined.tag_end, tag))
    package.write(_WORKBOOK, splice(xml, changes))


class _Writer:
    """The sheet's rows, written one after another."""

    def __init__(self, styles: CellStyles) -> None:
        self.plain = styles.plain()
        self.bold = styles.plain(bold=True)
        self.title = styles.plain(bold=True, size=14)
        self.link = styles.plain(link=True)
        self.coloured = {severity: styles.plain(severity=severity) for severity in ORDER}
        self.row = 0
        self.rows: list[bytes] = []
        self.links: list[bytes] = []

    def write(self, values: Sequence[tuple[object, int]], *, height: float = 0) -> None:
        """The next row: (value, format) a cell; its height in points, where its texts do not say it."""
        self.row += 1
        cells = b"".join(
            _cell_xml(f"{column_letter(index)}{self.row}", value, style)
            for index, (value, style) in enumerate(values)
            if value not in (None, "")
        )
        self.rows.append(b'<row r="%d"%s>%s</row>' % (self.row, _height(values, height), cells))


def _height(values: Sequence[tuple[object, int]], height: float) -> bytes:
    """The height of a row whose texts take more than one line; not every program finds it out by itself."""
    if len(values) == len(_WIDTHS):  # headings and the index are short, or run on over the next columns
        texts = ((str(value), width) for (value, _), width in zip(values, _WIDTHS, strict=True) if value)
        lines = min(_MOST_LINES, max((ceil(len(text) / (1.1 * width)) for text, width in texts), default=1))
        height = lines * _LINE if lines > 1 else height
    return b' ht="%d" customHeight="1"' % height if height else b""


def _cell_xml(address: str, value: object, style: int) -> bytes:
    if isinstance(value, int):
        return f'<c r="{address}" s="{style}"><v>{value}</v></c>'.encode()
    start = f'<c r="{address}" s="{style}" t="inlineStr"><is><t xml:space="preserve">'.encode()
    return start + escape(str(value)) + b"</t></is></c>"


def _sheet_xml(
    styles: CellStyles, marks: Sequence[Mark], file_name: str, lang: Lang, sheet_names: Mapping[str, str]
) -> bytes:
    words = WORDS[lang]
    out = _Writer(styles)
    counts = {severity: sum(mark.severity == severity for mark in marks) for severity in ORDER}
    out.write([(str(words["title"]).format(file_name), out.title)], height=20)
    out.write([(counted(counts, lang), out.plain)])
    out.write([(words["how"], out.plain)])
    out.write([])
    _write_index(out, marks, lang)
    out.write([])
    out.write([(heading, out.bold) for heading in words["columns"]])
    heading_row = out.row
    for mark in marks[:MOST_ROWS]:
        _write_mark(out, mark, lang, sheet_names)
    if len(marks) > MOST_ROWS:
        out.write([(str(words["more"]).format(len(marks) - MOST_ROWS), out.bold)])
    columns = b"".join(
        b'<col min="%d" max="%d" width="%d" customWidth="1"/>' % (index, index, width)
        for index, width in enumerate(_WIDTHS, start=1)
    )
    merged = b"".join(b'<mergeCell ref="A%d:H%d"/>' % (row, row) for row in (1, 2, 3))
    last = max(out.row, heading_row)
    return (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:H%d"/>'
        b'<sheetViews><sheetView tabSelected="1" workbookViewId="0"/></sheetViews><cols>%s</cols>'
        b'<sheetData>%s</sheetData><autoFilter ref="A%d:H%d"/><mergeCells count="3">%s</mergeCells>%s'
        b'<pageSetup orientation="landscape" paperSize="9" fitToHeight="0"/></worksheet>'
    ) % (
        last,
        columns,
        b"".join(out.rows),
        heading_row,
        last,
        merged,
        b"<hyperlinks>%s</hyperlinks>" % b"".join(out.links) if out.links else b"",
    )


def _write_index(out: _Writer, marks: Sequence[Mark], lang: Lang) -> None:
    words = WORDS[lang]
    out.write([(words["index"], out.bold)])
    out.write([(heading, out.bold) for heading in words["index_columns"]])
    counts: dict[tuple[str, str, str], int] = defaultdict(int)
    for mark in marks:
        counts[(mark.sheet, mark.rule, mark.severity)] += 1
    for (sheet, rule, severity), count in sorted(
        counts.items(), key=lambda item: (ORDER[item[0][2]], item[0])
    ):
        name = sheet or words["whole_file"]
        word = (words[severity], out.coloured[severity])
        out.write([(name, out.plain), (_label(rule, lang), out.plain), word, (count, out.plain)])


def _label(rule: str, lang: Lang) -> str:
    return RULE_LABELS.get(rule, (rule, rule))[0 if lang == "da" else 1]


def _write_mark(out: _Writer, mark: Mark, lang: Lang, sheet_names: Mapping[str, str]) -> None:
    words = WORDS[lang]
    linked = bool(mark.where) and mark.sheet in sheet_names
    value = "" if mark.rule in PERSONAL_RULES else mark.value
    out.write(
        [
            (mark.sheet or words["whole_file"], out.plain),
            (_label(mark.rule, lang), out.plain),
            (words[mark.severity], out.coloured[mark.severity]),
            (mark.where, out.link if linked else out.plain),
            (mark.row_number, out.plain),
            (mark.heading, out.plain),
            (value, out.plain),
            (mark.message, out.plain),
        ]
    )
    if linked:
        quoted = sheet_names[mark.sheet].replace("'", "''")
        location = escape(f"'{quoted}'!{mark.where}")
        out.links.append(
            b'<hyperlink ref="D%d" location="%s" display="%s"/>'
            % (out.row, location, escape(f"{mark.sheet} {mark.where}"))
        )
