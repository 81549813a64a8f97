"""The report's first page as a mail: plain tables and inline styles that mail programs show, and as text.

No script, no picture, no link: what cannot be loaded cannot be blocked, and a mail that asks nobody to
follow a link is one that can be trusted.
"""

from dataclasses import dataclass
from pathlib import Path

from assets.reports.blocks import Section
from assets.reports.management_report import environment, organisation_name
from assets.reports.published import Published, read_published
from assets.reports.section_summary import summary_section
from assets.reports.words import Words


@dataclass(frozen=True)
class MailSummary:
    """A mail's subject and its two bodies."""

    subject: str
    html: str
    text: str


def read_mail_summary(database: Path, organisation_id: str, period: str, lang: str) -> MailSummary:
    """The summary of one organisation's quarter.

    Raises:
        ReportError: There is no publication, or the organisation or quarter is not in it.
    """
    return mail_summary(read_published(database, organisation_id, period), Words(lang))


def mail_summary(published: Published, words: Words, attached: str = "pdf") -> MailSummary:
    """The summary of what was read; ``attached`` is the form in which the whole report follows it."""
    published = published.told_in(words.lang)
    section = summary_section(published, words)
    name = organisation_name(published)
    subject = words.pick(
        f"Værdiskabelsesrapport: {name}, {words.quarter(published.quarter.period)}",
        f"Value-creation report: {name}, {words.quarter(published.quarter.period)}",
    )
    provisional = words.pick(" (foreløbig)", " (provisional)") if published.quarter.provisional else ""
    form = attached.upper()
    follows = words.pick(
        f"Hele rapporten er vedhæftet som {form}.", f"The whole report is attached as {form}."
    )
    html = (
        environment()
        .get_template("mail_summary.html.j2")
        .render(
            words=words, published=published, section=section, subject=subject + provisional, follows=follows
        )
    )
    text = _text(published, words, section, subject + provisional, follows)
    return MailSummary(subject + provisional, html, text)


def _text(published: Published, words: Words, section: Section, subject: str, follows: str) -> str:
    counted = words.pick("Opgjort til og med", "Counted up to")
    lines = [subject, f"{counted} {words.day(published.quarter.counted_to)}", ""]
    lines += [
        f"- {tile.value} {tile.name}" + (f" ({tile.note})" if tile.note else "") for tile in section.tiles
    ]
    for part in section.parts:
        points = (f"{point.word}: {point.text}" for point in part.points)
        lines += ["", part.title, *([part.lead] if part.lead else []), *points, *part.paragraphs]
    seal = published.seal
    lines += ["", follows, f"SHA-256 {seal.content_hash}", words.pick(*seal.printed.told), ""]
    return "\n".join(lines).replace("\N{NO-BREAK SPACE}", " ")
