"""The demo: a made-up municipality in a home of its own, and the whole run on it."""

from pathlib import Path

from assets.demo.aside import writing_aside
from assets.demo.municipality import AS_OF
from assets.errors import RequestError
from assets.home import Home, check_claimable, load_settings
from pipelines.command_run import run_command
from pipelines.console import say

SETTINGS = f"""
# Opdigtede data / made-up data
demonstration = true
as_of = {AS_OF.isoformat()}
"""


def demo_command(root: Path) -> int:
    """Make the home, fill its inbox, run, and say where things are and how to see more.

    Raises:
        RequestError: The folder is a home of real data.
        HomeError: The folder holds something and is no home.
    """
    root = root.expanduser().absolute()
    check_claimable(root)
    fresh = not Home(root).settings_file.exists()
    if not fresh and not load_settings(Home(root)).demonstration:
        raise RequestError(
            f"Mappen {root} er et hjem med rigtige data; giv demoen en ny mappe med --home.",
            f"The folder {root} is a home of real data; give the demo a new folder with --home.",
        )
    home = Home.create(root)
    if fresh:
        with home.settings_file.open("a", encoding="utf-8") as file:
            file.write(SETTINGS)
    with writing_aside(home.inbox):
        # What a run needs takes as long to load as the files take to write.
        import pipelines.definitions
        import pipelines.execution  # noqa: F401
        from pipelines.instance import open_instance

        with open_instance(home):
            pass  # its files are made
    status = run_command(root, started_by="netvaerdi demo")
    say(
        f"Se mere i Dagster: netvaerdi dev --home {root}",
        f"See more in Dagster: netvaerdi dev --home {root}",
    )
    return status
