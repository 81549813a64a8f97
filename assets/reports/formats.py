"""One report in the format asked for."""

from pathlib import Path

from assets.publication.file_steps import write_whole
from assets.reports.errors import ReportError
from assets.reports.management_report import NAME, report_folder, write_management_report
from assets.reports.published import Published, read_published
from assets.reports.words import Words

FORMATS = ("html", "pdf", "xlsx", "json")


def write_report(  # noqa: PLR0917 - what a report is asked for by
    database: Path,
    folder: Path,
    organisation_id: str,
    period: str,
    lang: str,
    form: str,
    *,
    alone: bool = False,
) -> Path:
    """Write the value-creation report in one format; the arguments are those of ``write_management_report``.

    Args:
        form: ``html``, ``pdf``, ``xlsx`` or ``json``.

    Raises:
        ReportError: No such format, publication, organisation or quarter; or no Chromium for a PDF.
    """
    if form not in FORMATS:
        known = ", ".join(FORMATS)
        raise ReportError(
            f"Formatet {form} findes ikke; vælg mellem {known}", f"There is no format {form}; choose {known}"
        )
    if form == "html":
        return write_management_report(database, folder, organisation_id, period, lang, alone=alone)
    if form == "pdf":
        from assets.reports.report_pdf import chromium, write_pdf

        chromium()  # before any work: without it nothing is written
        published = read_published(database, organisation_id, period)
        html = write_management_report(database, folder, organisation_id, period, lang, alone=alone)
        return write_pdf(html, published.quarter.counted_to)
    published = read_published(database, organisation_id, period)
    path = report_folder(folder, organisation_id, period) / f"{NAME}_{lang}.{form}"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, _content(published, Words(lang), form))
    return path


def _content(published: Published, words: Words, form: str) -> bytes:
    published = published.told_in(words.lang)
    if form == "xlsx":
        from assets.reports.report_workbook import report_workbook

        return report_workbook(published, words)
    from assets.reports.report_json import report_json

    return report_json(published, words).encode("utf-8")
