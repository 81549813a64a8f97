"""Files that arrive over time, F37-F39, and personal data in files, F49 and F51."""

import hashlib
import os
from datetime import UTC, datetime, timedelta

import pytest

from assets.accepted.build import build_accepted
from assets.accepted.settings import build_settings
from assets.feedback.copies import write_feedback
from assets.raw import inbox as inbox_module
from assets.raw.intake import take_in
from assets.warehouse import open_warehouse

HEADINGS = ["Netværks-id", "Titel", "Type", "Startdato"]
CPR = "010190-1234"
ADDRESS = "anna.hansen@example.dk"


def network(number, title="Et"):
    return [f"N-{number}", title, "Læringsnetværk", "01-02-2024"]


class House:
    """An inbox, an archive and a warehouse in memory; each ``run`` is a day later."""

    def __init__(self, folder, connection):
        self.folder, self.connection = folder, connection
        self.inbox, self.archive, self.marked = (folder / name for name in ("inbox", "archive", "marked"))
        self.inbox.mkdir()
        self.day = datetime(2026, 10, 1, tzinfo=UTC)

    def put(self, name, *rows):
        path = self.inbox / name
        path.write_text("".join(";".join(row) + "\r\n" for row in [HEADINGS, *rows]), encoding="utf-8")
        old = path.stat().st_mtime - 60  # written a while ago, so that no run waits to see whether it grows
        os.utime(path, (old, old))
        return path

    def run(self, **more):
        self.day += timedelta(days=1)
        intake = take_in(
            self.connection,
            archive=self.archive,
            inbox=self.inbox,
            received_at=self.day,
            default_organisation="kommunen",
            declared=frozenset(),
            **more,
        )
        build_settings(self.connection)
        build_accepted(self.connection)
        self.feedback = write_feedback(
            self.connection, archive=self.archive, marked=self.marked, languages=("da",)
        )
        return {outcome.path: outcome.result for outcome in intake.outcomes}

    def ask(self, sql):
        return self.connection.execute(sql).fetchall()

    def everything(self):
        """All bytes kept or written, and all that the warehouse says."""
        files = [path for path in self.folder.rglob("*") if path.is_file() and self.inbox not in path.parents]
        said = [
            str(self.ask(f"select * from {schema}.{table}"))
            for schema, table in self.ask(
                "select schema_name, table_name from duckdb_tables() where schema_name in ('raw', 'accepted')"
            )
        ]
        return b"".join(path.read_bytes() for path in files) + "".join(said).encode()


@pytest.fixture
def house(tmp_path):
    with open_warehouse() as connection:
        yield House(tmp_path, connection)


def test_f37_a_file_still_being_copied_is_left_alone_until_it_stands_still(house, monkeypatch):
    path = house.put("Netværk.csv", network(1))
    os.utime(path)
    monkeypatch.setattr(inbox_module.time, "sleep", lambda _: path.open("a").write("N-2;To;") and None)
    assert house.run() == {}
    house.put("Netværk.csv", network(1), network(2))
    assert house.run() == {"Netværk.csv": "current"}


def test_f38_the_same_content_again_changes_nothing_and_is_noted(house):
    house.put("Netværk.csv", network(1))
    assert house.run() == {"Netværk.csv": "current"}
    house.put("Netværk kopi.csv", network(1))
    assert house.run() == {"Netværk.csv": "unchanged", "Netværk kopi.csv": "duplicate"}
    assert house.ask("select count(*) from accepted.networks") == [(1,)]
    receipt = (house.marked / "kommunen" / "Netværk kopi.csv.kvittering.txt").read_text(encoding="utf-8")
    assert "Filen er ikke talt med igen." in receipt


def test_f39_a_corrected_file_ends_the_rows_it_left_out_and_a_large_shrink_waits(house):
    house.put("Netværk.csv", *[network(number) for number in range(10)])
    house.run()
    house.put("Netværk.csv", *[network(number, "Rettet") for number in range(1, 10)])
    assert house.run() == {"Netværk.csv": "current"}
    assert house.ask("select count(*) from accepted.networks where title = 'Rettet'") == [(9,)]
    receipt = (house.marked / "kommunen" / "Netværk.csv.kvittering.txt").read_text(encoding="utf-8")
    assert "- Netværk: 0 nye, 9 ændrede, 1 trukket tilbage, 0 som før" in receipt
    house.put("Netværk.csv", network(1))
    assert house.run() == {"Netværk.csv": "held"}
    assert house.ask("select count(*) from accepted.networks") == [(9,)]
    assert house.run(accept_shrink=True) == {"Netværk.csv": "current"}
    build_accepted(house.connection, as_known=1)
    assert house.ask("select count(*) from accepted.networks where title = 'Et'") == [(10,)]


def test_f49_a_registration_number_is_kept_nowhere_and_the_cell_is_named(house):
    house.put("Netværk.csv", network(1), network(2, f"Spørg {CPR}"))
    house.run()
    assert house.ask("select cell, value from accepted.finding where rule = 'cpr'") == [("B3", "")]
    assert house.ask("select network_id from accepted.networks") == [("N-1",)]
    assert CPR.encode() not in house.everything()
    assert b"010190" not in house.everything()


def test_f49_an_address_is_emptied_with_a_warning_and_the_row_is_kept(house):
    path = house.put("Netværk.csv", network(1, f"Skriv til {ADDRESS}"))
    house.run()
    assert house.ask("select cell, value, severity from accepted.finding where rule = 'personal_data'") == [
        ("B2", "", "warning")
    ]
    assert house.ask("select count(*) from accepted.networks") == [(1,)]
    kept = hashlib.sha256(path.read_bytes()).hexdigest()
    shown = [file for file in house.marked.rglob("*") if file.is_file()]
    assert all(ADDRESS.encode() not in file.read_bytes() for file in shown)
    assert (house.archive / kept[:2] / f"{kept}.csv").is_file()


def test_f51_no_name_of_a_person_stands_in_findings_or_file_names(house):
    headings = "Person-id;Navn;Enhed;Gældende fra\n"
    (house.inbox / "Personer.csv").write_text(headings + "P-1;Karoline Testesen;;31-02-2024\n", "utf-8")
    house.run()
    assert house.ask("select count(*) from accepted.finding where severity = 'error'") == [(2,)]
    assert "Testesen" not in str(house.ask("select * from accepted.finding"))
    assert not [path for path in house.folder.rglob("*") if "Testesen" in path.name]


def test_a_mended_file_loses_its_marked_copy_and_gets_a_receipt(house):
    house.put("Netværk.csv", network(1), ["N-2", "", "Læringsnetværk", "01-02-2024"])
    house.run()
    assert sorted(path.name for path in (house.marked / "kommunen").iterdir()) == ["Netværk.xlsx"]
    (copy,) = house.feedback.marked
    assert (copy.place, copy.errors, copy.rows_rejected) == ("kommunen/Netværk.xlsx", 1, 1)
    house.put("Netværk.csv", network(1), network(2))
    house.run()
    assert sorted(path.name for path in (house.marked / "kommunen").iterdir()) == [
        "Netværk.csv.kvittering.txt"
    ]


def test_a_file_set_aside_gets_a_copy_with_the_findings_alone(house):
    house.put("Netværk.csv", network(1))
    house.run()
    (house.inbox / "Netværk.csv").write_bytes(b"%PDF-1.7 ...")
    assert house.run() == {"Netværk.csv": "quarantined"}
    (copy,) = house.feedback.marked
    assert (copy.path, copy.errors) == ("Netværk.csv", 1)
    assert house.ask("select count(*) from accepted.networks") == [(1,)]


def test_a_run_that_changes_nothing_writes_nothing_anew(house):
    house.put("Netværk.csv", network(1), ["N-2", "", "", ""])
    house.run()
    place = house.marked / "kommunen" / "Netværk.xlsx"
    before = place.stat().st_mtime_ns
    house.run()
    assert place.stat().st_mtime_ns == before


def test_a_marked_copy_put_into_the_inbox_is_named_and_never_counted_twice(house):
    house.put("Netværk.csv", network(1))
    house.put("Netværk (fund).xlsx", network(1))
    assert house.run() == {"Netværk (fund).xlsx": "quarantined", "Netværk.csv": "current"}
    ((message,),) = house.ask("select message_da from accepted.finding where rule = 'wrong_type'")
    assert "mærket kopi" in message and "oprindelige navn" in message
