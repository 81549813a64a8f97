"""Why a published figure changed: each cause by itself, together, and what is no restatement.

One network with one leader since 2024. R2.2 counts the leader's coordinations in the six months up to the
quarter's end; the quarter looked at is 2026Q2 (1 January to 30 June), closed when it is first published.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import duckdb
import pytest

from assets.accepted.build import build_accepted
from assets.accepted.settings import build_settings
from assets.contract import KIND_BY_NAME
from assets.core.calendar import build_calendar
from assets.home import Home
from assets.indicators.definitions import build_definitions
from assets.publication.catalogue import PUBLISHED_TABLES
from assets.publication.database import publish
from assets.publication.ledger import column_list
from assets.publication.replay import models_behind
from assets.raw.tables import create_raw_tables
from assets.run_record import Run
from assets.settings_contract import SETTINGS_BY_NAME
from assets.sql_models import run_models
from assets.warehouse import open_warehouse

CAUSES = ("code", "definition", "target", "late", "corrected", "withdrawn", "dispute", "erased")
PUBLISHED_RESULTS = (
    "results.indicator_result",
    "results.responsibility_result",
    "results.organisation_result",
    "results.evidence",
)
PEOPLE = [
    {"person_id": "P-1", "name": "Asta", "unit": "Skole", "level": "1", "valid_from": "2020-01-01"},
    {"person_id": "P-2", "name": "Bo", "unit": "Skole", "level": "2", "valid_from": "2020-01-01"},
]
NETWORKS = [
    {"network_id": "N-1", "title": "Drift", "network_type": "innovation", "start_date": "2024-01-01"},
]
ROLES = [{"network_id": "N-1", "person_id": "P-1", "role": "reference_leader", "valid_from": "2024-01-01"}]


def touchpoint(name: str, day: str) -> dict[str, str]:
    """A coordination by the leader."""
    return {
        "touchpoint_id": name,
        "network_id": "N-1",
        "date": day,
        "kind": "coordination",
        "by_id": "P-1",
    }


FIRST = [touchpoint("S-1", "2026-02-01"), touchpoint("S-2", "2026-05-01")]
DISPUTE = {
    "dispute_id": "D-1",
    "record_kind": "touchpoints",
    "record_key": "S-1",
    "raised_date": "2026-07-10",
    "resolved_date": "2026-07-20",
    "outcome": "upheld",
}
TARGET = {
    "indicator_id": "R2.2",
    "valid_from": "2026-01-01",
    "target": "3",
    "reason": "Flere netværk",
    "owner": "Direktionen",
}


@dataclass
class Town:
    """A home whose files are delivered row by row, without spreadsheets."""

    connection: duckdb.DuckDBPyConnection
    home: Home
    standing: dict[str, int] = field(default_factory=dict)

    def deliver(self, path: str, kind_name: str, rows: list[dict[str, str]]) -> None:
        """Let a file arrive; it replaces what its path last said."""
        kind = KIND_BY_NAME.get(kind_name) or SETTINGS_BY_NAME[kind_name]
        letters = {column.name: chr(ord("A") + place) for place, column in enumerate(kind.columns)}
        [(sequence,)] = self.connection.execute(
            "select coalesce(max(sequence), 0) + 1 from raw.delivery"
        ).fetchall()
        self.withdraw(path, sequence)
        self.standing[path] = sequence
        self._insert(
            "delivery",
            sequence=sequence,
            organisation_id="by",
            path=path,
            sha256=f"{sequence:064d}",
            bytes=1,
            received_at=datetime(2026, 10, sequence),
            received_date=date(2026, 10, sequence),
            state="current",
        )
        self._insert(
            "sheet",
            delivery_sequence=sequence,
            sheet=kind.sheet,
            sheet_position=0,
            kind=kind.name,
            heading_row=1,
            headings={letter: kind.column(name).heading for name, letter in letters.items()},
            columns={letter: name for name, letter in letters.items()},
            rows_read=len(rows),
        )
        for number, row in enumerate(rows, start=2):
            self._insert(
                "source_row",
                delivery_sequence=sequence,
                organisation_id="by",
                sheet=kind.sheet,
                kind=kind.name,
                row_number=number,
                cells={letters[name]: text for name, text in row.items()},
            )

    def withdraw(self, path: str, sequence: int) -> None:
        """What the path last said no longer counts from that sequence number on."""
        self.connection.execute(
            "update raw.delivery set state = 'superseded', superseded_by = ? where sequence = ?",
            [sequence, self.standing.pop(path, -1)],
        )

    def _insert(self, table: str, **values: object) -> None:
        import json

        names = ", ".join(f'"{name}"' for name in values)
        marks = ", ".join("?" for _ in values)
        given = [json.dumps(one) if isinstance(one, dict) else one for one in values.values()]
        self.connection.execute(f"insert into raw.{table} ({names}) values ({marks})", given)

    def publish(
        self, *changes: str, as_of: date = date(2026, 9, 30), organisation: str | None = None
    ) -> None:
        """Compute everything and publish it; ``changes`` are what other code would have computed."""
        connection = self.connection
        build_settings(connection)
        build_accepted(connection, today=as_of)
        build_calendar(connection, {"by": as_of})
        build_definitions(connection)
        run_models(connection, models_behind(*PUBLISHED_RESULTS))
        for change in changes:
            connection.execute(change)
        publish(connection, self.home, Run("run", datetime(2026, 10, 20, tzinfo=UTC), as_of, organisation))

    def restated(
        self, indicator: str = "R2.2", period: str = "2026Q2"
    ) -> dict[str, tuple[str | None, str | None, dict[str, float]]]:
        """Old, new and the parts that are not empty, by measure."""
        told = self.told("indicator_result", period)
        return {measure: said for (name, _, measure), said in told.items() if name == indicator}

    def told(
        self, table: str, period: str = "2026Q2"
    ) -> dict[tuple[str, str, str], tuple[str | None, str | None, dict[str, float]]]:
        """Old, new and the parts that are not empty, by id, dimension and measure."""
        parts = ", ".join(f"{cause}_part" for cause in CAUSES)
        with duckdb.connect(str(self.home.database), read_only=True) as published:
            rows = published.execute(
                f"select indicator_id, dimension, measure, old, new, {parts} from audit.restatement "
                "where table_name = ? and period = ?",
                [table, period],
            ).fetchall()
        return {
            (row[0], row[1], row[2]): (
                row[3],
                row[4],
                {cause: part for cause, part in zip(CAUSES, row[5:], strict=True) if part is not None},
            )
            for row in rows
        }


QUALITY = (
    "create table audit.quality_result (run_id varchar, layer varchar, table_name varchar, "
    "check_name varchar, expectation varchar, column_name varchar, outcome varchar, blocking boolean, "
    "rows_checked bigint, violations bigint)"
)


@pytest.fixture
def town(tmp_path) -> Iterator[Town]:
    """The network with two coordinations, everything published once."""
    home = Home.create(tmp_path / "home")
    with open_warehouse(home.warehouse_file) as connection:
        create_raw_tables(connection)
        connection.execute(QUALITY)
        for table in PUBLISHED_TABLES:  # those of which these tests need no rows
            if table.schema == "main" or table.source.startswith("results."):
                connection.execute(f"create table if not exists {table.source} ({column_list(table)})")
        town = Town(connection, home)
        town.deliver("personer.csv", "people", PEOPLE)
        town.deliver("netvaerk.csv", "networks", NETWORKS)
        town.deliver("roller.csv", "roles", ROLES)
        town.deliver("samspil.csv", "touchpoints", FIRST)
        yield town


@pytest.fixture
def published(town) -> Town:
    """The same, published."""
    town.publish()
    return town


def test_the_first_publication_restates_nothing(published):
    assert published.restated() == {}


def test_publishing_again_restates_nothing(published):
    published.publish()
    assert published.restated() == {}


def test_what_came_late_is_late_though_a_run_of_another_organisation_saw_it_first(published):
    published.deliver("samspil.csv", "touchpoints", [*FIRST, touchpoint("S-3", "2026-06-30")])
    published.publish(organisation="nabo")
    assert published.restated() == {}
    assert published.connection.execute("select count(*) from audit.restatement").fetchall() == [(0,)]
    published.publish()
    assert published.restated() == {"value": ("2.0", "3.0", {"late": 1.0})}


def test_a_record_that_came_late(published):
    published.deliver("samspil.csv", "touchpoints", [*FIRST, touchpoint("S-3", "2026-06-30")])
    published.publish()
    assert published.restated() == {"value": ("2.0", "3.0", {"late": 1.0})}
    # Two, then three of the six months had a touchpoint by the leader; two, then three records in all.
    assert published.restated("R5.1")["numerator"] == ("2.0", "3.0", {"late": 1.0})
    assert "denominator" not in published.restated("R5.1")
    assert published.told("organisation_result") == {
        ("records", "touchpoints", "value"): ("2.0", "3.0", {"late": 1.0})
    }
    assert published.told("responsibility_result") == {}


def test_a_record_that_was_corrected(published):
    published.deliver("samspil.csv", "touchpoints", [FIRST[0], touchpoint("S-2", "2025-05-01")])
    published.publish()
    assert published.restated() == {"value": ("2.0", "1.0", {"corrected": -1.0})}
    assert published.restated(period="2025Q2") == {
        "value": ("0.0", "1.0", {"corrected": 1.0}),
        "status": ("not_fulfilled", "fulfilled", {"corrected": 1.0}),
    }


def test_a_record_that_was_withdrawn(published):
    published.deliver("samspil.csv", "touchpoints", FIRST[:1])
    published.publish()
    assert published.restated() == {"value": ("2.0", "1.0", {"withdrawn": -1.0})}
    # One month of six instead of two: R5.1 is no longer partly, and R5.2 was not fulfilled before either.
    assert published.restated("R5.1")["status"] == ("partly", "not_fulfilled", {"withdrawn": 1.0})
    assert published.told("responsibility_result") == {
        ("R5", "", "status"): ("partly", "not_fulfilled", {"withdrawn": 1.0}),
        ("R5", "", "partly"): ("1.0", "0.0", {"withdrawn": -1.0}),
        ("R5", "", "not_fulfilled"): ("1.0", "2.0", {"withdrawn": 1.0}),
    }
    assert published.told("organisation_result") == {
        ("records", "touchpoints", "value"): ("2.0", "1.0", {"withdrawn": -1.0})
    }


def test_a_dispute_that_was_upheld(published):
    published.deliver("indsigelser.csv", "disputes", [DISPUTE])
    published.publish()
    assert published.restated() == {"value": ("2.0", "1.0", {"dispute": -1.0})}


def test_a_target_that_was_set(published):
    published.deliver("_indstillinger.xlsx", "targets", [TARGET])
    published.publish()
    assert published.restated() == {"status": ("fulfilled", "not_fulfilled", {"target": 1.0})}
    assert published.restated(period="2025Q4") == {}
    # R2.1 was not fulfilled before either, so that all of R2 turns.
    assert published.told("responsibility_result")["R2", "", "status"] == (
        "partly",
        "not_fulfilled",
        {"target": 1.0},
    )
    assert published.told("organisation_result") == {}


def test_code_that_counted_otherwise(town):
    town.publish("update results.indicator_result set value = 5 where indicator_id = 'R2.2'")
    town.publish()
    assert town.restated() == {"value": ("5.0", "2.0", {"code": -3.0})}


def test_a_definition_of_another_version(town):
    town.publish(
        "update results.indicator_result set value = 5, definition_version = 0 where indicator_id = 'R2.2'",
        "update results.responsibility_result set status = 'fulfilled' "
        "where responsibility_id in ('R2', 'R5')",
    )
    town.publish()
    assert town.restated() == {"value": ("5.0", "2.0", {"definition": -3.0})}
    told = town.told("responsibility_result")
    assert told["R2", "", "status"] == ("fulfilled", "partly", {"definition": 1.0})
    assert told["R5", "", "status"] == ("fulfilled", "partly", {"code": 1.0})  # its definitions are the same


def test_all_causes_at_once_stand_in_their_order_and_add_up(town):
    town.publish("update results.indicator_result set value = 5 where indicator_id = 'R2.2'")
    town.deliver(
        "samspil.csv",
        "touchpoints",
        [touchpoint("S-1", "2026-02-02"), touchpoint("S-3", "2026-06-01"), touchpoint("S-4", "2026-06-02")],
    )
    town.deliver("indsigelser.csv", "disputes", [DISPUTE])
    town.deliver("_indstillinger.xlsx", "targets", [TARGET])
    town.publish()
    found = town.restated()
    # 5 as published; 2 by today's code; S-3 and S-4 came late; S-2 is gone; S-1 is disputed.
    parts = {"code": -3.0, "late": 2.0, "withdrawn": -1.0, "dispute": -1.0}
    assert found["value"] == ("5.0", "2.0", parts)
    assert sum(parts.values()) == 2 - 5
    # Target 3: 2 do not reach it, 4 do, 3 do, 2 do not.
    assert found["status"] == (
        "fulfilled",
        "not_fulfilled",
        {"target": 1.0, "late": 1.0, "dispute": 1.0},
    )


def test_a_figure_that_is_no_longer_there_is_restated_to_nothing(published):
    value = {
        "value_id": "V-1",
        "network_id": "N-1",
        "date": "2026-05-05",
        "value_type": "quality",
        "measure": "Ventetid",
        "baseline": "10",
        "measured": "8",
    }
    published.deliver("vaerdi.csv", "value_records", [value])
    published.publish()
    assert published.restated("V6")["value"] == (None, "1.0", {"late": 1.0})
    published.deliver("vaerdi.csv", "value_records", [value | {"value_type": "citizen"}])
    published.publish()
    with duckdb.connect(str(published.home.database), read_only=True) as file:
        rows = file.execute(
            "select dimension, old, new, corrected_part from audit.restatement "
            "where indicator_id = 'V6' and period = '2026Q2' and publication_sequence = 3 order by 1"
        ).fetchall()
    assert rows == [("citizen", None, "1.0", 1.0), ("quality", "1.0", None, -1.0)]


def test_a_provisional_figure_that_moves_by_time_is_no_restatement(town):
    town.publish(as_of=date(2026, 5, 15))
    town.deliver("samspil.csv", "touchpoints", [*FIRST, touchpoint("S-3", "2026-06-30")])
    town.publish()
    assert town.restated() == {}


def test_the_ledger_keeps_earlier_restatements(published):
    for rows in ([FIRST[0]], FIRST):
        published.deliver("samspil.csv", "touchpoints", rows)
        published.publish()
    with duckdb.connect(str(published.home.database), read_only=True) as file:
        kept = file.execute(
            "select publication_sequence, old, new, withdrawn_part, late_part from audit.restatement "
            "where indicator_id = 'R2.2' and period = '2026Q2' order by 1"
        ).fetchall()
    assert kept == [(2, "2.0", "1.0", -1.0, None), (3, "1.0", "2.0", None, 1.0)]


def test_every_row_of_the_ledger_adds_up(published):
    published.deliver("samspil.csv", "touchpoints", [touchpoint("S-9", "2025-11-01")])
    published.publish()
    parts = " + ".join(f"coalesce({cause}_part, 0)" for cause in CAUSES)
    with duckdb.connect(str(published.home.database), read_only=True) as file:
        [(rows, wrong)] = file.execute(
            f"""
            select count(*), count(*) filter (
                abs(coalesce(new::double, 0) - coalesce(old::double, 0) - ({parts})) > 1e-9
            )
            from audit.restatement where measure = 'value'
            """
        ).fetchall()
    assert rows > 0
    assert wrong == 0
