"""The reports again, from the publication that stands."""

from pathlib import Path

from assets.home import Home, load_settings
from assets.layers.workplace import home_folder
from assets.organisations import spelled_as_known
from pipelines.console import say


def report_command(named: Path | None, period: str, organisation: str, lang: str) -> int:
    """Write the reports asked for; all organisations, the latest quarter and every language unless told.

    Raises:
        TwoLanguageError: There is no home or publication, or it has no such organisation or quarter.
    """
    from assets.reports.management_report import write_management_report
    from assets.reports.published import organisations

    home = Home.open(home_folder(str(named) if named else ""))
    languages = (lang,) if lang else load_settings(home).languages
    published = organisations(home.database)
    chosen = [spelled_as_known(organisation, published)] if organisation else sorted(published)
    for name in chosen:
        quarter = period.upper() or max(published.get(name, [""]))
        for language in languages:
            path = write_management_report(home.database, home.reports, name, quarter, language)
            say(f"Rapport: {path}", f"Report: {path}")
    return 0
