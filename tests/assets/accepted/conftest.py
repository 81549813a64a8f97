"""Rows as an office sends them, put into ``raw`` without a file, and what becomes of them."""

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count

import pytest

from assets.accepted.build import build_accepted
from assets.accepted.settings import build_settings
from assets.contract import KIND_BY_NAME
from assets.raw.addresses import column_letter
from assets.raw.tables import create_raw_tables
from assets.settings_contract import SETTINGS_BY_NAME, SETTINGS_FILE

ALL_KINDS = KIND_BY_NAME | SETTINGS_BY_NAME
RECEIVED = date(2026, 11, 24)

SENT = {
    "people": {
        "person_id": "ANNA",
        "name": "Eksempel",
        "unit": "Børn",
        "level": "2",
        "valid_from": "2020-01-01",
    },
    "networks": {
        "network_id": "N-1",
        "title": "Fællesskaber",
        "network_type": "Innovationsnetværk",
        "start_date": "2024-01-01",
    },
    "roles": {
        "network_id": "N-1",
        "person_id": "ANNA",
        "role": "Referenceleder",
        "valid_from": "2024-01-01",
    },
    "phases": {"network_id": "N-1", "phase": "1"},
    "solutions": {"solution_id": "L-1", "network_id": "N-1", "title": "Løsning", "idea_date": "2024-02-01"},
    "applications": {
        "application_id": "A-1",
        "network_id": "N-1",
        "funder": "Puljen",
        "source": "Ekstern",
        "purpose": "Testfase",
        "amount_applied": "1.000",
        "submitted_date": "2024-06-01",
        "status": "Under behandling",
    },
    "adoption_events": {
        "event_id": "H-1",
        "solution_id": "L-1",
        "unit": "Børn",
        "event": "Test startet",
        "date": "2024-06-01",
    },
    "central_managers": {"network_id": "N-1", "manager_id": "ANNA", "identified_date": "2024-02-01"},
    "ownership": {
        "network_id": "N-1",
        "manager_id": "ANNA",
        "date": "2024-06-01",
        "relevance": "4",
        "ownership": "4",
    },
    "touchpoints": {
        "touchpoint_id": "S-1",
        "network_id": "N-1",
        "date": "2024-06-01",
        "kind": "Sparring",
        "by_id": "ANNA",
    },
    "value_records": {
        "value_id": "V-1",
        "network_id": "N-1",
        "date": "2024-06-01",
        "value_type": "Kvalitet",
        "measure": "Ventetid",
    },
    "pulse": {
        "network_id": "N-1",
        "date": "2024-06-01",
        "respondent_role": "Deltager",
        "responsibility": "R1",
        "score": "4",
    },
    "disputes": {
        "dispute_id": "I-1",
        "record_kind": "Samspil",
        "record_key": "S-1",
        "raised_date": "2024-07-01",
    },
}
BASE = {"people": [{}], "networks": [{}], "roles": [{}]}


@dataclass
class Office:
    """An office that sends files: ``send`` one, then ``accept`` what counts."""

    connection: object
    numbers: count = field(default_factory=lambda: count(1))

    def send(
        self,
        kinds,
        *,
        path="netvaerk.xlsx",
        organisation="aalby",
        received=RECEIVED,
        headings=None,
        faults=(),
        refused=None,
        state="current",
        rule=None,
        whole=False,
    ):
        """Send a file; its sequence number.

        Args:
            kinds: Kind → rows, each a dict of what differs from a small valid row; None empties a cell.
            headings: (kind, column) → heading as written, with its multiplier.
            faults: (sheet, row number, column letter, rule, severity) the reader found.
            refused: Kind whose sheet is refused whole → the rule.
            whole: The rows are whole as given, with nothing filled in.
        """
        sequence = next(self.numbers)
        self.connection.execute(
            "insert into raw.delivery by name select ? as sequence, ? as organisation_id, ? as path, "
            "'00' as sha256, 1 as bytes, ? as received_at, ? as received_date, ? as state, ? as rule",
            [sequence, organisation, path, datetime(2026, 11, 24, 12), received, state, rule],
        )
        for position, (name, rows) in enumerate(kinds.items(), start=1):
            kind = ALL_KINDS[name]
            letters = {column.name: column_letter(at) for at, column in enumerate(kind.columns)}
            heading_of = {
                letters[c.name]: (headings or {}).get((name, c.name), (c.heading, 1))[0] for c in kind.columns
            }
            factors = {
                letters[column]: factor
                for (of_kind, column), (_, factor) in (headings or {}).items()
                if of_kind == name and factor != 1
            }
            self.connection.execute(
                "insert into raw.sheet by name select ? as delivery_sequence, ? as sheet, "
                "? as sheet_position, ? as kind, 1 as heading_row, ? as headings, ? as columns, "
                "? as multipliers, ? as refused, ? as rows_read",
                [
                    sequence,
                    kind.sheet,
                    position,
                    name,
                    json.dumps(heading_of),
                    json.dumps({letter: column for column, letter in letters.items()}),
                    json.dumps(factors),
                    (refused or {}).get(name),
                    len(rows),
                ],
            )
            for number, given in enumerate(rows, start=2):
                sent = given if whole or name not in SENT else SENT[name] | given
                cells = {
                    letters[column]: text
                    for column, text in sent.items()
                    if text is not None and column in letters
                }
                self.connection.execute(
                    "insert into raw.source_row values (?, ?, ?, ?, ?, ?, ?)",
                    [
                        sequence,
                        organisation,
                        kind.sheet,
                        name,
                        number,
                        json.dumps(cells),
                        sent.get("skip_reason"),
                    ],
                )
        for sheet, number, letter, fault, severity in faults:
            self.connection.execute(
                "insert into raw.reading_fault values (?, ?, ?, ?, ?, ?, ?, ?, '', '{}')",
                [sequence, organisation, path, sheet, number, letter, fault, severity],
            )
        return sequence

    def settings(self, kinds):
        """Send the settings workbook."""
        return self.send(kinds, path=SETTINGS_FILE, organisation="", whole=True)

    def accept(self, **options):
        """Build settings and the accepted layer; the report."""
        build_settings(self.connection)
        return build_accepted(self.connection, **options)

    def rows(self, kind, *columns):
        """The accepted rows of a kind: one column as a list, several as tuples."""
        listed = ", ".join(f'"{column}"' for column in columns)
        found = self.connection.execute(f"select {listed} from accepted.{kind} order by all").fetchall()
        return [row[0] for row in found] if len(columns) == 1 else found

    def findings(self, *columns, rule=None):
        """The findings in order of place; of one rule, where one is named."""
        listed = ", ".join(columns or ("rule", "cell"))
        where = f"where rule = '{rule}'" if rule else ""
        found = self.connection.execute(
            f"select {listed} from accepted.finding {where} "
            "order by delivery_sequence, sheet, row_number, rule, cell"
        ).fetchall()
        return [row[0] for row in found] if len(columns) == 1 else found


@pytest.fixture
def office(connection):
    """An office with nothing sent yet."""
    create_raw_tables(connection)
    return Office(connection)


@pytest.fixture
def judged(office):
    """Send one file (on a base of one person, network and role), accept it; the office."""

    def judge(kinds, **options):
        office.send(BASE | kinds, **options)
        office.report = office.accept()
        return office

    return judge
