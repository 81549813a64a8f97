"""The reports as assets: drawn from the published file alone."""

from pathlib import Path

import dagster as dg

from assets.home import Home, Settings
from assets.layers.failures import told
from assets.layers.publication import DATABASE
from assets.layers.sitting import REPORT, SHEET, SITTINGS
from assets.layers.table_facts import OWNER
from assets.layers.workplace import PROGRESS, HomeResource


@dg.asset(
    key=REPORT,
    deps=[DATABASE],
    group_name="reports",
    kinds={"altair", "html"},
    owners=[OWNER],
    tags={"layer": "reports"},
    description=(
        "Rapporten til ledelsen for hver organisation, seneste kvartal, på dansk og engelsk.\n\n"
        "The report to management for every organisation, latest quarter, in Danish and English."
    ),
)
def management_report(context: dg.AssetExecutionContext, home: HomeResource) -> dg.MaterializeResult[None]:
    """Write every organisation's latest management report."""
    with told():
        PROGRESS.info("step: %s", "reports")
        written = write_latest(context.run_id, home.home(), home.settings())
    return dg.MaterializeResult(
        metadata={
            "reports": len(written),
            "files": dg.MetadataValue.json(written),
        }
    )


@dg.asset(
    key=SHEET,
    deps=[DATABASE],
    group_name="reports",
    kinds={"html"},
    owners=[OWNER],
    tags={"layer": "reports"},
    description=(
        "Dialogarket for hver opgave i seneste kvartal, til lederen og den nærmeste overordnede. Ingen, før "
        "organisationens egne datoer tillader det.\n\n"
        "The dialogue sheet of each assignment in the latest quarter, for the leader and the nearest "
        "superior. None before the organisation's own dates allow it."
    ),
)
def dialogue_sheet(context: dg.AssetExecutionContext, home: HomeResource) -> dg.MaterializeResult[None]:
    """Write every organisation's sheets, or say why it has none."""
    with told():
        written, refused = write_sheets(context.run_id, home.home(), home.settings())
    for reason in refused:
        context.log.info(reason)
    return dg.MaterializeResult(metadata={"sheets": written, "refused": "\n".join(refused) or "-"})


def write_latest(run_id: str, home: Home, settings: Settings) -> list[str]:
    """Write and keep the latest report of every organisation in every language, and the index.

    HTML, workbook and JSON, drawn side by side; a PDF is printed when it is asked for. The HTML files' paths
    within the home.
    """
    from assets.reports.drawers import HIRED

    with SITTINGS.taken(run_id, home, settings, REPORT) as asked:
        written = [Path(drawn.result()[0]).relative_to(home.root).as_posix() for _, drawn in asked]
        HIRED.draw("index", database=str(home.database), folder=str(home.reports)).result()
    return written


def write_sheets(run_id: str, home: Home, settings: Settings) -> tuple[int, list[str]]:
    """Write the latest quarter's dialogue sheets; how many, and why an organisation has none."""
    from assets.errors import TwoLanguageError

    written, refused = 0, {}
    with SITTINGS.taken(run_id, home, settings, SHEET) as asked:
        for organisation, drawn in asked:
            try:
                written += len(drawn.result())
            except TwoLanguageError as error:
                refused[organisation] = f"{organisation}: {error}"
    return written, list(refused.values())
