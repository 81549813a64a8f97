"""A record's row in a delivery that no longer counts: superseded, withdrawn, held or not read."""

import json
from dataclasses import dataclass

import duckdb

from assets.accepted.keys import normal_record_key
from assets.contract import Kind

STATES = {
    "superseded": (
        "withdrawn",
        "Rækken er trukket: den stod i leverance {sequence}, men ikke i den, der afløste den.",
        "The row was withdrawn: it stood in delivery {sequence}, but not in the one that replaced it.",
    ),
    "withdrawn": (
        "withdrawn",
        "Filen (leverance {sequence}) er taget ud af indbakken; dens rækker er trukket.",
        "The file (delivery {sequence}) was taken out of the inbox; its rows are withdrawn.",
    ),
    "held": (
        "held",
        "Leverance {sequence} holdes tilbage, til den er bekræftet (--accept-shrink).",
        "Delivery {sequence} is held until it is confirmed (--accept-shrink).",
    ),
    "duplicate": (
        "duplicate",
        "Leverance {sequence} har samme indhold som en anden fil og tælles ikke.",
        "Delivery {sequence} has the same content as another file and is not counted.",
    ),
    "quarantined": (
        "quarantined",
        "Leverance {sequence} kunne ikke læses.",
        "Delivery {sequence} could not be read.",
    ),
    "current": (
        "rejected",
        "Rækken er ikke godkendt; se fundene for rækken.",
        "The row was not accepted; see the findings of the row.",
    ),
}
ROWS = """
select
    delivery.sequence, delivery.state, delivery.path,
    source_row.sheet, source_row.row_number, source_row.cells, sheet.columns
from audit.source_row
inner join audit.delivery on source_row.delivery_sequence = delivery.sequence
inner join audit.sheet
    on source_row.delivery_sequence = sheet.delivery_sequence and source_row.sheet = sheet.sheet
where source_row.organisation_id = ? and source_row.kind = ?
order by delivery.state <> 'current', delivery.sequence desc, source_row.sheet, source_row.row_number
"""


@dataclass(frozen=True)
class OldRow:
    """Where the row stands or stood, and why it does not count."""

    code: str
    da: str
    en: str
    path: str
    sheet: str
    row_number: int


def find_old_row(
    connection: duckdb.DuckDBPyConnection, organisation: str, kind: Kind, key: str
) -> OldRow | None:
    """The latest row whose cells give that key, of any delivery; None where no delivery has one."""
    rows = connection.execute(ROWS, [organisation, kind.name]).fetchall()
    for sequence, state, path, sheet, row_number, cells, columns in rows:
        if _key_of(kind, json.loads(cells), json.loads(columns)) == key:
            code, da, en = STATES[state]
            told = (da.format(sequence=sequence), en.format(sequence=sequence))
            return OldRow(code, *told, path, sheet, row_number)
    return None


def _key_of(kind: Kind, cells: dict[str, str], columns: dict[str, str]) -> str | None:
    """The key that a row's cells give, normalised; None where a part is missing or cannot be read."""
    letters = {field: letter for letter, field in columns.items()}
    parts = [cells.get(letters.get(name, ""), "") for name in kind.key]
    return normal_record_key(kind.name, "/".join(parts)) if all(parts) else None
