"""Fjordby's files: which kinds the offices keep together, and how each of them writes.

The personnel list, the network office's book, the money, the ownership, the interplay, the
disputes, and the pulse as the survey tool exports it: with titles above the headings, totals and
notes below, a hidden column and a hidden sheet, and Danish dates and amounts of every kind.
"""

from datetime import date
from pathlib import Path
from typing import Any

from assets.contract import (
    ADOPTION_EVENTS_KIND,
    APPLICATION_STATUSES,
    APPLICATIONS,
    CENTRAL_MANAGERS,
    DISPUTES,
    NETWORKS,
    OWNERSHIP,
    PEOPLE,
    PHASES,
    PULSE,
    PURPOSES,
    ROLES_KIND,
    SOLUTIONS,
    TOUCHPOINTS,
    VALUE_RECORDS,
    Kind,
)
from assets.demo.spreadsheet import (
    Sheet,
    dashed,
    dotted,
    in_thousands,
    mixed_dates,
    mixed_money,
    mixed_numbers,
    spelled,
    untidy_id,
    untidy_label,
    write_csv,
    write_workbook,
)

Records = dict[str, list[dict[str, Any]]]


def write_workbooks(folder: Path, records: Records, day: date) -> None:
    """Write the files of one municipality, dated ``day``, into its folder of the inbox."""
    folder.mkdir(parents=True, exist_ok=True)
    _write_people(folder, records, day)
    _write_networks(folder, records, day)
    _write_money(folder, records, day)
    _write_ownership(folder, records, day)
    _write_interplay(folder, records, day)
    write_workbook(
        folder / "Indsigelser.xlsx",
        [
            Sheet(
                DISPUTES,
                records["disputes"],
                _title(DISPUTES, day),
                notations={"raised_date": spelled, "resolved_date": spelled},
            )
        ],
    )
    pulse = sorted(records["pulse"], key=lambda row: (row["date"], row["network_id"], row["responsibility"]))
    write_csv(
        folder / "Puls.csv",
        Sheet(PULSE, pulse, ("Fjordby Kommune - pulsmåling - Syntetiske data",), notations={"date": dashed}),
    )


def _title(kind: Kind, day: date) -> tuple[str, ...]:
    return (
        f"Fjordby Kommune – {kind.sheet} (Syntetiske data)",
        f"Opdateret af Netværkssekretariatet {spelled(day, 0)}",
    )


def _write_people(folder: Path, records: Records, day: date) -> None:
    write_workbook(
        folder / "Ledere og medarbejdere.xlsx",
        [
            Sheet(
                PEOPLE,
                records["people"],
                _title(PEOPLE, day),
                notations={"valid_from": mixed_dates, "valid_to": dashed},
                hidden_column="superior_id",
                below=({"name": "Udtræk fra personalesystemet; navnene er opdigtede"},),
            )
        ],
    )


def _write_networks(folder: Path, records: Records, day: date) -> None:
    write_workbook(
        folder / "Netværk, roller og faser.xlsx",
        [
            Sheet(
                NETWORKS,
                records["networks"],
                _title(NETWORKS, day),
                notations={"planned_end": spelled},
                remarks=(
                    "Bemærkning til os selv",
                    {4: "Ny referenceleder fra maj", 16: "Mangler referenceleder"},
                ),
                below=({"title": "Netværk uden slutdato er i gang"},),
            ),
            Sheet(
                ROLES_KIND,
                records["roles"],
                _title(ROLES_KIND, day),
                notations={
                    "network_id": untidy_id,
                    "role": untidy_label,
                    "valid_from": mixed_dates,
                    "valid_to": mixed_dates,
                },
            ),
            Sheet(
                PHASES,
                records["phases"],
                _title(PHASES, day),
                notations={"planned_date": dotted},
                empty={"actual_date": "-"},
            ),
        ],
    )


def _write_money(folder: Path, records: Records, day: date) -> None:
    applications = records["applications"]
    totals = {
        name: sum(row[name] for row in applications if isinstance(row[name], int))
        for name in ("amount_applied", "amount_granted")
    }
    write_workbook(
        folder / "Løsninger og penge.xlsx",
        [
            Sheet(
                SOLUTIONS,
                records["solutions"],
                _title(SOLUTIONS, day),
                headings={"capital_need": "Kapitalbehov (t.kr.)"},
                notations={"capital_need": in_thousands, "need_date": spelled},
            ),
            Sheet(
                APPLICATIONS,
                applications,
                _title(APPLICATIONS, day),
                headings={"amount_applied": "Ansøgt beløb (kr.)"},
                notations={
                    "amount_applied": mixed_money,
                    "amount_granted": mixed_money,
                    "submitted_date": mixed_dates,
                    "decided_date": mixed_dates,
                    "status": untidy_label,
                },
                below=({"funder": "I alt"} | totals,),
            ),
            Sheet(
                ADOPTION_EVENTS_KIND,
                records["adoption_events"],
                _title(ADOPTION_EVENTS_KIND, day),
                notations={"date": mixed_dates, "manager_id": untidy_id},
                empty={"reach": "?"},
            ),
        ],
        lists={
            "Status": tuple(choice.label for choice in APPLICATION_STATUSES),
            "Formål": tuple(choice.label for choice in PURPOSES),
        },
    )


def _write_ownership(folder: Path, records: Records, day: date) -> None:
    write_workbook(
        folder / "Centrale ledere og ejerskab.xlsx",
        [
            Sheet(
                CENTRAL_MANAGERS,
                records["central_managers"],
                _title(CENTRAL_MANAGERS, day),
                notations={"identified_date": spelled},
            ),
            Sheet(OWNERSHIP, records["ownership"], _title(OWNERSHIP, day), notations={"date": spelled}),
        ],
    )


def _write_interplay(folder: Path, records: Records, day: date) -> None:
    example = {"touchpoint_id": "EKSEMPEL", "network_id": "NV-99", "kind": "Sparring", "by_id": "P-999"}
    order = ("touchpoint_id", "date", "network_id", "kind", "by_id", "counterpart")
    write_workbook(
        folder / "Samspil og værdi.xlsx",
        [
            Sheet(
                TOUCHPOINTS,
                [example, *records["touchpoints"]],
                _title(TOUCHPOINTS, day),
                notations={"date": mixed_dates, "network_id": untidy_id, "kind": untidy_label},
                order=(*order, "audience", "outcome", "agenda", "note"),
            ),
            Sheet(
                VALUE_RECORDS,
                records["value_records"],
                _title(VALUE_RECORDS, day),
                notations=dict.fromkeys(("baseline", "target", "measured"), mixed_numbers)
                | {"date": mixed_dates},
            ),
        ],
    )
