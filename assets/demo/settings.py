"""The demo's ``_indstillinger.xlsx``: what the two made-up municipalities decided themselves."""

from datetime import date
from pathlib import Path
from typing import Any

from assets.demo.organisation import RENAMED
from assets.demo.spreadsheet import Sheet, spelled, write_workbook
from assets.settings_contract import SETTINGS_BY_NAME, SETTINGS_FILE, SETTINGS_KINDS

Row = dict[str, Any]

PHASE_NAMES = (
    ("Forslag til tema", "Theme proposed"),
    ("Opstart", "Start-up"),
    ("Netværksdesign", "Network design"),
    ("Temaet foldes ud", "Theme unfolded"),
    ("Møder og læring", "Meetings and learning"),
    ("Idéer udvikles", "Ideas developed"),
    ("Idéer vælges", "Ideas chosen"),
    ("Konkretisering og test", "Made concrete and tested"),
    ("Evaluering og spredning", "Evaluated and spread"),
    ("Afrunding", "Rounded off"),
)


def write_settings(inbox: Path, organisation: str, neighbour: str) -> None:
    """Write the settings workbook of both organisations to the inbox itself."""
    rows = _rows(organisation, neighbour)
    sheets = [
        Sheet(
            kind=SETTINGS_BY_NAME[kind.name],
            rows=rows.get(kind.name, []),
            title=(f"Indstillinger: {kind.sheet} (Syntetiske data)",),
            notations={column.name: spelled for column in kind.columns if column.type == "date"},
        )
        for kind in SETTINGS_KINDS
    ]
    write_workbook(inbox / SETTINGS_FILE, sheets)


def _rows(organisation: str, neighbour: str) -> dict[str, list[Row]]:
    return {
        "organisations": _organisations(organisation, neighbour),
        "targets": _targets(organisation),
        "rates": [
            {"currency": "EUR", "year": 2025, "rate": 746, "per": 100},
            {"currency": "EUR", "year": 2026, "rate": 746, "per": 100},
        ],
        "aliases": [
            {
                "alias_kind": "unit",
                "organisation_id": organisation,
                "from_name": old_name,
                "to_name": new_name,
                "reason": "Enheden skiftede navn; det er den samme",
            }
            for old_name, (new_name, _) in RENAMED.items()
        ],
        "phase_names": [
            {"organisation_id": organisation, "phase": phase, "name": name, "name_en": name_en}
            for phase, (name, name_en) in enumerate(PHASE_NAMES)
        ],
        "hearings": [
            {
                "organisation_id": organisation,
                "network_id": "NV-09",
                "period": "2026Q2",
                "indicator_id": "R4.4",
                "heard_on": date(2026, 8, 18),
                "final_on": date(2026, 9, 1),
                "remarks": "Fonden tog først imod ansøgninger i august",
            },
            {
                "organisation_id": organisation,
                "network_id": "NV-15",
                "period": "2026Q2",
                "heard_on": date(2026, 8, 20),
            },
        ],
        "waivers": [
            {
                "organisation_id": organisation,
                "rule": "leader_level",
                "kind": "Roller",
                "record_key": "NV-09/P-010/reference_leader/2025-02-01",
                "owner": "Netværkssekretariatet",
                "reason": "Fungerende referenceleder, besluttet i chefforum",
                "valid_from": date(2025, 2, 1),
                "valid_to": date(2026, 12, 31),
            },
            {
                "organisation_id": organisation,
                "rule": "outside_network_life",
                "kind": "Optagelse",
                "owner": "Netværkssekretariatet",
                "reason": "Løsninger lever videre i basis, når netværket er slut",
                "valid_to": date(2027, 6, 30),
            },
        ],
        "recipients": _recipients(organisation),
    }


def _organisations(organisation: str, neighbour: str) -> list[Row]:
    return [
        {
            "organisation_id": organisation,
            "name": "Fjordby Kommune",
            "not_before": date(2026, 1, 1),
            "med_discussed_on": date(2025, 11, 18),
            "controller": "Fjordby Kommune, Direktionen",
            "contact": "netvaerk@fjordby.example.invalid",
            "protection_officer": "dpo@fjordby.example.invalid",
            "purpose": "Læring og dialog om netværk og referencelederrollen; ikke løn eller disciplin",
            "legal_basis": "Databeskyttelsesforordningen artikel 6, stk. 1, litra e",
            "storage": "På kommunens egen server, til 24 måneder efter at netværket er afsluttet",
            "objection": "Skriv til netværkssekretariatet; indsigelser føres i arket Indsigelser",
            "delivery_days": 20,
            "mending_days": 10,
        },
        {
            "organisation_id": neighbour,
            "name": "Lyngå Kommune",
            "controller": "Lyngå Kommune",
            "contact": "netvaerk@lyngaa.example.invalid",
            "purpose": "Læring og dialog om netværk",
        },
    ]


def _targets(organisation: str) -> list[Row]:
    return [
        {
            "indicator_id": "R3.1",
            "organisation_id": organisation,
            "network_type": "innovation",
            "valid_from": date(2025, 1, 1),
            "target": 0.5,
            "partly_target": 0.25,
            "reason": "Direktører sparrer hver anden måned; det er aftalt i direktørforum",
            "owner": "Direktørforum",
        },
        {
            "indicator_id": "R6.3",
            "organisation_id": organisation,
            "valid_from": date(2025, 7, 1),
            "target": 0.75,
            "partly_target": 0.5,
            "reason": "Tre ud af fire skal være spurgt, før der handles",
            "owner": "Chefforum",
        },
    ]


def _recipients(organisation: str) -> list[Row]:
    return [
        {
            "organisation_id": organisation,
            "role": "management",
            "address": "direktion@fjordby.example.invalid",
            "language": "da",
            "cadence": "quarterly",
        },
        {
            "organisation_id": organisation,
            "role": "analyst",
            "address": "analyse@fjordby.example.invalid",
            "language": "da",
            "cadence": "monthly",
        },
        {
            "organisation_id": organisation,
            "role": "auditor",
            "address": "revision@fjordby.example.invalid",
            "language": "en",
            "cadence": "quarterly",
        },
        {
            "organisation_id": organisation,
            "role": "leader",
            "address": "kulturchef-postkasse@fjordby.example.invalid",
            "person_id": "P-009",
            "language": "da",
            "cadence": "quarterly",
        },
    ]
