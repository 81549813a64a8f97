"""Binary workbooks, built record by record: read right, and what the reader keeps silent about found."""

import struct

import pytest

from assets.raw.faults import RefusedError
from assets.raw.limits import Limits
from assets.raw.preflight import preflight

HEADINGS = ["Netværks-id", "Titel", "Type", "Startdato"]
GOOD = ["N-1", "Et", "innovation", "2025-01-02"]
SECTOR, END, FAT, FREE = 512, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


def compound_file(stream):
    """An OLE container with one stream, ``Workbook``."""
    stream = stream.ljust(max(4096, -(-len(stream) // SECTOR) * SECTOR), b"\0")
    sectors = len(stream) // SECTOR
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6)
    header += bytes(6) + struct.pack("<9L", 0, 1, 1, 0, 4096, END, 0, END, 0)
    header += struct.pack("<109L", 0, *[FREE] * 108)
    table = [FAT, END, *range(3, sectors + 2), END]
    entries = b"".join(
        (name.encode("utf-16-le") + b"\0\0").ljust(64, b"\0")
        + struct.pack("<H2B3L", 2 * len(name) + 2, kind, 1, FREE, FREE, child)
        + bytes(36)
        + struct.pack("<LQ", start, size)
        for name, kind, child, start, size in (
            ("Root Entry", 5, 1, END, 0),
            ("Workbook", 2, FREE, 2, len(stream)),
        )
    )
    return (
        header
        + struct.pack("<128L", *table, *[FREE] * (128 - len(table)))
        + entries.ljust(SECTOR, b"\0")
        + stream
    )


def xls_record(kind, body=b""):
    return struct.pack("<HH", kind, len(body)) + body


def xls_text(row, column, text):
    letters = text.encode("utf-16-le")
    return xls_record(0x204, struct.pack("<3HHB", row, column, 0, len(text), 1) + letters)


def xls(*records, state=0):
    """An ``.xls`` with one sheet, Netværk, of these records below a row of headings."""
    name = "Netværk".encode("utf-16-le")
    start = xls_record(0x809, struct.pack("<4H2L", 0x600, 5, 0, 0, 0, 0))
    length = len(start) + 4 + 8 + len(name) + 4
    index = xls_record(0x85, struct.pack("<L4B", length, state, 0, 7, 1) + name)
    sheet = xls_record(0x809, struct.pack("<4H2L", 0x600, 0x10, 0, 0, 0, 0))
    sheet += xls_record(0x200, struct.pack("<2L3H", 0, 10, 0, 10, 0))
    sheet += b"".join(xls_text(0, column, text) for column, text in enumerate(HEADINGS))
    return compound_file(start + index + xls_record(10) + sheet + b"".join(records) + xls_record(10))


def xls_row(*texts, row=1):
    return b"".join(xls_text(row, column, text) for column, text in enumerate(texts))


def test_an_xls_is_read(tmp_path, read):
    path = tmp_path / "netvaerk.xls"
    number = xls_record(0x203, struct.pack("<3Hd", 1, 4, 0, 1234.5))
    path.write_bytes(xls(xls_row(*GOOD), number))
    reading = read(path)
    assert (reading.refused, reading.format, reading.sheets[0].kind) == ("", "xls", "networks")
    assert reading.sheets[0].rows.rows() == [(2, None, *GOOD, "1234,5")]


def test_errors_hidden_rows_and_columns_of_an_xls_are_found(tmp_path, read):
    path = tmp_path / "netvaerk.xls"
    hidden_row = xls_record(0x208, struct.pack("<8H", 1, 0, 4, 300, 0, 0, 0x20, 0))
    hidden_column = xls_record(0x7D, struct.pack("<6H", 2, 2, 2000, 0, 1, 0))
    error = xls_record(0x205, struct.pack("<3H2B", 1, 1, 0, 0x17, 1))
    result = struct.pack("<BBBBBBH", 2, 0, 0x2A, 0, 0, 0, 0xFFFF)
    formula = xls_record(6, struct.pack("<3H", 1, 3, 0) + result + struct.pack("<HLH", 0, 0, 0))
    rows = xls_text(1, 0, "N-1") + error + xls_text(1, 2, "innovation") + formula
    path.write_bytes(xls(hidden_column, hidden_row, rows, state=1))
    reading = read(path)
    assert [(fault.rule, fault.row_number, fault.column_letter, fault.value) for fault in reading.faults] == [
        ("hidden", None, "", ""),
        ("hidden", 2, "", ""),
        ("hidden", None, "C", ""),
        ("error_cell", 2, "B", "#REF!"),
        ("error_cell", 2, "D", "#N/A"),
    ]


def test_an_xls_cut_off_half_way_is_damaged(tmp_path, read):
    path = tmp_path / "netvaerk.xls"
    whole = xls(*[xls_row(*GOOD, row=row) for row in range(1, 200)])
    path.write_bytes(whole[: len(whole) // 2])
    assert read(path).refused == "damaged"


def test_an_xls_behind_a_password_says_so(tmp_path):
    path = tmp_path / "netvaerk.xls"
    start = xls_record(0x809, struct.pack("<4H2L", 0x600, 5, 0, 0, 0, 0))
    path.write_bytes(compound_file(start + xls_record(0x2F, bytes(54)) + xls_record(10)))
    with pytest.raises(RefusedError, match="encrypted"):
        preflight(path, path.name, Limits())


def test_a_cell_of_an_xls_beyond_the_columns_is_far(tmp_path):
    path = tmp_path / "netvaerk.xls"
    path.write_bytes(xls(xls_text(9, 250, "x")))
    with pytest.raises(RefusedError) as caught:
        preflight(path, path.name, Limits())
    assert (caught.value.rule, caught.value.detail["cell"]) == ("far_cell", "IQ10")


def wide(text):
    return struct.pack("<L", len(text)) + text.encode("utf-16-le")


def xlsb_record(kind, body=b""):
    head = bytes([kind & 0x7F | 0x80, kind >> 7]) if kind >= 128 else bytes([kind])
    length, size = b"", len(body)
    while True:
        length += bytes([size & 0x7F | (0x80 if size > 0x7F else 0)])
        size >>= 7
        if not size:
            return head + length + body


def xlsb_text(column, text):
    return xlsb_record(6, struct.pack("<LL", column, 0) + wide(text))


def xlsb_row(row, *cells, hidden=False):
    body = struct.pack("<LLH", row, 0, 300) + bytes([0, 0x10 if hidden else 0, 0]) + struct.pack("<L", 0)
    return xlsb_record(0, body) + b"".join(cells)


def xlsb(path, make, rows, *, columns=b"", after=b"", state=0):
    sheet = xlsb_record(129) + xlsb_record(148, struct.pack("<4L", 0, 9, 0, 9)) + columns
    sheet += xlsb_record(145) + rows + xlsb_record(146) + after + xlsb_record(130)
    bundle = xlsb_record(156, struct.pack("<LL", state, 1) + wide("r1") + wide("Netværk"))
    parts = make.parts("")
    relations = parts.pop("xl/_rels/workbook.xml.rels").replace("sheet1.xml", "sheet1.bin")
    del parts["xl/workbook.xml"], parts["xl/worksheets/sheet1.xml"]
    parts["_rels/.rels"] = parts["_rels/.rels"].replace("workbook.xml", "workbook.bin")
    return make.zip(
        path,
        parts
        | {
            "xl/workbook.bin": xlsb_record(131)
            + xlsb_record(143)
            + bundle
            + xlsb_record(144)
            + xlsb_record(132),
            "xl/_rels/workbook.bin.rels": relations,
            "xl/worksheets/sheet1.bin": sheet,
        },
    )


def xlsb_texts(row, texts):
    return xlsb_row(row, *(xlsb_text(column, text) for column, text in enumerate(texts)))


def test_an_xlsb_is_read(tmp_path, read, make):
    number = xlsb_record(5, struct.pack("<LLd", 4, 0, 1234.5))
    rows = xlsb_texts(0, HEADINGS) + xlsb_texts(1, GOOD) + number
    reading = read(xlsb(tmp_path / "netvaerk.xlsb", make, rows))
    assert (reading.refused, reading.format) == ("", "xlsb")
    assert reading.sheets[0].rows.rows() == [(2, None, *GOOD, "1234,5")]


def test_errors_merged_and_hidden_parts_of_an_xlsb_are_found(tmp_path, read, make):
    error = xlsb_record(3, struct.pack("<LLB", 1, 0, 0x17))
    cells = (xlsb_text(0, "N-1"), error, xlsb_text(2, "innovation"), xlsb_text(3, "2025-01-02"))
    rows = xlsb_texts(0, HEADINGS) + xlsb_row(1, *cells, hidden=True) + xlsb_texts(2, GOOD)
    hidden_column = xlsb_record(60, struct.pack("<4LH", 2, 2, 2000, 0, 1))
    merged = xlsb_record(176, struct.pack("<4L", 1, 2, 2, 2))
    reading = read(xlsb(tmp_path / "netvaerk.xlsb", make, rows, columns=hidden_column, after=merged, state=1))
    assert [
        (fault.rule, fault.row_number, fault.column_letter, dict(fault.detail)) for fault in reading.faults
    ] == [
        ("hidden", None, "", {"what": "sheet", "which": "", "count": 1}),
        ("hidden", 2, "", {"what": "rows", "which": "2", "count": 1}),
        ("hidden", None, "C", {"what": "columns", "which": "C", "count": 1}),
        ("error_cell", 2, "B", {}),
        ("merged_cell", 2, "C", {"range": "C2:C3"}),
    ]


def test_a_far_cell_of_an_xlsb_is_named(tmp_path, make):
    path = xlsb(tmp_path / "netvaerk.xlsb", make, xlsb_row(1_048_575, xlsb_text(16_383, "x")))
    with pytest.raises(RefusedError) as caught:
        preflight(path, path.name, Limits())
    assert caught.value.detail["cell"] == "XFD1048576"
