"""What is held about a person, with its content: the answer to somebody who asks to see it."""

import json
from typing import Any

import duckdb

from assets.people.person import Person
from assets.people.purpose import PURPOSE
from assets.people.redact_database import PERSON_COLUMNS
from assets.people.rows import redact_cells
from assets.publication.tables import identifier

LAYERS = ("accepted", "results")
CORRECTIONS = "raw.correction"


def extract(connection: duckdb.DuckDBPyConnection, person: Person) -> dict[str, Any]:
    """Every record, result and correction about the person, every row as written that names them, and why.

    Args:
        connection: The warehouse.
    """
    return {
        "organisation": person.organisation,
        "ids": list(person.ids),
        "names": list(person.names),
        "purpose_da": PURPOSE[0],
        "purpose_en": PURPOSE[1],
        "tables": [*_tables(connection, person), _source_rows(connection, person)],
    }


def _tables(connection: duckdb.DuckDBPyConnection, person: Person) -> list[dict[str, Any]]:
    matcher = person.matcher()
    found = connection.execute(
        """
        select schema_name || '.' || table_name, list(column_name)
        from duckdb_columns()
        where (list_contains(?, schema_name) or schema_name || '.' || table_name = ?)
            and data_type in ('VARCHAR', 'JSON')
        group by all order by 1
        """,
        [list(LAYERS), CORRECTIONS],
    ).fetchall()
    tables = []
    for table, columns in found:
        if "organisation_id" not in columns:
            continue
        cursor = connection.execute(f"select * from {table} where organisation_id = ?", [person.organisation])
        names = [column[0] for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        mine = [
            row
            for row in rows
            if any(
                matcher.is_person(row[column]) if column in PERSON_COLUMNS else matcher.within(row[column])
                for column in columns
                if isinstance(row[column], str)
            )
            or matcher.in_key(row.get("record_key"))
        ]
        if mine:
            tables.append({"table": table, "rows": mine})
    return tables


def _source_rows(connection: duckdb.DuckDBPyConnection, person: Person) -> dict[str, Any]:
    matcher = person.matcher()
    rows = connection.execute(
        f"""
        select delivery.path, delivery.received_date, delivery.state, source_row.{identifier("sheet")},
            source_row.row_number, source_row.kind, cast(source_row.cells as varchar),
            cast(sheet.columns as varchar)
        from raw.source_row
        join raw.delivery on source_row.delivery_sequence = delivery.sequence
        left join raw.sheet
            on source_row.delivery_sequence = sheet.delivery_sequence and source_row.sheet = sheet.sheet
        where source_row.organisation_id = ?
        order by delivery.sequence, source_row.sheet, source_row.row_number
        """,
        [person.organisation],
    ).fetchall()
    mine = []
    for path, received, state, sheet, row_number, kind, cells, columns in rows:
        said = json.loads(cells or "{}")
        if redact_cells(kind, json.loads(columns or "{}"), said, matcher) is not None:
            place = {"path": path, "received": received, "state": state, "sheet": sheet, "row": row_number}
            mine.append(place | {"cells": said})
    return {"table": "raw.source_row", "rows": mine}
