"""What lies in the inbox: deliveries, and what is not one and why.

A file directly in the inbox belongs to the default organisation, a file in a folder to the
organisation of that name. Nothing is opened here; links are never followed.
"""

import os
import re
import stat
import time
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from assets.raw.cells import read_identifier
from assets.raw.faults import Fault
from assets.raw.identify import FAMILY
from assets.raw.mapping import is_mapping
from assets.raw.personal_data import find_cpr
from assets.raw.unused_mappings import unused_mappings
from assets.settings_contract import SETTINGS_FILE

_PASSING = re.compile(
    r"~\$.*|\.~lock\..*#?|~.*\.tmp|.*\.(?:tmp|temp|part|partial|crdownload|download|bak|swp|lock)|\..*"
    r"|thumbs\.db|desktop\.ini",
    re.IGNORECASE,
)
# Named as ``netvaerdi check`` names its copies: beside the file itself it would say everything twice.
_MARKED_COPY = re.compile(r".* \((?:fund|findings)\)\.xls[xm]", re.IGNORECASE)
_SETTLED_SECONDS = 2.0
_WAIT_SECONDS = 0.25
_DIGITS = re.compile(r"[0-9]")


@dataclass(frozen=True)
class InboxFile:
    """A file to take in.

    Attributes:
        path: Relative to the inbox, as it is recorded: NFC, ``/`` between folders, nothing unprintable.
        real: Where it is.
    """

    organisation_id: str
    path: str
    real: Path
    size: int
    modified: int


@dataclass
class InboxScan:
    """The inbox at one moment.

    Attributes:
        files: By path.
        growing: Paths of files still being written: left alone this time.
        ignored: Paths that are no delivery (lock and temporary files, other formats), with the reason.
        faults: (organisation, path, fault) of what stands where a file should but is none.
        present: Every (organisation, path) that is there in some form.
        unreadable: Folders that could not be looked into.
    """

    files: list[InboxFile] = field(default_factory=list)
    growing: list[str] = field(default_factory=list)
    ignored: dict[str, str] = field(default_factory=dict)
    faults: list[tuple[str, str, Fault]] = field(default_factory=list)
    present: set[tuple[str, str]] = field(default_factory=set)
    unreadable: list[str] = field(default_factory=list)


def scan_inbox(inbox: Path, default_organisation: str, organisation: str | None = None) -> InboxScan:
    """Look through an inbox, in order of path.

    Args:
        organisation: Only this organisation's files (and the settings workbook).

    Raises:
        OSError: The inbox itself cannot be read.
    """
    scan = InboxScan()
    recent: list[InboxFile] = []
    mappings: dict[Path, tuple[str, str]] = {}
    named: list[Path] = []
    for real, relative, status in _entries(inbox, inbox, scan):
        path = shown_path(relative)
        owner = default_organisation if "/" not in path else path.partition("/")[0]
        if path.casefold() == SETTINGS_FILE:
            owner = ""
        elif organisation is not None and owner != organisation:
            continue
        if stat.S_ISDIR(status.st_mode):
            scan.faults.append((owner, path, _wrong_type(path, "folder")))
            scan.present.add((owner, path))
            continue
        if _PASSING.fullmatch(real.name):
            scan.ignored[path] = "passing"
            continue
        if is_mapping(real.name):
            mappings[real] = (owner, path)
        if real.suffix.casefold().removeprefix(".") not in FAMILY:
            scan.ignored[path] = "other_format"
            continue
        named.append(real)
        if (owner, path) in scan.present:  # two names that differ only in how their letters are coded
            exact = shown_path(relative, exact=True)
            path = exact if exact != path else path.encode("unicode_escape").decode()
        scan.present.add((owner, path))
        if stat.S_ISLNK(status.st_mode):
            scan.faults.append((owner, path, Fault("unsafe", detail={"reason": "link"})))
        elif not stat.S_ISREG(status.st_mode):
            scan.faults.append((owner, path, _wrong_type(path, "special")))
        elif _MARKED_COPY.fullmatch(real.name):
            scan.faults.append((owner, path, _wrong_type(path, "marked_copy")))
        else:
            found = InboxFile(owner, path, real, status.st_size, status.st_mtime_ns)
            scan.files.append(found)
            if abs(time.time_ns() - status.st_mtime_ns) < _SETTLED_SECONDS * 1e9:
                recent.append(found)
    _leave_growing(scan, recent)
    scan.faults += [(*mappings[real], fault) for real, fault in unused_mappings(mappings, named).items()]
    scan.files.sort(key=lambda found: found.path)
    return scan


def _entries(folder: Path, inbox: Path, scan: InboxScan) -> Iterator[tuple[Path, str, os.stat_result]]:
    """Every file, and every folder named like a file, below a folder."""
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        real = Path(entry.path)
        relative = real.relative_to(inbox).as_posix()
        try:
            status = entry.stat(follow_symlinks=False)
        except OSError:  # gone since it was listed
            continue
        if stat.S_ISLNK(status.st_mode) and real.is_dir():
            path = shown_path(relative)
            scan.faults.append((path.partition("/")[0], path, Fault("unsafe", detail={"reason": "link"})))
        elif not stat.S_ISDIR(status.st_mode) or real.suffix.casefold().removeprefix(".") in FAMILY:
            yield real, relative, status
        elif not entry.name.startswith("."):
            try:
                yield from _entries(real, inbox, scan)
            except PermissionError:
                path = shown_path(relative)
                fault = Fault("unreadable", detail={"reason": "permission"})
                scan.faults.append((path.partition("/")[0], path, fault))
                scan.unreadable.append(path)


def _leave_growing(scan: InboxScan, recent: list[InboxFile]) -> None:
    """Set aside files written to just now whose size or time still moves."""
    if not recent:
        return
    time.sleep(_WAIT_SECONDS)
    for found in recent:
        if not is_unchanged(found):
            scan.files.remove(found)
            scan.growing.append(found.path)


def is_unchanged(found: InboxFile) -> bool:
    """Whether a file is as it was when the inbox was looked through."""
    try:
        status = found.real.lstat()
    except OSError:
        return False
    return stat.S_ISREG(status.st_mode) and (status.st_size, status.st_mtime_ns) == (
        found.size,
        found.modified,
    )


def undeclared(scan: InboxScan, declared: frozenset[str], default_organisation: str) -> list[str]:
    """Top folders that are no declared organisation, where any is declared."""
    if not declared:
        return []
    known = {read_identifier(name) for name in declared} | {read_identifier(default_organisation), ""}
    owners = {found.organisation_id for found in scan.files if "/" in found.path}
    return sorted(owner for owner in owners if read_identifier(owner) not in known)


def shown_path(relative: str, *, exact: bool = False) -> str:
    """A path as it is recorded: NFC (unless ``exact``), undecodable and unprintable characters spelled out.

    A civil registration number in a name is not repeated: its digits become ``x``.
    """
    path = os.fsencode(relative).decode("utf-8", "backslashreplace")
    path = path if exact else unicodedata.normalize("NFC", path)
    path = "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode() for letter in path
    )
    return "/".join(_DIGITS.sub("x", step) if find_cpr(step) else step for step in path.split("/"))


def _wrong_type(path: str, true_type: str) -> Fault:
    return Fault("wrong_type", detail={"named": Path(path).suffix.removeprefix("."), "is": true_type})
