"""The jobs: what is run together, under a name that says what it does."""

from typing import Any

import dagster as dg

from assets.layers.printed import PRINTED
from assets.layers.workplace import ORGANISATIONS
from pipelines.resources import run_config

# What is printed beside the runs is no part of one (pipelines/automation.py).
EVERYTHING = dg.AssetSelection.all() - dg.AssetSelection.assets(PRINTED)
organisations = dg.DynamicPartitionsDefinition(name=ORGANISATIONS)


def one_organisation(organisation: str) -> dict[str, Any]:
    """Run configuration of a partition: recompute that organisation, the others' last results stand."""
    return run_config(organisation=organisation)


refresh_results = dg.define_asset_job(
    "refresh_results",
    selection=EVERYTHING,
    description=(
        "Hele vejen: indbakken læses, tallene regnes, kontrolleres og offentliggøres, rapporter skrives.\n\n"
        "The whole way: the inbox is read, the figures computed, checked and published, the reports written."
    ),
)
refresh_organisation = dg.define_asset_job(
    "refresh_organisation",
    selection=EVERYTHING,
    config=dg.PartitionedConfig(organisations, run_config_for_partition_key_fn=one_organisation),
    description=(
        "Én organisation, valgt som partition: dens tal regnes om; de andres seneste resultater står.\n\n"
        "One organisation, chosen as a partition: its figures anew; the others' last results stand."
    ),
)
rehearse = dg.define_asset_job(
    "rehearse",
    selection=EVERYTHING,
    config=run_config(dry_run=True),
    description=(
        "Prøvekørsel: alt læses, regnes og kontrolleres på en kopi, som smides væk; intet offentliggøres.\n\n"
        "Dry run: all is read, computed and checked on a copy that is thrown away; nothing is published."
    ),
)
JOBS = (refresh_results, refresh_organisation, rehearse)
