"""The mails themselves: each role's own product, and no more."""

from collections.abc import Sequence
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import TYPE_CHECKING

from assets.clock import now
from assets.mail.recipients import Recipient
from assets.reports.published import Seal
from assets.reports.words import Words

if TYPE_CHECKING:
    from assets.reports.mail_summary import MailSummary

TYPES = {".pdf": ("application", "pdf"), ".html": ("text", "html")}


def report_message(sender: str, to: Recipient, summary: "MailSummary", attached: Path) -> EmailMessage:
    """The value-creation report to management: the summary as text and HTML, the whole report attached."""
    message = _begin(sender, to.address, summary.subject)
    message.set_content(summary.text)
    message.add_alternative(summary.html, subtype="html")
    kind, subtype = TYPES[attached.suffix]
    message.add_attachment(attached.read_bytes(), maintype=kind, subtype=subtype, filename=attached.name)
    return message


def sheet_message(  # noqa: PLR0917 - what a notice tells
    sender: str, to: Recipient, organisation: str, period: str, files: Sequence[str], contact: str
) -> EmailMessage:
    """To a leader or a superior: the sheet is ready, and where. No figure and no status."""
    words = Words(to.language)
    quarter = words.quarter(period)
    subject = words.pick(
        f"Dialogark klar: {organisation}, {quarter}", f"Dialogue sheet ready: {organisation}, {quarter}"
    )
    where = words.pick(f"Det ligger hos {organisation} under:", f"It lies with {organisation} under:")
    fetch = words.pick(
        f"Spørg {contact}, hvis du ikke selv kan åbne det." if contact else "",
        f"Ask {contact} if you cannot open it yourself." if contact else "",
    )
    ready = words.pick(
        "Dialogarket til samtalen mellem referenceleder og nærmeste overordnede er klar.",
        "The dialogue sheet for the talk between reference leader and nearest superior is ready.",
    )
    purpose = words.pick(
        "Arket er til læring og dialog; det bruges ikke til løn, disciplin eller afskedigelse. Der er ingen "
        "tal i denne mail.",
        "The sheet is for learning and dialogue; it is not used for pay, discipline or dismissal. There are "
        "no figures in this mail.",
    )
    message = _begin(sender, to.address, subject)
    message.set_content(
        "\n".join([ready, "", where, *(f"  {file}" for file in files), fetch, "", purpose, ""])
    )
    return message


def publication_message(
    sender: str, to: Recipient, organisation: str, period: str, seal: Seal
) -> EmailMessage:
    """To an analyst, auditor or researcher: there is a publication, its fingerprint and the chain's head."""
    words = Words(to.language)
    quarter = words.quarter(period)
    subject = words.pick(
        f"Offentliggjort: {organisation}, {quarter}", f"Published: {organisation}, {quarter}"
    )
    message = _begin(sender, to.address, subject)
    message.set_content(
        words.pick(
            f"Tallene for {organisation}, {quarter}, er offentliggjort.\n\n"
            f"Indholdets fingeraftryk (SHA-256): {seal.content_hash}\n\n{seal.printed.told[0]}\n",
            f"The figures of {organisation}, {quarter}, are published.\n\n"
            f"Fingerprint of the content (SHA-256): {seal.content_hash}\n\n{seal.printed.told[1]}\n",
        )
    )
    return message


def alert_message(sender: str, address: str, started_by: str, run_id: str, cause: str) -> EmailMessage:
    """To those who run it: a run failed, its first cause, and what stands."""
    message = _begin(sender, address, "Netværdi: en kørsel fejlede / a run failed")
    message.set_content(
        f"Kørslen {run_id} ({started_by}) fejlede. Første årsag:\n\n  {cause}\n\n"
        "Intet er offentliggjort halvt: den seneste gode offentliggørelse står. Se netvaerdi dev.\n\n"
        f"The run {run_id} ({started_by}) failed; its first cause is above. Nothing is half published: the "
        "last good publication stands. See more with netvaerdi dev.\n"
    )
    return message


def _begin(sender: str, address: str, subject: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = sender
    message["To"] = address
    message["Subject"] = " ".join(subject.split())
    message["Date"] = format_datetime(now())
    message["Auto-Submitted"] = "auto-generated"
    return message
