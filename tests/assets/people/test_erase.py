"""F52: a person is found, and erased everywhere, and an old file does not bring them back."""

import shutil

import pytest

from assets.home import Home, load_settings
from assets.people import erase as erase_module
from assets.people.at_intake import erased_in
from assets.people.erase import erase
from assets.people.keys import KeyFileError
from assets.people.person import Person, UnknownPerson, find_person
from assets.people.places import places_of
from assets.people.redact_database import Touched
from assets.people.redact_files import holds
from assets.publication.verify import verify
from assets.warehouse import open_warehouse
from tests.assets.people.conftest import ORGANISATION, PEOPLE, PLANTED, ROLES, run, write_sheets

PERSON = Person(ORGANISATION, (PLANTED[0],), (PLANTED[1],))


@pytest.fixture(scope="module")
def erased(run_home, tmp_path_factory):
    """The home after the erasure, and the erasure."""
    folder = tmp_path_factory.mktemp("erased")
    home = Home(folder / "home")
    shutil.copytree(run_home.root, home.root)
    (folder / "lake" / "core" / "units" / "run=1").mkdir(parents=True)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("NETVAERDI_LAKE", str(folder / "lake"))
        return home, erase(home, ORGANISATION, PLANTED[0])


def layers(home):
    return {place.layer for place in places_of(home, PERSON)}


def test_f52_a_planted_person_is_found_in_every_layer_by_id_or_name(run_home):
    assert {"warehouse", "publication", "history", "archive", "inbox"} <= layers(run_home)
    with open_warehouse(run_home.warehouse_file) as connection:
        assert find_person(connection, ORGANISATION, "vibeke ørsted  plantet") == PERSON


def test_f52_an_erased_person_is_nowhere_and_verify_says_which_entry(erased):
    home, erasure = erased
    assert layers(home) == {"inbox"}
    assert set(erasure.redaction.publications) == {1}
    assert "main.people" in erasure.redaction.tables[1]
    assert len(erasure.inbox) == 3
    assert erasure.lake == 1
    assert list((home.root.parent / "lake").rglob("run=*")) == []
    report = verify(home.root)
    assert report.ok
    assert report.answer[0] == f"redigeret ved post {erasure.entry}, ellers intakt"


def test_f52_the_old_file_dropped_again_brings_nobody_back(erased, tmp_path):
    home = Home(tmp_path / "home")
    shutil.copytree(erased[0].root, home.root)
    write_sheets(home.inbox / ORGANISATION / "Gammel.xlsx", people=PEOPLE[:1], roles=ROLES[:1])
    assert run(home) == 0
    assert layers(home) == {"inbox"}
    assert verify(home.root).ok
    with open_warehouse(home.warehouse_file) as connection:
        told = connection.execute(
            "select value, message_da from accepted.finding where rule = 'erased'"
        ).fetchall()
        counts = connection.execute(
            "select bool_and(rows_read = rows_accepted + rows_rejected + rows_skipped) from raw.delivery"
        ).fetchall()
        ledger = connection.execute(
            """
            select
                indicator_id, dimension, old, new, erased_part,
                coalesce(
                    code_part, definition_part, target_part, late_part, corrected_part,
                    withdrawn_part, dispute_part
                )
            from audit.restatement
            where table_name = 'organisation_result' and period = '2026Q3' and measure = 'value'
                and indicator_id = 'records' order by dimension
            """
        ).fetchall()
    assert verify(home.root).answer[1] == f"redacted by entry {erased[1].entry}, otherwise intact"
    # Of three people and three roles one is erased; of seven touchpoints the six that were by them.
    assert ledger == [
        ("records", "people", "3.0", "2.0", -1.0, None),
        ("records", "roles", "3.0", "2.0", -1.0, None),
        ("records", "touchpoints", "7.0", "1.0", -6.0, None),
    ]
    assert len(told) == 2
    assert not any(word in str(one) for one in told for word in PLANTED)
    assert counts == [(True,)]


def test_others_are_left_alone(erased):
    home, _ = erased
    with open_warehouse(home.warehouse_file) as connection:
        people = connection.execute(
            "select person_id, superior_id from accepted.people order by 1"
        ).fetchall()
        notes = connection.execute("select note from accepted.touchpoints").fetchall()
    assert people == [("P-14", None), ("P-15", None)]
    assert notes == [("Opfølgning efter (slettet)",)]


def test_an_erasure_that_was_broken_off_is_completed_by_doing_it_again(home, monkeypatch):
    def killed(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(erase_module, "note_redaction", killed)
    with pytest.raises(KeyboardInterrupt):
        erase(home, ORGANISATION, PLANTED[0])
    assert not verify(home.root).ok
    monkeypatch.undo()
    erase(home, ORGANISATION, PLANTED[0], also=(PLANTED[1],))
    assert layers(home) == {"inbox"}
    assert verify(home.root).ok


def test_a_kept_file_whose_text_alone_names_the_person_is_copied_though_its_bytes_do_not_say_so(
    home, monkeypatch
):
    matcher = PERSON.matcher()
    monkeypatch.setattr(erase_module, "holds", lambda *_: False)  # as of a packed binary workbook
    with open_warehouse(home.warehouse_file) as connection:
        [(sequence,)] = connection.execute(
            "select sequence from raw.delivery where path like '%Netv_rk.xlsx'"
        ).fetchall()
        touched = Touched(cells={(sequence, "Netværk", 2, "D")})
        assert erase_module._archive(home, connection, ORGANISATION, matcher, touched) == {sequence}
        state = connection.execute("select archived from raw.delivery where sequence = ?", [sequence])
        assert state.fetchall() == [("blanked",)]
    named = [path.name for path in home.archive.rglob("*") if path.is_file() and holds(path, matcher)]
    assert len(named) == 2  # the two workbooks that this erasure was not told of


def test_a_publication_changed_after_its_redaction_is_not_intact(erased, tmp_path):
    home = Home(tmp_path / "home")
    shutil.copytree(erased[0].root, home.root)
    kept = next(home.published.glob("history/*/netvaerdi.duckdb"))
    with kept.open("ab") as file:
        file.write(b"\0")
    assert "efter redigeringen ved post" in verify(home.root).answer[0]


def test_without_the_key_nothing_is_taken_in_for_nobody_would_be_known_again(erased, monkeypatch, tmp_path):
    home, _ = erased
    assert erased_in(home, load_settings(home)) is not None
    monkeypatch.setenv("NETVAERDI_KEY_FILE", str(tmp_path / "another.key"))
    with pytest.raises(KeyFileError):
        erased_in(home, load_settings(home))


def test_somebody_nobody_knows_is_said_to_be_unknown(run_home):
    with pytest.raises(UnknownPerson):
        erase(run_home, ORGANISATION, "P-99")


def test_another_organisations_same_id_stays(erased):
    home, _ = erased
    remembered = erased_in(home, load_settings(home))
    assert remembered is not None
    assert remembered.of("BEBY") is None
    matcher = remembered.of(ORGANISATION)
    assert matcher is not None
    assert matcher.is_person("p-13")
    assert not matcher.is_person("P-14")
