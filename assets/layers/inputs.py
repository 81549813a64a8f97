"""Calendar and definitions as assets: what Python lays out before the models in ``sql/`` read it."""

from collections.abc import Iterator
from datetime import date

import dagster as dg
import duckdb

from assets.layers.failures import told
from assets.layers.table_facts import facts, table_spec
from assets.layers.workplace import Warehouse
from assets.request import RunRequest, check_first_network

CALENDAR_TABLES = {
    "calendar.as_of": (
        "Dagen, hver organisations tal er opgjort.\n\nThe day each organisation's figures are computed as of."
    ),
    "calendar.quarter": "Kvartalerne, fortløbende.\n\nThe quarters, consecutive.",
    "calendar.month": "Månederne, fortløbende.\n\nThe months, consecutive.",
    "calendar.half_year": "Halvårene, fortløbende.\n\nThe half-years, consecutive.",
}
DEFINITION_TABLES = {
    "definitions.responsibility": "De ni ansvar.\n\nThe nine responsibilities.",
    "definitions.indicator": (
        "Hver indikator: navn, formål og formel i ord, enhed, retning og version.\n\n"
        "Every indicator: name, purpose and formula in words, unit, direction and version."
    ),
    "definitions.indicator_need": (
        "De slags rækker, en indikator ikke kan undvære.\n\nThe record kinds an indicator cannot do without."
    ),
    "definitions.indicator_version": (
        "Definitionernes tidligere versioner, og hvad der ændrede sig.\n\n"
        "Earlier versions of the definitions, and what changed."
    ),
    "definitions.target": (
        "Målene, daterede; organisationens egne går forud for standarden.\n\n"
        "The targets, dated; an organisation's own come before the default."
    ),
}


@dg.multi_asset(
    name="calendar",
    specs=[
        table_spec(
            table,
            description=description,
            reads=("accepted.networks", "settings.organisations"),
            kinds=("python", "duckdb"),
        )
        for table, description in CALENDAR_TABLES.items()
    ],
)
def calendar(context: dg.AssetExecutionContext, warehouse: Warehouse) -> Iterator[dg.MaterializeResult[None]]:
    """Lay out quarters, months and half-years up to the as-of day."""
    from assets.core.calendar import build_calendar
    from assets.intake_step import first_start
    from assets.reports.drawers import HIRED

    with told():
        warehouse.progress("calendar")
        HIRED.start()  # the drawers load beside the models
        connection = warehouse.connection
        request = warehouse.request
        check_first_network(request, first_start(connection, request.organisation))
        build_calendar(connection, as_of_by_organisation(connection, request))
        about = facts(connection, list(CALENDAR_TABLES))
    for table in CALENDAR_TABLES:
        yield dg.MaterializeResult(asset_key=table.split("."), metadata=about[table])


@dg.multi_asset(
    name="definitions",
    specs=[
        table_spec(table, description=description, reads=("settings.targets",), kinds=("python", "duckdb"))
        for table, description in DEFINITION_TABLES.items()
    ],
)
def definitions(
    context: dg.AssetExecutionContext, warehouse: Warehouse
) -> Iterator[dg.MaterializeResult[None]]:
    """Read the definitions that stand beside the indicators' models."""
    from assets.indicators.definitions import build_definitions

    with told():
        warehouse.progress("definitions")
        build_definitions(warehouse.connection)
        about = facts(warehouse.connection, list(DEFINITION_TABLES))
    for table in DEFINITION_TABLES:
        yield dg.MaterializeResult(asset_key=table.split("."), metadata=about[table])


def as_of_by_organisation(connection: duckdb.DuckDBPyConnection, request: RunRequest) -> dict[str, date]:
    """The as-of day of every organisation that has a network.

    An organisation that is not recomputed keeps the day of its last results.
    """
    organisations = connection.execute(
        "select distinct organisation_id from accepted.networks order by all"
    ).fetchall()
    last: dict[str, date] = {}
    if request.organisation is not None and _exists(connection, "calendar", "as_of"):
        last = dict(connection.execute("select organisation_id, as_of from calendar.as_of").fetchall())
    return {
        name: request.as_of if request.organisation in (None, name) else last.get(name, request.as_of)
        for (name,) in organisations
    }


def _exists(connection: duckdb.DuckDBPyConnection, schema: str, name: str) -> bool:
    found = connection.execute(
        "select 1 from duckdb_tables() where schema_name = ? and table_name = ?", [schema, name]
    ).fetchall()
    return bool(found)
