"""A folder of ``sql/`` as one layer of assets: a table each, one step, lineage read from the text."""

import hashlib
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator

import dagster as dg
import duckdb

from assets.engine.choice import run_models
from assets.layers.failures import told
from assets.layers.table_facts import facts, table_of, table_spec
from assets.layers.workplace import Warehouse
from assets.lineage import Sources, column_lineage, origins
from assets.sql_models import SQL_ROOT, Model, load_models

LINEAGE_FILE = "column_lineage.json"
_RESPONSIBILITY = re.compile(r"r(\d)(_|$)")
_VALUE = re.compile(r"v\d(_|$)")


def sql_layer(schema: str) -> dg.AssetsDefinition:
    """Every model of ``sql/<schema>/`` as one multi-asset, of which any part can be run alone.

    The order within a run is the order in which the models read each other.
    """
    models = load_models((schema,))

    @dg.multi_asset(name=schema, specs=[model_spec(model) for model in models], can_subset=True)
    def layer(
        context: dg.AssetExecutionContext, warehouse: Warehouse
    ) -> Iterator[dg.MaterializeResult[None]]:
        from assets.gates import begin_early

        selected = {table_of(key) for key in context.selected_asset_keys}
        chosen = [model for model in models if model.table in selected]
        with told():
            warehouse.progress(schema)
            run_models(warehouse.connection, chosen)
            begin_early(warehouse.connection, selected, warehouse.run.run_id)
            page = begin_result_page(warehouse.connection, chosen) if schema == "results" else dict
            memory = warehouse.home.dagster / LINEAGE_FILE
            lineage = column_lineage(warehouse.connection, chosen, memory)
            tables = [model.table for model in chosen]
            about = facts(warehouse.connection, tables, origins(tables, memory))
            shown = page()
        for model in chosen:
            yield dg.MaterializeResult(
                asset_key=[model.schema, model.name],
                metadata={
                    **about[model.table],
                    "dagster/column_lineage": as_metadata(lineage[model.table]),
                    **shown.get(model.table, {}),
                },
            )

    return layer


def as_metadata(sources: Sources) -> dg.TableColumnLineage:
    """The sources of a table's columns, as Dagster draws them."""
    return dg.TableColumnLineage(
        {
            column: [
                dg.TableColumnDep(dg.AssetKey(source.split(".")[:2]), source.split(".")[2])
                for source in of_column
            ]
            for column, of_column in sources.items()
        }
    )


def begin_result_page(
    connection: duckdb.DuckDBPyConnection, models: Iterable[Model]
) -> Callable[[], dict[str, dict[str, dg.MetadataValue]]]:
    """Begin what result tables' pages show besides: the latest rows, and a picture; what is called for it."""
    from assets.layers.previews import begin_pictures, columns_of, preview

    columns = columns_of(connection, [model.table for model in models])
    pictures = begin_pictures(connection, columns)

    def page() -> dict[str, dict[str, dg.MetadataValue]]:
        rows = {table: preview(connection, table, columns[table]) for table in columns}
        return {
            table: {"preview": dg.MetadataValue.md(rows[table]), "picture": dg.MetadataValue.md(drawn)}
            for table, drawn in pictures().items()
        }

    return page


def model_spec(model: Model) -> dg.AssetSpec:
    """How one model appears in the graph."""
    return table_spec(
        model.table,
        description=describe(model),
        reads=model.reads,
        group=group_of(model),
        kinds=("duckdb", "sql"),
        code_version=hashlib.sha256(model.query.encode()).hexdigest()[:12],
    )


def group_of(model: Model) -> str:
    """The schema; for an indicator its responsibility, ``r1`` to ``r9``, or ``value``."""
    if model.schema != "indicators":
        return model.schema
    if found := _RESPONSIBILITY.match(model.name):
        return f"r{found[1]}"
    return "value" if _VALUE.match(model.name) else model.schema


def describe(model: Model) -> str:
    """What the model is, in both languages, and the particulars of its header.

    Of an indicator the names and purposes come from its definition.
    """
    definition = SQL_ROOT / model.schema / f"{model.name}.toml"
    if definition.exists():
        said = tomllib.loads(definition.read_text(encoding="utf-8"))
        words = tuple(
            f"**{said['id']} {said[f'name_{language}']}.** {said[f'purpose_{language}']}"
            for language in ("da", "en")
        )
    else:
        words = model.said
    return "\n\n".join([*words, f"```\n{model.particulars}\n```"])
