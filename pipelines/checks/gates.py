"""The gates as asset checks: one a gate, with how many rows broke it, where the first stand, and its trend.

A gate is judged when its whole layer stands, so only tables that nothing but the publication reads next can
block in Dagster's graph; the publication itself asks whether every gate passed in this run.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

import dagster as dg

from assets.gates import Gate, QualityResult, all_gates
from assets.gates.quality import Layer, results_of_run
from assets.gates.words import OUTCOMES, check_name, gate_words
from assets.layers.failures import require_gates, told
from assets.layers.workplace import Warehouse

COMES_LAST = {"dagster/priority": "-1"}  # of what can be done: the judge is at work meanwhile
LAST_OF_LAYER: dict[Layer, str] = {"accepted": "accepted.", "results": "results."}
READ_WITHIN_LAYER = (
    "results.responsibility_standing",
)  # the summary reads it before the gates can be judged
PAGE = "page"  # where the run's page of all gates stands


def gate_checks(layer: Layer) -> dg.AssetChecksDefinition:
    """The checks of a layer, judged in one step."""
    gates = all_gates(layer)

    @dg.multi_asset_check(
        name=f"gates_{layer}", specs=[gate_spec(gate) for gate in gates], op_tags=COMES_LAST
    )
    def judge(context: dg.AssetCheckExecutionContext, warehouse: Warehouse) -> Iterator[dg.AssetCheckResult]:
        from assets.gates import run_gates
        from assets.gates.offenders import first_offenders
        from assets.gates.page import GatePage
        from assets.gates.trend import latest_runs, short_trend

        with told():
            warehouse.progress("gates")
            connection, run = warehouse.connection, warehouse.run
            results = {one.gate: one for one in run_gates(connection, layer, run.run_id)}
            failed = [gate for gate, one in results.items() if one.outcome == "failed"]
            offenders = {gate: first_offenders(connection, gate) for gate in failed}
            runs, trends = latest_runs(connection)
            page: dg.MetadataValue | None = None
            if not warehouse.dry_run:
                of_run = results_of_run(connection, run.run_id)
                made = GatePage(run.run_id, run.started_at, of_run, offenders, runs, trends)
                page = page_at(made.write(warehouse.home.root), warehouse.settings.checks_address)
        for gate in gates:
            trend = short_trend(trends.get((gate.table, gate.check), ()))
            yield check_result(gate, results.get(gate), offenders.get(gate, ()), trend, page)
        with told():
            judged = {gate: one.outcome for gate, one in results.items()}
            outcomes = judged | {gate: "did not run" for gate in gates if gate not in results}
            require_gates(
                [
                    f"{gate.name}: {outcome}"
                    for gate, outcome in outcomes.items()
                    if gate.blocking and outcome != "passed"
                ]
            )

    return judge


def gate_spec(gate: Gate) -> dg.AssetCheckSpec:
    """How one gate appears among the checks of its table."""
    layer_ends = gate.table.startswith(LAST_OF_LAYER[gate.layer]) and gate.table not in READ_WITHIN_LAYER
    return dg.AssetCheckSpec(
        check_name(gate),
        asset=gate.table.split("."),
        blocking=gate.blocking and layer_ends,
        description="\n\n".join(gate_words()[gate]),
    )


def check_result(
    gate: Gate,
    result: QualityResult | None,
    first: Sequence[str] = (),
    trend: str = "",
    page: dg.MetadataValue | None = None,
) -> dg.AssetCheckResult:
    """One gate's outcome; one that could not be judged, or was not, is no pass.

    Args:
        first: The addresses of the first offenders.
        trend: How it went over the latest runs.
        page: Where the run's page of all gates stands.
    """
    outcome = result.outcome if result else ""
    metadata: dict[str, dg.MetadataValue | int | str] = {"outcome": said(outcome)}
    if result and result.rows_checked is not None:
        metadata |= {"rows": result.rows_checked, "violations": result.violations or 0}
    if result and result.cause:
        metadata["cause"] = result.cause
    if first:
        metadata["first_offenders"] = "; ".join(first)
    if trend:
        metadata["trend"] = trend
    if page:
        metadata[PAGE] = page
    return dg.AssetCheckResult(
        asset_key=gate.table.split("."),
        check_name=check_name(gate),
        passed=outcome == "passed",
        severity=dg.AssetCheckSeverity.ERROR if gate.blocking else dg.AssetCheckSeverity.WARN,
        metadata=metadata,
    )


def page_at(path: Path, address: str) -> dg.MetadataValue:
    """The page: a link where a web server shows the folder, else its path, since browsers open no file."""
    if not address:
        return dg.MetadataValue.path(path)
    return dg.MetadataValue.url(f"{address.rstrip('/')}/{quote(path.name)}")


def said(outcome: str) -> str:
    """An outcome as shape and word, in both languages."""
    shape, (da, en) = OUTCOMES[outcome]
    return f"{shape} {da} / {en}"


GATE_CHECKS = (gate_checks("accepted"), gate_checks("results"))
