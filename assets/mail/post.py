"""What a publication sends: to everyone the settings name, once for each quarter or month."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from email.message import EmailMessage
from pathlib import Path

from assets.home import Home, load_settings
from assets.mail.messages import publication_message, report_message, sheet_message
from assets.mail.outbox import Outbox, message_key
from assets.mail.recipients import Recipient
from assets.people.purpose import may_show_leaders
from assets.publication.outputs import drawing
from assets.reports.dialogue.assignment import Assignment, read_assignments
from assets.reports.dialogue.files import file_name
from assets.reports.errors import ReportError
from assets.reports.formats import write_report
from assets.reports.published import organisations, read_published
from assets.reports.words import Words

CADENCES = ("quarterly", "monthly")
NOTIFIED = ("analyst", "auditor", "researcher")


@dataclass(frozen=True)
class Queued:
    """What was put in the outbox: new messages, those there or sent before, and roles with nothing to get."""

    new: int
    before: int
    nothing: int


def queue_publication(
    home: Home, sender: str, recipients: Sequence[Recipient], cadence: str, day: date
) -> Queued:
    """Queue what the publication that stands gives each recipient; the same is never queued twice.

    Args:
        sender: The From address.
        cadence: ``quarterly``: everyone; ``monthly``: those who asked for the provisional figures.
        day: Today in Copenhagen; before the organisation's own dates nobody is told of a sheet.
    """
    outbox = Outbox(home.outbox)
    periods = organisations(home.database)
    new = before = nothing = 0
    for to in recipients:
        if to.organisation_id not in periods or (cadence == "monthly" and to.cadence != "monthly"):
            continue
        period = max(periods[to.organisation_id])
        made = _make(home, sender, to, period, day)
        if made is None:
            nothing += 1
            continue
        key, compose = made
        if outbox.knows(key):
            before += 1
        else:
            new += outbox.queue(key, compose())
    return Queued(new, before, nothing)


Made = tuple[str, Callable[[], EmailMessage]]


def _make(home: Home, sender: str, to: Recipient, period: str, day: date) -> Made | None:
    """The key of what a recipient gets, and how to make it; None where there is nothing for them."""
    published = read_published(home.database, to.organisation_id, period)
    name = published.name
    tick = period if not published.quarter.provisional else f"{period}/{published.quarter.counted_to}"
    key = message_key("publication", to.organisation_id, tick, to.role, to.address, to.person_id)
    if to.role == "management":
        return key, lambda: _report(home, sender, to, period)
    if to.role in NOTIFIED:
        seal = published.seal
        return key, lambda: publication_message(sender, to, name, period, seal)
    if published.quarter.provisional or not to.person_id:
        return None  # a sheet is talked about when its quarter has ended, and only with whom it is about
    if may_show_leaders(home.database, to.organisation_id, day):
        return None
    files = [
        f"dialogue/{to.organisation_id}/{period}/"
        + file_name(sheet.network["network_id"], period, to.language)
        for sheet in _sheets(home.database, to.organisation_id, period)
        if to.person_id == (sheet.leader_id if to.role == "leader" else sheet.leader["superior_id"])
    ]
    if not files:
        return None
    return key, lambda: sheet_message(sender, to, name, period, files, published.contact)


def _sheets(database: Path, organisation_id: str, period: str) -> list[Assignment]:
    try:
        return read_assignments(database, organisation_id, period)
    except ReportError:
        return []


def _report(home: Home, sender: str, to: Recipient, period: str) -> EmailMessage:
    """The report as PDF; where there is no Chromium, the HTML file, and the mail says so."""
    asked = (home.database, home.reports, to.organisation_id, period, to.language)
    alone = load_settings(home).stands_alone(to.language)
    with drawing(home):
        try:
            attached = write_report(*asked, "pdf", alone=alone)
        except ReportError:
            attached = write_report(*asked, "html", alone=alone)
    published = read_published(home.database, to.organisation_id, period)
    from assets.reports.mail_summary import mail_summary  # brings the charts, which take a while to load

    summary = mail_summary(published, Words(to.language), attached.suffix[1:])
    return report_message(sender, to, summary, attached)
