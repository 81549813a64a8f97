"""A town whose files are delivered row by row, and what its publications say was restated."""

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import duckdb

from assets.accepted.build import build_accepted
from assets.accepted.settings import build_settings
from assets.contract import KIND_BY_NAME
from assets.core.calendar import build_calendar
from assets.home import Home
from assets.indicators.definitions import build_definitions
from assets.publication.database import publish
from assets.publication.replay import models_behind
from assets.run_record import Run
from assets.settings_contract import SETTINGS_BY_NAME
from assets.sql_models import run_models

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
