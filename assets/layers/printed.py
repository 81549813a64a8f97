"""The printed report as an asset beside the run: where the settings ask for it, after a publication."""

from collections.abc import Iterator

import dagster as dg

from assets.home import Home, Settings
from assets.layers.failures import told
from assets.layers.sitting import REPORT
from assets.layers.table_facts import OWNER
from assets.layers.workplace import HomeResource

PRINTED = dg.AssetKey(["reports", "printed_report"])
SWITCHED_OFF = (
    "pdf_reports er ikke slået til i netvaerdi.toml; intet er udskrevet. "
    "/ pdf_reports is not switched on in netvaerdi.toml; nothing was printed."
)


@dg.asset(
    key=PRINTED,
    deps=[REPORT],
    output_required=False,
    group_name="reports",
    kinds={"pdf"},
    owners=[OWNER],
    tags={"layer": "reports"},
    description=(
        "Seneste kvartals rapport som PDF, udskrevet af Chromium efter hver ny rapport, når "
        "`pdf_reports = true` står i netvaerdi.toml. Ingen del af en kørsel, som ikke venter på den.\n\n"
        "The latest quarter's report as PDF, printed by Chromium after each new report where netvaerdi.toml "
        "says `pdf_reports = true`. No part of a run, which does not wait for it."
    ),
)
def printed_report(
    context: dg.AssetExecutionContext, home: HomeResource
) -> Iterator[dg.MaterializeResult[None]]:
    """Print every organisation's latest report in every language."""
    with told():
        settings = home.settings()
        if not settings.pdf_reports:
            context.log.info(SWITCHED_OFF)
            return
        written = print_latest(home.home(), settings)
    yield dg.MaterializeResult(metadata={"reports": len(written), "files": dg.MetadataValue.json(written)})


def print_latest(home: Home, settings: Settings) -> list[str]:
    """Print and keep the latest report of every organisation in every language; paths within the home."""
    from assets.publication.outputs import drawing
    from assets.reports.index_page import write_index
    from assets.reports.kept import serve_report
    from assets.reports.published import organisations

    with drawing(home):
        written = [
            serve_report(
                home.database,
                home.reports,
                organisation,
                max(periods),
                language,
                "pdf",
                alone=settings.stands_alone(language),
            )
            for organisation, periods in sorted(organisations(home.database).items())
            for language in settings.languages
        ]
        write_index(home.database, home.reports)
    return [path.relative_to(home.root).as_posix() for path in written]
