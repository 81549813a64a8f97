"""The models through Spark Connect: each query translated, written to the lake, and brought back by Arrow.

DuckDB says what columns and types each table has (the models run on empty tables, which costs nothing); Spark
computes the rows. What Spark gives is cast to those types, and refused where the cast could change a value.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import duckdb

from assets.engine.errors import EngineError, SparkFault
from assets.engine.lake import (
    Columns,
    Lake,
    fingerprint,
    read_columns,
    remember,
    remembered,
    spark_schema,
    table_columns,
)
from assets.engine.spark_session import REMOTE_VARIABLE, connect
from assets.engine.spark_sql import to_spark, view_name
from assets.engine.types import becomes, spark_type
from assets.sql_models import Model, ModelError
from assets.warehouse import create_schemas

AT_ONCE = 4  # models under way together: planning one takes the driver as long as computing small data


@dataclass(frozen=True)
class SparkEngine:
    """Builds models through a Spark session and a lake."""

    session: Any
    lake: Lake
    shim: bool = True

    @classmethod
    def from_environment(cls) -> "SparkEngine":
        """By ``NETVAERDI_SPARK_REMOTE`` and ``NETVAERDI_LAKE``. Raises :class:`EngineError`."""
        lake = Lake.from_environment()
        return cls(connect(os.environ.get(REMOTE_VARIABLE, "").strip()), lake)

    def run_models(self, connection: duckdb.DuckDBPyConnection, models: Sequence[Model]) -> dict[str, int]:
        """Build each model's table in the warehouse; rows of each.

        Raises:
            ModelError: A model broke, on either engine.
            EngineError: Spark gives a column of another name or kind than DuckDB.
        """
        with empty_tables(connection, models) as empty:
            shapes = {model.table: table_columns(empty, model.table) for model in models}
        standing = self._offer(connection, models)
        rows: dict[str, int] = {}
        for model, arrow in self._compute(models, shapes):
            rows[model.table] = bring_back(connection, model.table, shapes[model.table], arrow)
            standing[model.table] = (
                fingerprint(connection, model.table),
                str(self.lake.folder(model.table)),
            )
        remember(connection, standing)
        self.lake.switch({table: Path(folder) for table, (_, folder) in standing.items()})
        return {model.table: rows[model.table] for model in models}

    def _offer(
        self, connection: duckdb.DuckDBPyConnection, models: Sequence[Model]
    ) -> dict[str, tuple[str, str]]:
        """Let Spark see every table the models read and do not make, written anew where it has changed."""
        standing = {
            table: (print_, folder)
            for table, (print_, folder) in remembered(connection).items()
            if Path(folder).is_relative_to(self.lake.root)
        }
        made = {model.table for model in models}
        for table in sorted({table for model in models for table in model.reads} - made):
            print_ = fingerprint(connection, table)
            known, folder = standing.get(table, ("", ""))
            if known != print_ or not Path(folder).is_dir():
                folder = str(self.lake.export(connection, table))
            standing[table] = (print_, folder)
            self._view(table, Path(folder), read_columns(connection, table))
        return standing

    def _compute(self, models: Sequence[Model], shapes: Mapping[str, Columns]) -> Iterator[tuple[Model, Any]]:
        """Each model with its rows, as they become ready; none before those it reads."""
        by_table = {model.table: model for model in models}
        order = TopologicalSorter({m.table: [t for t in m.reads if t in by_table] for m in models})
        order.prepare()
        under_way: dict[Future[Any], Model] = {}
        with ThreadPoolExecutor(AT_ONCE) as pool:
            try:
                while order.is_active():
                    for table in order.get_ready():
                        model = by_table[table]
                        under_way[pool.submit(self._one, model, shapes[table])] = model
                    done, _ = wait(under_way, return_when=FIRST_COMPLETED)
                    for future in done:
                        model = under_way.pop(future)
                        yield model, future.result()
                        order.done(model.table)
            finally:
                pool.shutdown(wait=True, cancel_futures=True)

    def _one(self, model: Model, columns: Columns) -> Any:
        """Compute one model into its run folder, switch its view, and fetch its rows as Arrow."""
        from pyspark.errors import PySparkException

        folder = self.lake.folder(model.table)
        try:
            frame = self.session.sql(to_spark(model.query, shim=self.shim, views=True))
            found = {field.name: field.dataType.simpleString() for field in frame.schema.fields}
            check_columns(model, found, columns)
            typed = frame.selectExpr(
                *(f"cast(`{n}` as {spark_type(t)}) as `{n}`" for n, t in columns.items())
            )
            typed.write.mode("overwrite").parquet(str(folder))
            return self._view(model.table, folder, columns).toArrow()
        except PySparkException as error:
            raise ModelError(model, SparkFault(f"Spark: {condition(error)}")) from error

    def _view(self, table: str, folder: Path, columns: Columns) -> Any:
        """Let a run folder stand for a table in this session."""
        frame = self.session.read.schema(spark_schema(columns)).parquet(str(folder))
        frame.createOrReplaceTempView(view_name(table))
        return frame


@contextmanager
def empty_tables(
    connection: duckdb.DuckDBPyConnection, models: Sequence[Model]
) -> Iterator[duckdb.DuckDBPyConnection]:
    """The models run on empty tables of the warehouse's columns and types.

    Raises:
        ModelError: A model does not fit what it reads.
    """
    made = {model.table for model in models}
    with duckdb.connect() as empty:
        create_schemas(empty)
        for table in dict.fromkeys(table for model in models for table in model.reads):
            columns = table_columns(connection, table)
            if table not in made and columns:
                said = ", ".join(f'"{name}" {type_}' for name, type_ in columns.items())
                empty.execute(f"create table {table} ({said})")
        for model in models:
            try:
                empty.execute(f"create table {model.table} as {model.query}")
            except duckdb.Error as error:
                raise ModelError(model, error) from error
        yield empty


def check_columns(model: Model, found: Mapping[str, str], wanted: Columns) -> None:
    """Refuse columns that Spark names otherwise, or whose values a cast to DuckDB's type could change.

    Raises:
        EngineError: Names the model, the column and both types.
    """
    if list(found) != list(wanted):
        raise EngineError(
            f"Spark giver {model.table} kolonnerne {', '.join(found)}, DuckDB {', '.join(wanted)}.",
            f"Spark gives {model.table} the columns {', '.join(found)}, DuckDB {', '.join(wanted)}.",
        )
    for name, type_ in wanted.items():
        if not becomes(found[name], spark_type(type_)):
            raise EngineError(
                f"{model.table}.{name} er {found[name]} i Spark og {type_} i DuckDB; cast i modellen.",
                f"{model.table}.{name} is {found[name]} in Spark and {type_} in DuckDB; cast in the model.",
            )


def bring_back(connection: duckdb.DuckDBPyConnection, table: str, columns: Columns, arrow: Any) -> int:
    """Replace a table of the warehouse by Arrow rows, in DuckDB's own types; the number of rows."""
    selected = ", ".join(f'cast("{name}" as {type_}) as "{name}"' for name, type_ in columns.items())
    connection.register("incoming_rows", arrow)
    try:
        connection.execute(f"create or replace table {table} as select {selected} from incoming_rows")
    finally:
        connection.unregister("incoming_rows")
    return int(arrow.num_rows)


def condition(error: Any) -> str:
    """Spark's name of what went wrong (``DIVIDE_BY_ZERO``), which quotes no data."""
    named = error.getCondition() if hasattr(error, "getCondition") else None
    return str(named or type(error).__name__)
