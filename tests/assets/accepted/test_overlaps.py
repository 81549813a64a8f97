"""Intervals of one person, and reference leaders of one network, that lie over one another."""


def spans(*days):
    return [{"valid_from": first, "valid_to": last} for first, last in days]


def test_the_later_of_two_overlapping_rows_of_a_person_goes(judged):
    office = judged({"people": spans(("2020-01-01", "2021-06-30"), ("2021-06-30", None))})
    assert office.rows("people", "record_key") == ["ANNA/2020-01-01"]
    [(rule, cell, danish)] = office.findings("rule", "cell", "message_da")
    assert (rule, cell) == ("overlap", "G3")
    assert "række 2" in danish


def test_intervals_that_meet_do_not_overlap(judged):
    office = judged({"people": spans(("2020-01-01", "2021-06-30"), ("2021-07-01", None))})
    assert len(office.rows("people", "record_key")) == 2


def test_a_row_already_refused_refuses_no_other(judged):
    office = judged(
        {"people": spans(("2020-01-01", "2020-12-31"), ("2020-07-01", "2021-12-31"), ("2021-01-01", None))}
    )
    assert office.rows("people", "record_key") == ["ANNA/2020-01-01", "ANNA/2021-01-01"]
    assert office.findings("row_number", rule="overlap") == [3]


def test_the_order_in_the_sheet_does_not_matter_but_on_a_tie(judged):
    office = judged({"people": spans(("2021-01-01", None), ("2020-01-01", "2021-06-30"))})
    assert office.findings("row_number", rule="overlap") == [2]


def test_a_network_has_one_reference_leader_at_a_time(judged):
    office = judged(
        {
            "people": [{}, {"person_id": "BO"}],
            "roles": [
                {"valid_from": "2024-01-01", "valid_to": "2024-12-31"},
                {"person_id": "BO", "valid_from": "2024-12-31"},
                {"person_id": "BO", "role": "Deltager", "valid_from": "2024-01-01"},
            ],
        }
    )
    assert office.findings("row_number", rule="overlap") == [3]
    assert office.rows("roles", "person_id", "role") == [("ANNA", "reference_leader"), ("BO", "participant")]


def test_of_two_leaders_from_the_same_day_the_later_row_goes(judged):
    office = judged(
        {"people": [{}, {"person_id": "BO"}], "roles": [{"person_id": "BO"}, {"person_id": "ANNA"}]}
    )
    assert office.rows("roles", "person_id") == ["BO"]


def test_one_leader_with_two_overlapping_rows_is_not_two_leaders(judged):
    office = judged({"roles": [{"valid_from": "2024-01-01"}, {"valid_from": "2024-06-01"}]})
    assert office.findings() == []
