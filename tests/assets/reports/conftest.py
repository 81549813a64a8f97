"""A published database of a few rows, put together by hand."""

from datetime import date, datetime

import duckdb
import pytest

from assets.publication.catalogue import PUBLISHED_TABLES
from assets.reports.published import read_published
from assets.reports.words import Words

ORGANISATION = "AALBY"
THEN, NOW = "2024Q4", "2025Q1"
DAYS = {
    "2024Q4": (date(2024, 10, 1), date(2024, 12, 31)),
    "2025Q1": (date(2025, 1, 1), date(2025, 3, 31)),
}
KEPT = ("solutions", "applications", "adoption_events", "ownership", "value_records", "touchpoints", "phases")
NUMBERS = ("numerator", "denominator", "value", "lower", "upper", "n")


class Publication:
    """Rows for the tables of the published database; ``write`` makes the file.

    A new one has one welfare network, N-1, active in two quarters, and nine responsibilities.
    """

    def __init__(self):
        self.rows = {table.full_name: [] for table in PUBLISHED_TABLES}
        self.provisional = False
        self.network("N-1", title="Fællesskaber")
        self.add("audit.publication", sequence=1, period=NOW, content_hash="ab" * 32)
        self.add(
            "audit.delivery",
            sequence=1,
            state="current",
            received_at=datetime(2025, 4, 1, 8),
            rows_read=10,
            rows_accepted=8,
            rows_rejected=1,
            rows_skipped=1,
        )
        for number in range(1, 10):
            self.add(
                "main.responsibility",
                responsibility_id=f"R{number}",
                accountability="accountable" if number in (4, 9) else "supporting",
                name_da=f"Ansvar {number}",
                name_en=f"Duty {number}",
            )
        for number, name in enumerate(("forvaltninger", "løsninger", "steder", "mennesker"), start=1):
            self.add("main.indicator", indicator_id=f"V{number}", name_da=name, name_en=name)

    def add(self, table, /, **row):
        """One row; the organisation is ours unless said otherwise."""
        self.rows[table].append({"organisation_id": ORGANISATION, **row})
        return self

    def network(self, network_id, **more):
        """A network, with a V2 row of 3 in both quarters."""
        row = {"title": network_id, "network_type": "welfare", "start_date": date(2024, 1, 15)}
        self.add("main.networks", network_id=network_id, **(row | more))
        for period in DAYS:
            self.value(network_id, "V2", value=3.0, period=period)
        return self

    def value(self, network_id, indicator_id, period=NOW, dimension="", **numbers):
        """A V row of a network."""
        return self.add(
            "main.indicator_result",
            network_id=network_id,
            period=period,
            indicator_id=indicator_id,
            dimension=dimension,
            responsibility_id="",
            reference_leader_id="P-LEADER",
            phase="active",
            status="",
            **numbers,
        )

    def figure(self, measure_id, dimension="", period=NOW, suppressed=False, **numbers):
        """A row of ``organisation_result``; a share's value follows from its parts."""
        if "denominator" in numbers and "value" not in numbers:
            numbers["value"] = numbers["numerator"] / numbers["denominator"]
            numbers.setdefault("n", int(numbers["denominator"]))
        return self.add(
            "main.organisation_result",
            period=period,
            measure_id=measure_id,
            dimension=dimension,
            suppressed=suppressed,
            **numbers,
        )

    def kept(self, *kinds):
        """The organisation has records of these kinds."""
        for kind in kinds or KEPT:
            self.figure("records", kind, value=4.0)
        return self

    def summary(self, responsibility_id, window="quarter", period=NOW, network_type="", **counts):
        """A row of ``responsibility_summary``; suppressed where no counts are given."""
        names = ("fulfilled", "partly", "not_fulfilled", "not_assessable", "not_applicable")
        shown = {name: counts.get(name, 0) for name in names} if counts else {}
        return self.add(
            "main.responsibility_summary",
            period=period,
            responsibility_id=responsibility_id,
            network_type=network_type,
            window=window,
            networks=sum(shown.values()) or None,
            suppressed=not counts,
            **shown,
        )

    def indicator(self, **row):
        """An indicator row of N-1 in 2025Q1, under P-LEADER unless said otherwise."""
        given = {
            "network_id": "N-1",
            "period": NOW,
            "indicator_id": "R2.2",
            "dimension": "",
            "responsibility_id": "R2",
            "reference_leader_id": "P-LEADER",
            "phase": "active",
            "status": "fulfilled",
            "value": 2.0,
            "certain": True,
            "disputed": False,
        }
        return self.add("main.indicator_result", **(given | row))

    def duty(self, **row):
        """A responsibility row of N-1 in 2025Q1."""
        given = {
            "network_id": "N-1",
            "period": NOW,
            "responsibility_id": "R2",
            "reference_leader_id": "P-LEADER",
            "accountability": "supporting",
            "status": "fulfilled",
            "disputed": False,
        }
        return self.add("main.responsibility_result", **(given | row))

    def write(self, path):
        """The database file."""
        with duckdb.connect(str(path)) as connection:
            connection.execute("begin; create schema audit")  # one transaction: the file is written once
            for table in PUBLISHED_TABLES:
                columns = [column.name for column in table.columns]
                types = ", ".join(f'"{column.name}" {column.type}' for column in table.columns)
                connection.execute(f"create table {table.full_name} ({types})")
                for row in self.rows[table.full_name]:
                    if table.name == "indicator_result":
                        first, last = DAYS[row["period"]]
                        row |= {"period_start": first, "period_end": last, "provisional": self.provisional}
                    unknown = row.keys() - set(columns) - {"organisation_id"}
                    assert not unknown, f"{table.full_name} has no {unknown}"
                if rows := self.rows[table.full_name]:
                    marks = ", ".join([f"({', '.join('?' for _ in columns)})"] * len(rows))
                    values = [row.get(name) for row in rows for name in columns]
                    connection.execute(f"insert into {table.full_name} values {marks}", values)
            connection.execute("commit")
        return path


def whole(publication):
    """Figures for every chapter, so that every chart is drawn."""
    publication.kept()
    for period, used in ((THEN, 2.0), (NOW, 3.0)):
        publication.figure("networks_active", value=6.0, period=period)
        publication.figure("solutions_in_use", value=used, period=period)
        publication.figure("places_in_use", value=4.0, period=period)
        publication.figure("people_reached", value=1250.0, n=4, period=period)
        for measure in ("kroner_needed", "kroner_asked", "kroner_granted"):
            publication.figure(measure, value=250_000.0, period=period)
        for part, count in (("owning", 4.0), ("not_owning", 3.0), ("not_heard", 3.0)):
            bounds = {"lower": 0.4, "upper": 0.7} if part == "owning" else {}
            publication.figure("ownership", part, period=period, numerator=count, denominator=10.0, **bounds)
    for part, count in (("relevant", 5.0), ("not_relevant", 2.0), ("not_heard", 3.0)):
        publication.figure("relevance", part, numerator=count, denominator=10.0)
    publication.figure("managers_asked", value=8.0)
    publication.figure("managers_acting", numerator=2.0, denominator=10.0)
    publication.figure("kroner_needed_to_date", value=500_000.0)
    publication.figure("kroner_granted_to_date", value=2_450_000.0)
    publication.figure("kroner_granted_to_date", "test", value=400_000.0)
    publication.figure("kroner_needed_in_year", "2025", value=500_000.0)
    publication.figure("kroner_granted_in_year", "2025", value=400_000.0)
    publication.figure("external_share", numerator=1_225_000.0, denominator=2_450_000.0)
    publication.figure("value_followed", value=7.0)
    publication.figure("value_followed", "quality", value=7.0)
    publication.figure("value_cycle", "applied", value=7.0)
    publication.figure("value_outcome", "reached", value=2.0)
    publication.figure("value_outcome", "away", value=1.0)
    publication.figure("value_outcome", "quality/reached", value=2.0)
    publication.figure("value_outcome", "quality/away", value=1.0)
    publication.figure("goals_reached", numerator=2.0, denominator=3.0)
    for season in ("", "2024H1/"):
        for step, count in (
            ("idea", 8.0),
            ("tested", 6.0),
            ("decided", 4.0),
            ("in_base", 3.0),
            ("scaled", 1.0),
        ):
            publication.figure("funnel", f"{season}{step}", value=count)
            publication.figure("funnel_share", f"{season}{step}", numerator=count, denominator=8.0)
    publication.figure("funnel", "turned_down", value=1.0)
    for day, share, followed in (("0", 1.0, 6), ("200", 0.8, 5), ("400", 0.8, 3)):
        publication.figure("after_closing_step", day, value=share, n=followed)
    publication.figure("after_closing_mark", "365", value=0.8, lower=0.3, upper=0.96, n=3)
    publication.figure("progress", numerator=7.0, denominator=12.0)
    for period, dialogues in ((THEN, 1.0), (NOW, 2.0)):
        publication.figure("political_dialogue", value=dialogues, period=period)
        publication.figure("political_assessment", "relevant", value=3.0, period=period)
        publication.figure("political_assessment", "not_relevant", value=1.0, period=period)
        for audience in ("organisation", "politicians", "city"):
            publication.figure("value_shown", audience, value=1.0, period=period)
    publication.figure("tests_decided", numerator=4.0, denominator=5.0)
    publication.figure("tests_waiting", value=1.0)
    publication.figure("results_by_reason", "judged", numerator=30.0, denominator=40.0)
    publication.figure("results_by_reason", "short_tenure", numerator=10.0, denominator=40.0)
    for number in range(1, 9):
        publication.summary(f"R{number}", fulfilled=4, partly=1, not_fulfilled=1)
    publication.summary("R9")
    publication.add(
        "main.value_records",
        value_id="V-1",
        network_id="N-1",
        date=date(2025, 2, 1),
        value_type="quality",
        measure="Ventetid",
        unit="dage",
        baseline=12.5,
        target=10.0,
        measured=9.25,
    )
    return publication


@pytest.fixture
def publication():
    """An empty publication to add rows to."""
    return Publication()


@pytest.fixture
def full():
    """A publication with something in every chapter."""
    return whole(Publication())


@pytest.fixture
def read(tmp_path):
    """Read a publication as a report does."""

    def run(publication, period=NOW):
        return read_published(publication.write(tmp_path / "published.duckdb"), ORGANISATION, period)

    return run


@pytest.fixture(params=["da", "en"])
def words(request):
    """Each language in turn."""
    return Words(request.param)


def talked_about(publication):
    """One leader, one superior, R2 disputed and felt less well than observed."""
    publication.add(
        "main.indicator",
        indicator_id="R2.2",
        responsibility_id="R2",
        name_da="Sammenhæng",
        name_en="Coherence",
        unit="count",
        direction="at_least",
    )
    publication.add(
        "audit.organisation",
        name="Aalby Kommune",
        not_before=date(2025, 1, 1),
        med_discussed_on=date(2024, 12, 1),
    )
    for person, name, superior in (("P-LEADER", "Ann Eksempel", "P-BOSS"), ("P-BOSS", "Bo Eksempel", None)):
        publication.add(
            "main.people", person_id=person, name=name, superior_id=superior, valid_from=date(2020, 1, 1)
        )
    publication.indicator(disputed=True, value_if_upheld=1.0, status_if_upheld="fulfilled", target=1.0)
    publication.duty(perceived_status="partly", perception_gap=-1)
    publication.add(
        "main.pulse_summary", network_id="N-1", period="2025Q1", responsibility_id="R2", status="partly", n=5
    )
    publication.add(
        "main.touchpoints",
        record_key="S-1",
        touchpoint_id="S-1",
        network_id="N-1",
        date=date(2025, 2, 3),
        kind="coordination",
        by_id="P-LEADER",
        note="Fortroligt sagt",
    )
    publication.add(
        "audit.evidence",
        network_id="N-1",
        period="2025Q1",
        indicator_id="R2.2",
        dimension="",
        record_kind="touchpoints",
        record_key="S-1",
        part="numerator",
    )
    publication.add(
        "main.disputes",
        dispute_id="I-1",
        record_kind="touchpoints",
        record_key="S-1",
        raised_date=date(2025, 3, 1),
        reason="Et andet netværk",
    )
    return publication


@pytest.fixture
def talked(publication):
    """A publication with what a dialogue sheet shows."""
    return talked_about(publication)
