"""Reading the published database for a report."""

from datetime import date

import duckdb
import pytest

from assets.reports.errors import ReportError
from assets.reports.published import open_published, organisations, read_published

from .conftest import NOW, ORGANISATION, THEN


def test_an_unknown_organisation_is_told_which_there_are(publication, tmp_path):
    database = publication.write(tmp_path / "p.duckdb")
    with pytest.raises(ReportError, match=ORGANISATION):
        read_published(database, "ELSEWHERE", NOW)


def test_an_unknown_quarter_is_told_the_first_and_the_last(publication, tmp_path):
    database = publication.write(tmp_path / "p.duckdb")
    with pytest.raises(ReportError, match="2024Q4 til 2025Q1"):
        read_published(database, ORGANISATION, "2019Q1")


def test_without_a_publication_the_reader_is_told_to_run(tmp_path):
    with pytest.raises(ReportError, match="netvaerdi run"):
        read_published(tmp_path / "none.duckdb", ORGANISATION, NOW)


def test_the_database_can_only_be_read(publication, tmp_path):
    with open_published(publication.write(tmp_path / "p.duckdb")) as connection:
        with pytest.raises(duckdb.Error):
            connection.execute("create table main.more (a integer)")
        with pytest.raises(duckdb.Error):
            connection.execute("select * from read_csv('/etc/hosts')")


def test_an_earlier_quarter_is_read_without_what_came_later(publication, read):
    publication.figure("networks_active", value=1.0, period=THEN).figure("networks_active", value=2.0)
    published = read(publication, THEN)
    assert published.figure("networks_active").value == 1.0
    assert [quarter.period for quarter in published.quarters] == [THEN]


def test_a_value_record_whose_dispute_was_upheld_is_not_listed(publication, read):
    for value_id in ("V-1", "V-2"):
        publication.add(
            "main.value_records",
            record_key=value_id,
            value_id=value_id,
            network_id="N-1",
            date=date(2025, 2, 1),
            value_type="quality",
            measure="Ventetid",
        )
    publication.add("main.disputes", record_kind="value_records", record_key="V-2", outcome="upheld")
    assert [row["value_id"] for row in read(publication).value_records] == ["V-1"]


def test_restatements_of_what_speaks_of_leaders_are_left_out(publication, read):
    for indicator in ("V2", "R4.1"):
        publication.add(
            "audit.restatement",
            publication_sequence=1,
            table_name="indicator_result",
            network_id="N-1",
            period=THEN,
            indicator_id=indicator,
            dimension="",
            measure="value",
            old="1",
            new="2",
        )
    assert [row["indicator_id"] for row in read(publication).restatements] == ["V2"]


def test_the_organisations_are_listed_with_their_quarters(publication, tmp_path):
    assert organisations(publication.write(tmp_path / "p.duckdb")) == {ORGANISATION: [THEN, NOW]}
