"""F53: what has been kept long enough is gone from every layer, sealed without content; a hold keeps it."""

from datetime import date

import pytest

from assets.home import load_settings
from assets.people.person import Person
from assets.people.places import places_of
from assets.people.retention import RetentionError, delete_due, find_due, months_of, set_hold
from assets.publication.verify import verify
from assets.warehouse import open_warehouse
from tests.assets.people.conftest import ORGANISATION

GONE = Person(ORGANISATION, ("P-15",), ("Cilla Berg Fratrådt",))
# P-15's last network closed on 30-06-2022 and they left on 31-12-2022: due two years after that.
LAST_KEPT, FIRST_DUE = date(2024, 12, 31), date(2025, 1, 1)


def due_on(home, day):
    with open_warehouse(home.warehouse_file) as connection:
        return find_due(connection, home, load_settings(home), day)


def test_f53_a_person_is_due_only_when_networks_and_employment_are_long_over(run_home):
    assert due_on(run_home, LAST_KEPT).people == {}
    assert due_on(run_home, FIRST_DUE).people == {ORGANISATION: ("P-15",)}


def test_f53_what_is_due_is_gone_from_every_layer_and_sealed_without_content(home):
    (home.root / "dialogue" / ORGANISATION / "2022Q4").mkdir(parents=True)
    (home.root / "dialogue" / ORGANISATION / "2022Q4" / "N-02.html").write_text("ark", encoding="utf-8")
    (home.root / "dialogue" / ORGANISATION / "2023Q1").mkdir(parents=True)
    due = delete_due(home, load_settings(home), FIRST_DUE)
    assert due.count == {"people": 1, "superseded_deliveries": 0, "dialogue_sheets": 1}
    assert {place.layer for place in places_of(home, GONE)} == {"inbox"}
    assert not (home.root / "dialogue" / ORGANISATION / "2022Q4").exists()
    assert (home.root / "dialogue" / ORGANISATION / "2023Q1").exists()
    log = (home.published / "history" / "log.jsonl").read_text(encoding="utf-8")
    assert '"reason":"retention"' in log
    assert "P-15" not in log
    assert "Fratrådt" not in log
    assert verify(home.root).ok


def test_a_legal_hold_keeps_what_is_due_until_it_is_lifted(home):
    set_hold(home, f"{ORGANISATION}/N-02", holds=True, reason="Sag 12/3456")
    assert due_on(home, FIRST_DUE).people == {}
    set_hold(home, f"{ORGANISATION}/N-02", holds=False, reason="Sag afsluttet")
    assert due_on(home, FIRST_DUE).people == {ORGANISATION: ("P-15",)}


def test_months_are_data_and_a_wrong_one_is_refused(home):
    home.settings_file.write_text("[retention]\npeople = 36\n", encoding="utf-8")
    assert months_of(load_settings(home))["people"] == 36
    home.settings_file.write_text("[retention]\npeople = 0\n", encoding="utf-8")
    with pytest.raises(RetentionError):
        months_of(load_settings(home))
