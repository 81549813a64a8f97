"""The summary over networks as an asset: Python, since what may be shown is a search, not a query."""

import dagster as dg

from assets.layers.failures import told
from assets.layers.table_facts import facts, table_spec
from assets.layers.workplace import Warehouse

TABLE = "results.responsibility_summary"


@dg.multi_asset(
    name="summary",
    specs=[
        table_spec(
            TABLE,
            description=(
                "Netværk efter bedømmelse, for hvert ansvar; vises kun, når ingen leder kan udledes.\n\n"
                "Networks by status, per responsibility; a row is shown only where no leader can be derived."
            ),
            reads=("results.responsibility_standing",),
            kinds=("python", "duckdb"),
        )
    ],
)
def summary(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult[None]:
    """Count networks by status and hold back what would tell of one leader."""
    from assets.gates import begin_early
    from assets.layers.previews import begin_pictures, columns_of, preview
    from assets.results.summary import build_summary

    with told():
        build_summary(warehouse.connection)
        begin_early(warehouse.connection, [TABLE], warehouse.run.run_id)
        columns = columns_of(warehouse.connection, [TABLE])
        pictures = begin_pictures(warehouse.connection, columns)
        about = facts(warehouse.connection, [TABLE])
        shown = {
            "preview": preview(warehouse.connection, TABLE, columns[TABLE]),
            "picture": pictures()[TABLE],
        }
    return dg.MaterializeResult(
        asset_key=TABLE.split("."),
        metadata={**about[TABLE], **{name: dg.MetadataValue.md(text) for name, text in shown.items()}},
    )
