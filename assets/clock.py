"""The time: instants in UTC, civil days in Copenhagen, and how Danes write them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def now() -> datetime:
    """This instant, UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def copenhagen_day(instant: datetime) -> date:
    """The civil day in Copenhagen that holds the instant."""
    return instant.astimezone(COPENHAGEN).date()


def danish_date(day: date) -> str:
    """``31-12-2025``."""
    return f"{day:%d-%m-%Y}"


def danish_moment(instant: datetime) -> str:
    """``31-12-2025 kl. 14.05``, by the clock in Copenhagen."""
    return f"{instant.astimezone(COPENHAGEN):%d-%m-%Y kl. %H.%M}"
