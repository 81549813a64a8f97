"""What the reader found, as it bears on the rows."""

from datetime import date


def test_an_error_cell_in_a_column_of_the_contract_rejects_its_row_in_one_finding(judged):
    office = judged(
        {"solutions": [{"idea_date": "#REF!"}, {"solution_id": "L-2"}]},
        faults=[("Løsninger", 2, "D", "error_cell", "error")],
    )
    assert office.rows("solutions", "solution_id") == ["L-2"]
    assert office.findings("rule", "cell", "heading") == [("error_cell", "D2", "Idédato")]


def test_an_error_cell_beside_the_contract_rejects_nothing(judged):
    office = judged({"solutions": [{}]}, faults=[("Løsninger", 2, "Z", "error_cell", "info")])
    assert office.rows("solutions", "solution_id") == ["L-1"]


def test_a_registration_number_rejects_its_row_and_is_not_told_as_an_empty_cell_too(judged):
    office = judged(
        {"people": [{}, {"person_id": "BO", "unit": None}]}, faults=[("Personer", 3, "C", "cpr", "error")]
    )
    assert office.rows("people", "person_id") == ["ANNA"]
    assert office.findings("rule", "value") == [("cpr", "")]


def test_a_registration_number_in_a_column_nobody_knows_rejects_its_row(judged):
    office = judged({"touchpoints": [{}]}, faults=[("Samspil", 2, "Z", "cpr", "error")])
    assert office.rows("touchpoints", "touchpoint_id") == []


def test_a_telephone_number_in_a_descriptive_cell_keeps_the_row(judged):
    office = judged({"networks": [{"title": None}]}, faults=[("Netværk", 2, "B", "personal_data", "warning")])
    assert office.rows("networks", "network_id", "title") == [("N-1", None)]
    assert office.findings("rule") == ["personal_data"]


def test_an_e_mail_address_where_a_key_belongs_leaves_no_key(judged):
    office = judged(
        {"touchpoints": [{"touchpoint_id": None}]}, faults=[("Samspil", 2, "A", "personal_data", "warning")]
    )
    assert office.findings("rule") == ["personal_data", "required"]


def test_nothing_more_is_said_of_a_ragged_row(judged):
    office = judged(
        {"touchpoints": [{"date": "x", "kind": "y"}]}, faults=[("Samspil", 2, None, "ragged_row", "error")]
    )
    assert office.findings("rule") == ["ragged_row"]
    assert office.report.rows_rejected == 1


def test_a_refused_sheet_is_rejected_whole_without_a_word_on_its_rows(judged):
    office = judged(
        {"touchpoints": [{"date": "x"}, {"kind": "y"}]}, refused={"touchpoints": "missing_column"}
    )
    assert office.rows("touchpoints", "touchpoint_id") == []
    assert office.findings() == []
    assert office.report.rows_rejected == 2


def test_skipped_rows_are_counted_apart_and_judged_by_no_rule(judged):
    office = judged(
        {
            "touchpoints": [
                {},
                {"kind": "I alt", "skip_reason": "total"},
                {"kind": None, "skip_reason": "blank"},
            ]
        }
    )
    report = office.report
    assert (report.rows_read, report.rows_accepted, report.rows_rejected, report.rows_skipped) == (6, 4, 0, 2)
    counts = office.connection.execute(
        "select rows_read, rows_accepted, rows_rejected, rows_skipped from raw.delivery"
    ).fetchall()
    assert counts == [(6, 4, 0, 2)]


def test_what_waits_at_a_path_is_told_but_counts_for_nothing(office):
    office.send({"people": [{}], "networks": [{}], "roles": [{}]})
    office.send(
        {},
        path="b.xlsx",
        state="quarantined",
        rule="damaged",
        faults=[(None, None, None, "damaged", "error")],
    )
    office.accept()
    [(path, danish)] = office.findings("path", "message_da", rule="damaged")
    assert path == "b.xlsx"
    assert "Send den igen" in danish


def test_what_stood_at_an_earlier_moment_is_read_back(office):
    base = {"people": [{}], "networks": [{}], "roles": [{}]}
    office.send(base | {"touchpoints": [{"counterpart": "Før"}]}, path="a.xlsx")
    office.send({}, path="c.xlsx", state="superseded", rule="shrink_held")
    office.connection.execute(
        "update raw.delivery set state = 'superseded', superseded_by = 3 where sequence < 3"
    )
    office.send(base | {"touchpoints": [{"counterpart": "Efter"}]}, path="a.xlsx")
    office.accept()
    assert office.rows("touchpoints", "counterpart") == ["Efter"]
    office.accept(as_known=2)
    assert office.rows("touchpoints", "counterpart", "date") == [("Før", date(2024, 6, 1))]
    counted = office.connection.execute("select sequence, rows_read from raw.delivery order by 1").fetchall()
    assert counted == [(1, None), (2, None), (3, 4)]


def test_a_name_is_not_repeated_in_a_finding(office):
    office.send({"people": [{}], "networks": [{}], "roles": [{}]})
    office.connection.execute(
        "insert into raw.reading_fault values "
        "(1, 'aalby', 'netvaerk.xlsx', 'Personer', 2, 'B', 'mojibake', 'error', 'SÃ¸ren Eksempel', '{}')"
    )
    office.accept()
    [(value, danish, english)] = office.findings("value", "message_da", "message_en", rule="mojibake")
    assert value == ""
    assert "Eksempel" not in danish + english
