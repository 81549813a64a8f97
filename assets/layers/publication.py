"""The published database as an asset: one file, replaced whole or not at all."""

import re
from collections.abc import Iterator

import dagster as dg
import duckdb

from assets.home import load_settings
from assets.layers.failures import require_gates, told
from assets.layers.sitting import SITTINGS
from assets.layers.table_facts import OWNER, cell_text
from assets.layers.workplace import Warehouse
from assets.publication.catalogue import PUBLISHED_TABLES
from assets.warehouse import SCHEMAS

SHOWN = 30  # changed figures on the run's page
CHANGED_TAG = "netvaerdi/changed_figures"  # on the run: how many figures published before it changed
DATABASE = dg.AssetKey(["publication", "database"])
_READ = re.compile(rf"\b(?:from|join)\s+((?:{'|'.join(SCHEMAS)})\.[a-z0-9_]+)", re.IGNORECASE)


def published_reads() -> list[str]:
    """Every table of the warehouse whose rows the publication carries, but those of the run itself."""
    found = (table for published in PUBLISHED_TABLES for table in _READ.findall(published.query()))
    return sorted({table for table in found if not table.startswith("audit.")})


@dg.asset(
    key=DATABASE,
    output_required=False,
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
def database(context: dg.AssetExecutionContext, warehouse: Warehouse) -> Iterator[dg.MaterializeResult[None]]:
    """Publish what stands, provided every gate of this run was passed; a dry run publishes nothing."""
    from assets.gates import gates_passed
    from assets.people.after_publication import after_publication
    from assets.publication.database import publish
    from assets.results.figure_history import hold_back_figures

    with told():
        warehouse.progress("publication")
        require_gates(gates_passed(warehouse.connection, warehouse.run.run_id))
        if warehouse.dry_run:
            context.log.info(
                "Prøvekørsel: kontrollerne er bestået, og intet er offentliggjort. "
                "/ Dry run: the checks were passed, and nothing was published."
            )
            return
        hold_back_figures(warehouse.connection)
        publication = publish(warehouse.connection, warehouse.home, warehouse.run)
        assets = context.run.asset_selection or context.job_def.asset_layer.executable_asset_keys
        SITTINGS.begin(context.run_id, warehouse.home, load_settings(warehouse.home), list(assets))
        for da, en in after_publication(warehouse.home, publication.sequence):
            context.log.warning(f"{da} / {en}")
        count, changed = changes(warehouse.connection, publication.sequence)
    context.instance.add_run_tags(context.run_id, {CHANGED_TAG: str(count)})
    warehouse.say_at_the_end(changed.splitlines()[0])
    yield dg.MaterializeResult(
        metadata={
            "path": dg.MetadataValue.path(publication.database),
            "content_hash": publication.content_hash,
            "sequence": publication.sequence,
            "period": publication.period,
            "changed_figures": dg.MetadataValue.md(changed),
            "rows": dg.MetadataValue.md(
                "\n".join(
                    ["| table | rows |", "|---|---:|"]
                    + [f"| {table} | {rows} |" for table, rows in sorted(publication.rows.items())]
                )
            ),
        }
    )


def changes(connection: duckdb.DuckDBPyConnection, sequence: int) -> tuple[int, str]:
    """How many figures published before this publication changed; and that in words, the first as a table.

    Whoever looks after the runs sees no judgement of a leader's work, so these are counted and not shown.
    """
    rows = connection.execute(
        "select organisation_id, network_id, period, indicator_id, dimension, measure, old, new, "
        "table_name = 'organisation_result' or starts_with(indicator_id, 'V') as shown "
        "from audit.restatement where publication_sequence = ? "
        "order by organisation_id, period, table_name, network_id, indicator_id, dimension, measure",
        [sequence],
    ).fetchall()
    if not rows:
        return 0, "Ingen tidligere offentliggjorte tal er ændret. / No figure published before has changed."
    lines = [
        f"{len(rows)} tidligere offentliggjorte tal er ændret. / {len(rows)} published figures have changed.",
        "",
        "| organisation | netværk / network | periode / period | tal / figure | mål / measure "
        "| før / before | nu / now |",
        "|---|---|---|---|---|---|---|",
    ]
    for organisation, network, period, indicator, dimension, measure, old, new, shown in rows:
        name = f"{indicator} {dimension}".strip()
        cells = (organisation, network or "–", period, name, measure, old or "–", new or "–")
        if shown and len(lines) < SHOWN + 4:
            lines.append("| " + " | ".join(cell_text(cell) for cell in cells) + " |")
    return len(rows), "\n".join(lines)
