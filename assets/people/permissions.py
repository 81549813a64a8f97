"""File permissions, as the table of roles says them: the first line between a reader and a file.

Every product that is read outside of our commands has a group of its own: the web server's is not the
auditors'. Where the machine has no such group, as on somebody's own, the account's own group stands for it.
Folders whose files come and go hand their group down (setgid), so that a file is right from its first moment.
"""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assets.home import Home
from assets.people.roles import product, products

FOLDER_FOR_GROUP = 0o750
FILE_FOR_GROUP = 0o640
PASSABLE = 0o711  # through it, to a file whose name one knows; it cannot be listed
NOT_THE_WORLD = 0o770  # the inbox is the senders' too: the operator may open it to a group of theirs


@dataclass(frozen=True)
class Wanted:
    """Permissions, and the group where the machine has it."""

    mode: int
    group: int | None = None

    @property
    def exact(self) -> int:
        """The mode as set: with a group, its folders hand it down."""
        return self.mode | (stat.S_ISGID if self.group is not None and self.mode & 0o010 else 0)


def group_id(name: str) -> int | None:
    """The number of a group of this machine; None where it has none, or is no POSIX machine."""
    if not name:
        return None
    try:
        import grp

        return grp.getgrnam(name).gr_gid
    except (ImportError, KeyError):
        return None


def wanted(home: Home) -> dict[Path, Wanted]:
    """Every place of the table that is there, and its permissions; a folder for a group with all it holds."""
    places = {home.published: Wanted(PASSABLE)}
    for one in products():
        group = group_id(one.group)
        for place in one.place.split():
            places[home.root / place] = Wanted(int(one.mode, 8), group)
    auditors = group_id(product("published_database").group)
    places[home.published / "history"] = Wanted(FOLDER_FOR_GROUP, auditors)
    for kept in home.published.glob("history/*/netvaerdi.duckdb"):
        places[kept] = places[home.database]
    there = {path: one for path, one in places.items() if path.exists()}
    return there | {inside: one for inside, one in _handed_down(there) if inside not in there}


def _handed_down(places: dict[Path, Wanted]) -> Iterator[tuple[Path, Wanted]]:
    for folder, one in places.items():
        if one.group is not None and folder.is_dir():
            for path in folder.rglob("*"):
                if not path.is_symlink():
                    yield path, Wanted(FOLDER_FOR_GROUP if path.is_dir() else FILE_FOR_GROUP, one.group)


def apply_permissions(home: Home) -> list[str]:
    """Set the permissions; the places, relative to the home, where another owner does not let us."""
    if os.name != "posix":
        return []
    refused = []
    for path, one in wanted(home).items():
        try:
            is_now = path.stat()
            if one.group is not None and is_now.st_gid != one.group:
                os.chown(path, -1, one.group)
            if is_now.st_mode & 0o7777 != one.exact:
                path.chmod(one.exact)
        except FileNotFoundError:
            continue  # taken away by whoever wrote it
        except OSError:
            refused.append(path.relative_to(home.root).as_posix())
    if home.inbox.is_dir() and home.inbox.stat().st_mode & 0o007:
        home.inbox.chmod(home.inbox.stat().st_mode & NOT_THE_WORLD)
    return refused


def wrong_permissions(home: Home) -> list[str]:
    """The places, relative to the home, that somebody can read who must not, or that another group has."""
    if os.name != "posix":
        return []
    wrong = []
    for path, one in wanted(home).items():
        is_now = path.stat()
        of_another = one.group is not None and is_now.st_gid != one.group
        if is_now.st_mode & 0o777 & ~one.mode or of_another:
            wrong.append(path.relative_to(home.root).as_posix())
    if home.inbox.is_dir() and home.inbox.stat().st_mode & 0o007:
        wrong.append(home.inbox.name)
    return wrong
