"""A correction overrides the cell as written, by the rules of any cell, and the sender's row stays."""

import shutil
from datetime import date

import pytest

from assets.accepted.build import build_accepted
from assets.contract import KIND_BY_NAME
from assets.home import Home
from assets.people.correction import (
    CorrectionError,
    kind_named,
    lift_correction,
    record_correction,
    record_words,
)
from assets.people.erase import erase
from assets.people.person import Person, find_person
from assets.people.places import places_of
from assets.people.rewording import lift, reword
from assets.publication.verify import verify
from assets.warehouse import open_warehouse
from assets.writer import hold_writer
from tests.assets.people.conftest import ORGANISATION, PEOPLE, PLANTED, run_by_chain, write_sheets


def correct(connection, column, value, valid_from=None):
    return record_correction(
        connection,
        organisation="ABY",
        person_id="p-14",
        column=column,
        value=value,
        reason="Anmodning",
        who="test",
        valid_from=valid_from,
    )


def unit_of(connection):
    build_accepted(connection)
    rows = connection.execute("select unit, level from accepted.people where person_id = 'P-14'").fetchall()
    return rows[0]


def test_a_corrected_cell_holds_until_it_is_lifted_and_the_row_as_written_stays(home):
    with open_warehouse(home.warehouse_file) as connection:
        written = connection.execute("select cells from raw.source_row order by all").fetchall()
        assert unit_of(connection) == ("Kultur", 4)
        number = correct(connection, "Enhed", "Fritid", date(2020, 1, 1))
        correct(connection, "level", "3", date(2021, 1, 1))
        assert unit_of(connection) == ("Fritid", 4)
        assert connection.execute("select cells from raw.source_row order by all").fetchall() == written
        lift_correction(connection, number)
        assert unit_of(connection) == ("Kultur", 4)


def test_what_cannot_be_corrected_is_refused(home):
    with open_warehouse(home.warehouse_file) as connection:
        for column, value in (("person_id", "P-99"), ("Findes ikke", "x"), ("unit", " ")):
            with pytest.raises(CorrectionError):
                correct(connection, column, value)
        with pytest.raises(CorrectionError):
            lift_correction(connection, 1)


def test_a_cell_of_any_record_is_corrected_by_its_key_and_the_correction_is_lifted(home):
    def said(connection):
        build_accepted(connection)
        return connection.execute(
            "select kind, by_id from accepted.touchpoints where touchpoint_id = 'S-20'"
        ).fetchall()

    given = {"organisation": ORGANISATION, "person_id": "P-14", "reason": "", "who": "test"}
    sheet = kind_named("samspil")
    assert sheet is KIND_BY_NAME["touchpoints"]
    with open_warehouse(home.warehouse_file) as connection:
        assert said(connection) == [("coordination", "P-14")]
        first = record_correction(connection, **given, column="Art", value="Sparring", kind=sheet, key="s-20")
        record_correction(connection, **given, column="by_id", value="P-13", kind=sheet, key="S-20")
        assert said(connection) == [("sparring", "P-13")]
        lift_correction(connection, first)
        assert said(connection) == [("coordination", "P-13")]
        for column, key in (("touchpoint_id", "S-20"), ("Art", "S-99"), ("Art", "")):
            with pytest.raises(CorrectionError):
                record_correction(connection, **given, column=column, value="x", kind=sheet, key=key)
    with pytest.raises(CorrectionError, match="Samspil"):
        kind_named("Puls")


NEW = "Vibeke Aagaard"


@pytest.fixture(scope="module")
def renamed(run_home, tmp_path_factory):
    """A home in which the planted person has another name, everywhere."""
    home = Home(tmp_path_factory.mktemp("renamed") / "home")
    shutil.copytree(run_home.root, home.root)
    with hold_writer(home, "test"):
        with open_warehouse(home.warehouse_file) as connection:
            person = find_person(connection, ORGANISATION, PLANTED[0])
        _, done = reword(home, person, [PLANTED[1]], NEW, reason="", who="test")
    return home, done


def test_a_new_name_stands_in_every_layer_also_archive_publications_and_free_text(renamed, run_home):  # F52
    home, done = renamed
    old, new = Person(ORGANISATION, (), (PLANTED[1],)), Person(ORGANISATION, (), (NEW,))
    # The correction itself says which word it is about.
    still = [place for place in places_of(home, old) if "raw.correction" not in place.where]
    assert {place.layer for place in still} == {"inbox"}
    # A marked copy is taken away; the next run writes it anew.
    stood = {place.layer for place in places_of(run_home, old)} - {"inbox", "marked"}
    assert stood <= {place.layer for place in places_of(home, new)}
    with open_warehouse(home.warehouse_file) as connection:
        notes = connection.execute("select note from accepted.touchpoints where note is not null").fetchall()
        judged = connection.execute(
            "select count(*) from results.indicator_result where reason = 'erased'"
        ).fetchall()
    assert sorted(notes) == [(f"Aftalt med {NEW}",), (f"Opfølgning efter {NEW}",)]
    assert judged == [(0,)]
    report = verify(home.root)
    assert (report.first, report.answer[1]) == (None, f"redacted by entry {done.entry}, otherwise intact")


def test_an_old_file_dropped_again_is_read_with_the_new_name(renamed, tmp_path):  # F52
    home = Home(tmp_path / "home")
    shutil.copytree(renamed[0].root, home.root)
    write_sheets(home.inbox / ORGANISATION / "Gammel.xlsx", people=[PEOPLE[0] | {"person_id": "P-77"}])
    run_by_chain(home)
    with open_warehouse(home.warehouse_file) as connection:
        names = connection.execute(
            "select distinct name from accepted.people where person_id in (?, 'P-77')", [PLANTED[0]]
        ).fetchall()
    assert names == [(NEW,)]
    assert verify(home.root).ok


def test_an_erasure_after_a_correction_knows_both_names(renamed, tmp_path):
    home = Home(tmp_path / "home")
    shutil.copytree(renamed[0].root, home.root)
    erase(home, ORGANISATION, PLANTED[0])
    both = Person(ORGANISATION, (), (PLANTED[1], NEW))
    assert {place.layer for place in places_of(home, both)} == {"inbox"}


def test_a_name_lifted_stands_again_everywhere_and_both_entries_are_said(renamed, run_home, tmp_path):
    home = Home(tmp_path / "home")
    shutil.copytree(renamed[0].root, home.root)
    with open_warehouse(home.warehouse_file) as connection:
        cell = record_correction(
            connection,
            organisation=ORGANISATION,
            person_id=PLANTED[0],
            column="Navn",
            value=NEW,
            reason="",
            who="test",
        )
    numbers, done = lift(home, cell)
    assert numbers == (1, cell)
    old, new = Person(ORGANISATION, (), (PLANTED[1],)), Person(ORGANISATION, (), (NEW,))
    assert {place.where for place in places_of(home, new)} == {
        "warehouse/netvaerdi.duckdb: raw.correction.value"
    }
    stood = {place.layer for place in places_of(run_home, old)} - {"marked"}
    assert {place.layer for place in places_of(home, old)} == stood
    assert verify(home.root).answer[1] == (
        f"redacted by entry {renamed[1].entry}, {done.entry}, otherwise intact"
    )
    write_sheets(home.inbox / ORGANISATION / "Gammel.xlsx", people=[PEOPLE[0] | {"person_id": "P-77"}])
    run_by_chain(home)
    with open_warehouse(home.warehouse_file) as connection:
        names = connection.execute("select distinct name from accepted.people where person_id = 'P-77'")
        assert names.fetchall() == [(PLANTED[1],)]


def test_which_of_several_old_words_comes_back_is_asked_and_a_later_correction_is_lifted_first(home):
    given = {"organisation": ORGANISATION, "person_id": "P-13", "reason": "", "who": "test"}
    with open_warehouse(home.warehouse_file) as connection:
        first = record_words(connection, **given, words=["Vibeke Plantet", "Vibse Plantet"], value=NEW)
    with pytest.raises(CorrectionError, match="back-to"):
        lift(home, first)
    with open_warehouse(home.warehouse_file) as connection:
        second = record_words(connection, **given, words=[NEW], value="Vibeke Bro")
    with pytest.raises(CorrectionError, match=f"{second}"):
        lift(home, first, back_to="Vibse Plantet")
    assert lift(home, second)[0] == (second,)
    assert lift(home, first, back_to="vibse  plantet")[0] == (first,)


def test_a_word_that_is_hardly_one_or_could_break_a_text_is_refused(home):
    person = Person(ORGANISATION, ("P-13",), ())
    for words, value in (([], "Ny"), (["VØ"], "Ny"), (["Vibeke Ørsted"], 'N"y'), (["Vibeke Ørsted"], " ")):
        with pytest.raises(CorrectionError):
            reword(home, person, words, value, reason="", who="test")
    with open_warehouse(home.warehouse_file) as connection, pytest.raises(CorrectionError):
        record_words(
            connection,
            organisation=ORGANISATION,
            person_id="P-13",
            words=["A"],
            value="<b>",
            reason="",
            who="",
        )
