"""The dialogue sheet of each assignment, drawn from the published file.

Nothing is written before the organisation's own dates allow it (``assets/people/purpose.py``), and what was
written is taken away where they no longer do. A final sheet stays as it was when it became final.
"""

from datetime import date
from pathlib import Path

from markupsafe import Markup

from assets.people.purpose import PURPOSE, may_show_leaders
from assets.reports import labels
from assets.reports.dialogue import wording
from assets.reports.dialogue.assignment import Assignment, read_assignments
from assets.reports.dialogue.content import sheet_content
from assets.reports.dialogue.files import FILE_MODE, file_name, own_folder, remove_sheets, write_private
from assets.reports.dialogue.final import as_it_became_final, final_hash
from assets.reports.dialogue.restated import write_note
from assets.reports.errors import ReportError
from assets.reports.labels import label
from assets.reports.management_report import TEMPLATES, environment
from assets.reports.words import Words


def write_dialogue_sheets(  # noqa: PLR0917 - what a sheet is asked for by
    database: Path,
    folder: Path,
    organisation_id: str,
    period: str,
    lang: str,
    day: date,
    network_id: str = "",
    form: str = "html",
    *,
    alone: bool = False,
) -> list[Path]:
    """Write the sheets of an organisation's quarter, or that of one network.

    Args:
        database: The published database.
        folder: The home's ``dialogue``.
        day: The day of showing, Copenhagen.
        form: ``html``, or ``pdf`` beside it.
        alone: There is no sheet in the other language to lead to.

    A final sheet that lies there is not written again; what was restated since is told in a note beside it.

    Raises:
        TwoLanguageError: The organisation's dates do not allow it; it says which, and its sheets are gone.
        ReportError: There is no publication, no such network, or no Chromium for a PDF.
    """
    refusal = may_show_leaders(database, organisation_id, day) if database.is_file() else None
    if refusal:
        remove_sheets(folder, organisation_id)
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
        if sheet.state != "final" or final_hash(path) is None:
            stands = as_it_became_final(database, sheet) if sheet.state == "final" else sheet
            write_private(path, render_sheet(stands, Words(lang), alone).encode("utf-8"))
        write_note(database, path, organisation_id, sheet.network["network_id"], period, lang)
        if form == "pdf":
            from assets.reports.report_pdf import write_pdf

            path = write_pdf(path, sheet.network["period_end"])
            path.chmod(FILE_MODE)
        written.append(path)
    return written


def render_sheet(sheet: Assignment, words: Words, alone: bool = False) -> str:
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
            other_language="" if alone else other,
            other_file=file_name(sheet.network["network_id"], sheet.period, other),
            **sheet_content(sheet, words),
        )
    )
