"""The secretariat's to-do list as an asset: printed from the published file alone, in every run."""

from pathlib import Path

import dagster as dg

from assets.layers.failures import told
from assets.layers.publication import DATABASE
from assets.layers.sitting import SITTINGS, TODO_LIST
from assets.layers.table_facts import OWNER
from assets.layers.workplace import HomeResource


@dg.asset(
    key=TODO_LIST,
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
    with told():
        place = home.home()
        with SITTINGS.taken(context.run_id, place, home.settings(), TODO_LIST) as asked:
            for earlier in place.reports.glob("*/*/opgaver_*.html"):  # where every role could read them
                earlier.unlink()
            written = [Path(drawn.result()).relative_to(place.root).as_posix() for _, drawn in asked]
    return dg.MaterializeResult(
        metadata={"lists": len(written), "files": dg.MetadataValue.json(written)},
    )
