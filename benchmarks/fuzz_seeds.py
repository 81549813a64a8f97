"""Small sound files of every format that can be made here, as starting points of the fuzzer."""

import io
import struct
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import xlsxwriter
from openpyxl.comments import Comment

NETWORKS = [
    ["Netværks-id", "Titel", "Type", "Startdato", "Afsluttet"],
    ["N-01", "Tidlig indsats", "Innovationsnetværk", date(2024, 1, 15), None],
    ["N-02", "Fælles sprog", "Læringsnetværk", "01.02.2024", "31/12-2025"],
    ["EKSEMPEL-1", "Eksempel", "Velfærdsnetværk", date(2024, 1, 1), None],
    ["I alt", None, None, None, None],
]
APPLICATIONS = [
    [
        "Ansøgnings-id",
        "Netværks-id",
        "Fond/pulje",
        "Kilde",
        "Formål",
        "Ansøgt beløb (t.kr.)",
        "Status",
        "Afgørelsesdato",
    ],
    ["A-1", "N-01", "Puljen", "Ekstern", "Testfase", 1250.5, "Bevilget", date(2024, 5, 1)],
    ["A-2", "N-01", "Fonden", "Intern", "Drift", "1.234,50", "Afslag", "2024-06-30"],
    ["A-3", "N-02", "Fonden", "intern", "scaling", "50.000,-", "Kladde", None],
]
TEXT = "\r\n".join(
    ";".join("" if cell is None else str(cell) for cell in row) for row in [*NETWORKS, ["", "", "", "", ""]]
)
OPEN_DOCUMENT = "application/vnd.oasis.opendocument.spreadsheet"
SECTOR, END, FAT, FREE = 512, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


def seeds() -> dict[str, bytes]:
    """File name → bytes."""
    return {
        "ark.xlsx": _by_openpyxl(),
        "ark2.xlsx": _by_xlsxwriter(),
        "ark.xlsm": _by_xlsxwriter(),
        "ark.ods": _open_document(),
        "ark.xls": _old_workbook(),
        "ark.xlsb": _binary_workbook(),
        "Netværk.csv": TEXT.encode("utf-8"),
        "Netværk_bom.csv": TEXT.encode("utf-8-sig"),
        "Netværk_16.csv": TEXT.encode("utf-16"),
        "Netværk_1252.csv": TEXT.encode("cp1252"),
        "Netværk_sep.csv": ("sep=,\n" + TEXT.replace(";", ",").replace("Fælles", '"Fæl\nles"')).encode(),
    }


def seeds_in(folder: Path) -> dict[str, bytes]:
    """Every spreadsheet of a folder, to add to those made here."""
    suffixes = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv"}
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.suffix in suffixes}


def _by_openpyxl() -> bytes:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, rows in (("Netværk", NETWORKS), ("Ansøgninger", APPLICATIONS)):
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
    sheet["F6"] = "=SUM(F2:F4)"
    sheet["G2"].comment = Comment("Se bilag", "kontoret")
    sheet.merge_cells("C2:C3")
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["H"].hidden = True
    return _saved(workbook.save)


def _by_xlsxwriter() -> bytes:
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "dd-mm-yyyy"})
    for name, rows in (("Netværk", NETWORKS), ("Ansøgninger", APPLICATIONS)):
        sheet = workbook.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    sheet.write_formula("F6", "=SUM(F2:F4)", None, 1250.5)
    sheet.write_formula("F7", "=1/0", None, "#DIV/0!")
    sheet.insert_textbox("J2", "Husk bilag")
    workbook.close()
    return out.getvalue()


def _saved(save: Callable[[io.BytesIO], None]) -> bytes:
    out = io.BytesIO()
    save(out)
    return out.getvalue()


def _open_document() -> bytes:
    rows = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell or ""}</text:p></table:table-cell>'
            for cell in row
        )
        + '<table:table-cell table:number-columns-repeated="1000"/></table:table-row>'
        for row in NETWORKS
    )
    spaces = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="Netværk">{rows}'
        '<table:table-row table:number-rows-repeated="100000"><table:table-cell/></table:table-row>'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as container:
        container.writestr("mimetype", OPEN_DOCUMENT, zipfile.ZIP_STORED)
        container.writestr("content.xml", content)
        container.writestr("META-INF/manifest.xml", "<manifest/>")
    return out.getvalue()


def _record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _old_workbook() -> bytes:
    """An ``.xls``: one sheet of text cells and a number, in an OLE container of one stream."""
    name = "Netværk".encode("utf-16-le")
    start = _record(0x809, struct.pack("<4H2L", 0x600, 5, 0, 0, 0, 0))
    length = len(start) + 4 + 8 + len(name) + 4
    index = _record(0x85, struct.pack("<L4B", length, 0, 0, 7, 1) + name)
    sheet = _record(0x809, struct.pack("<4H2L", 0x600, 0x10, 0, 0, 0, 0))
    sheet += _record(0x200, struct.pack("<2L3H", 0, 10, 0, 10, 0))
    for row, cells in enumerate(NETWORKS):
        for column, cell in enumerate(cells):
            text = "" if cell is None else str(cell)
            letters = struct.pack("<3HHB", row, column, 0, len(text), 1) + text.encode("utf-16-le")
            sheet += _record(0x204, letters)
    sheet += _record(0x203, struct.pack("<3Hd", 1, 6, 0, 1234.5))
    stream = start + index + _record(10) + sheet + _record(10)
    stream = stream.ljust(max(4096, -(-len(stream) // SECTOR) * SECTOR), b"\0")
    sectors = len(stream) // SECTOR
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6)
    header += bytes(6) + struct.pack("<9L", 0, 1, 1, 0, 4096, END, 0, END, 0)
    header += struct.pack("<109L", 0, *[FREE] * 108)
    table = [FAT, END, *range(3, sectors + 2), END]
    entries = b"".join(
        (title.encode("utf-16-le") + b"\0\0").ljust(64, b"\0")
        + struct.pack("<H2B3L", 2 * len(title) + 2, kind, 1, FREE, FREE, child)
        + bytes(36)
        + struct.pack("<LQ", first, size)
        for title, kind, child, first, size in (
            ("Root Entry", 5, 1, END, 0),
            ("Workbook", 2, FREE, 2, len(stream)),
        )
    )
    allocation = struct.pack("<128L", *table, *[FREE] * (128 - len(table)))
    return header + allocation + entries.ljust(SECTOR, b"\0") + stream


def _binary_workbook() -> bytes:
    """An ``.xlsb`` of texts and numbers: [MS-XLSB] records in a package."""
    rows = b"".join(
        _packed_record(0, struct.pack("<LLH", number, 0, 300) + bytes(3) + struct.pack("<L", 0))
        + b"".join(_binary_cell(column, cell) for column, cell in enumerate(row) if cell is not None)
        for number, row in enumerate(APPLICATIONS)
    )
    merged = (
        _packed_record(177, struct.pack("<L", 1))
        + _packed_record(176, struct.pack("<4L", 1, 2, 2, 2))
        + _packed_record(178)
    )
    sheet = (
        _packed_record(129)
        + _packed_record(148, struct.pack("<4L", 0, 3, 0, 7))
        + _packed_record(145)
        + rows
        + _packed_record(146)
    )
    bundle = _packed_record(156, struct.pack("<LL", 0, 1) + _wide("r1") + _wide("Ansøgninger"))
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    relation = (
        f'<Relationships xmlns="{package}/relationships">'
        '<Relationship Id="r1" Type="{}" Target="{}"/></Relationships>'
    )
    types = (
        f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="bin" '
        'ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as container:
        container.writestr("[Content_Types].xml", types)
        container.writestr("_rels/.rels", relation.format(f"{office}/officeDocument", "xl/workbook.bin"))
        container.writestr(
            "xl/_rels/workbook.bin.rels", relation.format(f"{office}/worksheet", "worksheets/sheet1.bin")
        )
        book = _packed_record(131) + _packed_record(143) + bundle + _packed_record(144) + _packed_record(132)
        container.writestr("xl/workbook.bin", book)
        container.writestr("xl/worksheets/sheet1.bin", sheet + merged + _packed_record(130))
    return out.getvalue()


def _binary_cell(column: int, cell: object) -> bytes:
    if isinstance(cell, int | float):
        return _packed_record(5, struct.pack("<LLd", column, 0, cell))
    return _packed_record(6, struct.pack("<LL", column, 0) + _wide(str(cell)))


def _wide(text: str) -> bytes:
    return struct.pack("<L", len(text)) + text.encode("utf-16-le")


def _packed_record(kind: int, body: bytes = b"") -> bytes:
    head = bytes([kind & 0x7F | 0x80, kind >> 7]) if kind >= 128 else bytes([kind])
    length, size = b"", len(body)
    while True:
        length += bytes([size & 0x7F | (0x80 if size > 0x7F else 0)])
        size >>= 7
        if not size:
            return head + length + body
