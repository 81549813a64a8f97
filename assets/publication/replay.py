"""Computing past states again: the same models on another state of records, targets or both, in memory.

A replay holds the organisations asked for and nothing else, and reads the warehouse only to copy from it.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import duckdb
import polars as pl

from assets.accepted.build import build_accepted
from assets.accepted.settings import build_settings
from assets.accepted.tables import create_tables
from assets.contract import KINDS
from assets.core.calendar import build_calendar
from assets.publication.figures import (
    INDICATOR,
    ORGANISATION,
    RESPONSIBILITY,
    SUMMARY,
    Figures,
    Key,
    read_figures,
)
from assets.raw.tables import create_raw_tables
from assets.results.summary import count_networks
from assets.sql_models import Model, load_models, run_models
from assets.warehouse import create_schemas, replace_table

RAW_TABLES = ("delivery", "sheet", "source_row", "reading_fault")
Records = dict[str, pl.DataFrame]


# What each table of figures rests on; the summary over networks is counted from the last.
RESULTS = {
    INDICATOR: "results.indicator_result",
    RESPONSIBILITY: "results.responsibility_result",
    ORGANISATION: "results.organisation_result",
    SUMMARY: "results.responsibility_standing",
}


class Replay:
    """An in-memory copy of what the models read, for some organisations and the figures asked for."""

    def __init__(
        self, warehouse: duckdb.DuckDBPyConnection, organisations: Sequence[str], wanted: Iterable[Key]
    ) -> None:
        self._organisations = list(organisations)
        self._wanted = {key for key in wanted if key[1] in self._organisations}
        self._scratch = duckdb.connect()
        create_schemas(self._scratch)
        self._days: dict[str, date] = dict(
            warehouse.execute("select organisation_id, as_of from calendar.as_of").fetchall()
        )
        for (table,) in warehouse.execute(
            "select table_name from duckdb_tables() where schema_name = 'definitions' "
            "and database_name = current_database()"
        ).fetchall():
            self._copy(warehouse, f"definitions.{table}")
        tables = {key[0] for key in self._wanted}
        self._counts_summary = SUMMARY in tables
        self._models = tuple(models_behind(*(RESULTS[table] for table in sorted(tables))))

    def close(self) -> None:
        """Give the memory back."""
        self._scratch.close()

    def current_records(self, warehouse: duckdb.DuckDBPyConnection) -> Records:
        """The accepted records as they stand in the warehouse."""
        return {kind.name: self._read(warehouse, f"accepted.{kind.name}") for kind in KINDS}

    def past_records(self, warehouse: duckdb.DuckDBPyConnection, known: int, today: date) -> Records:
        """The accepted records as they were when that sequence number was the latest, by today's rules.

        Args:
            today: The day by which aliases are in force, as in the run that publishes.
        """
        create_raw_tables(self._scratch)
        sequences = [
            row[0]
            for row in warehouse.execute(
                "select sequence from raw.delivery where sequence <= ? "
                "and (superseded_by is null or superseded_by > ?) and (organisation_id in ? or "
                "ends_with(lower(path), '_indstillinger.xlsx'))",
                [known, known, self._organisations],
            ).fetchall()
        ]
        for table in RAW_TABLES:
            key = "sequence" if table == "delivery" else "delivery_sequence"
            rows = warehouse.sql(
                f"select * from raw.{table} where {key} in $sequences", params={"sequences": sequences}
            )
            self._append(f"raw.{table}", rows.to_arrow_table())
        build_settings(self._scratch, as_known=known)
        build_accepted(self._scratch, as_known=known, today=today)
        return {kind.name: self._read(self._scratch, f"accepted.{kind.name}") for kind in KINDS}

    def set_targets(self, targets: pl.DataFrame) -> None:
        """Judge by these rows of ``definitions.target`` from now on."""
        replace_table(self._scratch, "definitions.target", targets)

    def figures(self, records: Records) -> Figures:
        """The figures asked for, as these records make them."""
        create_tables(self._scratch)
        for kind in KINDS:
            self._append(f"accepted.{kind.name}", records[kind.name].to_arrow())
        build_calendar(self._scratch, {name: self._days[name] for name in self._known_days(records)})
        run_models(self._scratch, self._models)
        if self._counts_summary:
            count_networks(self._scratch)
        return read_figures(self._scratch, self._wanted)

    def _known_days(self, records: Records) -> list[str]:
        there = set(records["networks"].get_column("organisation_id").to_list())
        return [name for name in self._days if name in there]

    def _copy(self, warehouse: duckdb.DuckDBPyConnection, table: str) -> None:
        frame: pl.DataFrame = warehouse.sql(f"select * from {table}").pl()
        replace_table(self._scratch, table, frame)

    def _read(self, connection: duckdb.DuckDBPyConnection, table: str) -> pl.DataFrame:
        frame: pl.DataFrame = connection.sql(
            f"select * from {table} where organisation_id in $organisations",
            params={"organisations": self._organisations},
        ).pl()
        return frame

    def _append(self, table: str, rows: Any) -> None:
        self._scratch.register("incoming_rows", rows)
        try:
            self._scratch.execute(f"insert into {table} by name select * from incoming_rows")
        finally:
            self._scratch.unregister("incoming_rows")


def models_behind(*tables: str) -> Iterable[Model]:
    """The models that tables rest on, and their own, in order."""
    models = load_models()
    by_table = {model.table: model for model in models}
    needed: set[str] = set()
    waiting = list(tables)
    while waiting:
        name = waiting.pop()
        if name in by_table and name not in needed:
            needed.add(name)
            waiting.extend(by_table[name].reads)
    return (model for model in models if model.table in needed)
