"""Dialogue sheets as files: ``dialogue/<organisation>/<period>/<network>_<period>_<lang>.html``.

Folders are 0700 and files 0600 from the moment they exist; a file's name holds no name of a person.
Nothing is written before the organisation's own dates allow it (``assets/people/purpose.py``).
"""

import hashlib
import os
import re
from datetime import date
from pathlib import Path

from markupsafe import Markup

from assets.people.purpose import PURPOSE, may_show_leaders
from assets.publication.file_steps import building_path, put_in_place
from assets.reports import labels
from assets.reports.dialogue import wording
from assets.reports.dialogue.assignment import Assignment, read_assignments
from assets.reports.dialogue.content import sheet_content
from assets.reports.errors import ReportError
from assets.reports.labels import label
from assets.reports.management_report import TEMPLATES, environment
from assets.reports.words import Words

FOLDER_MODE, FILE_MODE = 0o700, 0o600
_PLAIN = re.compile(r"[^A-Z0-9ÆØÅ.\-]+")


def write_dialogue_sheets(  # noqa: PLR0917 - what a sheet is asked for by
    database: Path,
    folder: Path,
    organisation_id: str,
    period: str,
    lang: str,
    day: date,
    network_id: str = "",
    form: str = "html",
) -> list[Path]:
    """Write the sheets of an organisation's quarter, or that of one network.

    Args:
        database: The published database.
        folder: The home's ``dialogue``.
        day: The day of showing, Copenhagen.
        form: ``html``, or ``pdf`` beside it.

    Raises:
        TwoLanguageError: The organisation's dates do not allow it yet; it says which.
        ReportError: There is no publication, no such network, or no Chromium for a PDF.
    """
    refusal = may_show_leaders(database, organisation_id, day) if database.is_file() else None
    if refusal:
        raise refusal.error()
    if form == "pdf":
        from assets.reports.report_pdf import chromium

        chromium()
    sheets = read_assignments(database, organisation_id, period)
    if network_id:
        known = ", ".join(sheet.network["network_id"] for sheet in sheets)
        sheets = [sheet for sheet in sheets if sheet.network["network_id"] == network_id]
        if not sheets:
            raise ReportError(
                f"Netværket {network_id} har intet dialogark i {period}; det har: {known}",
                f"The network {network_id} has no dialogue sheet in {period}; these have: {known}",
            )
    place = own_folder(folder, organisation_id, period)
    written = []
    for sheet in sheets:
        path = place / file_name(sheet.network["network_id"], period, lang)
        write_private(path, render_sheet(sheet, Words(lang)).encode("utf-8"))
        if form == "pdf":
            from assets.reports.report_pdf import write_pdf

            path = write_pdf(path, sheet.network["period_end"])
            path.chmod(FILE_MODE)
        written.append(path)
    return written


def render_sheet(sheet: Assignment, words: Words) -> str:
    """The sheet as HTML text; the same content gives the same bytes."""
    other = {"da": "en", "en": "da"}[words.lang]
    css = "\n".join((TEMPLATES / name).read_text(encoding="utf-8") for name in ("report.css", "dialogue.css"))
    return (
        environment()
        .get_template("dialogue_sheet.html.j2")
        .render(
            words=words,
            sheet=sheet,
            css=Markup(css),
            purpose=words.pick(*PURPOSE),
            word=lambda status: wording.status_word(words, status),
            network_type=label(words, labels.NETWORK_TYPES, sheet.network["network_type"]),
            status_names={name: words.pick(*texts) for name, texts in labels.STATUSES.items()},
            other_language=other,
            other_file=file_name(sheet.network["network_id"], sheet.period, other),
            **sheet_content(sheet, words),
        )
    )


def file_name(network_id: str, period: str, lang: str) -> str:
    """The file's name: network and period. What it may not hold is replaced, and told apart by a hash."""
    plain = _PLAIN.sub("-", network_id)
    if plain != network_id:
        plain = f"{plain}-{hashlib.sha256(network_id.encode()).hexdigest()[:8]}"
    return f"{plain}_{period}_{lang}.html"


def own_folder(folder: Path, organisation_id: str, period: str) -> Path:
    """``<folder>/<organisation>/<period>``, each of the three readable by its owner only."""
    place = folder / organisation_id / period
    for one in (folder, place.parent, place):
        one.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        one.chmod(FOLDER_MODE)
    return place


def write_private(path: Path, content: bytes) -> None:
    """Write a file whole, readable by its owner only at every moment."""
    building = building_path(path)
    building.unlink(missing_ok=True)
    try:
        descriptor = os.open(building, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        put_in_place(building, path)
    finally:
        building.unlink(missing_ok=True)
