"""A published file of a few rows by hand: a municipality, a network, a quarter, its spreadsheets."""

import json
from datetime import date, datetime
from pathlib import Path

import duckdb

from assets.publication.catalogue import PUBLISHED_TABLES
from assets.publication.ledger import column_list
from assets.publication.macros import create_macros, load_macros

BY, NETWORK, QUARTER = "BY", "N-01", "2026Q3"
LAST_DAY = date(2026, 9, 30)
AMOUNTS = {"A-1": 100_000, "A-2": 150_000, "A-3": 50_000}


def write_publication(path: Path, **changes: float) -> Path:
    """Write the file; ``v7=…`` publishes another V7 than the applications sum to; ``sequence=…`` is the
    publication's."""
    with duckdb.connect() as making:
        making.execute(f"attach '{path}' as file (storage_version 'v1.2.0', block_size 16384)")
        making.execute("create schema file.audit; use file")
        for table in PUBLISHED_TABLES:
            making.execute(f"create table {table.full_name} ({column_list(table)})")
        for table, rows in _rows(changes.get("v7", 300_000.0), changes.get("sequence", 1)).items():
            for row in rows:
                names = ", ".join(f'"{name}"' for name in row)
                given = [json.dumps(one) if isinstance(one, dict) else one for one in row.values()]
                making.execute(f"insert into {table} ({names}) values ({', '.join('?' for _ in row)})", given)
        for macro in load_macros():
            if macro.ask:
                da, _, en = macro.comment.partition(" / ")
                ask = macro.ask.replace(":organisation", BY).replace(":network", NETWORK)
                told = [
                    macro.full_name,
                    da,
                    en,
                    macro.signature,
                    ask.replace(":period", QUARTER),
                    macro.query,
                ]
                making.execute("insert into audit.how_to values (?, ?, ?, ?, ?, ?)", told)
        making.execute("use memory; detach file")
    with duckdb.connect(str(path)) as opened:
        create_macros(opened)
    return path


def _rows(v7: float, sequence: float) -> dict[str, list[dict]]:
    organisation = {"organisation_id": BY}
    result = {
        **organisation,
        "network_id": NETWORK,
        "period": QUARTER,
        "period_end": LAST_DAY,
        "dimension": "",
    }
    behind = {**organisation, "network_id": NETWORK, "period": QUARTER, "dimension": ""}
    whole = {**organisation, "period": QUARTER, "dimension": "", "suppressed": False}
    place = {**organisation, "delivery_sequence": 2}
    summary = {**organisation, "period": QUARTER, "network_type": "", "window": "two_years"}
    applications = [
        {
            **place,
            "sheet": "Ansøgninger",
            "row_number": number,
            "record_key": key,
            "application_id": key,
            "network_id": NETWORK,
            "funder": "=HYPERLINK(1)",
            "source": "external",
            "purpose": "test",
            "amount_applied": amount,
            "amount_granted": amount,
            "currency": "DKK",
            "status": "granted",
            "submitted_date": date(2026, 3, 1),
            "decided_date": date(2026, 4, 1),
        }
        for number, (key, amount) in enumerate(AMOUNTS.items(), start=2)
    ]
    applications.append(
        {
            **place,
            "sheet": "Ansøgninger",
            "row_number": 5,
            "record_key": "A-4",
            "application_id": "A-4",
            "network_id": NETWORK,
            "funder": "Fonden",
            "source": "internal",
            "purpose": "test",
            "amount_applied": 200_000,
            "status": "submitted",
            "submitted_date": date(2026, 9, 20),
        }
    )
    people = [
        {
            **place,
            "sheet": "Personer",
            "row_number": 2 + number,
            "record_key": f"P-{number}/2020-01-01",
            "person_id": f"P-{number}",
            "name": "Asta Ravn",
            "unit": "Skolen" if number < 6 else "Kulturhuset",
            "level": 4,
            "valid_from": date(2020, 1, 1),
        }
        for number in range(1, 7)
    ]
    kinds = {"applications": applications, "people": people}
    written = [
        ["A-1", "100.000,-"],
        ["A-2", "150000"],
        ["A-3", "50.000 kr."],
        ["A-4"],
        ["A-5", "70000"],
        ["I alt", "370000"],
    ]
    return {
        "main.indicator": [
            {"indicator_id": name, "name_da": name, "name_en": name, "unit": unit}
            for name, unit in (("V7", "kroner"), ("R6.1", "share"), ("R4.4", "days"))
        ],
        "main.responsibility": [
            {"responsibility_id": name, "name_da": "Åbner døre", "name_en": "Opens doors"}
            for name in ("R2", "R4")
        ],
        "main.networks": [
            {
                **place,
                "sheet": "Netværk",
                "row_number": 2,
                "record_key": NETWORK,
                "network_id": NETWORK,
                "title": "Fællesskaber",
                "network_type": "welfare",
                "start_date": date(2025, 1, 1),
            },
        ],
        "main.people": people,
        "main.applications": applications,
        "main.solutions": [
            {
                **place,
                "sheet": "Løsninger",
                "row_number": 2,
                "record_key": "L-1",
                "solution_id": "L-1",
                "network_id": NETWORK,
                "title": "Æblet",
                "idea_date": date(2026, 1, 1),
            },
        ],
        "main.adoption_events": [
            {
                **place,
                "sheet": "Optagelse",
                "row_number": 2 + number,
                "record_key": f"H-{number}",
                "event_id": f"H-{number}",
                "solution_id": "L-1",
                "unit": "Skolen",
                "event": "test_started",
                "date": date(2026, 5, 1),
                "manager_id": manager,
            }
            for number, manager in ((1, "P-1"), (2, None))
        ],
        "main.target": [
            {"indicator_id": "R6.3", "organisation_id": "", "network_type": "", "window_months": 12}
            | {"valid_from": date(1900, 1, 1)},
        ],
        "main.central_managers": [
            {
                **place,
                "sheet": "Centrale ledere",
                "row_number": 2 + number,
                "record_key": f"{NETWORK}/P-{number}/2026-05-01",
                "network_id": NETWORK,
                "manager_id": f"P-{number}",
                "identified_date": date(2026, 5, 1),
            }
            for number in range(1, 7)
        ],
        "main.ownership": [
            {
                **place,
                "sheet": "Ejerskab",
                "row_number": 2,
                "record_key": "O-1",
                "network_id": NETWORK,
                "manager_id": "P-1",
                "date": date(2026, 6, 1),
                "relevance": 5,
                "ownership": 4,
                "commitment": "none",
            },
        ],
        "main.indicator_result": [
            {**result, "indicator_id": "V7", "value": v7},
            {
                **result,
                "indicator_id": "R6.1",
                "value": 1 / 6,
                "lower": 1 / 6,
                "upper": 1.0,
                "numerator": 1.0,
                "denominator": 6.0,
                "n": 6,
                "status": "not_fulfilled",
                "reference_leader_id": "P-9",
                "phase": "active",
            },
            {**result, "indicator_id": "R4.4", "value": 42.0, "n": 3},
        ],
        "main.organisation_result": [
            {**whole, "measure_id": f"kroner_{what}_to_date", "value": value}
            for what, value in (("needed", 400_000.0), ("asked", 500_000.0), ("granted", 300_000.0))
        ],
        "main.responsibility_summary": [
            {
                **summary,
                "responsibility_id": "R2",
                "networks": 5,
                "fulfilled": 4,
                "partly": 1,
                "not_fulfilled": 0,
                "not_assessable": 0,
                "not_applicable": 0,
                "suppressed": False,
            },
            {**summary, "responsibility_id": "R4", "suppressed": True},
        ],
        "audit.delivery": [
            {
                "sequence": 1,
                **organisation,
                "path": "penge.xlsx",
                "sha256": "aa" * 32,
                "bytes": 10,
                "received_at": datetime(2026, 1, 10, 8),
                "superseded_at": datetime(2026, 10, 1, 8),
                "superseded_by": 2,
                "state": "superseded",
                "rows_read": 1,
                "rows_accepted": 1,
                "rows_rejected": 0,
                "rows_skipped": 0,
            },
            {
                "sequence": 2,
                **organisation,
                "path": "penge.xlsx",
                "sha256": "bb" * 32,
                "bytes": 10,
                "received_at": datetime(2026, 10, 1, 8),
                "state": "current",
                "rows_read": 7,
                "rows_accepted": 5,
                "rows_rejected": 1,
                "rows_skipped": 1,
            },
        ],
        "audit.sheet": [
            {
                "delivery_sequence": 2,
                "sheet": "Ansøgninger",
                "kind": "applications",
                "heading_row": 1,
                "headings": {"A": "Ansøgnings-id", "B": "Bevilget beløb"},
                "columns": {"A": "application_id", "B": "amount_granted"},
            },
            *(
                {
                    "delivery_sequence": sequence,
                    "sheet": "Netværk",
                    "kind": "networks",
                    "heading_row": 1,
                    "headings": {"A": "Netværks-id", "B": "Type", "C": "Startdato", "D": "Afsluttet"},
                    "columns": {"A": "network_id", "B": "network_type", "C": "start_date", "D": "end_date"},
                }
                for sequence in (1, 2)
            ),
        ],
        "audit.source_row": [
            *(
                {
                    **place,
                    "sheet": "Ansøgninger",
                    "row_number": number,
                    "kind": "applications",
                    "cells": dict(zip("AB", cells, strict=False)),
                }
                for number, cells in enumerate(written, start=2)
            ),
            {
                **organisation,
                "delivery_sequence": 1,
                "sheet": "Netværk",
                "row_number": 2,
                "kind": "networks",
                "cells": {"A": NETWORK, "B": "Velfærdsnetværk", "C": "2025-01-01", "D": "31-12-2025"},
            },
            {
                **place,
                "sheet": "Netværk",
                "row_number": 2,
                "kind": "networks",
                "cells": {"A": NETWORK, "B": "Velfærdsnetværk", "C": "1. jan. 2025"},
            },
        ],
        "audit.record": [
            {
                key: row[key]
                for key in ("organisation_id", "record_key", "delivery_sequence", "sheet", "row_number")
            }
            | {"record_kind": kind}
            for kind, rows in kinds.items()
            for row in rows
        ]
        + [{**place, "record_kind": "networks", "record_key": NETWORK, "sheet": "Netværk", "row_number": 2}],
        "audit.evidence": [
            *(
                {
                    **behind,
                    "indicator_id": "V7",
                    "record_kind": "applications",
                    "record_key": key,
                    "part": "numerator",
                }
                for key in AMOUNTS
            ),
            *(
                {
                    **behind,
                    "indicator_id": "R6.1",
                    "record_kind": "people",
                    "record_key": person["record_key"],
                    "part": "denominator",
                }
                for person in people
            ),
            *(
                {
                    **behind,
                    "indicator_id": "R6.1",
                    "record_kind": "ownership",
                    "record_key": "O-1",
                    "part": part,
                }
                for part in ("numerator", "denominator")
            ),
        ],
        "audit.finding": [
            {
                **place,
                "path": "penge.xlsx",
                "sheet": "Ansøgninger",
                "row_number": 6,
                "kind": "applications",
                "heading": "Afgørelsesdato",
                "cell": "C6",
                "value": "",
                "rule": "granted_incomplete",
                "severity": "error",
                "record_key": "A-5",
                "message_da": "Skriv dagen.",
                "message_en": "Write the day.",
            },
            {
                **place,
                "path": "penge.xlsx",
                "sheet": "Ansøgninger",
                "row_number": 7,
                "kind": "applications",
                "cell": "",
                "rule": "total_row",
                "severity": "info",
            },
        ],
        "audit.restatement": [
            {
                "publication_sequence": 2,
                **organisation,
                "network_id": NETWORK,
                "period": QUARTER,
                "indicator_id": indicator,
                "dimension": "",
                "measure": "value",
                "corrected_part": part,
                "late_part": late,
            }
            for indicator, part, late in (("V7", -20_000.0, None), ("V5", -0.5, 0.25))
        ],
        "audit.publication": [
            {
                "sequence": sequence,
                "period": QUARTER,
                "content_hash": "cc" * 32,
                "head_hash": "dd" * 32,
                "published_at": datetime(2026, 10, 1, 9),
            },
        ],
    }
