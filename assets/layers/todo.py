"""The secretariat's to-do list as an asset: printed from the published file alone, in every run."""

from pathlib import Path

import dagster as dg

from assets.layers.failures import told
from assets.layers.publication import DATABASE
from assets.layers.table_facts import OWNER
from assets.layers.workplace import HomeResource


@dg.asset(
    key=["reports", "todo_list"],
    deps=[DATABASE],
    group_name="reports",
    kinds={"html"},
    owners=[OWNER],
    tags={"layer": "reports"},
    description=(
        "Sekretariatets opgaveliste for hver organisation, netværk for netværk, på dansk og engelsk.\n\n"
        "The secretariat's to-do list for every organisation, network by network, in Danish and English."
    ),
)
def todo_list(context: dg.AssetExecutionContext, home: HomeResource) -> dg.MaterializeResult[None]:
    """Print every organisation's list."""
    from assets.publication.outputs import drawing
    from assets.reports.drawers import HIRED
    from assets.reports.published import organisations

    with told():
        place, settings = home.home(), home.settings()
        with drawing(place):
            for earlier in place.reports.glob("*/*/opgaver_*.html"):  # where every role could read them
                earlier.unlink()
            asked = [
                HIRED.draw(
                    "todo",
                    database=str(place.database),
                    folder=str(place.todo),
                    organisation_id=organisation,
                    lang=language,
                )
                for organisation in sorted(organisations(place.database))
                for language in settings.languages
            ]
            written = [Path(drawn.result()).relative_to(place.root).as_posix() for drawn in asked]
    return dg.MaterializeResult(
        metadata={"lists": len(written), "files": dg.MetadataValue.json(written)},
    )
