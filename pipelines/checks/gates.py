"""The gates as asset checks: one a table, failing where any of its rules does, with how many rows broke it.

A gate is judged when its whole layer stands, so only tables that nothing but the publication reads next can
block in Dagster's graph; the publication itself asks whether every gate passed in this run.
"""

from collections.abc import Iterator, Mapping

import dagster as dg

from assets.gates import Gate, QualityResult, required_gates
from assets.gates.quality import Layer
from assets.layers.failures import require_gates, told
from assets.layers.workplace import Warehouse

CHECK = "gate"
LAST = {"dagster/priority": "-1"}  # after what can be done while the judge is at work
LAST_OF_LAYER: dict[Layer, str] = {"accepted": "accepted.", "results": "results."}
READ_WITHIN_LAYER = (
    "results.responsibility_standing",
)  # the summary reads it before the gates can be judged


def gates_of(layer: Layer) -> dict[str, list[Gate]]:
    """The required gates of a layer by table."""
    tables: dict[str, list[Gate]] = {}
    for gate in required_gates(layer):
        tables.setdefault(gate.table, []).append(gate)
    return dict(sorted(tables.items()))


def gate_checks(layer: Layer) -> dg.AssetChecksDefinition:
    """The check of every table of a layer, judged in one step."""
    tables = gates_of(layer)
    specs = [
        dg.AssetCheckSpec(
            CHECK,
            asset=table.split("."),
            blocking=table.startswith(LAST_OF_LAYER[layer]) and table not in READ_WITHIN_LAYER,
            description="Reglerne / the rules: " + ", ".join(f"`{gate.check}`" for gate in gates),
        )
        for table, gates in tables.items()
    ]

    @dg.multi_asset_check(name=f"gates_{layer}", specs=specs, op_tags=LAST)
    def gates(context: dg.AssetCheckExecutionContext, warehouse: Warehouse) -> Iterator[dg.AssetCheckResult]:
        from assets.gates import run_gates
        from assets.gates.offenders import first_offenders

        with told():
            warehouse.progress("gates")
            results = run_gates(warehouse.connection, layer, warehouse.run.run_id)
        for table in tables:
            of_table = [result for result in results if result.gate.table == table]
            where = {
                one.gate.check: first_offenders(warehouse.connection, one.gate)
                for one in of_table
                if one.outcome == "failed"
            }
            yield check_result(table, of_table, where)
        with told():
            require_gates([f"{one.gate.name}: {one.outcome}" for one in results if stands_in_the_way(one)])

    return gates


def check_result(
    table: str, results: list[QualityResult], where: Mapping[str, list[str]]
) -> dg.AssetCheckResult:
    """One table's outcome; a gate that could not be judged is no pass, and neither is a table without any.

    ``where`` holds the addresses of the first offenders of each gate that failed.
    """
    against = [result for result in results if stands_in_the_way(result)]
    lines = [
        f"| {one.gate.check} | {one.outcome} | {_count(one.rows_checked)} | {_count(one.violations)} |"
        for one in results
    ]
    return dg.AssetCheckResult(
        asset_key=table.split("."),
        check_name=CHECK,
        passed=bool(results) and not against,
        severity=dg.AssetCheckSeverity.ERROR,
        description="; ".join(
            f"{result.gate.check}: {result.outcome} {_count(result.violations)} {result.cause}".strip()
            for result in against
        )
        or None,
        metadata={
            "rules": len(results),
            "violations": sum(result.violations or 0 for result in results),
            "outcomes": dg.MetadataValue.md(
                "\n".join(["| rule | outcome | rows | violations |", "|---|---|---:|---:|", *lines])
            ),
            "first_offenders": dg.MetadataValue.md(
                "\n".join(f"- `{check}`: {'; '.join(found)}" for check, found in where.items() if found)
                or "–"
            ),
        },
    )


def stands_in_the_way(result: QualityResult) -> bool:
    """Whether the gate stops publication by what it found."""
    return result.gate.blocking and not result.passed


def _count(value: int | None) -> str:
    return "–" if value is None else str(value)


GATE_CHECKS = (gate_checks("accepted"), gate_checks("results"))
