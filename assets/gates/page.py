"""The gates of a run as a page of our own: what passed, what did not, where, and how it went before.

Great Expectations' own pages load scripts from other machines and repeat the values that were wrong. This
one is a file that holds all it shows, runs nothing, and says counts and cell addresses only. A run writes
one in each language; the latest is also ``seneste.html`` and ``latest.html``.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from assets.clock import COPENHAGEN, danish_moment
from assets.gates.quality import SCHEMA_LAYERS, Gate, QualityResult
from assets.gates.trend import Past, Trends
from assets.gates.words import OUTCOMES, gate_words
from assets.publication.file_steps import write_whole

FOLDER = "kontrol"  # of the home; not among the reports, which every role reads and the chain notes
LATEST = {"da": "seneste.html", "en": "latest.html"}
KEPT = 40  # runs
NAME_MOMENT = "%Y%m%dT%H%M%S"
TEMPLATES = Path(__file__).with_name("templates")
STYLE = Path(__file__).resolve().parents[1] / "reports" / "templates" / "report.css"
_CODE = re.compile(r"`([^`]*)`")
Offenders = Mapping[Gate, Sequence[str]]  # the addresses of the first


@dataclass(frozen=True)
class Line:
    """One gate as the page shows it."""

    result: QualityResult
    asks: tuple[str, str]
    past: Sequence[Past]
    first: Sequence[str]

    @property
    def always_passed(self) -> bool:
        """In every run that is shown."""
        return all(one.outcome == "passed" for one in self.past)


@dataclass(frozen=True)
class GatePage:
    """What the page of one run is made of.

    Attributes:
        started_at: When the run began, aware.
        results: What came of every gate of the run so far.
        offenders: The first cells or keys of those that did not pass.
        runs: The latest runs, this one last: how many gates did not pass.
        trends: How every gate went in them.
    """

    run_id: str
    started_at: datetime
    results: Sequence[QualityResult]
    offenders: Offenders
    runs: Sequence[Past]
    trends: Trends

    def name(self, lang: str) -> str:
        """The file's name: the moment in UTC, the run and the language."""
        return f"{self.started_at.astimezone(UTC):{NAME_MOMENT}}_{self.run_id[:8]}-{lang}.html"

    def write(self, home: Path) -> Path:
        """Write the pages into the home, and clear away those of runs long past.

        Returns:
            Where the Danish page stands.
        """
        folder = home / FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        for lang, latest in LATEST.items():
            content = self.render(lang).encode()
            write_whole(folder / self.name(lang), content)
            write_whole(folder / latest, content)
            for old in found_pages(home, lang)[KEPT:]:
                old.unlink(missing_ok=True)
        return folder / self.name("da")

    def render(self, lang: str) -> str:
        """The page in one language."""
        schemas = self._lines()
        lines = [line for tables in schemas.values() for of_table in tables.values() for line in of_table]
        language = 0 if lang == "da" else 1
        return _template().render(
            page=self,
            lang=lang,
            other=self.name("en" if lang == "da" else "da"),
            pick=lambda da, en: (da, en)[language],
            language=language,
            number=lambda value: _number(value, lang),
            moment=lambda instant: _moment(instant, lang),
            outcomes=OUTCOMES,
            against=[line for line in lines if not line.result.passed],
            schemas=schemas,
            counts={name: sum(line.result.outcome == name for line in lines) for name in OUTCOMES},
            most=max((one.violations or 0 for one in self.runs), default=0),
            css=Markup(STYLE.read_text(encoding="utf-8")),
        )

    def _lines(self) -> dict[str, dict[str, list[Line]]]:
        """The gates by schema and table, in the order of the way from inbox to report."""
        asks = gate_words()
        found: dict[str, dict[str, list[Line]]] = {schema: {} for schema in SCHEMA_LAYERS}
        for result in self.results:
            gate = result.gate
            line = Line(
                result,
                asks.get(gate, (gate.check, gate.check)),
                self.trends.get((gate.table, gate.check), ()),
                self.offenders.get(gate, ()),
            )
            schema, _, name = gate.table.partition(".")
            found[schema].setdefault(name, []).append(line)
        return {schema: tables for schema, tables in found.items() if tables}


def found_pages(home: Path, lang: str) -> list[Path]:
    """The pages that lie in the home in a language, the latest first."""
    return sorted((home / FOLDER).glob(f"[0-9]*-{lang}.html"), reverse=True)


def name_moment(page: Path, lang: str) -> str:
    """When the run of a page began, as its name says it."""
    return _moment(datetime.strptime(page.name[:15], NAME_MOMENT).replace(tzinfo=UTC), lang)


@cache
def _template() -> Template:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["coded"] = coded
    return made.get_template("gates.html.j2")


def coded(text: str) -> Markup:
    """A text in which names stand between backticks."""
    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(text))))


def _number(value: int | None, lang: str) -> str:
    if value is None:
        return "–"
    return f"{value:,}".replace(",", ".") if lang == "da" else f"{value:,}"


def _moment(instant: datetime, lang: str) -> str:
    aware = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
    if lang == "da":
        return danish_moment(aware)
    return f"{aware.astimezone(COPENHAGEN):%d %B %Y at %H:%M}"
