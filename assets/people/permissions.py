"""File permissions, as the table of roles says them: the first line between a reader and a file."""

import os
from pathlib import Path

from assets.home import Home
from assets.people.roles import products

HISTORY_MODE = 0o750
PUBLISHED_MODE = 0o750


def wanted_modes(home: Home) -> dict[Path, int]:
    """Every place of the table that is there, and its permissions; folders end the list of their files."""
    modes = {home.published: PUBLISHED_MODE, home.published / "history": HISTORY_MODE}
    for product in products():
        for place in product.place.split():
            modes[home.root / place] = int(product.mode, 8)
    for kept in home.published.glob("history/*/netvaerdi.duckdb"):
        modes[kept] = modes[home.database]
    return {path: mode for path, mode in modes.items() if path.exists()}


def apply_permissions(home: Home) -> list[str]:
    """Set the permissions; the places, relative to the home, where another owner does not let us."""
    if os.name != "posix":
        return []
    refused = []
    for path, mode in wanted_modes(home).items():
        try:
            if path.stat().st_mode & 0o777 != mode:
                path.chmod(mode)
        except OSError:
            refused.append(path.relative_to(home.root).as_posix())
    return refused


def wrong_permissions(home: Home) -> list[str]:
    """The places, relative to the home, that somebody can read who must not."""
    return [
        path.relative_to(home.root).as_posix()
        for path, mode in wanted_modes(home).items()
        if os.name == "posix" and path.stat().st_mode & 0o777 & ~mode
    ]
