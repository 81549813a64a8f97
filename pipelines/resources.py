"""The resources every asset may ask for: the home by ``NETVAERDI_HOME``, the rest from the launchpad."""

from typing import Any

from assets.layers.workplace import HomeResource, RunOptions, Warehouse

HOME = HomeResource.configure_at_launch()
OPTIONS = RunOptions.configure_at_launch()
RESOURCES: dict[str, Any] = {
    "home": HOME,
    "options": OPTIONS,
    "warehouse": Warehouse(home_resource=HOME, options=OPTIONS),
}


def run_config(
    *,
    home: str = "",
    inbox: str = "",
    as_of: str = "",
    organisation: str = "",
    accept_shrink: bool = False,
    as_known: int = 0,
    dry_run: bool = False,
    quiet: bool = False,
) -> dict[str, Any]:
    """Run configuration of one run, as Dagster reads it."""
    options = {
        "inbox": inbox,
        "as_of": as_of,
        "organisation": organisation,
        "accept_shrink": accept_shrink,
        "as_known": as_known,
        "dry_run": dry_run,
    }
    config: dict[str, Any] = {
        "resources": {"home": {"config": {"folder": home}}, "options": {"config": options}}
    }
    if quiet:
        config["loggers"] = {"console": {"config": {"log_level": "CRITICAL"}}}
    return config
