"""One writer of the warehouse at a time, whoever starts it: the command, the UI or the daemon."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from assets.clock import danish_moment, now
from assets.errors import TwoLanguageError
from assets.home import Home

WAIT_SECONDS = 600.0


@dataclass(frozen=True)
class Holder:
    """Who writes the warehouse, since when (UTC)."""

    who: str
    process: int
    since: datetime


class WriterBusy(TwoLanguageError):
    """Another run holds the warehouse and did not let go in time."""


@contextmanager
def hold_writer(
    home: Home,
    who: str,
    *,
    wait_seconds: float = WAIT_SECONDS,
    on_wait: Callable[[str, str], None] = lambda da, en: None,
) -> Iterator[None]:
    """Hold the warehouse for writing.

    The operating system frees the lock when its process ends, however it ends; the note beside it only
    says who holds it, and is read only while somebody does.

    Args:
        who: What the note says of us, such as ``netvaerdi run``.
        on_wait: Told once, in Danish and English, whom we wait for.

    Raises:
        WriterBusy: Still held after ``wait_seconds``; the message names the holder and since when.
    """
    lock = FileLock(home.writer_lock, fallback_to_soft=False)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        on_wait(*_sentence(read_holder(home), "Venter på", "Waiting for"))
        try:
            lock.acquire(timeout=wait_seconds, poll_interval=0.2)
        except Timeout as error:
            raise WriterBusy(*_sentence(read_holder(home), "Optaget af", "Busy with")) from error
    note = _note(home)
    try:
        note.write_text(
            json.dumps({"who": who, "process": os.getpid(), "since": now().isoformat()}), encoding="utf-8"
        )
        yield
    finally:
        note.unlink(missing_ok=True)
        lock.release()


def read_holder(home: Home) -> Holder | None:
    """Who holds the warehouse by the note; None where there is none."""
    try:
        note = json.loads(_note(home).read_text(encoding="utf-8"))
        return Holder(note["who"], note["process"], datetime.fromisoformat(note["since"]))
    except (OSError, ValueError, KeyError):
        return None


def _note(home: Home) -> Path:
    return home.writer_lock.with_suffix(".json")


def _sentence(holder: Holder | None, da: str, en: str) -> tuple[str, str]:
    if holder is None:
        return f"{da} en anden kørsel.", f"{en} another run."
    since = danish_moment(holder.since)
    return (
        f"{da} {holder.who} (proces {holder.process}), i gang siden {since}.",
        f"{en} {holder.who} (process {holder.process}), running since {since}.",
    )
