"""The raw layer as assets: what was delivered, kept as it was written."""

from collections.abc import Iterator

import dagster as dg

from assets.layers.failures import told
from assets.layers.table_facts import facts, table_spec
from assets.layers.workplace import Warehouse

RAW_TABLES = {
    "raw.delivery": (
        "Hver levering: hvilken fil, fra hvem, hvornår, og om den gælder endnu. Intet slettes.\n\n"
        "Every delivery: which file, whose, when, and whether it still stands. Nothing is deleted."
    ),
    "raw.sheet": (
        "Hvert ark i en levering: hvilken slags rækker det holder, og de overskrifter, der blev genkendt.\n\n"
        "Every sheet of a delivery: the kind of its rows, and the headings that were recognised."
    ),
    "raw.source_row": (
        "Hver række som skrevet, med fil, ark og rækkenummer, som regnearket viser det.\n\n"
        "Every row as written, with its file, sheet and row number as the spreadsheet shows it."
    ),
    "raw.reading_fault": (
        "Hvad læseren selv stødte på: fejlceller, formler uden værdi, CPR-numre (aldrig selve nummeret).\n\n"
        "What the reader itself met: error cells, formulas without value, CPR numbers (never the number)."
    ),
}


@dg.multi_asset(
    name="raw",
    specs=[
        table_spec(table, description=description, kinds=("excel", "csv", "duckdb"))
        for table, description in RAW_TABLES.items()
    ],
)
def raw(context: dg.AssetExecutionContext, warehouse: Warehouse) -> Iterator[dg.MaterializeResult[None]]:
    """Take in what is new in the inbox; a file already known changes nothing."""
    from assets.gates import warm_up
    from assets.intake_step import take_in_request

    with told():
        warehouse.progress("raw")
        warm_up()  # the judge is imported beside the reading
        take_in_request(warehouse.connection, warehouse.home, warehouse.settings, warehouse.request)
        about = facts(warehouse.connection, list(RAW_TABLES))
    for table in RAW_TABLES:
        yield dg.MaterializeResult(asset_key=table.split("."), metadata=about[table])
