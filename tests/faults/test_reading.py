"""What people send, F01-F23: each fault said so that it can be mended, and nothing lost beside it."""

import re
import struct
import time
from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from assets.feedback.check import check_files
from assets.raw.child import Reader
from assets.raw.limits import Limits
from assets.raw.reading import read_file


def found(report, rule):
    """The findings of a rule: (row, cell, value)."""
    return [(f.row_number, f.cell, f.value) for f in report.findings if f.rule == rule]


def message(report, rule):
    return next(f.message_da for f in report.findings if f.rule == rule)


def test_f01_an_empty_file_says_it_is_empty(office):
    report = office.judge(office.bytes("Netværk.csv", b""))
    assert report.refused == "empty_file"
    assert message(report, "empty_file").startswith("Filen er tom")


def test_f02_a_file_cut_off_half_way_is_damaged_and_to_be_sent_again(office, good):
    path = office.book(good * 40)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    report = office.judge(path)
    assert report.refused == "damaged"
    assert "Send den igen" in message(report, "damaged")


def test_f03_one_damaged_byte_never_gives_a_partly_read_sheet(office, good):
    path = office.book([good[0], *[[f"N-{n}", *good[1][1:]] for n in range(200)]])
    whole, refused, damaged = path.read_bytes(), [], b""
    with Reader(Limits()) as reader:
        sent = read_file(path, reader=reader).sheets[0].rows
        assert sent.height == 200
        for place in range(60, len(whole) - 60, len(whole) // 120):
            changed = whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :]
            reading = read_file(office.bytes(path.name, changed), reader=reader)
            refused.append(reading.refused)
            if reading.refused == "damaged":
                damaged = changed
            elif not reading.refused:
                assert reading.sheets[0].rows.equals(sent), place
    assert refused.count("damaged") > 60
    judged = office.judge(office.bytes(path.name, damaged))
    assert (judged.refused, judged.rows) == ("damaged", (0, 0, 0, 0))
    assert "Send den igen" in message(judged, "damaged")


def test_f04_a_password_is_said_with_how_to_remove_it(office, good, tmp_path):
    plain, locked = office.book(good, "aaben.xlsx"), tmp_path / "laast.xlsx"
    with plain.open("rb") as given, locked.open("wb") as out:
        OOXMLFile(given).encrypt("hemmelig", out)
    report = office.judge(locked)
    assert report.refused == "encrypted"
    assert "fjern adgangskoden" in message(report, "encrypted")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("netvaerk.xls", b"<html><table><tr><td>1</td></tr></table></html>", "en webside"),
        ("netvaerk.xlsx", b"Id;Titel\r\n1;2\r\n", "en tekstfil (.csv)"),
        ("netvaerk.csv", None, "et Excel-regneark (.xlsx)"),
    ],
)
def test_f05_content_that_is_not_what_the_name_says_is_called_what_it_is(office, good, name, content, said):
    content = content or office.book(good, "x.xlsx").read_bytes()
    assert said in message(office.judge(office.bytes(name, content)), "wrong_type")


def test_f06_a_small_workbook_that_unpacks_to_much_is_refused_unopened(office, good):
    path = office.package(" " * 300_000_000)
    assert path.stat().st_size < 500_000
    with Reader(Limits()) as reader:
        assert read_file(office.book(good, "god.xlsx"), reader=reader).refused == ""
        importer = reader._process.pid
        assert read_file(path, reader=reader).refused == "too_large"
        assert reader._process.pid == importer
        status = Path(f"/proc/{importer}/status").read_text(encoding="ascii")
    (most,) = re.findall(r"VmHWM:\s+(\d+) kB", status)
    assert int(most) < 300_000


def ods(office, rows):
    spaces = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
        for prefix in ("office", "table", "text")
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="Netværk">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return office.zip(
        "netvaerk.ods",
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content,
            "META-INF/manifest.xml": "<manifest/>",
        },
    )


def ods_row(texts, repeated=1, empty_after=1):
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
        for text in texts
    )
    return (
        f'<table:table-row table:number-rows-repeated="{repeated}">{cells}'
        f'<table:table-cell table:number-columns-repeated="{empty_after}"/></table:table-row>'
    )


def test_f07_empty_repeats_of_an_ods_are_fine_and_repeated_values_are_not(office, good):
    empty_rows = '<table:table-row table:number-rows-repeated="1000000"><table:table-cell/></table:table-row>'
    sound = ods_row(good[0], empty_after=16_000) + ods_row(good[1]) + empty_rows
    assert office.judge(ods(office, sound)).rows == (1, 1, 0, 0)
    repeated = ods_row(good[0]) + ods_row(good[1], repeated=1_000_000)
    assert office.judge(ods(office, repeated)).refused in ("far_cell", "too_large")


def test_f08_a_cell_in_the_far_corner_is_refused_by_its_address(office, good, xml_row):
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    report = office.judge(office.package(xml_row(1, good[0]) + xml_row(2, good[1]) + far))
    assert report.refused == "far_cell"
    assert "XFD1048576" in message(report, "far_cell")


def test_f09_many_formatted_but_empty_rows_cost_nothing(office, good, xml_row):
    empty = "".join(f'<row r="{number}"><c r="A{number}" s="1"/></row>' for number in range(3, 200_003))
    report = office.judge(office.package(xml_row(1, good[0]) + xml_row(2, good[1]) + empty))
    assert (report.refused, report.rows[1]) == ("", 1)


@pytest.mark.parametrize("before", ['<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "<!DOCTYPE a>"])
def test_f10_a_document_type_is_refused_and_nothing_outside_is_read(office, good, xml_row, before):
    report = office.judge(office.package(xml_row(1, good[0]) + xml_row(2, ["&x;", "", "", ""]), before))
    assert report.refused in ("unsafe", "damaged")
    assert "root:" not in str(report.findings)


def test_f11_error_cells_are_named_and_never_blank(office, good, xml_row):
    row = (
        '<row r="2"><c r="A2" t="inlineStr"><is><t>N-1</t></is></c><c r="B2" t="inlineStr"><is><t>Et</t></is>'
        '</c><c r="C2" t="e"><f>X!A1</f><v>#REF!</v></c><c r="D2" t="e"><v>#N/A</v></c></row>'
    )
    report = office.judge(office.package(xml_row(1, good[0]) + row))
    assert found(report, "error_cell") == [(2, "C2", "#REF!"), (2, "D2", "#N/A")]
    assert report.rows == (1, 0, 1, 0)


def test_f12_each_wrong_date_of_a_column_is_named_and_the_right_ones_are_kept(office, good):
    dates = ["01-02-2024", "45323", "31-02-2024", "i morgen", "2024-02-01", "1. feb. 2024"]
    rows = [good[0], *[[f"N-{n}", "T", "Læringsnetværk", day] for n, day in enumerate(dates)]]
    report = office.judge(office.csv(rows))
    assert found(report, "type") == [
        (3, "D3", "45323"),
        (4, "D4", "31-02-2024"),
        (5, "D5", "i morgen"),
    ]
    assert report.rows == (6, 3, 3, 0)


def test_f13_a_date_is_read_day_first(office, good):
    # The third of April: as the fourth of March the network would end before it began.
    rows = [[*good[0], "Afsluttet"], ["N-1", "T", "Læringsnetværk", "20-03-2025", "03/04/2025"]]
    assert office.judge(office.csv(rows)).rows == (1, 1, 0, 0)


def test_f14_a_number_is_read_by_the_danish_rule_or_named(office):
    headings = ["Løsnings-id", "Netværks-id", "Titel", "Idédato", "Kapitalbehov"]
    rows = [["L-1", "N-1", "T", "01-01-2025", "1.234,50"], ["L-2", "N-1", "T", "01-01-2025", "1234.5"]]
    report = office.judge(office.csv([headings, *rows], "Løsninger.csv"))
    assert found(report, "ambiguous_number") == [(3, "E3", "1234.5")]
    assert report.rows == (2, 1, 1, 0)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_f15_every_encoding_is_read_right_and_recorded(office, good, encoding):
    report = office.judge(office.csv(good, encoding=encoding))
    assert report.rows == (1, 1, 0, 0)
    assert report.encoding == encoding


def test_f15_an_encoding_that_cannot_be_told_is_refused(office):
    report = office.judge(office.bytes("Netværk.csv", b"Netv\x81rks-id;Titel;Type;Startdato\nN-1;\x8d;x;y\n"))
    assert (report.refused, "tegnsæt" in message(report, "unreadable")) == ("unreadable", True)


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b"])
def test_f16_a_control_character_is_named_by_row_and_column(office, good, character):
    report = office.judge(office.csv([good[0], ["N-1", f"E{character}t", *good[1][2:]]]))
    assert [cell for _, cell, _ in found(report, "control_character")] == ["B2"]
    assert report.rows == (1, 0, 1, 0)


def test_f17_one_enormous_line_is_refused_by_size_and_not_printed(office, good):
    report = office.judge(office.csv([good[0], ["N-1", "x" * 1_500_000, *good[1][2:]]]))
    assert report.refused == "too_large"
    assert all(
        len(finding.message_da) < 400 and "xxx" not in finding.message_da for finding in report.findings
    )


def test_f18_the_row_where_a_quote_opens_is_named(office, good):
    rows = [good[0], ["N-1", '"Et', *good[1][2:]], ["N-2", "To", *good[1][2:]], ["N-3", "Tre", *good[1][2:]]]
    report = office.judge(office.csv(rows))
    assert [row for row, _, _ in found(report, "unclosed_quote")] == [2]
    assert report.rows == (3, 2, 1, 0)


def test_f19_rows_with_too_many_or_too_few_fields_are_named(office, good):
    rows = [good[0], good[1][:2], ["N-2", *good[1][1:], "for", "meget"], ["N-3", *good[1][1:]]]
    report = office.judge(office.csv(rows))
    assert [row for row, _, _ in found(report, "ragged_row")] == [2, 3]
    assert report.rows == (3, 1, 2, 0)


def test_f20_headings_are_matched_by_name_or_named_with_what_they_are_near(office, good):
    renamed = ["STARTDATO (dag)", "netvaerks  id", "Type", "titel\nfor alle"]
    report = office.judge(office.csv([["Startdato", "netvaerks  ID", "TYPE", "Titel"], good[1][::-1][:0]]))
    assert report.refused == ""
    report = office.judge(office.book([renamed, ["01-02-2024", "N-1", "Læringsnetværk", "Et"]]))
    (fault,) = [f for f in report.findings if f.rule == "missing_column"]
    assert "»Titel«" in fault.message_da and "titel" in fault.message_da.casefold()
    twice = office.judge(office.csv([[*good[0], "Titel"], [*good[1], "To"]]))
    assert found(twice, "duplicate_heading") and twice.rows == (1, 0, 1, 0)


def test_f20_a_list_of_a_known_name_whose_headings_nobody_knows_is_refused_and_stops_no_other(office, good):
    foreign = office.csv([["Noget", "Helt", "Andet"], ["1", "2", "3"]], name="Samspil.csv")
    report = check_files((office.csv(good), foreign), write_copies=False)
    rows = {one.name: one.rows for one in report.files}
    assert rows == {"Netværk.csv": (1, 1, 0, 0), "Samspil.csv": (2, 0, 2, 0)}  # no row of it is a heading row
    rules = {finding.rule for one in report.files for finding in one.findings if finding.severity == "error"}
    assert rules == {"missing_column"}


def test_f21_hidden_merged_total_and_note_rows_have_each_their_rule(office, good):
    rows = [*good, ["N-2", "To", *good[1][2:]], ["I alt", None, None, None], ["Husk bilag til møde", None]]

    def change(workbook):
        sheet = workbook.active
        sheet.row_dimensions[3].hidden = True
        sheet.merge_cells("B2:B3")

    report = office.judge(office.book(rows, change=change))
    rules = {finding.rule for finding in report.findings}
    assert {"hidden", "merged_cell", "total_row", "note_row"} <= rules
    assert report.rows == (4, 1, 1, 2)


def test_f22_one_name_in_many_forms_is_one_key_and_lookalikes_are_flagged(office, good):
    ids = ["N-1", "n\u20111", " N\u00ad-1", "N-1\u200b"]
    report = office.judge(office.csv([good[0], *[[one, *good[1][1:]] for one in ids]]))
    assert [row for row, _, _ in found(report, "duplicate_key")] == [3, 4, 5]
    cyrillic = office.judge(office.csv([good[0], ["\u041d-1", *good[1][1:]]]))
    assert found(cyrillic, "lookalike_letters") and cyrillic.rows == (1, 1, 0, 0)


@pytest.mark.parametrize("text", ["'; drop table raw.delivery; --", '=cmd|"/c calc"!A1', '"; select 1; --'])
def test_f23_sql_and_formulas_in_names_are_inert(office, good, text):
    name = re.sub(r'[/|"]', "_", f"{text}.xlsx")
    sheet = re.sub(r"[\[\]:*?/\\]", "_", text)[:31]

    def as_text(workbook):
        for row in workbook.active:
            for cell in row:
                cell.data_type = "s"  # a formula that someone typed as text, not one to calculate

    rows = [[*good[0], text], [text, text, *good[1][2:], text]]
    path = office.book(rows, name, sheet=sheet, change=as_text)
    report = office.judge(path)
    assert report.refused == ""
    assert [count.sheet for count in report.sheets] == [sheet]
    assert report.rows == (1, 1, 0, 0)


def test_a_reading_that_takes_too_long_is_ended_and_the_next_file_is_read(office, good):
    slow, sound = office.book(good * 2, "langsom.xlsx"), office.book(good)
    started = time.monotonic()
    report = office.judge(slow, limits=Limits(seconds=0))
    assert report.refused == "unreadable"
    assert time.monotonic() - started < 60
    assert office.judge(sound).rows == (1, 1, 0, 0)


def test_lying_about_a_parts_size_is_found(office, good, xml_row):
    path = office.package(xml_row(1, good[0]) + " " * 300_000)
    data = path.read_bytes()
    size = max(
        struct.unpack("<L", data[at + 24 : at + 28])[0]
        for at in [match.start() for match in re.finditer(b"PK\x01\x02", data)]
    )
    path.write_bytes(data.replace(struct.pack("<L", size), struct.pack("<L", 400)))
    assert office.judge(path).refused in ("unsafe", "damaged")
