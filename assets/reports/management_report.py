"""The value-creation report (værdiskabelsesrapport): one quarter of one organisation, as one HTML file.

Read from the published database alone; every figure in it is a row there. It speaks of networks and of the
role as a whole; no leader is named or can be worked out. The file needs no script and loads nothing.
"""

import re
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from assets.publication.file_steps import write_whole
from assets.reports import labels
from assets.reports.blocks import ChartBlock
from assets.reports.published import Published, read_published
from assets.reports.words import Words, unbroken

TEMPLATES = Path(__file__).resolve().parent / "templates"
NAME = "vaerdiskabelsesrapport"
_SPLIT_BY_BROWSERS = re.compile(
    r"\(?\b(?:[A-ZÆØÅ]{1,4}|\d{1,2})-\d{1,6}\b\)?[.,;:]?|\b\d{1,2}\s[A-Z][a-z]{2,3}\s\d{4}\b"
)


def write_management_report(
    database: Path, folder: Path, organisation_id: str, period: str, lang: str, *, alone: bool = False
) -> Path:
    """Write the report of an organisation and quarter.

    Args:
        database: The published database.
        folder: The home's ``reports``; the file lands in ``<organisation>/<period>/`` there.
        period: ``2026Q3``.
        lang: ``da`` or ``en``.
        alone: There is no page in the other language to lead to.

    Returns:
        The HTML file, replaced whole.

    Raises:
        ReportError: There is no publication, or the organisation or quarter is not in it.
    """
    text = render(read_published(database, organisation_id, period), Words(lang), alone)
    place = report_folder(folder, organisation_id, period)
    place.mkdir(parents=True, exist_ok=True)
    path = place / f"{NAME}_{lang}.html"
    write_whole(path, text.encode())
    return path


def report_folder(folder: Path, organisation_id: str, period: str) -> Path:
    """Where an organisation's reports of a quarter lie: ``<folder>/<organisation>/<period>``."""
    return folder / organisation_id / period


def organisation_name(published: Published) -> str:
    """The organisation's name, as its reports print it."""
    return published.name


def render(published: Published, words: Words, alone: bool = False) -> str:
    """The report as HTML text; the same content gives the same bytes."""
    from assets.reports.chapters import chapters  # brings the charts, which take a while to load

    published = published.told_in(words.lang)
    return (
        environment()
        .get_template("management_report.html.j2")
        .render(
            words=words,
            published=published,
            organisation=organisation_name(published),
            sections=chapters(published, words),
            css=Markup((TEMPLATES / "report.css").read_text(encoding="utf-8")),
            status_names={name: words.pick(*texts) for name, texts in labels.STATUSES.items()},
            other_language="" if alone else {"da": "en", "en": "da"}[words.lang],
            name=NAME,
        )
    )


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates, with every text escaped and every missing name an error."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_unbroken,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals["drawn"] = _drawn
    made.filters["held"] = held
    made.tests["chart_block"] = lambda block: isinstance(block, ChartBlock)
    return made


def _unbroken(value: object) -> object:
    """A text with its dates and quarters held together; what is finished markup as it is."""
    return unbroken(value) if type(value) is str else value


def held(text: str | None) -> Markup:
    """The text with ``NV-18``, ``4-5`` and ``5 May 2025``, which a browser may part, held together."""
    escaped = str(escape(unbroken(text or "")))
    return Markup(_SPLIT_BY_BROWSERS.sub(r'<span class="whole">\g<0></span>', escaped))


def _drawn(block: ChartBlock, lang: str) -> Markup:
    """The chart as inline SVG, named by the block's own words."""
    from assets.reports.theme import spec_svg, specification

    said = f"{block.text} {block.told}".strip()
    spec = specification(block.chart)
    wide = spec_svg(spec, lang, block.title, said)
    narrow = spec_svg(specification(block.narrow) if block.narrow else spec, lang, block.title, said, True)
    return Markup(f'<div class="wide">{wide}</div><div class="narrow">{narrow}</div>')
