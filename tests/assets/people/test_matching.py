"""Knowing a person in a text: whole words, any spelling of spaces, hyphens and case, never a bare number."""

import zipfile

import pytest

from assets.people.keys import Keys
from assets.people.matching import matcher_of, matcher_of_tombstones, tombstones_of
from assets.people.redact_files import holds
from assets.people.rows import redact_cells

KEYS = Keys("11" * 32, "22" * 32, 1, "")
WORDS = ("P-13", "Vibeke Ørsted Plantet", "7")


@pytest.fixture(params=["words", "tombstones"])
def matcher(request):
    if request.param == "words":
        return matcher_of(WORDS)
    return matcher_of_tombstones(KEYS, "ABY", tombstones_of(KEYS, "ABY", WORDS))


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("Aftalt med Vibeke Ørsted Plantet i maj", "Aftalt med (slettet) i maj"),
        ("VIBEKE  ØRSTED\nPLANTET's ide", "(slettet) ide"),
        ("Vibeke Ørsted Plantets idé", "(slettet) idé"),
        ("Vibeke\u00a0Ørs\u00adted Plantet", "(slettet)"),
        ("se p\u201113, tak", "se (slettet), tak"),
        ("Vibeke Ørsted", "Vibeke Ørsted"),
        ("P-130 og XP-13", "P-130 og XP-13"),
        ("7 møder", "7 møder"),
    ],
)
def test_a_person_is_known_by_whole_words_in_any_spelling(matcher, text, without):
    assert matcher.without(text) == without


def test_a_bare_number_is_a_person_only_in_a_column_of_people(matcher):
    assert matcher.is_person(" 7 ")
    assert matcher.in_key("N-01/7/2025-01-01")
    columns = {"A": "network_id", "B": "person_id", "C": "role"}
    row = redact_cells("roles", columns, {"A": "7", "B": "P-14", "C": "Deltager"}, matcher)
    assert row is None
    row = redact_cells("roles", columns, {"A": "N-01", "B": "7", "C": "Deltager"}, matcher)
    assert row is not None
    assert row.emptied
    assert row.cells == {}


def test_a_reference_is_emptied_and_the_row_stays(matcher):
    columns = {"A": "person_id", "B": "name", "C": "superior_id"}
    row = redact_cells("people", columns, {"A": "P-14", "B": "Bo", "C": "p-13"}, matcher)
    assert row is not None
    assert row.cells == {"A": "P-14", "B": "Bo"}
    assert not row.emptied


def test_a_dispute_about_a_record_of_the_person_goes(matcher):
    columns = {"A": "dispute_id", "B": "record_key"}
    row = redact_cells("disputes", columns, {"A": "D-1", "B": "N-01/P-13/2025-01-01"}, matcher)
    assert row is not None
    assert row.emptied


def test_a_tombstone_says_nothing_without_its_key():
    remembered = tombstones_of(KEYS, "ABY", WORDS)
    other = Keys("11" * 32, "33" * 32, 1, "")
    assert all(word not in str(remembered) for word in WORDS[:2])
    stranger = matcher_of_tombstones(other, "ABY", remembered)
    assert stranger is not None
    assert not stranger.is_person("P-13")
    assert matcher_of_tombstones(KEYS, "BEBY", remembered) is None


def test_the_cell_a_mapping_was_made_of_is_emptied_with_what_it_made():
    sevens = matcher_of(["7"])
    row = redact_cells(
        "applications",
        {"A": "application_id", "f_1": "responsible_id"},
        {"A": "A-1", "F": "nr. 7", "f_1": "7", "G": "7"},
        sevens,
    )
    assert row is not None
    assert row.cells == {"A": "A-1", "G": "7"}  # a bare number is nobody in a column of its own
    assert set(row.letters) == {"F", "f_1"}


def test_a_name_that_a_workbook_spells_by_numbers_is_known(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("xl/sharedStrings.xml", "<sst><si><t>Vibeke &#216;rsted Plantet</t></si></sst>")
    assert holds(path, matcher_of(["Vibeke Ørsted Plantet"]))
    assert not holds(path, matcher_of(["Asta Ørsted Plantet"]))
