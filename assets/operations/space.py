"""Room on the disk: how much a run needs, and what is said when it runs out."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

import duckdb

from assets.errors import TwoLanguageError
from assets.home import Home

SPARE_BYTES = 500_000_000
COPIES = 3  # what a run writes beside the warehouse: a publication, its copy in the history, temporary files
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_WORDS = tuple(os.strerror(number).casefold() for number in FULL)
_AT_WORK: ContextVar[Home | None] = ContextVar("home_at_work", default=None)


class DiskFull(TwoLanguageError):
    """There was no room to go on; nothing earlier is lost."""


def needed_bytes(home: Home) -> int:
    """What a run writes at most, by the size of what stands."""
    files = (home.warehouse_file, home.database)
    return SPARE_BYTES + COPIES * sum(file.stat().st_size for file in files if file.exists())


def free_bytes(home: Home) -> int:
    """What is free where the home lies."""
    return shutil.disk_usage(home.root).free


@contextmanager
def at_work_in(home: Home) -> Iterator[None]:
    """Name the home whose disk is meant where an error says that a disk is full."""
    token = _AT_WORK.set(home)
    try:
        yield
    finally:
        _AT_WORK.reset(token)


def is_full(error: BaseException | None) -> bool:
    """Whether this error, or what led to it, is a disk without room."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in FULL:
            return True
        if isinstance(error, duckdb.Error) and any(word in str(error).casefold() for word in _WORDS):
            return True
        error = error.__cause__ or getattr(error, "cause", None) or error.__context__
    return False


def disk_full(path: str | Path | None = None) -> DiskFull:
    """What to say of a full disk: how much is free, how much a run needs, and what to do."""
    home = _AT_WORK.get()
    da = "Disken er fuld"
    en = "The disk is full"
    if home is not None:
        needed, free = megabytes(needed_bytes(home)), megabytes(free_bytes(home))
        da += f": {free} MB fri i {home.root}, og en kørsel skal bruge op til {needed} MB"
        needed, free = megabytes(needed_bytes(home), "en"), megabytes(free_bytes(home), "en")
        en += f": {free} MB free in {home.root}, and a run needs up to {needed} MB"
    elif path is not None:
        da, en = f"{da}: {path}", f"{en}: {path}"
    return DiskFull(
        f"{da}. Intet tidligere er gået tabt. Gør plads, eller sæt keep_publications ned, og kør igen.",
        f"{en}. Nothing earlier is lost. Make room, or lower keep_publications, and run again.",
    )


def megabytes(size: int, language: str = "da") -> str:
    """Whole megabytes as a Dane writes them, or as an Englishman."""
    written = f"{-(-size // 1_000_000):,}"
    return written.replace(",", ".") if language == "da" else written
