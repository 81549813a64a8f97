"""What the offices decide: settings, aliases and waivers."""

from datetime import date

import pytest

from assets.indicators.definitions import build_definitions

TARGET = {
    "indicator_id": "r3.1",
    "valid_from": "2026-01-01",
    "target": "0,8",
    "reason": "Besluttet",
    "owner": "Sekretariatet",
}


def table(office, name, *columns):
    listed = ", ".join(columns)
    return office.connection.execute(f"select {listed} from settings.{name} order by all").fetchall()


def test_without_a_settings_workbook_every_table_is_there_empty(office):
    office.accept()
    assert table(office, "targets", "indicator_id", "target") == []
    assert table(office, "recipients", "address") == []


def test_a_target_is_read_and_nothing_is_a_target_too(office):
    office.settings({"targets": [TARGET, TARGET | {"network_type": "Læringsnetværk", "target": "0"}]})
    office.accept()
    assert table(
        office, "targets", "indicator_id", "organisation_id", "network_type", "target", "valid_from"
    ) == [
        ("R3.1", None, "learning", 0.0, date(2026, 1, 1)),
        ("R3.1", None, None, 0.8, date(2026, 1, 1)),
    ]


def test_an_organisation_is_spelled_as_its_folder(office):
    office.send({"people": [{}]}, organisation="Åby kommune")
    office.settings({"targets": [TARGET | {"organisation_id": "åby  Kommune"}]})
    office.accept()
    assert table(office, "targets", "organisation_id", "organisation_id_key") == [
        ("Åby kommune", "ÅBY KOMMUNE")
    ]


def test_a_settings_row_at_fault_is_left_out_and_named(office):
    office.settings({"targets": [TARGET, TARGET, TARGET | {"indicator_id": "R4.1", "reason": None}]})
    office.accept()
    assert len(table(office, "targets", "indicator_id")) == 1
    assert office.findings("rule", "sheet", "heading", "row_number") == [
        ("duplicate_key", "Måltal", "Indikator", 3),
        ("required", "Måltal", "Begrundelse", 4),
    ]


def alias(kind, old, new, **more):
    return {"alias_kind": kind, "from_name": old, "to_name": new} | more


def test_a_renamed_unit_is_one_unit_and_the_change_is_kept_for_trace(office):
    office.settings({"aliases": [alias("Enhed", "Børn", "Børn og Unge")]})
    office.send(
        {
            "people": [{}],
            "networks": [{}],
            "roles": [{}],
            "solutions": [{}],
            "adoption_events": [{"unit": " BØRN "}, {"event_id": "H-2", "unit": "børn og unge"}],
            "value_records": [{"unit": "Børn"}],
        }
    )
    office.accept()
    assert office.rows("adoption_events", "unit_key") == ["BØRN OG UNGE", "BØRN OG UNGE"]
    assert office.rows("people", "unit", "unit_key") == [("Børn og Unge", "BØRN OG UNGE")]
    assert office.rows("value_records", "unit_key") == ["BØRN"]  # a unit of measurement is no unit
    uses = office.connection.execute(
        'select kind, row_number, "column", written, counted_as from accepted.alias_use order by all'
    ).fetchall()
    assert uses == [
        ("adoption_events", 2, "unit", " BØRN ", "Børn og Unge"),
        ("people", 2, "unit", "Børn", "Børn og Unge"),
    ]


def test_a_person_who_changed_id_is_one_person_wherever_named(office):
    office.settings({"aliases": [alias("Person", "ANNA", "A-100")]})
    office.send(
        {
            "people": [{"valid_to": "2021-12-31"}, {"person_id": "A-100", "valid_from": "2022-01-01"}],
            "networks": [{}],
            "roles": [{}],
            "touchpoints": [{}],
            "disputes": [{"record_kind": "ownership", "record_key": "N-1/ANNA/2024-06-01"}],
            "ownership": [{}],
        }
    )
    office.accept()
    assert office.rows("people", "record_key") == ["A-100/2020-01-01", "A-100/2022-01-01"]
    assert office.rows("roles", "person_id") == ["A-100"]
    assert office.rows("touchpoints", "by_id") == ["A-100"]
    assert office.rows("disputes", "record_key") == ["N-1/A-100/2024-06-01"]
    assert office.findings(rule="unknown_reference") == []


def test_a_network_under_its_own_id_goes_before_one_renamed_to_it(office):
    office.settings({"aliases": [alias("Netværk", "N-0", "N-1")]})
    office.send(
        {
            "people": [{}],
            "networks": [{"network_id": "N-0", "title": "Gammel"}, {"title": "Ny"}],
            "roles": [{}],
        }
    )
    office.accept()
    assert office.rows("networks", "network_id", "title") == [("N-1", "Ny")]
    assert office.findings("rule", "row_number") == [("duplicate_key", 2)]


def test_changes_of_name_are_followed_to_the_end_and_a_circle_is_left_alone(office):
    office.settings(
        {
            "aliases": [
                alias("Enhed", "A", "B"),
                alias("Enhed", "B", "C"),
                alias("Enhed", "X", "Y"),
                alias("Enhed", "Y", "X"),
            ]
        }
    )
    office.send(
        {"people": [{"unit": "a"}, {"person_id": "BO", "unit": "x"}], "networks": [{}], "roles": [{}]}
    )
    office.accept()
    assert office.rows("people", "unit_key") == ["C", "X"]


@pytest.mark.parametrize(("today", "unit"), [(date(2026, 11, 24), "NY"), (date(2024, 12, 31), "GAMMEL")])
def test_a_dated_change_holds_from_its_day(office, today, unit):
    office.settings({"aliases": [alias("Enhed", "Gammel", "Ny", valid_from="2025-01-01")]})
    office.send({"people": [{"unit": "Gammel"}], "networks": [{}], "roles": [{}]})
    office.accept(today=today)
    assert office.rows("people", "unit_key") == [unit]


def test_a_change_of_one_organisation_is_not_anothers(office):
    office.settings({"aliases": [alias("Enhed", "Gammel", "Ny", organisation_id="bedrup")]})
    for organisation in ("aalby", "bedrup"):
        office.send(
            {"people": [{"unit": "Gammel"}], "networks": [{}], "roles": [{}]}, organisation=organisation
        )
    office.accept()
    assert office.rows("people", "organisation_id", "unit_key") == [("aalby", "GAMMEL"), ("bedrup", "NY")]


WAIVER = {
    "rule": "outside_network_life",
    "kind": "Samspil",
    "owner": "Sekretariatet",
    "reason": "Indledende møde",
    "valid_to": "2026-12-31",
}


@pytest.mark.parametrize(("today", "waived"), [(date(2026, 12, 31), True), (date(2027, 1, 1), False)])
def test_a_waived_finding_is_marked_until_its_day_and_reopens(office, today, waived):
    office.settings({"waivers": [WAIVER | {"record_key": "s-1"}]})
    outside = {"date": "2023-06-01"}
    office.send(
        {
            "people": [{}],
            "networks": [{}],
            "roles": [{}],
            "touchpoints": [outside, outside | {"touchpoint_id": "S-2"}],
        }
    )
    office.accept(today=today)
    assert office.findings("record_key", "severity", "waived", "waived_until") == [
        ("S-1", "warning", waived, date(2026, 12, 31)),
        ("S-2", "warning", False, None),
    ]


def test_a_waiver_may_name_its_rule_in_words(office):
    office.settings({"waivers": [WAIVER | {"rule": "Uden for netværkets levetid"}]})
    office.send({"people": [{}], "networks": [{}], "roles": [{}], "touchpoints": [{"date": "2023-06-01"}]})
    office.accept()
    assert office.findings("waived", rule="outside_network_life") == [True]


@pytest.mark.parametrize(
    "other", [{"rule": "required"}, {"kind": "Ejerskab"}, {"path": "b.xlsx"}, {"organisation_id": "b"}]
)
def test_a_waiver_of_something_else_waives_nothing(office, other):
    office.settings({"waivers": [WAIVER | other]})
    office.send({"people": [{}], "networks": [{}], "roles": [{}], "touchpoints": [{"date": "2023-06-01"}]})
    office.accept()
    assert office.findings("waived", rule="outside_network_life") == [False]


def settings_findings(office):
    return office.connection.execute(
        "select row_number, heading, rule, message_da from settings.finding order by all"
    ).fetchall()


def test_a_target_for_an_unknown_indicator_is_left_out_and_the_near_one_is_named(office):
    office.settings({"targets": [TARGET, TARGET | {"indicator_id": "R31"}]})
    office.accept()
    assert table(office, "targets", "indicator_id") == [("R3.1",)]
    ((row, heading, rule, message),) = settings_findings(office)
    assert (row, heading, rule) == (3, "Indikator", "enum")
    assert "Mente du »R3.1«?" in message


def test_a_target_on_an_informative_indicator_is_left_out_but_its_window_may_be_set(office):
    informative = TARGET | {"indicator_id": "R4.2"}
    office.settings(
        {"targets": [informative, informative | {"target": None, "minimum_count": 5, "owner": "Chefforum"}]}
    )
    office.accept()
    ((_, heading, rule, message),) = [
        found for found in settings_findings(office) if found[2] != "duplicate_key"
    ]
    assert (heading, rule) == ("Måltal", "enum")
    assert message == "R4.2 bedømmes ikke efter »Måltal«. Lad cellen være tom, eller slet rækken."


def test_a_waiver_of_an_unknown_rule_is_left_out_and_the_near_one_is_named(office):
    waiver = {
        "rule": "outside_network_lif",
        "owner": "Sekretariatet",
        "reason": "Set",
        "valid_to": "2026-12-31",
    }
    office.settings({"waivers": [waiver, waiver | {"rule": "outside_network_life"}]})
    office.accept()
    assert table(office, "waivers", "rule") == [("outside_network_life",)]
    ((_, _, rule, message),) = settings_findings(office)
    assert rule == "enum"
    assert "Mente du »outside_network_life«?" in message


def test_a_hearing_names_a_quarter_and_an_indicator_there_is(office):
    hearing = {"organisation_id": "kommunen", "network_id": "N-1", "period": "2026Q3"}
    office.settings(
        {"hearings": [hearing, hearing | {"period": "3. kvartal"}, hearing | {"indicator_id": "R99"}]}
    )
    office.accept()
    assert table(office, "hearings", "period") == [("2026Q3",)]
    assert [found[:2] for found in settings_findings(office)] == [(3, "Kvartal"), (4, "Indikator")]


def test_settings_that_name_what_there_is_none_of_never_stop_the_definitions(office):
    office.settings({"targets": [TARGET | {"indicator_id": "R99"}, TARGET | {"indicator_id": "V1"}]})
    office.accept()
    build_definitions(office.connection)
    own = office.connection.execute("select count(*) from definitions.target where owner = 'Sekretariatet'")
    assert own.fetchall() == [(0,)]
