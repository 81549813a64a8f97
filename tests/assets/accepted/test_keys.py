"""Keys: the same key twice in a sheet, in two files, and as a dispute writes it."""

import pytest

from assets.accepted.keys import normal_record_key


def test_the_first_row_with_a_key_stands_in_its_sheet(judged):
    office = judged(
        {"touchpoints": [{"counterpart": "Første"}, {"touchpoint_id": " s‑1 ", "counterpart": "Anden"}]}
    )
    assert office.rows("touchpoints", "counterpart") == ["Første"]
    [(rule, cell, danish)] = office.findings("rule", "cell", "message_da")
    assert (rule, cell) == ("duplicate_key", "A3")
    assert "række 2" in danish


def test_a_key_of_several_parts_is_the_same_only_whole(judged):
    office = judged({"phases": [{"phase": "1"}, {"phase": "2"}, {"phase": "1"}]})
    assert office.rows("phases", "record_key") == ["N-1/1", "N-1/2"]
    assert office.findings("rule", "value") == [("duplicate_key", "N-1/1")]


def test_the_later_file_stands_where_two_hold_the_same_key(office):
    first = {"touchpoints": [{"counterpart": "Ældre"}, {"touchpoint_id": "S-2"}]}
    office.send({"people": [{}], "networks": [{}], "roles": [{}]} | first, path="a.xlsx")
    office.send({"touchpoints": [{"counterpart": "Nyere"}]}, path="b.xlsx")
    report = office.accept()
    assert office.rows("touchpoints", "touchpoint_id", "counterpart") == [("S-1", "Nyere"), ("S-2", None)]
    [(rule, severity, path, danish)] = office.findings("rule", "severity", "path", "message_da")
    assert (rule, severity, path) == ("superseded_key", "warning", "a.xlsx")
    assert "b.xlsx" in danish
    assert (report.rows_read, report.rows_accepted, report.rows_rejected) == (6, 5, 1)


def test_a_later_row_that_is_refused_leaves_the_earlier_standing(office):
    office.send({"people": [{}], "networks": [{}], "roles": [{}], "touchpoints": [{}]}, path="a.xlsx")
    office.send({"touchpoints": [{"kind": "Ukendt"}]}, path="b.xlsx")
    office.accept()
    assert office.rows("touchpoints", "delivery_sequence") == [1]
    assert office.findings("rule") == ["enum"]


def test_organisations_never_mix(office):
    for organisation in ("aalby", "bedrup"):
        office.send({"people": [{}], "networks": [{}], "roles": [{}]}, organisation=organisation)
    office.send({"people": [{}]}, organisation="cisted", path="personer.csv")
    office.send({"touchpoints": [{}]}, organisation="cisted", path="samspil.csv")
    office.accept()
    assert office.rows("people", "organisation_id") == ["aalby", "bedrup", "cisted"]
    assert office.findings("rule", "path") == [("unknown_reference", "samspil.csv")]


@pytest.mark.parametrize(
    ("kind", "written", "key"),
    [
        ("touchpoints", " s‑1 ", "S-1"),
        ("phases", "n-01/ 3", "N-01/3"),
        ("ownership", "n-02/p-036/2025-02-14", "N-02/P-036/2025-02-14"),
        ("central_managers", "N-02 / P-036 / 14/02/2025", "N-02/P-036/2025-02-14"),
        ("ownership", "N-02/P-036", None),
        ("ownership", "N-02/P-036/i går", None),
    ],
)
def test_a_disputed_key_is_read_like_the_keys_own_cells(kind, written, key):
    assert normal_record_key(kind, written) == key
