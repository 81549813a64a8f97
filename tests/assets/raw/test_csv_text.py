"""CSV files as offices export them, and as they arrive when something went wrong."""

import pytest

from assets.raw.csv_text import csv_records, decode, read_csv
from assets.raw.faults import RefusedError
from assets.raw.limits import Limits

TEXT = "Netværks-id;Titel\r\nN-1;Æbler\r\n"


def records(text):
    return csv_records(text, Limits())[2]


@pytest.mark.parametrize(  # F15
    ("content", "encoding"),
    [
        (TEXT.encode("utf-8"), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8-sig"),
        (TEXT.encode("cp1252"), "cp1252"),
        (TEXT.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_every_encoding_is_read_right_and_named(content, encoding):
    assert decode(content) == (TEXT, encoding)


def test_bytes_that_fit_no_encoding_are_refused():
    with pytest.raises(RefusedError) as caught:
        decode(b"Titel\r\nl\x8fs \x81\xe6\r\n")
    assert (caught.value.rule, caught.value.detail) == ("unreadable", {"reason": "encoding"})


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
def test_the_delimiter_is_found(delimiter, line_end):
    text = line_end.join(delimiter.join(row) for row in (["a", "b", "c"], ["1", "2", "3"]))
    assert records(text) == [["a", "b", "c"], ["1", "2", "3"]]


def test_decimal_commas_do_not_make_the_comma_a_delimiter():
    assert records("id;beløb;pris\n1;1,5;2,25\n2;3,5;4,75\n") == [
        ["id", "beløb", "pris"],
        ["1", "1,5", "2,25"],
        ["2", "3,5", "4,75"],
    ]


def test_a_first_line_that_names_the_separator_is_no_row():
    line, delimiter, rows, _ = csv_records("sep=,\r\na,b\r\n1,2\r\n", Limits())
    assert (line, delimiter, rows) == ("sep=,\r\n", ",", [["a", "b"], ["1", "2"]])


def test_a_record_over_several_lines_is_one_row(csv_file):
    path = csv_file('id;note\n1;"to\nlinjer"\n2;en\n')
    frame = read_csv(path, "Netværk", Limits()).sheets[0].frame
    assert frame["row_number"].to_list() == [1, 2, 3]
    assert frame["B"].to_list() == ["note", "to\nlinjer", "en"]


def test_a_quote_never_closed_is_named_and_swallows_no_row():  # F18
    text = 'id;titel;type\n1;"Et;x\n2;To;y\n3;Tre;z\n'
    _, _, rows, unclosed = csv_records(text, Limits())
    assert unclosed == [2]
    assert rows == [["id", "titel", "type"], ["1", '"Et', "x"], ["2", "To", "y"], ["3", "Tre", "z"]]


def test_a_quote_closed_by_a_later_rows_quote_is_named_where_it_opens():  # F18
    text = 'id;titel;type\n1;"Et;x\n2;5" rør";y\n3;"Tre";z\n'
    _, _, rows, unclosed = csv_records(text, Limits())
    assert unclosed == [2]
    assert rows[2:] == [["2", '5" rør"', "y"], ["3", "Tre", "z"]]


def test_one_enormous_line_is_refused_by_its_length():  # F17
    with pytest.raises(RefusedError) as caught:
        csv_records("id\n" + "x" * 2_000_000, Limits())
    assert caught.value.rule == "too_large"
    assert caught.value.detail == {"reason": "line", "found": 2_000_000, "limit": 1_000_000}
    assert "x" * 10 not in str(caught.value)


def test_too_many_rows_and_too_many_columns_are_refused():
    with pytest.raises(RefusedError, match="too_large"):
        csv_records("a\n" * 200, Limits(rows=100))
    with pytest.raises(RefusedError, match="too_large"):
        csv_records(";".join("abcd") + "\n", Limits(columns=3))


def test_a_registration_number_leaves_its_cell_empty(csv_file):
    sheet = read_csv(csv_file("id;note\n1;se 010190-1234\n"), "Netværk", Limits()).sheets[0]
    assert sheet.cpr == [(2, "B")]
    assert sheet.frame["B"].to_list() == ["note", None]
