"""A unit that first appears when a near name ends is asked about."""

import pytest


def asked(office):
    return office.connection.execute(
        "select earlier_name, later_name from accepted.alias_question order by all"
    ).fetchall()


def moved(old, new, *, last="2024-12-31", first="2025-01-01"):
    return [
        {"unit": old, "valid_from": "2020-01-01", "valid_to": last},
        {"unit": new, "valid_from": first},
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [("Hjemmeplejen Nord", "Omsorg Nord"), ("Børnehuset", "Børnehusene"), ("Børn", "Børn og Unge")],
)
def test_a_near_name_that_takes_over_is_asked_about(judged, old, new):
    assert asked(judged({"people": moved(old, new)})) == [(old, new)]


@pytest.mark.parametrize(("old", "new"), [("Enhed 1", "Enhed 2"), ("Biblioteket", "Omsorg Nord")])
def test_another_number_or_another_name_is_another_unit(judged, old, new):
    assert asked(judged({"people": moved(old, new)})) == []


def test_a_name_that_comes_much_later_is_not_asked_about(judged):
    assert asked(judged({"people": moved("Børnehuset", "Børnehusene", first="2025-06-01")})) == []


def test_a_name_that_goes_on_is_not_asked_about(judged):
    people = [*moved("Børnehuset", "Børnehusene"), {"person_id": "BO", "unit": "Børnehuset"}]
    assert asked(judged({"people": people})) == []


def test_an_alias_answers_the_question(office):
    office.settings(
        {"aliases": [{"alias_kind": "Enhed", "from_name": "Børnehuset", "to_name": "Børnehusene"}]}
    )
    office.send({"people": moved("Børnehuset", "Børnehusene"), "networks": [{}], "roles": [{}]})
    office.accept()
    assert asked(office) == []
    uses = office.connection.execute("select count(*) from accepted.alias_use").fetchall()
    assert uses == [(1,)]
