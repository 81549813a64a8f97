"""The copy kept of a file with civil registration numbers has none of them, and everything else."""

import zipfile
from datetime import date

import openpyxl
import pytest
from openpyxl.comments import Comment

from assets.raw.blanking import blanked_suffix, may_hold_cpr

NUMBER = "010190-1234"
HEADINGS = ["Netværks-id", "Titel", "Type", "Startdato"]


def texts_of(path):
    with zipfile.ZipFile(path) as container:
        return "".join(container.read(name).decode("utf-8") for name in container.namelist())


def test_a_workbooks_cells_comments_and_properties_lose_the_number_and_nothing_else(tmp_path, reader):
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "Netværk"
    for row in (
        HEADINGS,
        ["N-1", f"om {NUMBER}", "innovation", date(2025, 1, 2)],
        ["N-2", "To", "læring", 7],
    ):
        sheet.append(row)
    sheet["A2"].comment = Comment(f"se {NUMBER}", "sekretariatet")
    sheet["E3"] = "=1+1"
    sheet.oddHeader.center.text = f"Om {NUMBER}"
    workbook.properties.subject = NUMBER
    workbook.save(tmp_path / "a.xlsx")
    reader.write_blanked(tmp_path / "a.xlsx", "a.xlsx", tmp_path / "b.xlsx")
    assert "1234" not in texts_of(tmp_path / "b.xlsx")
    copy = openpyxl.load_workbook(tmp_path / "b.xlsx").active
    assert [cell.value for cell in copy[2]][:4] == ["N-1", None, "innovation", copy["D2"].value]
    assert copy["D2"].value.date() == date(2025, 1, 2)
    assert copy["E3"].value == "=1+1"


def test_inline_and_formula_texts_lose_the_number(tmp_path, reader, make):
    rows = make.row(1, ["a", NUMBER]) + (
        '<row r="2"><c r="A2" t="str"><f>"0101"&amp;"901234"</f><v>0101901234</v></c>'
        '<c r="B2"><v>1010901234</v></c>'
        '<c r="C2" t="inlineStr"><is><r><t>0101</t></r><r><t>90-1234</t></r></is></c></row>'
    )
    path = make.zip(tmp_path / "a.xlsx", make.parts(make.xml(rows)))
    reader.write_blanked(path, "a.xlsx", tmp_path / "b.xlsx")
    sheet = reader.read(tmp_path / "b.xlsx", "b.xlsx").sheets[0]
    assert sheet.frame.rows() == [(1, "a", None), (2, None, "1010901234")]
    assert "90-1234" not in texts_of(tmp_path / "b.xlsx")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_csv_keeps_its_encoding_delimiter_and_separator_line(tmp_path, reader, encoding):
    path = tmp_path / "a.csv"
    path.write_bytes(f'sep=,\r\nÆ,note\r\n"1,5","se\n{NUMBER}"\r\n2,to\r\n'.encode(encoding))
    reader.write_blanked(path, "a.csv", tmp_path / "b.csv")
    assert (tmp_path / "b.csv").read_bytes().decode(encoding) == 'sep=,\r\nÆ,note\r\n"1,5",\r\n2,to\r\n'


def test_other_formats_become_a_workbook_of_the_same_cells(tmp_path, reader, make):
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    row = f"<table:table-row>{cell.format('N-1')}{cell.format(NUMBER)}</table:table-row>"
    path = make.ods(tmp_path / "a.ods", row)
    assert blanked_suffix("a.ods") == ".xlsx"
    reader.write_blanked(path, "a.ods", tmp_path / "b.xlsx")
    assert reader.read(tmp_path / "b.xlsx", "b.xlsx").sheets[0].frame.rows() == [(1, "N-1")]


@pytest.mark.parametrize(
    ("content", "shows"),
    [
        (f"a;b\n1;{NUMBER}\n".encode(), True),
        (f"a;b\n1;{NUMBER}\n".encode("utf-16-le"), True),
        (b"a;b\n1;0101901234\n", True),
        (b"a;b\n1;992590-1234\n", False),
        (b"", False),
    ],
)
def test_a_file_that_cannot_be_read_is_looked_through_all_the_same(tmp_path, content, shows):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    assert may_hold_cpr(path) is shows


def test_a_refused_workbook_is_looked_through_unpacked(tmp_path, make):
    path = make.zip(tmp_path / "a.xlsx", make.parts(make.xml(make.row(1, [NUMBER]))))
    assert may_hold_cpr(path)
