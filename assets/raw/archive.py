"""Everything received, kept byte for byte under the hash of its content.

Of a file that holds a civil registration number the archive keeps hash, size and a copy with those
cells blanked; the file itself is not kept.
"""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

CHUNK = 1 << 20
BLANKED = ".blanked"
_BESIDE = ".incoming"


class ChangedError(Exception):
    """The file became another while it was being kept."""


def file_hash(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def kept_path(archive: Path, sha256: str, suffix: str, *, blanked: bool = False) -> Path:
    """Where the content of that hash is kept: ``ab/abcd….xlsx``."""
    return archive / sha256[:2] / f"{sha256}{BLANKED if blanked else ''}{suffix.casefold()}"


def find_kept(archive: Path, sha256: str) -> Path | None:
    """The kept file of that hash, whole or blanked; none where nothing is kept."""
    return next(iter(sorted((archive / sha256[:2]).glob(f"{sha256}*"))), None)


def keep(archive: Path, path: Path, sha256: str, suffix: str) -> Path:
    """Copy a file into the archive, durably and under its final name only when whole.

    Raises:
        ChangedError: The bytes copied are not those of the hash; nothing is kept.
        OSError: The archive cannot be written; nothing is kept under the final name.
    """
    target = kept_path(archive, sha256, suffix)
    if target.exists():
        return target
    with _place(archive, target) as out, path.open("rb") as stream:
        digest = hashlib.sha256()
        while piece := stream.read(CHUNK):
            digest.update(piece)
            out.write(piece)
        if digest.hexdigest() != sha256:
            raise ChangedError(sha256)
    return target


def keep_blanked(archive: Path, sha256: str, suffix: str, write: Callable[[Path], None]) -> Path:
    """Keep the blanked copy of a file whose own bytes are not kept.

    Args:
        write: Writes the copy to the path it is given; nothing is kept where it raises.
    """
    target = kept_path(archive, sha256, suffix, blanked=True)
    beside = archive / _BESIDE / target.name
    beside.parent.mkdir(parents=True, exist_ok=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        write(beside)
        with beside.open("rb") as written:
            os.fsync(written.fileno())
        beside.replace(target)
        _sync_folder(target.parent)
    finally:
        beside.unlink(missing_ok=True)
    return target


def clear_leftovers(archive: Path) -> None:
    """Remove what an interrupted run left beside its place."""
    shutil.rmtree(archive / _BESIDE, ignore_errors=True)


@contextmanager
def _place(archive: Path, target: Path) -> Iterator[BinaryIO]:
    """A file written beside its place, synced, then moved onto it; removed where anything fails."""
    beside = archive / _BESIDE / target.name
    beside.parent.mkdir(parents=True, exist_ok=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with beside.open("wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        beside.replace(target)
        _sync_folder(target.parent)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
