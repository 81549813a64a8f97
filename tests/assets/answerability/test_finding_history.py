"""Since when a finding has stood, and when it was mended, by the days the files were received."""

from datetime import date

import pytest

from assets.answerability.finding_history import note_findings

FINDING = (
    "create or replace table accepted.finding (organisation_id varchar, delivery_sequence bigint, "
    "path varchar, sheet varchar, row_number integer, kind varchar, heading varchar, rule varchar, "
    "severity varchar, record_key varchar, waived boolean)"
)
STORY = "select record, network_id, first_date, mended_date from accepted.finding_history order by record"


@pytest.fixture
def tell(connection, offices):
    """Say what is wrong now: record keys with the delivery and row they stand in."""
    connection.execute(FINDING)

    def run(sequence, *records, severity="error"):
        connection.execute("delete from accepted.finding")
        for number, record in enumerate(records, start=2):
            offices(
                "accepted.finding",
                organisation_id="aalby",
                delivery_sequence=sequence,
                path="netvaerk.xlsx",
                sheet="touchpoints",
                row_number=number,
                kind="touchpoints",
                heading="Dato",
                rule="type",
                severity=severity,
                record_key=record,
                waived=False,
            )
        note_findings(connection)
        return connection.execute(STORY).fetchall()

    return run


def test_a_finding_stands_from_the_first_delivery_until_it_is_gone(tell, deliver):
    deliver(1, date(2025, 4, 1), "touchpoints", state="superseded")
    assert tell(1, "S-1", "S-2") == [
        ("S-1", "", date(2025, 4, 1), None),
        ("S-2", "", date(2025, 4, 1), None),
    ]
    deliver(2, date(2025, 4, 9), "touchpoints")
    assert tell(2, "S-2") == [
        ("S-1", "", date(2025, 4, 1), date(2025, 4, 9)),
        ("S-2", "", date(2025, 4, 1), None),
    ]


def test_a_finding_that_comes_back_counts_anew(tell, deliver):
    deliver(1, date(2025, 4, 1), "touchpoints", state="superseded")
    tell(1, "S-1")
    deliver(2, date(2025, 4, 9), "touchpoints", state="superseded")
    tell(2)
    deliver(3, date(2025, 4, 20), "touchpoints")
    assert tell(3, "S-1") == [("S-1", "", date(2025, 4, 20), None)]


def test_information_is_nothing_to_mend(tell, deliver):
    deliver(1, date(2025, 4, 1), "touchpoints")
    assert tell(1, "S-1", severity="info") == []


def test_a_finding_belongs_to_the_network_its_row_names(tell, deliver, connection):
    deliver(1, date(2025, 4, 1), "touchpoints")
    connection.execute('update raw.sheet set columns = \'{"B": "network_id"}\'')
    connection.execute(
        "insert into raw.source_row (delivery_sequence, organisation_id, sheet, kind, row_number, cells) "
        "values (1, 'aalby', 'touchpoints', 'touchpoints', 2, '{\"A\": \"s-1\", \"B\": \" n-01 \"}')"
    )
    assert tell(1, "S-1") == [("S-1", "N-01", date(2025, 4, 1), None)]
