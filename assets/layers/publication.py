"""The published database as an asset: one file, replaced whole or not at all."""

import re

import dagster as dg

from assets.layers.failures import require_gates, told
from assets.layers.table_facts import OWNER
from assets.layers.workplace import Warehouse
from assets.publication.catalogue import PUBLISHED_TABLES
from assets.warehouse import SCHEMAS

DATABASE = dg.AssetKey(["publication", "database"])
_READ = re.compile(rf"\b(?:from|join)\s+((?:{'|'.join(SCHEMAS)})\.[a-z0-9_]+)", re.IGNORECASE)


def published_reads() -> list[str]:
    """Every table of the warehouse whose rows the publication carries, but those of the run itself."""
    found = (table for published in PUBLISHED_TABLES for table in _READ.findall(published.query()))
    return sorted({table for table in found if not table.startswith("audit.")})


@dg.asset(
    key=DATABASE,
    deps=[dg.AssetKey(table.split(".")) for table in published_reads()],
    group_name="publication",
    kinds={"duckdb"},
    owners=[OWNER],
    tags={"layer": "publication"},
    description=(
        "Databasen, som alle læser: bygget ved siden af, kontrolleret og lagt på plads på én gang.\n\n"
        "The database everyone reads: built aside, checked, and moved into its place at once."
    ),
)
def database(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult[None]:
    """Publish what stands, provided every gate of this run was passed."""
    from assets.gates import gates_passed
    from assets.people.after_publication import after_publication
    from assets.publication.database import publish

    with told():
        warehouse.progress("publication")
        require_gates(gates_passed(warehouse.connection, warehouse.run.run_id))
        publication = publish(warehouse.connection, warehouse.home, warehouse.run)
        for da, en in after_publication(warehouse.home, publication.sequence):
            context.log.warning(f"{da} / {en}")
    return dg.MaterializeResult(
        metadata={
            "path": dg.MetadataValue.path(publication.database),
            "content_hash": publication.content_hash,
            "sequence": publication.sequence,
            "period": publication.period,
            "rows": dg.MetadataValue.md(
                "\n".join(
                    ["| table | rows |", "|---|---:|"]
                    + [f"| {table} | {rows} |" for table, rows in sorted(publication.rows.items())]
                )
            ),
        }
    )
