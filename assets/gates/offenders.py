"""Where the first rows stand that broke a gate: file, sheet and cell, or keys; never what they say."""

import json

import duckdb

from assets.gates.quality import Gate
from assets.gates.sql_checks import PLACES, checks_of
from assets.gates.suites import Rule, offends, suites_of

FIRST = 5


def first_offenders(connection: duckdb.DuckDBPyConnection, gate: Gate, most: int = FIRST) -> list[str]:
    """One line for each of the first offenders of a gate that failed; empty where none can be pointed out.

    A row that came from a delivery is told as ``netvaerk.xlsx, Roller!D17``, any other by its keys.
    """
    query, column = _offending_rows(gate)
    if query is None:
        return []
    try:
        found = connection.execute(f"select * from ({query}) order by all limit {most}")
        names = [described[0] for described in found.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
        return [_address(connection, row, column) for row in rows]
    except duckdb.Error:
        return []


def _offending_rows(gate: Gate) -> tuple[str | None, str | None]:
    """The query that selects the offenders, and the column at fault where there is one."""
    for check in checks_of(gate.layer):
        if check.gate == gate:
            return check.query, None
    for suite in suites_of(gate.layer):
        for rule in suite.rules:
            if suite.gate(rule) == gate:
                return _rows_against(gate.table, rule), rule.columns[-1] if len(rule.columns) == 1 else None
    return None, None


def _rows_against(table: str, rule: Rule) -> str | None:
    if rule.kind == "unique":
        keys = ", ".join(f'"{column}"' for column in rule.columns)
        return f'select * from {table} as "row" qualify count(*) over (partition by {keys}) > 1'
    condition = offends(rule)
    return None if condition is None else f'select * from {table} as "row" where {condition}'


def _address(connection: duckdb.DuckDBPyConnection, row: dict[str, object], column: str | None) -> str:
    delivery, sheet, number = row.get("delivery_sequence"), row.get("sheet"), row.get("row_number")
    if delivery is None or sheet is None or number is None:
        return ", ".join(f"{name} {row[name]}" for name in PLACES if row.get(name) not in (None, ""))
    path = row.get("path")
    if path is None:
        sent = connection.execute("select path from raw.delivery where sequence = ?", [delivery]).fetchall()
        path = sent[0][0] if sent else f"delivery {delivery}"
    return f"{path}, {sheet}!{row.get('cell') or f'{_letter(connection, delivery, sheet, column)}{number}'}"


def _letter(
    connection: duckdb.DuckDBPyConnection, delivery: object, sheet: object, column: str | None
) -> str:
    """The letter of a column in a sheet as delivered; empty where the row as a whole is meant."""
    read = connection.execute(
        "select cast(columns as varchar) from raw.sheet where delivery_sequence = ? and sheet = ?",
        [delivery, sheet],
    ).fetchall()
    letters: dict[str, str] = json.loads(read[0][0]) if read and read[0][0] else {}
    return next((letter for letter, name in letters.items() if name == column), "")
