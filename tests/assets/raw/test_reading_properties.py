"""Whatever is sent, a reading ends, says why, and accounts for every row."""

import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assets.raw.addresses import column_index, column_letter, ranges_of, split_address
from assets.raw.cells import read_number
from assets.raw.csv_text import csv_records
from assets.raw.deliveries import shrinks
from assets.raw.limits import Limits
from assets.raw.reading import read_file
from assets.raw.workbook_text import column_text, number_text, other_text

HEADINGS = ["Netværks-id", "Titel", "Type", "Startdato"]
OURS = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
CELLS = st.one_of(
    st.none(),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn")), max_size=12).filter(
        lambda text: not text.startswith("=")
    ),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.integers(-(10**9), 10**9),
    st.booleans(),
    st.dates(date(1900, 3, 1), date(2199, 12, 31)),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("filer")


@OURS
@given(rows=st.lists(st.lists(CELLS, min_size=4, max_size=6), max_size=8))
def test_every_row_between_the_headings_and_the_last_cell_is_read_once(folder, reader, rows):
    workbook = openpyxl.Workbook()
    workbook.active.title = "Netværk"
    for row in [HEADINGS, *rows]:
        workbook.active.append(row)
    workbook.save(folder / "a.xlsx")
    sheet = read_file(folder / "a.xlsx", reader=reader).sheets[0]
    numbers = sheet.rows["row_number"].to_list()
    assert numbers == list(range(2, 2 + len(numbers)))
    assert sheet.rows_read == sheet.records + sheet.rows_skipped
    for number, row in enumerate(rows, start=2):
        if any(cell not in (None, "") for cell in row):
            assert number in numbers


@OURS
@given(
    damage=st.tuples(
        st.floats(0, 1, exclude_max=True), st.integers(1, 255), st.integers(0, 20), st.booleans()
    )
)
def test_a_damaged_workbook_is_read_whole_or_refused(folder, reader, make, damage):
    place, bits, part, cut = damage
    path = make.book(folder / "b.xlsx", {"Netværk": [HEADINGS, ["N-1", "Et", "innovation", 45000]]})
    whole = read_file(path, reader=reader)
    with zipfile.ZipFile(path) as container:
        contents = {name: container.read(name) for name in container.namelist()}
    data = bytearray(path.read_bytes())
    if part < len(contents):  # a part is other than it was, though its checksum fits
        name = sorted(contents)[part]
        content = bytearray(contents[name])
        content[int(place * len(content))] ^= bits
        contents[name] = bytes(content)
        make.zip(path, contents)
    elif cut:
        path.write_bytes(data[: int(place * len(data))])
    else:
        data[int(place * len(data))] ^= bits
        path.write_bytes(data)
    reading = read_file(path, reader=reader)
    if part >= len(contents) and not reading.refused:
        assert [sheet.rows.rows() for sheet in reading.sheets] == [
            sheet.rows.rows() for sheet in whole.sheets
        ]
    assert bool(reading.refused) != bool(reading.sheets) or reading.refused == "no_known_sheet"


@OURS
@given(content=st.binary(max_size=400))
def test_any_bytes_called_csv_are_read_or_refused(folder, reader, content):
    path = folder / "Netværk.csv"
    path.write_bytes(content)
    reading = read_file(path, reader=reader)
    assert reading.refused or reading.sheets
    assert all(fault.rule for fault in reading.faults)


FIELDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=8)


@given(records=st.lists(st.lists(FIELDS, min_size=3, max_size=3), min_size=1, max_size=6))
def test_records_written_as_csv_come_back(records):
    records = [["a", "b", "c"], *records, ["x", "y", "z"]]
    text = "sep=;\r\n" + "".join(
        ";".join('"' + field.replace('"', '""') + '"' for field in record) + "\r\n" for record in records
    )
    _, _, found, unclosed = csv_records(text, Limits())
    assert (found, unclosed) == (records, [])


@given(st.decimals(-(10**12), 10**12, places=2))
def test_a_numbers_text_reads_back_as_the_number(amount):
    assert read_number(number_text(float(amount))) == amount


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=5))
def test_a_column_of_numbers_is_written_like_each_of_them(values):
    assert column_text(values)[1].to_list() == [number_text(value) for value in values]


@given(st.datetimes(datetime(1900, 3, 1), datetime(2199, 12, 30)))
def test_a_moments_text_is_within_half_a_second_of_it(moment):
    text = other_text(moment)
    read = datetime.fromisoformat(text)
    assert abs(read - moment) <= timedelta(microseconds=500_000)
    assert len(text) == (10 if read.time() == datetime.min.time() else 19)


@given(st.integers(0, 16_383), st.integers(1, 1_048_576))
def test_an_address_reads_back(column, row):
    assert column_index(column_letter(column)) == column
    assert split_address(f"{column_letter(column)}{row}") == (row, column)


@given(st.sets(st.integers(1, 30)))
def test_ranges_name_every_number(numbers):
    named = set()
    for part in ranges_of(sorted(numbers)).split(", ") if numbers else []:
        first, _, last = part.partition("-")
        named |= set(range(int(first), int(last or first) + 1))
    assert named == numbers


COUNTS = st.dictionaries(
    st.tuples(st.sampled_from("ab"), st.sampled_from("xyz")),
    st.dictionaries(st.sampled_from(["people", "roles"]), st.integers(0, 50)),
)


@given(before=COUNTS, after=COUNTS)
def test_what_is_not_held_takes_no_more_than_a_fifth(before, after):
    held = shrinks(before, after)
    for organisation in "ab":
        for kind in ("people", "roles"):

            def rows(state, organisation=organisation, kind=kind):
                return sum(kinds.get(kind, 0) for key, kinds in state.items() if key[0] == organisation)

            then = before | {key: kinds for key, kinds in after.items() if key not in held}
            assert rows(then) >= 0.8 * rows(before)
