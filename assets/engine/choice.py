"""Which engine builds the models' tables: ``NETVAERDI_ENGINE`` is ``duckdb`` (the default) or ``spark``.

Whichever it is, the tables stand in the warehouse afterwards, with the same names, columns and types.
"""

import os
from collections.abc import Iterable

import duckdb

from assets.engine.change_state import forget
from assets.engine.changed import run_changed
from assets.engine.errors import EngineError
from assets.sql_models import Model

ENGINE_VARIABLE = "NETVAERDI_ENGINE"
ENGINES = ("duckdb", "spark")


def chosen_engine() -> str:
    """``duckdb`` or ``spark``. Raises :class:`EngineError` for anything else."""
    chosen = os.environ.get(ENGINE_VARIABLE, "").strip().lower() or ENGINES[0]
    if chosen not in ENGINES:
        raise EngineError(
            f"{ENGINE_VARIABLE} er {chosen!r}; skriv duckdb eller spark.",
            f"{ENGINE_VARIABLE} is {chosen!r}; write duckdb or spark.",
        )
    return chosen


def run_models(connection: duckdb.DuckDBPyConnection, models: Iterable[Model]) -> dict[str, int]:
    """Build each model's table by the engine chosen; rows of each.

    DuckDB builds anew what has changed since the tables were made, Spark all of it.

    Raises:
        ModelError: A model broke.
        EngineError: The engine cannot be had as asked.
    """
    if chosen_engine() == "duckdb":
        return run_changed(connection, models)
    from assets.engine.spark_engine import SparkEngine

    engine, chosen = SparkEngine.from_environment(), list(models)
    forget(connection, [model.table for model in chosen])
    return engine.run_models(connection, chosen)
