"""What is wrong with an installation and how to mend it: rights, space, clock, versions, key, settings."""

import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import requires, version
from pathlib import Path
from typing import Literal

import duckdb

from assets.clock import danish_date, now
from assets.errors import TwoLanguageError
from assets.home import FOLDERS, Home, HomeError, Settings, load_settings
from assets.operations.integrity import check_database
from assets.operations.space import free_bytes, megabytes, needed_bytes
from assets.people.at_intake import erased_in
from assets.people.keys import KeyFileError, read_keys
from assets.people.permissions import wrong_permissions
from assets.publication.log import LogError
from assets.writer import WriterBusy, hold_writer

State = Literal["ok", "warning", "wrong"]
OLDEST_DAYS = 100  # a quarter and the days in which its deliveries are usually sent
PINNED = re.compile(r"^([\w.-]+)==([\w.]+)")


@dataclass(frozen=True)
class Check:
    """One thing looked at: its name, how it is, what was found, and how to mend it where it is not well."""

    name: str
    state: State
    da: str
    en: str


def examine(home: Home) -> list[Check]:
    """Every check, in the order in which they are to be mended; changes nothing in the home."""
    return [check(home) for check in CHECKS]


def versions(home: Home) -> Check:
    """Python's version, and the libraries that are pinned exactly."""
    if not (3, 11) <= sys.version_info[:2] < (3, 15):
        have = ".".join(map(str, sys.version_info[:2]))
        return Check(
            "versions",
            "wrong",
            f"Python {have}: brug 3.11 til 3.14.",
            f"Python {have}: use 3.11 to 3.14.",
        )
    always = [line for line in requires("netvaerdi") or () if "extra ==" not in line]
    pins = [match for line in always if (match := PINNED.match(line))]
    other = [f"{pin[1]} {version(pin[1])} ≠ {pin[2]}" for pin in pins if version(pin[1]) != pin[2]]
    if other:
        found = ", ".join(other)
        return Check(
            "versions",
            "wrong",
            f"Andre versioner end de afprøvede: {found}. Installér af requirements.lock.",
            f"Other versions than those tested: {found}. Install from requirements.lock.",
        )
    said = f"netvaerdi {version('netvaerdi')}, Python {sys.version_info[0]}.{sys.version_info[1]}"
    return Check("versions", "ok", said, said)


def settings(home: Home) -> Check:
    """``netvaerdi.toml``, and whether its inbox is there."""
    try:
        read = load_settings(home)
    except HomeError as error:
        return Check("settings", "wrong", error.da, error.en)
    inbox = home.root / read.inbox
    if not os.access(inbox, os.R_OK | os.X_OK):
        return Check(
            "settings",
            "wrong",
            f"Indbakken {inbox} kan ikke læses. Ret »inbox« i netvaerdi.toml eller mappens rettigheder.",
            f"The inbox {inbox} cannot be read. Mend »inbox« in netvaerdi.toml or the folder's rights.",
        )
    return Check("settings", "ok", "Indstillingerne kan læses.", "The settings can be read.")


def rights(home: Home) -> Check:
    """Whether we may write where we must, and nobody may read what they must not."""
    closed = [name for name in FOLDERS if not os.access(home.root / name, os.R_OK | os.W_OK | os.X_OK)]
    if closed:
        names = ", ".join(closed)
        return Check(
            "rights",
            "wrong",
            f"Kan ikke skrives: {names}. Giv tjenestekontoen mapperne: chown -R netvaerdi {home.root}.",
            f"Cannot be written: {names}. Give them to the service account: chown -R netvaerdi {home.root}.",
        )
    open_to_others = wrong_permissions(home)
    if open_to_others:
        names = ", ".join(open_to_others[:3])
        return Check(
            "rights",
            "wrong",
            f"Andre kan læse: {names}. En kørsel sætter rettighederne; eller kør chmod efter docs/roles.md.",
            f"Others can read: {names}. A run sets the rights; or chmod them by docs/roles.md.",
        )
    return Check("rights", "ok", "Rettighederne er, som de skal være.", "The rights are as they must be.")


def space(home: Home) -> Check:
    """Room for the next run."""
    wanted, free = needed_bytes(home), free_bytes(home)
    da = f"{megabytes(free)} MB fri; en kørsel skal bruge højst {megabytes(wanted)} MB."
    en = f"{megabytes(free, 'en')} MB free; a run needs {megabytes(wanted, 'en')} MB at most."
    if free < wanted:
        return Check(
            "space",
            "wrong",
            f"{da} Gør plads, eller sæt keep_publications ned i netvaerdi.toml.",
            f"{en} Make room, or lower keep_publications in netvaerdi.toml.",
        )
    return Check("space", "ok", da, en)


def key(home: Home) -> Check:
    """The key: outside of the home, its owner's alone, and the one by which the erased are known again."""
    try:
        erased_in(home, Settings())
        keys = read_keys(home) if home.warehouse_file.with_name("home.id").exists() else None
    except KeyFileError as error:
        return Check("key", "wrong", error.da, error.en)
    except (LogError, OSError):  # whom to know again stands in the log of publications
        return Check(
            "key",
            "wrong",
            "published/history/log.jsonl er ændret eller kan ikke læses; se hvor med netvaerdi verify.",
            "published/history/log.jsonl was changed or cannot be read; netvaerdi verify says where.",
        )
    if keys is None:
        return Check(
            "key", "ok", "Nøglen laves, når den først bruges.", "The key is made when it is first used."
        )
    return Check(
        "key",
        "ok",
        "Nøglen findes uden for hjemmet. Gem en kopi et andet sted end sikkerhedskopien.",
        "The key is outside of the home. Keep a copy elsewhere than the backup.",
    )


def databases(home: Home) -> Check:
    """The publication and the warehouse, read from end to end."""
    with _quiet(home) as ours:
        found = [home.database, *([home.warehouse_file] if ours else [])]
        damage = [error for path in found if path.exists() and (error := _damage(path))]
    if damage:
        return Check(
            "databases",
            "wrong",
            " ".join(error.da for error in damage),
            " ".join(error.en for error in damage),
        )
    if not ours:
        return Check(
            "databases",
            "ok",
            "Offentliggørelsen er hel; en kørsel er i gang.",
            "The publication is whole; a run is at work.",
        )
    return Check("databases", "ok", "Hver blok kan læses.", "Every block can be read.")


def _damage(path: Path) -> TwoLanguageError | None:
    try:
        check_database(path)
    except TwoLanguageError as error:
        return error
    return None


def clock(home: Home) -> Check:
    """The machine's clock, held against the last delivery; order never depends on it, dates do."""
    last = _ask(home, "select max(received_at) from audit.delivery")
    if last is not None and last.replace(tzinfo=UTC) > now():
        return Check(
            "clock",
            "wrong",
            f"Uret går bagefter den seneste levering ({danish_date(last)}). Slå tidssynkronisering til.",
            f"The clock is behind the last delivery ({last:%Y-%m-%d}). Switch time synchronisation on.",
        )
    return Check(
        "clock", "ok", f"Uret viser {now():%d-%m-%Y %H.%M} UTC.", f"The clock says {now():%F %R} UTC."
    )


def age(home: Home) -> Check:
    """How old the last delivery of what is published is."""
    last = _ask(home, "select max(received_at) from audit.delivery")
    if last is None:
        return Check(
            "age",
            "warning",
            "Intet er offentliggjort endnu. Læg ark i indbakken, og kør netvaerdi run.",
            "Nothing is published yet. Put sheets into the inbox and run netvaerdi run.",
        )
    days = (now() - last.replace(tzinfo=UTC)).days
    da, en = f"Seneste levering: {danish_date(last)}.", f"Last delivery: {last:%Y-%m-%d}."
    if days > OLDEST_DAYS:
        return Check(
            "age",
            "warning",
            f"{da} Det er {days} dage siden: bed afsenderne om nye ark.",
            f"{en} That is {days} days ago: ask the senders for new sheets.",
        )
    return Check("age", "ok", da, en)


CHECKS: tuple[Callable[[Home], Check], ...] = (
    versions,
    settings,
    rights,
    space,
    key,
    databases,
    clock,
    age,
)


def _ask(home: Home, query: str) -> datetime | None:
    """One moment from the publication; None where it is not there, or is damaged (``databases`` says so)."""
    try:
        with duckdb.connect(str(home.database), read_only=True) as connection:
            row = connection.execute(query).fetchone()
    except duckdb.Error:
        return None
    return row[0] if row else None


@contextmanager
def _quiet(home: Home) -> Iterator[bool]:
    """Whether no run is at work; none can begin meanwhile."""
    if not os.access(home.warehouse_file.parent, os.W_OK):
        yield False
        return
    try:
        with hold_writer(home, "netvaerdi doctor", wait_seconds=0):
            yield True
    except WriterBusy:
        yield False
