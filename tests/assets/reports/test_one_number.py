"""One number in every format: each is read back, and every figure compared with the published row."""

import io
import json
import re
from html import unescape
from html.parser import HTMLParser

import openpyxl
import pypdf
import pytest

from assets.reports import labels
from assets.reports.figures import NUMBERS, STATUS_COUNTS, keyed_duties, keyed_figures
from assets.reports.formats import write_report
from assets.reports.labels import label
from assets.reports.mail_summary import mail_summary
from assets.reports.management_report import render
from assets.reports.published import read_published
from assets.reports.report_json import report_json
from assets.reports.report_workbook import report_workbook
from assets.reports.words import Words

from .conftest import NOW, ORGANISATION, Publication, whole

TILES = ("networks_active", "solutions_in_use", "people_reached", "value_followed")


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    """Something in every chapter, a value without a number, and one that may not be shown."""
    full = whole(Publication())
    full.value("N-1", "V6", dimension="quality", value=2.0).value("N-1", "V4", reason="no_data")
    full.figure("value_followed", "citizen", value=1234567.0)
    full.figure("relevance", "hidden", suppressed=True)
    return full.write(tmp_path_factory.mktemp("one_number") / "published.duckdb")


@pytest.fixture(scope="module")
def published(database):
    return read_published(database, ORGANISATION, NOW)


@pytest.fixture(scope="module")
def pages(published):
    """The page in each language, drawn once."""
    return {lang: render(published, Words(lang)) for lang in ("da", "en")}


class Tables(HTMLParser):
    """Every table of a page, as rows of cell texts."""

    def __init__(self, text):
        super().__init__()
        self.tables, self._cell = [], None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self._cell = ""

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.tables[-1][-1].append(self._cell)
            self._cell = None

    def handle_data(self, data):
        if self._cell is not None:
            self._cell += data


def expected(published):
    """Key of each figure to its numbers, as the database has them."""
    return {
        (keyed.network_id, keyed.measure, keyed.dimension): tuple(
            getattr(keyed.figure, name) for name in NUMBERS
        )
        for keyed in keyed_figures(published)
    }


def expected_duties(published):
    """Responsibility to its counts; none where they are not shown."""
    return {duty.responsibility_id: duty.counts for duty in keyed_duties(published)}


def number(text, words):
    """A number as the language writes it; none for a dash or for what is not shown."""
    if text in ("—", words.pick("vises ikke", "not shown")):
        return None
    thousands, comma = words.pick(".,", ",.")
    return float(text.replace(thousands, "").replace(comma, "."))


def appendix_of(page, words):
    """Headings and rows of the table of all figures."""
    wanted = [words.pick("Netværk", "Network"), "id"]
    ((_, *rows),) = [table for table in Tables(page).tables if table[0][:2] == wanted]
    return rows


def from_html(_, words, page):
    return {
        (row[0].strip("—"), *row[1:3]): tuple(number(cell, words) for cell in row[4:])
        for row in appendix_of(page, words)
    }


def from_json(published, words, _):
    document = json.loads(report_json(published, words))
    return {
        (row["network_id"] or "", row["measure"], row["dimension"]): tuple(row[name] for name in NUMBERS)
        for row in document["figures"]
    }


def from_workbook(published, words, _):
    book = openpyxl.load_workbook(io.BytesIO(report_workbook(published, words)))
    figures, networks = (book[words.pick(*names)] for names in (("Tal", "Figures"), ("Netværk", "Networks")))
    own = {("", row[1], row[2] or ""): row[3:9] for row in figures.iter_rows(min_row=2, values_only=True)}
    return own | {
        (row[0], row[2], row[4] or ""): row[5:11] for row in networks.iter_rows(min_row=2, values_only=True)
    }


@pytest.mark.parametrize("read_back", [from_html, from_json, from_workbook])
def test_every_figure_is_the_databases_own(published, pages, words, read_back):
    wanted, found = expected(published), read_back(published, words, pages[words.lang])
    assert found.keys() == wanted.keys()
    for key, figures in wanted.items():
        assert found[key] == pytest.approx(figures, abs=1e-9), key


def duties_in(text, words):
    """Responsibility to its counts by status, from a text that names each before its counts."""
    names = {label(words, labels.STATUSES, status).lower(): status for status in labels.STATUSES}
    told = re.compile(rf"(\d+) ({'|'.join(sorted(names, key=len, reverse=True))})\b")
    duty = words.pick("Ansvar", "Duty")
    parts = re.split(rf"\b(R\d) {duty} \d\b", text)[1:]
    return {
        key: {names[status]: int(count) for count, status in told.findall(said)}
        for key, said in zip(parts[::2], parts[1::2], strict=True)
    }


def shown(counts):
    """The counts that a page prints: those above zero."""
    return {name: count for name, count in counts.items() if count and name != "networks"}


def plain(html):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_every_responsibility_counts_the_same_networks_in_each_format(published, pages, words):
    wanted = expected_duties(published)
    page = pages[words.lang]
    listed = plain(
        page[page.index('<ol class="duties">') : page.index("</ol>", page.index('class="duties"'))]
    )
    assert duties_in(listed, words) == {key: shown(counts) for key, counts in wanted.items()}
    document = json.loads(report_json(published, words))["responsibilities"]
    assert wanted == {
        row["responsibility_id"]: {name: row[name] for name in STATUS_COUNTS if name in row}
        for row in document
    }
    book = openpyxl.load_workbook(io.BytesIO(report_workbook(published, words)))
    sheet = book[words.pick("Ansvar", "Responsibilities")].iter_rows(min_row=2, values_only=True)
    assert wanted == {
        row[0]: {} if row[3] is None else dict(zip(STATUS_COUNTS, row[3:9], strict=True)) for row in sheet
    }


def test_the_mail_says_the_first_pages_figures_and_they_are_the_databases_own(published, pages, words):
    mail = mail_summary(published, words)
    page = pages[words.lang]
    front = plain(page[page.index('<section id="overblik"') : page.index('<section id="vaerdi"')])
    told = [line[2:] for line in mail.text.splitlines() if line.startswith("- ")]
    values = [line.split(" ")[0] for line in told]
    figures = [published.figure(measure).value for measure in TILES]
    assert [number(value, words) for value in values[: len(TILES)]] == figures
    granted, owning = published.figure("kroner_granted_to_date"), published.figure("ownership", "owning")
    assert told[4].startswith(plain(words.kroner_short(granted.value)))
    assert told[5].startswith(plain(words.of(owning.numerator, owning.denominator)))
    for number_told in re.findall(r"\d[\d.,]*\d|\d", " ".join(told)):
        assert number_told in front
    for paragraph in mail.text.split("\n\n", 2)[2].splitlines()[:-4]:
        assert plain(paragraph) in front


@pytest.mark.chromium
def test_the_pdf_holds_every_figure_and_every_cell(database, published, pages, tmp_path):
    words = Words("da")
    path = write_report(database, tmp_path, ORGANISATION, NOW, "da", "pdf")
    text = " ".join(" ".join(page.extract_text().split()) for page in pypdf.PdfReader(path).pages)
    page = pages["da"]
    appendix = text[text.index("Bilag: alle tal") :].replace("vises ikke", "vises_ikke")
    found = {}
    for row in appendix_of(page, words):
        start = " ".join(" ".join(row[:4]).split())
        said = re.search(rf"{re.escape(start)} ((?:\S+ ){{6}})", appendix)
        assert said, start
        numbers = said[1].replace("vises_ikke", "vises-ikke").split()
        found[row[0].strip("—"), row[1], row[2]] = tuple(
            None if one == "vises-ikke" else number(one, words) for one in numbers
        )
    wanted = expected(published)
    assert found.keys() == wanted.keys()
    for key, figures in wanted.items():
        assert found[key] == pytest.approx(figures, abs=1e-9), key
    duties = text[
        text.index("De ni ansvar: hvor holder rollen?") : text.index("Ansvarene kvartal for kvartal")
    ]
    assert duties_in(duties, words) == {
        key: shown(counts) for key, counts in expected_duties(published).items()
    }
    cells = {" ".join(cell.split()) for table in Tables(page).tables for row in table for cell in row}
    assert sorted(cell for cell in cells if re.search(r"\d", cell) and cell not in text) == []
