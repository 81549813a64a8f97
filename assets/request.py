"""What a run is asked to do, and whether that can be asked at all; nothing is touched here."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assets.clock import copenhagen_day, danish_date, now
from assets.errors import RequestError
from assets.home import Home, Settings


@dataclass(frozen=True)
class RunRequest:
    """What a run is asked to do.

    Attributes:
        inbox: The folder whose files are taken in.
        as_of: The day the figures are computed as of.
        organisation: Recompute this one; the others' last results stand. None for all.
        accept_shrink: A held withdrawal or shrink is confirmed.
        as_known: Compute from the deliveries current at this sequence; None for now.
    """

    inbox: Path
    as_of: date
    organisation: str | None = None
    accept_shrink: bool = False
    as_known: int | None = None


def make_request(
    home: Home,
    settings: Settings,
    *,
    inbox: str = "",
    as_of: str = "",
    organisation: str = "",
    accept_shrink: bool = False,
    as_known: int | None = None,
) -> RunRequest:
    """Fill in what was left empty, and check what needs no reading.

    Raises:
        RequestError: No inbox, an empty one, or a day that is no day or still to come.
    """
    folder = Path(inbox).expanduser().absolute() if inbox else home.root / Path(settings.inbox).expanduser()
    check_inbox(folder)
    day = read_as_of(as_of) if as_of else settings.as_of or copenhagen_day(now())
    return RunRequest(folder, day, organisation.strip() or None, accept_shrink, as_known)


def read_as_of(text: str) -> date:
    """Read ``2026-09-30``. Raises :class:`RequestError` for no such day, or one still to come."""
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text.strip()):
            raise ValueError(text)
        day = date.fromisoformat(text.strip())
    except ValueError:
        raise RequestError(
            f"Opgørelsesdagen {text} er ingen dato; skriv den som 2026-09-30.",
            f"The as-of day {text} is not a date; write it as 2026-09-30.",
        ) from None
    today = copenhagen_day(now())
    if day > today:
        raise RequestError(
            f"Opgørelsesdagen {danish_date(day)} ligger i fremtiden; i dag er det {danish_date(today)}.",
            f"The as-of day {day} lies in the future; today is {today}.",
        )
    return day


def check_inbox(inbox: Path) -> None:
    """Raise :class:`RequestError` unless the folder is there and holds at least one file."""
    if not inbox.is_dir():
        raise RequestError(
            f"Indbakken {inbox} findes ikke eller er ingen mappe.",
            f"The inbox {inbox} is not there, or is no folder.",
        )
    try:
        files = any(is_delivery(path, inbox) for path in inbox.rglob("*"))
    except OSError as error:
        raise RequestError(
            f"Indbakken {inbox} kan ikke læses: {error.strerror}.",
            f"The inbox {inbox} cannot be read: {error.strerror}.",
        ) from error
    if not files:
        raise RequestError(f"Indbakken {inbox} er tom.", f"The inbox {inbox} is empty.")


def is_delivery(path: Path, inbox: Path) -> bool:
    """Whether the path is a file someone delivered, not an office program's or a system's own."""
    parts = path.relative_to(inbox).parts
    return path.is_file() and not any(part.startswith((".", "~$")) for part in parts)


def check_organisation(organisation: str, known: frozenset[str]) -> None:
    """Raise :class:`RequestError` where the organisation asked for is none of those known."""
    if organisation in known:
        return
    names = ", ".join(sorted(known)) or "–"
    raise RequestError(
        f"Organisationen {organisation} er ukendt; kendte er {names}.",
        f"The organisation {organisation} is unknown; known are {names}.",
    )


def check_first_network(request: RunRequest, first_start: date | None) -> None:
    """Raise :class:`RequestError` where the as-of day comes before any network began."""
    if first_start is None or request.as_of >= first_start:
        return
    raise RequestError(
        f"Opgørelsesdagen {danish_date(request.as_of)} ligger før det første netværk, "
        f"som begyndte {danish_date(first_start)}.",
        f"The as-of day {request.as_of} comes before the first network, which began {first_start}.",
    )
