"""The index of all reports: what lies in the folder, which publications there are, and what every word means.

One file a language beside the organisations' folders. It opens from the file system: links are relative, and
nothing is loaded. A small script filters the lists; without it the page reads the same.
"""

import base64
import hashlib
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from markupsafe import Markup

from assets.gates.page import found_pages, name_moment
from assets.publication.catalogue import PUBLISHED_TABLES
from assets.publication.file_steps import write_whole
from assets.publication.printed import read_printed
from assets.publication.tables import PublishedTable
from assets.reports import queries
from assets.reports.formats import FORMATS
from assets.reports.labels import ACCOUNTABILITY, label
from assets.reports.management_report import NAME, TEMPLATES, environment
from assets.reports.measures import MEASURES
from assets.reports.published import open_published, organisation_names, rows
from assets.reports.words import LANGUAGES, Words

INDEX_NAMES = {"da": "indeks.html", "en": "index_en.html"}
SHOWN_GATE_PAGES = 10  # of the latest runs


@dataclass(frozen=True)
class Shelf:
    """The reports of one organisation and quarter: language and format to a relative link."""

    organisation_id: str
    period: str
    links: tuple[tuple[str, str, str], ...]

    @property
    def by_language(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Each language with its formats and links, Danish first."""
        return [
            (lang, sorted(((form, link) for said, form, link in self.links if said == lang), key=_place))
            for lang in LANGUAGES
            if any(said == lang for said, _, _ in self.links)
        ]


def write_index(database: Path, folder: Path) -> list[Path]:
    """Write the index pages of a reports folder, one a language.

    Args:
        database: The published database.
        folder: The home's ``reports``.

    Raises:
        ReportError: There is no publication.
    """
    shelves = find_reports(folder)
    with open_published(database) as connection:
        publications = rows(connection, queries.PUBLICATIONS)
        names = organisation_names(connection)
        seal = read_printed(connection)
        responsibilities = rows(connection, queries.RESPONSIBILITIES)
        indicators = rows(connection, queries.INDICATORS)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    script = (TEMPLATES / "filter.js").read_text(encoding="utf-8")
    for lang in LANGUAGES:
        words = Words(lang)
        text = (
            environment()
            .get_template("index.html.j2")
            .render(
                words=words,
                shelves=shelves,
                publications=publications,
                seal=seal,
                names=names,
                languages={"da": words.pick("dansk", "Danish"), "en": words.pick("engelsk", "English")},
                shelves_kept=find_kept(folder),
                gate_pages=[
                    (name_moment(page, lang), quote(f"../{page.relative_to(folder.parent).as_posix()}"))
                    for page in found_pages(folder.parent, lang)[:SHOWN_GATE_PAGES]
                ],
                responsibilities=responsibilities,
                accountability={name: label(words, ACCOUNTABILITY, name) for name in ACCOUNTABILITY},
                indicators=indicators,
                measures=MEASURES,
                tables=dictionary(),
                css=Markup((TEMPLATES / "report.css").read_text(encoding="utf-8")),
                script=Markup(script),
                script_hash=_hash(script),
                other=INDEX_NAMES["en" if lang == "da" else "da"],
            )
        )
        path = folder / INDEX_NAMES[lang]
        write_whole(path, text.encode())
        written.append(path)
    return written


def find_reports(folder: Path) -> list[Shelf]:
    """The reports that lie in the folder, by organisation, the newest quarter first."""
    shelves = []
    for place in sorted(folder.glob("*/*/"), key=lambda path: (path.parent.name, path.name)):
        if links := _links(folder, place):
            shelves.append(Shelf(place.parent.name, place.name, links))
    return sorted(sorted(shelves, key=lambda shelf: shelf.period, reverse=True), key=_organisation)


def find_kept(folder: Path) -> dict[str, list[Shelf]]:
    """What is kept of each publication, by the name of its folders: ``000003-0123456789ab``."""
    found: dict[str, list[Shelf]] = {}
    for place in sorted(folder.glob("*/*/[0-9]*-*/")):
        if links := _links(folder, place):
            found.setdefault(place.name, []).append(Shelf(place.parents[1].name, place.parent.name, links))
    return found


def _links(folder: Path, place: Path) -> tuple[tuple[str, str, str], ...]:
    """Language, format and link of the reports that lie in one folder."""
    return tuple(
        (found.stem.rpartition("_")[2], found.suffix[1:], quote(found.relative_to(folder).as_posix()))
        for found in sorted(place.glob(f"{NAME}_*.*"))
        if found.suffix[1:] in FORMATS
    )


def _place(link: tuple[str, str]) -> int:
    return FORMATS.index(link[0])


def _organisation(shelf: Shelf) -> str:
    return shelf.organisation_id


def dictionary() -> list[PublishedTable]:
    """Every published table, those for everyone first."""
    return sorted(PUBLISHED_TABLES, key=lambda table: (table.schema != "main", table.name))


def _hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
