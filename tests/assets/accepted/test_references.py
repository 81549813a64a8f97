"""References between records: unknown, refused, not kept; and disputes."""


def test_an_unknown_person_is_named_with_the_one_it_is_near(judged):
    office = judged({"touchpoints": [{"by_id": "ANNE"}]})
    assert office.rows("touchpoints", "touchpoint_id") == []
    [(rule, cell, danish)] = office.findings("rule", "cell", "message_da")
    assert (rule, cell) == ("unknown_reference", "E2")
    assert "arket Personer" in danish
    assert "Mente du »ANNA«?" in danish


def test_a_person_with_one_accepted_row_is_known_though_another_is_refused(judged):
    office = judged(
        {
            "people": [
                {"valid_from": "2020-01-01", "valid_to": "2021-12-31"},
                {"valid_from": "2022-01-01", "level": "9"},
            ],
            "touchpoints": [{}],
        }
    )
    assert office.rows("touchpoints", "by_id") == ["ANNA"]


def test_refusal_runs_through_every_reference_and_names_what_began_it(judged):
    office = judged(
        {
            "networks": [{"network_type": "Klub"}],
            "solutions": [{}],
            "adoption_events": [{}],
            "disputes": [{"record_kind": "Optagelse", "record_key": "H-1"}],
        }
    )
    assert office.findings("sheet", "rule", rule="cascade") == [
        ("Indsigelser", "cascade"),
        ("Løsninger", "cascade"),
        ("Optagelse", "cascade"),
        ("Roller", "cascade"),
    ]
    for danish in office.findings("message_da", rule="cascade"):
        assert "netvaerk.xlsx, Netværk, række 2, »Type« (ikke på listen)" in danish
    assert office.report.rows_rejected == 5


def test_refusal_runs_down_a_line_of_superiors(judged):
    office = judged(
        {
            "people": [
                {"person_id": "ANNA", "level": "0"},
                {"person_id": "BO", "superior_id": "ANNA", "level": "3"},
                {"person_id": "CARL", "superior_id": "BO", "level": "4"},
                {"person_id": "DORTE", "superior_id": None},
            ],
            "roles": [{"person_id": "DORTE"}],
        }
    )
    assert office.rows("people", "person_id") == ["DORTE"]
    assert office.findings("row_number", rule="cascade") == [3, 4]
    assert all(
        "række 2, »Niveau« (tallet ligger uden for grænserne)" in text
        for text in office.findings("message_da", rule="cascade")
    )


def test_two_who_name_each_other_as_superior_both_stand(judged):
    office = judged(
        {"people": [{"superior_id": "BO"}, {"person_id": "BO", "superior_id": "ANNA"}]},
    )
    assert office.rows("people", "person_id") == ["ANNA", "BO"]


def test_rows_of_a_sheet_refused_whole_are_the_cause_of_those_that_refer_to_them(judged):
    office = judged({"touchpoints": [{}]}, refused={"people": "missing_column"})
    assert office.findings("sheet", rule="cascade") == ["Roller", "Samspil"]
    assert all("(manglende kolonne)" in text for text in office.findings("message_da", rule="cascade"))
    assert office.report.rows_rejected == 3


def test_a_solution_is_not_looked_up_where_none_are_kept(judged):
    office = judged({"applications": [{"solution_id": "L-9"}], "adoption_events": [{}]})
    assert office.rows("applications", "application_id", "solution_id") == [("A-1", None)]
    assert office.rows("adoption_events", "event_id", "solution_id") == [("H-1", None)]
    assert office.findings("rule", "severity") == [("reference_not_kept", "warning")] * 2


def test_a_solution_is_looked_up_where_some_are_kept(judged):
    office = judged({"solutions": [{}], "applications": [{"solution_id": "L-9"}]})
    assert office.findings("rule") == ["unknown_reference"]


def test_a_dispute_holds_the_key_as_the_record_has_it(judged):
    office = judged(
        {
            "ownership": [{}],
            "disputes": [{"record_kind": "ownership", "record_key": "n-1/anna/1. juni 2024"}],
        }
    )
    assert office.rows("disputes", "record_kind", "record_key", "outcome") == [
        ("ownership", "N-1/ANNA/2024-06-01", None)
    ]
    assert office.rows("ownership", "record_key") == ["N-1/ANNA/2024-06-01"]


def test_a_dispute_of_no_record_is_refused(judged):
    office = judged({"touchpoints": [{}], "disputes": [{"record_key": "S-2"}]})
    assert office.findings("rule", "heading") == [("unknown_reference", "Nøgle")]
