"""The jobs: what is run together, under a name that says what it does."""

import dagster as dg

refresh_results = dg.define_asset_job(
    "refresh_results",
    selection=dg.AssetSelection.all(),
    description=(
        "Hele vejen: indbakken læses, tallene regnes, kontrolleres og offentliggøres, rapporter skrives.\n\n"
        "The whole way: the inbox is read, the figures computed, checked and published, the reports written."
    ),
)
JOBS = (refresh_results,)
