"""The reports as published: the latest from the publication that stands, an earlier one as it was kept."""

from pathlib import Path

from assets.home import Home, home_folder, load_settings
from assets.organisations import spelled_as_known
from pipelines.console import say


def report_command(named: Path | None, period: str, organisation: str, lang: str, form: str = "html") -> int:
    """Write the reports asked for; all organisations, the latest quarter and every language unless told.

    Raises:
        TwoLanguageError: There is no home or publication, or it has no such organisation or quarter.
    """
    from assets.publication.outputs import drawing
    from assets.reports.index_page import write_index
    from assets.reports.kept import serve_report
    from assets.reports.published import organisations

    home = Home.open(home_folder(str(named) if named else ""))
    settings = load_settings(home)
    languages = (lang,) if lang else settings.languages
    published = organisations(home.database)
    chosen = [spelled_as_known(organisation, published)] if organisation else sorted(published)
    with drawing(home):
        for name in chosen:
            quarter = period.upper() or max(published.get(name, [""]))
            for language in languages:
                alone = settings.stands_alone(language)
                path = serve_report(home.database, home.reports, name, quarter, language, form, alone=alone)
                say(f"Rapport: {path}", f"Report: {path}")
        write_index(home.database, home.reports)
    return 0
