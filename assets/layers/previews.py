"""What the page of a result table shows: its latest rows, and a picture of how much there is by quarter.

Shown to everyone who opens the UI, so: no names, no ids of people, nothing of the pulse, nothing held back
because too few stand behind it. Where a row is one network, and so one leader, its outcome is left out; the
reports and the published file have it, for those who may see it.
"""

import base64
from collections.abc import Sequence
from concurrent.futures import Future

import duckdb

from assets.results.figure_contributions import PROTECTED

ROWS = 10
_LATER = ", ".join(f"'{name}'" for name in sorted(PROTECTED))
# Table to the rows that may be shown; a table that is not here has no preview.
SHOWN = {
    "results.indicator_result": "indicator_id not like '%.P'",
    "results.responsibility_result": "true",
    # what may yet be held back (assets/results/figure_history.py) is not shown before it has been judged
    "results.organisation_result": f"not suppressed and measure_id not in ({_LATER})",
    "results.responsibility_summary": "not suppressed",
    "results.completeness": "kind <> 'pulse'",
}
OUTCOMES = frozenset(
    {
        "reference_leader_id",
        "numerator",
        "denominator",
        "value",
        "lower",
        "upper",
        "n",
        "status",
        "reason",
        "certain",
        "disputed",
        "value_if_upheld",
        "status_if_upheld",
        "perceived_status",
        "perception_gap",
        "fulfilled",
        "partly",
        "not_fulfilled",
    }
)
NO_OUTCOMES = ("results.indicator_result", "results.responsibility_result")
NAMES = {
    "results.indicator_result": ("Resultater af indikatorer", "Results of indicators"),
    "results.responsibility_result": ("Resultater af ansvar", "Results of responsibilities"),
    "results.organisation_result": ("Organisationens tal", "The organisation's figures"),
    "results.responsibility_summary": ("Viste sammenfatninger", "Summaries shown"),
    "results.completeness": ("Fuldstændighed", "Completeness"),
}


def preview(connection: duckdb.DuckDBPyConnection, table: str) -> str | None:
    """The latest rows as a Markdown table; None for a table that is not to be shown."""
    if table not in SHOWN:
        return None
    described = connection.execute(f"select * from {table} limit 0").description or []
    columns = [column[0] for column in described if not (table in NO_OUTCOMES and column[0] in OUTCOMES)]
    listed = ", ".join(f'"{column}"' for column in columns)
    order = ", ".join(["period desc", *(f'"{column}"' for column in columns[:3])])
    rows = connection.execute(
        f"select {listed} from {table} where {SHOWN[table]} order by {order} limit {ROWS}"
    ).fetchall()
    lines = ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    lines += ["| " + " | ".join(_cell(value) for value in row) + " |" for row in rows]
    return "\n".join(lines)


def _cell(value: object) -> str:
    if value is None:
        return ""
    text = f"{value:.4g}".replace(".", ",") if isinstance(value, float) else str(value)
    return text.replace("|", "\\|").replace("\n", " ")


def pictures(connection: duckdb.DuckDBPyConnection, tables: Sequence[str]) -> dict[str, str]:
    """A picture of each table that may be shown, as Markdown that holds the drawing itself.

    Rows by quarter; the words beside it are what the drawing says.
    """
    from assets.reports.drawers import HIRED

    asked = {}
    for table in (table for table in tables if table in SHOWN):
        counts = connection.execute(
            f"select period, count(*) from {table} where {SHOWN[table]} group by period order by period"
        ).fetchall()
        da, en = NAMES[table]
        rows = [{"period": period, "rows": count} for period, count in counts]
        asked[table] = HIRED.draw("bars", counts=rows, da=da, en=en) if rows else None
    return {table: _picture(*NAMES[table], drawn) for table, drawn in asked.items()}


def _picture(da: str, en: str, drawn: Future[str] | None) -> str:
    if drawn is None:
        return f"{da}: ingen rækker, der må vises. / {en}: no rows that may be shown."
    drawing = base64.b64encode(drawn.result().encode()).decode()
    return f"![{da}, rækker pr. kvartal / {en}, rows per quarter](data:image/svg+xml;base64,{drawing})"
