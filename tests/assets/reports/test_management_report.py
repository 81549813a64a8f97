"""The value-creation report as a reader meets it."""

import re
from html.parser import HTMLParser

import pytest

from assets.reports.blocks import ChartBlock
from assets.reports.chapters import chapters
from assets.reports.management_report import render, write_management_report
from assets.reports.published import read_published
from assets.reports.section_duties import standing
from assets.reports.words import Words

from .conftest import NOW, ORGANISATION, THEN, Publication, whole

HOSTILE = "<img src=x onerror=alert(1)>\"'</title><script>alert(2)</script>"
VOID = {"meta", "br", "img", "link", "input", "hr", "circle", "path", "rect", "line"}


class Page(HTMLParser):
    """What stands in a page: its text, tags, ids, links, and whether every tag is closed in order."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.ids, self.links, self.open, self.attributes = [], [], [], [], []
        self.texts = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        self.ids += [value for name, value in attrs if name == "id"]
        self.links += [value for name, value in attrs if name in ("href", "src", "xlink:href", "action")]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data):
        if not {"style", "script"} & set(self.open):
            self.texts.append(data)

    @property
    def text(self):
        """Everything that is read, spaces made plain."""
        return re.sub(r"\s+", " ", " ".join(self.texts))


def page_of(published, words):
    return Page(render(published, words))


@pytest.fixture(scope="module")
def unchanged(tmp_path_factory):
    """The publication with something in every chapter, read once for the tests that only look."""
    database = whole(Publication()).write(tmp_path_factory.mktemp("unchanged") / "published.duckdb")
    return read_published(database, ORGANISATION, NOW)


@pytest.fixture(scope="module")
def texts(unchanged):
    """Its page in each language."""
    return {lang: render(unchanged, Words(lang)) for lang in ("da", "en")}


def test_the_file_lies_under_its_quarter_and_a_new_publication_of_the_same_content_changes_no_byte(
    full, tmp_path
):
    texts = set()
    for sequence in (1, 9):
        full.rows["audit.publication"][0] |= {"sequence": sequence, "run_id": f"run {sequence}"}
        database = full.write(tmp_path / f"{sequence}.duckdb")
        path = write_management_report(database, tmp_path / "reports", ORGANISATION, NOW, "da")
        texts.add(path.read_bytes())
    assert path == tmp_path / "reports" / ORGANISATION / NOW / "vaerdiskabelsesrapport_da.html"
    assert [found.name for found in path.parent.iterdir()] == [path.name]
    assert len(texts) == 1


def test_every_tag_is_closed_and_every_id_stands_once(texts, words):
    page = Page(texts[words.lang])
    assert page.open == []
    assert len(page.ids) == len(set(page.ids))


def test_the_page_holds_no_script_and_loads_nothing(texts, words):
    page = Page(texts[words.lang])
    assert not {"script", "img", "link", "iframe", "object", "form"} & set(page.tags)
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    other = {"da": "en", "en": "da"}[words.lang]
    outside = [link for link in page.links if not link.startswith("#")]
    assert outside == [f"vaerdiskabelsesrapport_{other}.html"]


def test_every_place_the_contents_point_to_is_there(texts, words):
    page = Page(texts[words.lang])
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)


def test_hostile_titles_and_texts_are_inert(full, read, words):  # F43
    full.network("N-<2>", title=HOSTILE, challenge=HOSTILE)
    full.rows["main.value_records"][0] |= {"measure": HOSTILE, "unit": HOSTILE}
    page = page_of(read(full), words)
    assert not {"script", "img"} & set(page.tags)
    assert HOSTILE in "".join(page.texts)
    assert page.open == []


def test_no_leader_stands_in_the_report(texts, words):
    assert "P-LEADER" not in texts[words.lang]


def test_the_language_is_the_pages_own(texts, words):
    text = Page(texts[words.lang]).text
    danish = ("Værdiskabelsesrapport", "Fra idé til basis", "på niveau 4-5")
    assert all(phrase in text for phrase in danish) == (words.lang == "da")


def test_a_quarter_that_has_not_ended_is_marked_provisional(full, read, words):
    full.provisional = True
    assert words.pick("Foreløbig", "Provisional") in page_of(read(full), words).text


def test_every_chart_has_the_same_figures_as_a_table(unchanged, words):
    found = [
        block
        for section in chapters(unchanged, words)
        for block in section.blocks
        if isinstance(block, ChartBlock)
    ]
    assert len(found) == 10
    assert all(block.table.rows and block.title and block.text for block in found)


def test_a_share_of_fewer_than_five_stands_as_a_count(texts, words):
    text = Page(texts[words.lang]).text
    row = words.pick("Mål nået", "Goals reached")
    assert f"{row} — {words.of(2, 3)}".replace("\N{NO-BREAK SPACE}", " ") in text


def test_the_responsibilities_come_from_the_shortest_window_that_may_be_shown(full, read, words):
    full.summary("R9", window="two_years", fulfilled=7, not_fulfilled=1)
    text = page_of(read(full), words).text
    assert words.of(7, 8).replace("\N{NO-BREAK SPACE}", " ") in text
    assert words.pick("seneste to år, hvert netværk én gang", "last two years, each network once") in text


def test_a_responsibility_that_may_not_be_shown_says_so_and_shows_no_count(unchanged, words):
    duty = duties(unchanged, words)["R9"]
    assert duty.counts == ()
    assert duty.text.startswith(words.pick("Vises ikke", "Not shown"))


def test_the_summary_of_one_type_of_network_is_never_taken_for_all(full, read, words):
    full.summary("R9", network_type="welfare", fulfilled=7)
    assert duties(read(full), words)["R9"].counts == ()


def duties(published, words):
    return {duty.responsibility_id: duty for section in chapters(published, words) for duty in section.duties}


@pytest.mark.parametrize(
    ("fulfilled", "partly", "missed", "how"),
    [(4, 1, 1, "most"), (3, 2, 1, "some"), (2, 2, 2, "few"), (0, 0, 0, "hidden")],
)
def test_a_responsibility_stands_by_thirds_of_the_networks_judged(fulfilled, partly, missed, how):
    row = {"fulfilled": fulfilled, "partly": partly, "not_fulfilled": missed}
    assert standing(row).how == how


def test_ownership_with_too_few_behind_it_is_not_shown(publication, read, words):
    publication.kept().figure("ownership", "owning", suppressed=True)
    chapter = by_key(read(publication), words)["ejerskab"]
    assert chapter.blocks == ()
    assert words.pick("vises ikke", "not shown") in chapter.paragraphs[0]


def test_what_is_not_recorded_is_said_and_not_counted_as_zero(publication, read, words):
    chapter = by_key(read(publication), words)
    assert words.pick("ikke nul", "not zero") in chapter["forbehold"].paragraphs[0]
    assert chapter["kapital"].blocks == ()
    assert chapter["vaerdi"].blocks == ()
    assert words.pick("Det kan ikke siges", "It cannot be said") in chapter["overblik"].parts[0].paragraphs[0]


def test_the_first_quarter_of_all_compares_with_nothing(full, tmp_path, read, words):
    published = read(full, THEN)
    assert (
        words.pick("første kvartal", "first quarter") in by_key(published, words)["aendringer"].paragraphs[0]
    )
    assert render(published, words)


def test_a_movement_is_told_from_where_to_where(unchanged, words):
    told = " ".join(by_key(unchanged, words)["aendringer"].paragraphs)
    assert words.pick("steg med én, fra 2 til 3", "rose by one, from 2 to 3") in told


def test_a_network_stands_on_a_page_with_its_value_now_and_before(full, read, words):
    full.value("N-1", "V4", value=1250.0)
    part = by_key(read(full), words)["netvaerkene"].parts[0]
    assert part.title == "Fællesskaber"
    assert ("V4 mennesker", "—", words.number(1250)) in part.blocks[0].rows


def test_a_value_that_is_missing_says_why(full, read, words):
    full.value("N-1", "V4", reason="no_data")
    notes = by_key(read(full), words)["netvaerkene"].parts[0].notes
    assert notes == (words.pick("V4: der er for lidt at regne på.", "V4: there is too little to go by."),)


def test_a_value_record_is_listed_with_its_numbers_as_measured(unchanged, words):
    rows = by_key(unchanged, words)["netvaerkene"].parts[0].blocks[1].rows
    assert rows[0][-3:] == (words.number(12.5, 4), "10", words.number(9.25, 4))


def test_the_publication_and_the_day_counted_to_are_named(unchanged, words):
    told = " ".join(by_key(unchanged, words)["metode"].paragraphs)
    assert "ab" * 32 in told
    assert words.pick("31. marts 2025", "31 March 2025") in told


def by_key(published, words):
    return {section.key: section for section in chapters(published, words)}
