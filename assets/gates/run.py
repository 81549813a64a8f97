"""Running the gates of a layer, and asking afterwards whether every one of them ran and passed."""

from datetime import datetime

import duckdb

from assets.gates.expectations import begin_suites
from assets.gates.quality import LAYERS, Gate, Layer, QualityResult, record, recorded
from assets.gates.sql_checks import checks_of, run_sql_checks
from assets.gates.suites import suites_of


def run_gates(
    connection: duckdb.DuckDBPyConnection, layer: Layer, run_id: str, checked_at: datetime | None = None
) -> list[QualityResult]:
    """Judge one layer by suites and SQL checks, and write the outcome to ``audit.quality_result``."""
    judged = begin_suites(connection, layer, run_id)  # in a process of its own, beside the SQL checks
    checked = run_sql_checks(connection, layer)
    results = [*judged(), *checked]
    record(connection, run_id, results, checked_at)
    return results


def all_gates(layer: Layer | None = None) -> list[Gate]:
    """Every gate of one layer or of all, as the files have them."""
    return [
        gate
        for one in ((layer,) if layer else LAYERS)
        for gate in (
            *(suite.gate(rule) for suite in suites_of(one) for rule in suite.rules),
            *(check.gate for check in checks_of(one)),
        )
    ]


def required_gates(layer: Layer | None = None) -> list[Gate]:
    """Every gate that must have passed before anything is published, of one layer or of all.

    The list comes from the files, so that a gate that was left out of a run is missed.
    """
    return [gate for gate in all_gates(layer) if gate.blocking]


def gates_passed(connection: duckdb.DuckDBPyConnection, run_id: str) -> list[str]:
    """What stands in the way of publication: each required gate that did not pass in this run, and how.

    Empty when all passed. A gate that did not run is named as ``did not run``.
    """
    outcomes = recorded(connection, run_id)
    return [
        f"{gate.name}: {outcomes.get((gate.layer, gate.table, gate.check), 'did not run')}"
        for gate in required_gates()
        if outcomes.get((gate.layer, gate.table, gate.check)) != "passed"
    ]
