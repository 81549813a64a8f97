"""Settings and accepted records as assets: what counts as said, and what was refused."""

from collections.abc import Iterator

import dagster as dg

from assets.contract import KINDS
from assets.layers.failures import told
from assets.layers.raw import RAW_TABLES
from assets.layers.table_facts import facts, table_spec
from assets.layers.workplace import Warehouse
from assets.settings_contract import SETTINGS_KINDS

SETTINGS_TABLES = {
    f"settings.{kind.name}": f"{kind.meaning_da}.\n\n{kind.meaning_en}." for kind in SETTINGS_KINDS
} | {
    "settings.finding": (
        "Fund i indstillingernes rækker: regel, celle, og hvordan det rettes.\n\n"
        "Findings in the rows of the settings: the rule, the cell, and how to mend it."
    )
}
ACCEPTED_TABLES = {f"accepted.{kind.name}": f"{kind.meaning_da}.\n\n{kind.meaning_en}." for kind in KINDS} | {
    "accepted.finding": (
        "Hvert fund i leveringerne: fil, ark, række, celle, reglen, og hvordan det rettes.\n\n"
        "Every finding in the deliveries: file, sheet, row, cell, the rule, and how to mend it."
    ),
    "accepted.alias_use": (
        "Hver celle, der tælles under et andet navn end det skrevne, efter arket Navneskift.\n\n"
        "Every cell that counts under another name than the one written, by the sheet Navneskift."
    ),
    "accepted.alias_question": (
        "Enheder, der først ses, når en med et lignende navn ophører: samme enhed eller en ny?\n\n"
        "Units first seen when one of a near name ends: the same unit, or a new one?"
    ),
    "accepted.finding_history": (
        "Siden hvornår hvert fund har stået, og hvornår det blev rettet. Gemmes over kørsler.\n\n"
        "Since when each finding has stood, and when it was mended. Kept over runs."
    ),
}


@dg.multi_asset(
    name="settings",
    specs=[
        table_spec(table, description=description, reads=RAW_TABLES, kinds=("python", "duckdb"))
        for table, description in SETTINGS_TABLES.items()
    ],
)
def settings(context: dg.AssetExecutionContext, warehouse: Warehouse) -> Iterator[dg.MaterializeResult[None]]:
    """Read what the offices decide from the current settings workbook."""
    from assets.accepted.settings import build_settings

    with told():
        warehouse.progress("settings")
        build_settings(warehouse.connection, as_known=warehouse.request.as_known)
        about = facts(warehouse.connection, list(SETTINGS_TABLES))
    for table in SETTINGS_TABLES:
        yield dg.MaterializeResult(asset_key=table.split("."), metadata=about[table])


@dg.multi_asset(
    name="accepted",
    specs=[
        table_spec(
            table,
            description=description,
            reads=[*RAW_TABLES, *SETTINGS_TABLES],
            kinds=("polars", "duckdb"),
        )
        for table, description in ACCEPTED_TABLES.items()
    ],
)
def accepted(context: dg.AssetExecutionContext, warehouse: Warehouse) -> Iterator[dg.MaterializeResult[None]]:
    """Type every current row by the contract, and say of each one refused why."""
    from assets.accepted.build import build_accepted
    from assets.answerability.finding_history import note_findings
    from assets.gates import begin_early

    with told():
        warehouse.progress("accepted")
        request = warehouse.request
        build_accepted(warehouse.connection, as_known=request.as_known, today=request.as_of)
        if request.as_known is None:
            note_findings(warehouse.connection)
        begin_early(warehouse.connection, ACCEPTED_TABLES, warehouse.run.run_id)
        about = facts(warehouse.connection, list(ACCEPTED_TABLES))
    for table in ACCEPTED_TABLES:
        yield dg.MaterializeResult(asset_key=table.split("."), metadata=about[table])
