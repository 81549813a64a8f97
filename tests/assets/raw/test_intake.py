"""Deliveries over time: what each path last said, and what is kept of everything else."""

import os
import shutil
from datetime import UTC, datetime, timedelta

import duckdb
import pytest

from assets.raw import deliveries, intake
from assets.raw.intake import take_in

HEAD = "Netværks-id;Titel;Type;Startdato\n"
START = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)


def networks(first, last, title="Et"):
    return HEAD + "".join(f"N-{number};{title};innovation;2025-01-02\n" for number in range(first, last + 1))


class Office:
    """An inbox, an archive and a warehouse; each run is an hour after the one before."""

    def __init__(self, folder):
        self.inbox, self.archive = folder / "inbox", folder / "archive"
        self.inbox.mkdir()
        self.connection = duckdb.connect()
        self.runs = 0

    def put(self, path, content):
        file = self.inbox / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        os.utime(file, (1_700_000_000, 1_700_000_000))
        return file

    def run(self, **more):
        self.runs += 1
        given = {"default_organisation": "kommunen", "declared": frozenset()} | more
        taken = take_in(
            self.connection,
            archive=self.archive,
            inbox=self.inbox,
            received_at=START + timedelta(hours=self.runs - 1),
            **given,
        )
        return {outcome.path: outcome.result for outcome in taken.outcomes}

    def ask(self, query):
        return self.connection.execute(query).fetchall()

    def deliveries(self):
        return self.ask("select sequence, path, state, superseded_by from raw.delivery order by sequence")

    def standing(self):
        return self.ask(
            "select r.cells ->> '$.A' as id, r.cells ->> '$.B' as title from raw.source_row as r "
            "join raw.delivery as d on r.delivery_sequence = d.sequence where d.state = 'current' "
            "order by r.delivery_sequence, r.row_number"
        )


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path)


def test_a_delivery_is_recorded_with_its_day_of_receipt_in_copenhagen(office):
    office.put("Netværk.csv", networks(1, 2).encode("cp1252"))
    assert office.run() == {"Netværk.csv": "current"}
    assert office.ask(
        "select sequence, organisation_id, path, received_date::varchar, state, format, encoding, archived, "
        "rows_read, rows_skipped, superseded_at from raw.delivery"
    ) == [(1, "kommunen", "Netværk.csv", "2026-03-02", "current", "csv", "cp1252", "whole", 2, 0, None)]
    assert office.ask("select kind, heading_row, refused from raw.sheet") == [("networks", 1, None)]
    assert office.standing() == [("N-1", "Et"), ("N-2", "Et")]


def test_order_within_a_run_is_by_path(office):
    for path in ("b/Netværk.csv", "a/Netværk.csv", "Netværk.csv"):
        office.put(path, networks(1, 1))
    office.run()
    assert [(row[0], row[1]) for row in office.deliveries()] == [
        (1, "Netværk.csv"),
        (2, "a/Netværk.csv"),
        (3, "b/Netværk.csv"),
    ]


def test_the_same_bytes_again_change_nothing(office):  # F38
    office.put("Netværk.csv", networks(1, 2))
    office.run()
    assert office.run() == {"Netværk.csv": "unchanged"}
    assert office.deliveries() == [(1, "Netværk.csv", "current", None)]


def test_a_corrected_file_stands_and_the_earlier_one_is_kept(office):  # F39
    office.put("Netværk.csv", networks(1, 2))
    office.run()
    office.put("Netværk.csv", networks(1, 2, "Rettet"))
    office.run()
    assert office.deliveries() == [(1, "Netværk.csv", "superseded", 2), (2, "Netværk.csv", "current", None)]
    assert office.standing() == [("N-1", "Rettet"), ("N-2", "Rettet")]
    assert office.ask("select count(*) from raw.source_row") == [(4,)]


def test_an_earlier_version_coming_back_is_a_new_delivery(office):  # F39
    for title in ("Et", "To", "Et"):
        office.put("Netværk.csv", networks(1, 2, title))
        office.run()
    assert [row[2] for row in office.deliveries()] == ["superseded", "superseded", "current"]
    assert office.standing() == [("N-1", "Et"), ("N-2", "Et")]


def test_a_copy_under_another_name_is_recorded_and_never_counted(office):  # F38
    office.put("Netværk.csv", networks(1, 2))
    office.run()
    office.put("Netværk (kopi).csv", networks(1, 2))
    assert office.run()["Netværk (kopi).csv"] == "duplicate"
    assert office.run()["Netværk (kopi).csv"] == "duplicate"
    assert len(office.standing()) == 2
    assert office.ask("select rule, severity, detail ->> '$.path' from raw.reading_fault") == [
        ("duplicate_delivery", "info", "Netværk.csv")
    ]


def test_a_copy_stays_a_copy_when_the_original_is_corrected(office):
    for path in ("Netværk.csv", "kopi af Netværk.csv"):
        office.put(path, networks(1, 2))
    office.run()
    office.put("Netværk.csv", networks(1, 2, "Rettet"))
    assert office.run()["kopi af Netværk.csv"] == "duplicate"
    assert office.standing() == [("N-1", "Rettet"), ("N-2", "Rettet")]


def test_a_path_that_took_over_anothers_rows_counts_them_when_the_other_says_something_else(office):  # F39
    office.put("a/Et.csv", networks(1, 5))
    office.put("a/To.csv", networks(6, 10))
    office.run()
    office.put("a/Et.csv", networks(6, 10))  # the two are exchanged
    office.put("a/To.csv", networks(1, 5))
    assert office.run(accept_shrink=True) == {"a/Et.csv": "duplicate", "a/To.csv": "duplicate"}
    assert len(office.standing()) == 10
    office.put("a/To.csv", networks(11, 15))
    assert office.run(accept_shrink=True) == {"a/Et.csv": "current", "a/To.csv": "current"}
    assert sorted(one for one, _ in office.standing()) == sorted(f"N-{n}" for n in range(6, 16))
    assert office.run() == {"a/Et.csv": "unchanged", "a/To.csv": "unchanged"}


@pytest.mark.parametrize("kept_as", ["a/Et gammel.csv", "a/Et_gammel.csv"])  # before and after Et.csv
def test_rows_kept_under_a_new_name_as_their_file_begins_anew_count_whatever_the_order(office, kept_as):
    office.put("a/Et.csv", networks(1, 5))
    office.run()
    office.put(kept_as, networks(1, 5))
    office.put("a/Et.csv", networks(6, 7))
    assert office.run() == {"a/Et.csv": "current", kept_as: "current"}
    assert len(office.standing()) == 7


def test_a_copy_of_what_still_stands_since_its_change_is_held_is_not_counted_twice(office):
    office.put("a/Et.csv", networks(1, 5))
    office.put("a/To.csv", networks(6, 10))
    office.run()
    office.put("a/Et.csv", networks(1, 1))  # takes more than a fifth, also with the copy beside it
    office.put("a/To.csv", networks(1, 5))
    office.run()
    assert sorted(one for one, _ in office.standing()) == sorted(f"N-{n}" for n in range(1, 11))
    office.run()
    assert len(office.standing()) == 10
    office.run(accept_shrink=True)
    office.run()
    assert sorted(one for one, _ in office.standing()) == ["N-1", "N-1", "N-2", "N-3", "N-4", "N-5"]


def test_a_copy_is_read_when_the_original_is_taken_away(office):
    for path in ("Netværk.csv", "kopi af Netværk.csv"):
        office.put(path, networks(1, 2))
    office.run()
    (office.inbox / "Netværk.csv").unlink()
    assert office.run() == {"Netværk.csv": "withdrawn", "kopi af Netværk.csv": "current"}
    assert len(office.standing()) == 2


def test_a_renamed_file_shrinks_nothing(office):
    office.put("Netværk.csv", networks(1, 5))
    office.run()
    (office.inbox / "Netværk.csv").rename(office.inbox / "A Netværk 2026.csv")
    assert office.run() == {"A Netværk 2026.csv": "current", "Netværk.csv": "withdrawn"}
    assert len(office.standing()) == 5


def test_the_same_bytes_in_two_organisations_are_two_deliveries(office):
    for path in ("a/Netværk.csv", "b/Netværk.csv"):
        office.put(path, networks(1, 2))
    assert set(office.run().values()) == {"current"}


def test_a_file_taken_away_is_held_until_confirmed(office):  # F39
    office.put("Netværk.csv", networks(1, 5))
    office.run()
    (office.inbox / "Netværk.csv").unlink()
    for _ in range(2):
        assert office.run() == {"Netværk.csv": "held"}
        assert len(office.standing()) == 5
        assert office.ask("select delivery_sequence, rule, detail from raw.reading_fault") == [
            (1, "shrink_held", '{"kinds": {"networks": [5, 0]}, "gone": true}')
        ]
    assert office.run(accept_shrink=True) == {"Netværk.csv": "withdrawn"}
    assert office.standing() == []
    assert office.deliveries() == [(1, "Netværk.csv", "withdrawn", 2)]
    assert office.ask("select count(*) from raw.source_row") == [(5,)]
    assert office.ask("select count(*) from raw.reading_fault") == [(0,)]


def test_a_shrink_of_more_than_a_fifth_is_held_until_confirmed(office):  # F39
    office.put("Netværk.csv", networks(1, 10))
    office.run()
    office.put("Netværk.csv", networks(1, 7))
    for _ in range(2):
        assert office.run() == {"Netværk.csv": "held"}
    assert office.deliveries() == [(1, "Netværk.csv", "current", None), (2, "Netværk.csv", "held", None)]
    assert len(office.standing()) == 10
    assert office.run(accept_shrink=True) == {"Netværk.csv": "current"}
    assert office.deliveries() == [
        (1, "Netværk.csv", "superseded", 3),
        (2, "Netværk.csv", "superseded", 3),
        (3, "Netværk.csv", "current", None),
    ]
    assert len(office.standing()) == 7
    assert office.ask("select count(*) from raw.reading_fault where rule = 'shrink_held'") == [(0,)]


def test_a_shrink_of_a_fifth_is_not_held(office):
    office.put("Netværk.csv", networks(1, 10))
    office.run()
    office.put("Netværk.csv", networks(1, 8))
    assert office.run() == {"Netværk.csv": "current"}


def test_rows_moved_to_another_file_are_no_shrink(office):
    office.put("Netværk.csv", networks(1, 10))
    office.run()
    office.put("Netværk.csv", networks(1, 5))
    office.put("Netværk 2.csv", networks(6, 10))
    assert set(office.run().values()) == {"current"}


def test_a_heading_lost_in_a_new_version_does_not_take_the_kind_away_unasked(office):
    office.put("Netværk.csv", networks(1, 5))
    office.run()
    office.put("Netværk.csv", networks(1, 5).replace("Startdato", "Dag"))
    assert office.run() == {"Netværk.csv": "held"}
    assert len(office.standing()) == 5


def test_a_file_that_cannot_be_opened_leaves_its_last_good_state(office):
    office.put("Netværk.csv", networks(1, 5))
    office.put("Faser.csv", "Netværks-id;Fase\nN-1;2\n")
    office.run()
    office.put("Netværk.csv", b"%PDF-1.7")
    office.put("Faser.csv", "Netværks-id;Fase\nN-1;3\n")
    assert office.run() == {"Netværk.csv": "quarantined", "Faser.csv": "current"}
    assert office.run()["Netværk.csv"] == "quarantined"
    assert len([row for row in office.standing() if row[0].startswith("N-")]) == 6
    assert ("Netværk.csv", "quarantined") in [row[1:3] for row in office.deliveries()]
    assert office.ask("select rule from raw.delivery where state = 'quarantined'") == [("wrong_type",)]


def test_a_path_that_says_again_what_stands_leaves_its_quarantine(office):
    office.put("Netværk.csv", networks(1, 5))
    office.run()
    office.put("Netværk.csv", b"%PDF-1.7")
    office.run()
    office.put("Netværk.csv", networks(1, 5))
    assert office.run() == {"Netværk.csv": "unchanged"}
    assert [row[2] for row in office.deliveries()] == ["current", "superseded"]


def test_an_undeclared_folder_is_one_finding_and_its_files_are_not_taken_in(office):
    office.put("andre/Netværk.csv", networks(1, 1))
    office.put("svaneby/Netværk.csv", networks(1, 1))
    taken = office.run(declared=frozenset({"SVANEBY"}))
    assert taken == {"andre": "quarantined", "svaneby/Netværk.csv": "current"}
    assert office.ask("select organisation_id, path, rule, delivery_sequence from raw.reading_fault") == [
        ("andre", "andre", "unknown_organisation", None)
    ]


def test_a_settings_workbook_in_the_same_drop_says_which_organisations_there_are(office, make):
    settings = office.inbox / "_indstillinger.xlsx"
    make.book(settings, {"Organisationer": [["Organisation", "Navn"], ["svaneby", "Svaneby"]]})
    office.put("andre/Netværk.csv", networks(1, 1))
    assert office.run()["andre"] == "quarantined"
    assert office.run()["andre"] == "quarantined"
    assert office.ask("select organisation_id, state from raw.delivery") == [("", "current")]


def test_one_organisation_taken_in_alone_withdraws_nothing_of_the_others(office):
    for path in ("a/Netværk.csv", "b/Netværk.csv"):
        office.put(path, networks(1, 2))
    office.run()
    shutil.rmtree(office.inbox / "b")
    office.put("a/Netværk.csv", networks(1, 2, "Ny"))
    assert office.run(organisation="a") == {"a/Netværk.csv": "current"}


def test_of_a_file_with_a_registration_number_only_a_blanked_copy_is_kept(office):  # F49
    office.put("Netværk.csv", networks(1, 2) + "N-3;om 010190-1234;innovation;2025-01-02\n")
    office.run()
    assert office.ask("select archived from raw.delivery") == [("blanked",)]
    (kept,) = [path for path in office.archive.rglob("*") if path.is_file()]
    assert b"1234" not in kept.read_bytes()
    assert b"N-3;;innovation" in kept.read_bytes()
    assert office.ask("select rule, row_number, column_letter, value from raw.reading_fault") == [
        ("cpr", 4, "B", "")
    ]
    for table in ("raw.delivery", "raw.sheet", "raw.source_row", "raw.reading_fault"):
        assert not any("1234" in str(row) for row in office.ask(f"select * from {table}"))


def test_of_a_refused_file_that_shows_a_registration_number_nothing_is_kept(office):  # F49
    office.put("Noter.csv", "a;b\n1;010190-1234\n")
    office.put("Andet.csv", b"%PDF-1.7 010190-1234")
    office.run()
    assert office.ask("select path, archived from raw.delivery order by path") == [
        ("Andet.csv", "none"),
        ("Noter.csv", "blanked"),
    ]
    kept = [path.read_bytes() for path in office.archive.rglob("*") if path.is_file()]
    assert not any(b"1234" in content for content in kept)


def test_a_run_ended_in_the_middle_of_a_delivery_leaves_none_of_it(office, monkeypatch):  # F24
    office.put("a/Netværk.csv", networks(1, 2))
    office.put("b/Netværk.csv", networks(1, 2))
    whole = deliveries.insert_faults

    def die(connection, sequence, *rest):
        if sequence == 2:
            raise KeyboardInterrupt
        whole(connection, sequence, *rest)

    monkeypatch.setattr(deliveries, "insert_faults", die)
    with pytest.raises(KeyboardInterrupt):
        office.run()
    assert [row[0] for row in office.deliveries()] == [1]
    assert office.ask("select distinct delivery_sequence from raw.source_row") == [(1,)]
    monkeypatch.undo()
    assert office.run() == {"a/Netværk.csv": "unchanged", "b/Netværk.csv": "current"}


def test_a_file_that_grows_while_it_is_read_is_left_for_the_next_run(office, monkeypatch):  # F37
    path = office.put("Netværk.csv", networks(1, 2))
    whole = intake.read_file

    def read_and_grow(*arguments, **named):
        reading = whole(*arguments, **named)
        path.write_bytes(networks(1, 3).encode())
        return reading

    monkeypatch.setattr(intake, "read_file", read_and_grow)
    assert office.run() == {}
    assert office.deliveries() == []
    monkeypatch.undo()
    assert office.run() == {"Netværk.csv": "current"}
    assert len(office.standing()) == 3


def test_the_state_of_an_earlier_moment_can_be_told_from_sequences(office):  # F39
    office.put("Netværk.csv", networks(1, 10))
    office.run()
    office.put("Netværk.csv", networks(1, 9))
    office.run()
    at_first = office.ask(
        "select count(*) from raw.source_row as r join raw.delivery as d on r.delivery_sequence = d.sequence "
        "where d.sequence <= 1 and (d.superseded_by is null or d.superseded_by > 1)"
    )
    assert at_first == [(10,)]
