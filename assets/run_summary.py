"""What a run did, in numbers: the four row counts, the findings, the checks and what was published."""

from dataclasses import dataclass

import duckdb


@dataclass(frozen=True)
class RunSummary:
    """The numbers a run shows. Rows are those of the deliveries that stand.

    Attributes:
        quarantined: Paths whose last file could not be read; what they said before still stands.
        held: Paths whose withdrawal or shrink waits for confirmation.
        failed_checks: ``table: check`` of every check of this run that did not pass.
        content_hash: Of what this run published; None where it published nothing.
        beside_da, beside_en: What is wrong with what lies in the inbox without being a delivery (a link, a
            folder of no organisation, a mapping file without its list): there is no marked copy to say it.
    """

    rows_read: int
    rows_accepted: int
    rows_rejected: int
    rows_skipped: int
    errors: int
    warnings: int
    information: int
    quarantined: tuple[str, ...]
    held: tuple[str, ...]
    failed_checks: tuple[str, ...]
    content_hash: str | None
    beside_da: tuple[str, ...] = ()
    beside_en: tuple[str, ...] = ()


NOTHING = RunSummary(0, 0, 0, 0, 0, 0, 0, (), (), (), None)
# By run, of the runs this process held the warehouse for: once it is let go, another run may take it.
ENDED: dict[str, RunSummary] = {}
ROWS = """
select
    coalesce(sum(rows_read), 0),
    coalesce(sum(rows_accepted), 0),
    coalesce(sum(rows_rejected), 0),
    coalesce(sum(rows_skipped), 0)
from raw.delivery
where state = 'current'
"""
FINDINGS = """
select
    count(*) filter (where severity = 'error'),
    count(*) filter (where severity = 'warning'),
    count(*) filter (where severity = 'info')
from accepted.finding
"""
BESIDE = """
select path || ': ' || message_da, path || ': ' || message_en
from accepted.finding
where delivery_sequence is null and severity <> 'info' and not coalesce(waived, false)
order by all
"""
LAST_OF_PATH = """
select path
from raw.delivery
qualify row_number() over (partition by organisation_id, path order by sequence desc) = 1 and state = ?
order by all
"""


def summarise(connection: duckdb.DuckDBPyConnection, run_id: str) -> RunSummary:
    """Read the numbers of a run from the warehouse it still holds; zeros for what it never reached."""
    there = {
        f"{schema}.{name}"
        for schema, name in connection.execute(
            "select schema_name, table_name from duckdb_tables()"
        ).fetchall()
    }

    def ask(query: str, needs: str, parameters: list[str] | None = None) -> list[tuple[object, ...]]:
        return connection.execute(query, parameters or []).fetchall() if needs in there else []

    rows = _counts(ask(ROWS, "raw.delivery"), 4)
    findings = _counts(ask(FINDINGS, "accepted.finding"), 3)
    published = ask(
        "select content_hash from audit.publication where run_id = ?", "audit.publication", [run_id]
    )
    beside = ask(BESIDE, "accepted.finding")
    return RunSummary(
        rows_read=rows[0],
        rows_accepted=rows[1],
        rows_rejected=rows[2],
        rows_skipped=rows[3],
        errors=findings[0],
        warnings=findings[1],
        information=findings[2],
        quarantined=_names(ask(LAST_OF_PATH, "raw.delivery", ["quarantined"])),
        held=_names(ask(LAST_OF_PATH, "raw.delivery", ["held"])),
        failed_checks=_names(
            ask(
                "select table_name || ': ' || check_name from audit.quality_result "
                "where run_id = ? and outcome <> 'passed' order by all",
                "audit.quality_result",
                [run_id],
            )
        ),
        content_hash=str(published[0][0]) if published else None,
        beside_da=_names(beside),
        beside_en=tuple(str(row[1]) for row in beside),
    )


def _counts(rows: list[tuple[object, ...]], width: int) -> list[int]:
    return [int(str(count)) for row in rows for count in row] or [0] * width


def _names(rows: list[tuple[object, ...]]) -> tuple[str, ...]:
    return tuple(str(row[0]) for row in rows)
