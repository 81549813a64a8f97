"""What the page of a result table shows: its latest rows, and a picture of how much there is by quarter.

Shown to everyone who opens the UI, so: no names, no ids of people, nothing of the pulse, nothing held back
because too few stand behind it. Of most tables only what a row is about is shown, for a row that is one
network is one leader, and what stands before the results has not been held back yet. The reports and the
published file have the rest, for those who may see it.
"""

import base64
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Future
from typing import Any

import duckdb

from assets.layers.table_facts import cell_text
from assets.results.figure_contributions import PROTECTED

ROWS = 10
BARS = 8  # quarters
WHOLE = ("results.organisation_result", "results.responsibility_summary", "results.completeness")
# What a row is about. A column that is not here is shown of no table but those above.
KEYS = frozenset(
    {
        "organisation_id",
        "network_id",
        "network_type",
        "period",
        "period_start",
        "period_end",
        "first_day",
        "counted_to",
        "provisional",
        "phase",
        "indicator_id",
        "definition_version",
        "target",
        "partly_target",
        "responsibility_id",
        "accountability",
        "measure_id",
        "dimension",
        "curve",
        "kind",
        "rows_held",
        "task",
        "record_kind",
        "part",
    }
)
# Which rows may be shown, by the columns a table has; the second only where figures are shown.
NOT_PULSE = {
    "indicator_id": "indicator_id not like '%.P'",
    "measure_id": "measure_id not like '%.P'",
    "kind": "kind <> 'pulse'",
}
NOT_HELD_BACK = {
    # what may yet be held back (assets/results/figure_history.py) is not shown before it has been judged
    "measure_id": "measure_id not in ({})".format(", ".join(f"'{name}'" for name in sorted(PROTECTED))),
    "suppressed": "not suppressed",
}
SHEETS_ONLY = {"results.hearing": "indicator_id = ''"}  # on which figures a leader remarked is not shown
GROUPS = {
    "period": ("kvartal", "quarter"),
    "kind": ("art", "kind"),
    "task": ("opgave", "task"),
    "organisation_id": ("organisation", "organisation"),
}
Columns = Mapping[str, Sequence[str]]


def columns_of(connection: duckdb.DuckDBPyConnection, tables: Collection[str]) -> Columns:
    """Table to its columns, in order."""
    found: dict[str, list[str]] = {table: [] for table in tables}
    for table, column in connection.execute(
        "select schema_name || '.' || table_name as name, column_name from duckdb_columns() "
        "where not internal order by name, column_index"
    ).fetchall():
        if table in found:
            found[table].append(column)
    return found


def preview(connection: duckdb.DuckDBPyConnection, table: str, columns: Sequence[str]) -> str:
    """The latest rows as a Markdown table, of the columns that may be shown."""
    shown = [column for column in columns if table in WHOLE or column in KEYS]
    listed = ", ".join(f'"{column}"' for column in shown)
    order = "period desc, " if "period" in shown else ""
    rows = connection.execute(
        f"select distinct {listed} from {table} where {_rows_of(table, columns)} "
        f"order by {order}{listed} limit {ROWS}"
    ).fetchall()
    lines = ["| " + " | ".join(shown) + " |", "|" + "---|" * len(shown)]
    lines += ["| " + " | ".join(_cell(value) for value in row) + " |" for row in rows]
    return "\n".join(lines)


def _rows_of(table: str, columns: Sequence[str]) -> str:
    """Which rows of a table may be shown."""
    rules = [*NOT_PULSE.items(), *(NOT_HELD_BACK.items() if table in WHOLE else ())]
    asked = [rule for column, rule in rules if column in columns]
    return " and ".join([*asked, SHEETS_ONLY.get(table, "true")])


def _cell(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.4g}".replace(".", ",") if isinstance(value, float) else cell_text(value)


def begin_pictures(connection: duckdb.DuckDBPyConnection, columns: Columns) -> Callable[[], dict[str, str]]:
    """Have a picture of each table drawn beside what goes on here; what is called for them, as Markdown.

    Rows by quarter, the latest ones; a table without quarters by what else it is about.
    """
    from assets.reports.drawers import DRAWERS, HIRED

    grouped = {table: next(group for group in GROUPS if group in columns[table]) for table in columns}
    parts = [
        f"select '{table}' as name, cast({group} as varchar) as one, count(*) as rows "
        f"from {table} where {_rows_of(table, columns[table])} group by all"
        for table, group in grouped.items()
    ]
    counts: dict[str, list[dict[str, Any]]] = {}
    for table, group, rows in connection.execute(
        " union all ".join(parts) + " order by name, one"
    ).fetchall():
        counts.setdefault(table, []).append({"group": group, "rows": rows})
    latest = [(table, found[-BARS:]) for table, found in counts.items()]
    begun = [
        HIRED.draw("bars", tables=dict(latest[part::DRAWERS])) for part in range(min(DRAWERS, len(latest)))
    ]

    def collect() -> dict[str, str]:
        drawn = _all(begun)
        return {table: _picture(table, grouped[table], drawn.get(table)) for table in columns}

    return collect


def _all(begun: Sequence[Future[dict[str, str]]]) -> dict[str, str]:
    return {table: drawing for part in begun for table, drawing in part.result().items()}


def _picture(table: str, group: str, drawn: str | None) -> str:
    da, en = GROUPS[group]
    if drawn is None:
        return f"{table}: ingen rækker, der må vises. / {table}: no rows that may be shown."
    drawing = base64.b64encode(drawn.encode()).decode()
    return f"![{table}, rækker pr. {da} / rows per {en}](data:image/svg+xml;base64,{drawing})"
