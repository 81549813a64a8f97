"""The contract's rules as asset checks on ``accepted.finding``: one a rule, all judged in one step.

A rule that found something fails as an error or a warning and leaves the run green: the rows it refused are
out of the figures, and those who sent them are told. Information never fails. What a waiver covers is
counted and stands in no one's way.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

import dagster as dg
import duckdb

from assets.accepted.rule_labels import RULE_LABELS
from assets.layers.failures import told
from assets.layers.workplace import Warehouse

Severity = Literal["error", "warning", "info"]
FINDING = dg.AssetKey(["accepted", "finding"])
SHOWN = 5  # first offenders
DAYS = 8  # days of the trend
WARNINGS = (
    "granted_over_applied",
    "adopted_before_test",
    "level_order",
    "no_reference_leader",
    "leader_level",
    "not_level_4_5",
    "outside_network_life",
    "personal_data",
    "near_heading",
    "superseded_key",
    "reference_not_kept",
    "lookalike_letters",
    "merged_cell",
    "unused_mapping",
)
INFORMATION = (
    "unknown_column",
    "unknown_sheet",
    "total_row",
    "note_row",
    "example_row",
    "hidden",
    "duplicate_delivery",
)
FOUND = f"""
with placed as (
    select
        rule,
        waived,
        concat(
            path,  -- within the inbox, so with the organisation's folder where it has one
            ', ' || nullif(sheet, ''),
            '!' || coalesce(nullif(cell, ''), cast(row_number as varchar))
        ) as place,
        row_number() over (
            partition by rule order by waived, organisation_id, path, sheet, row_number, cell
        ) as place_number
    from accepted.finding
)
select
    rule,
    count(*) filter (where not coalesce(waived, false)),
    count(*) filter (where waived),
    list(place order by place_number) filter (where place_number <= {SHOWN})
from placed
group by rule
"""
TREND = f"""
with moments as (
    select first_date as day from accepted.finding_history
    union
    select mended_date as day from accepted.finding_history where mended_date is not null
),
days as (
    select day from moments where day is not null order by day desc limit {DAYS}
)
select history.rule, days.day, count(*)
from accepted.finding_history as history
inner join days
    on history.first_date <= days.day and (history.mended_date is null or history.mended_date > days.day)
group by history.rule, days.day
order by history.rule, days.day
"""


@dataclass(frozen=True)
class RuleFindings:
    """What one rule found: how many, how many of them waived, where the first stand, and how many before."""

    standing: int = 0
    waived: int = 0
    first: tuple[str, ...] = ()
    trend: tuple[tuple[str, int], ...] = field(default=())


def severity_of(rule: str) -> Severity:
    """How the contract weighs a rule."""
    if rule in INFORMATION:
        return "info"
    return "warning" if rule in WARNINGS else "error"


def read_findings(connection: duckdb.DuckDBPyConnection) -> dict[str, RuleFindings]:
    """What every rule found; rules without a finding now or before are left out."""
    trend: dict[str, dict[str, int]] = {}
    for rule, day, count in connection.execute(TREND).fetchall():
        trend.setdefault(rule, {})[f"{day:%Y-%m-%d}"] = count
    days = sorted({day for counts in trend.values() for day in counts})
    found = {
        rule: (standing, waived, tuple(first or ()))
        for rule, standing, waived, first in connection.execute(FOUND).fetchall()
    }
    return {
        rule: RuleFindings(
            *found.get(rule, (0, 0, ())),
            trend=tuple((day, trend[rule].get(day, 0)) for day in days) if rule in trend else (),
        )
        for rule in found.keys() | trend.keys()
    }


def rule_result(rule: str, found: RuleFindings) -> dg.AssetCheckResult:
    """The outcome of one rule's check."""
    severity = severity_of(rule)
    metadata: dict[str, dg.MetadataValue | int | str] = {"severity": severity, "findings": found.standing}
    if found.waived:
        metadata["waived"] = found.waived
    if found.first:
        metadata["first_offenders"] = "; ".join(found.first)
    if found.trend:
        metadata["trend"] = dg.MetadataValue.md(
            "| dag / day | fund / findings |\n|---|---:|\n"
            + "\n".join(f"| {day} | {count} |" for day, count in found.trend)
        )
    return dg.AssetCheckResult(
        asset_key=FINDING,
        check_name=rule,
        passed=severity == "info" or not found.standing,
        severity=dg.AssetCheckSeverity.ERROR if severity == "error" else dg.AssetCheckSeverity.WARN,
        metadata=metadata,
    )


@dg.multi_asset_check(
    name="contract_rules",
    specs=[
        dg.AssetCheckSpec(
            rule,
            asset=FINDING,
            additional_deps=[dg.AssetKey(["accepted", "finding_history"])],
            description=f"{da} ({severity_of(rule)}).\n\n{en} ({severity_of(rule)}).",
        )
        for rule, (da, en) in RULE_LABELS.items()
    ],
)
def contract_rules(
    context: dg.AssetCheckExecutionContext, warehouse: Warehouse
) -> Iterator[dg.AssetCheckResult]:
    """Count what each rule found, from one reading of the findings."""
    from assets.answerability.finding_history import create_finding_history

    with told():
        create_finding_history(warehouse.connection)
        found = read_findings(warehouse.connection)
    for rule in RULE_LABELS:
        yield rule_result(rule, found.get(rule, RuleFindings()))
