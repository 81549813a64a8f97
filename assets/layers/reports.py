"""The reports as assets: drawn from the published file alone."""

import dagster as dg

from assets.home import Home, Settings
from assets.layers.failures import told
from assets.layers.publication import DATABASE
from assets.layers.table_facts import OWNER
from assets.layers.workplace import PROGRESS, HomeResource


@dg.asset(
    key=["reports", "management_report"],
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
        written = write_latest(home.home(), home.settings())
    return dg.MaterializeResult(
        metadata={
            "reports": len(written),
            "files": dg.MetadataValue.json(written),
        }
    )


def write_latest(home: Home, settings: Settings) -> list[str]:
    """Write the latest report of every organisation in every language; their paths within the home."""
    from assets.reports.management_report import write_management_report
    from assets.reports.published import organisations

    return [
        write_management_report(home.database, home.reports, organisation, max(periods), language)
        .relative_to(home.root)
        .as_posix()
        for organisation, periods in sorted(organisations(home.database).items())
        for language in settings.languages
    ]
