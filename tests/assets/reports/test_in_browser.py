"""Every page in headless Chromium: axe-core finds nothing, nothing is loaded, hostile text does nothing."""

from datetime import UTC, date, datetime
from importlib.resources import files

import pytest

from assets.answerability.todo_list import write_todo_list
from assets.gates.page import GatePage
from assets.gates.quality import Gate, QualityResult
from assets.gates.trend import Past
from assets.home import Settings
from assets.people.duties import Said, processing_record
from assets.people.page import as_page
from assets.people.retention import months_of
from assets.reports.dialogue.files import note_path
from assets.reports.dialogue.sheet import write_dialogue_sheets
from assets.reports.index_page import INDEX_NAMES, write_index
from assets.reports.mail_summary import read_mail_summary
from assets.reports.management_report import write_management_report

from .conftest import NOW, ORGANISATION, Publication, talked_about, whole

pytestmark = pytest.mark.chromium
DAY = date(2025, 4, 10)
HOSTILE = (
    "<script>window.hurt=1</script><img src=http://example.invalid/x onerror='window.hurt=1'>"
    "\"'><svg onload=window.hurt=1> http://example.invalid/picture.png javascript:window.hurt=1"
)
NAME = "<b onmouseover=window.hurt=1>Navn"  # another text, for names are taken out of what others read
FORMULAS = ('=HYPERLINK("http://example.invalid";"a")', "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "\r=1+1")
LOOKS = [
    ("wide", "light", 1280, "screen"),
    ("wide and dark", "dark", 1280, "screen"),
    ("telephone", "light", 320, "screen"),
    ("telephone and dark", "dark", 320, "screen"),
    ("print", "light", 720, "print"),
]
ONLY = "resultTypes: ['violations'], preload: false"  # what passed is not described, which took longest
# Contrast takes four fifths of axe's time, and rows of one table that differ in their words alone have the
# same: the whole page is asked in the first look, one row of each kind in the others.
WHOLE = f"async () => (await axe.run({{{ONLY}}})).violations"
LIKE = """() => {
  const seen = new Set();
  for (const row of document.querySelectorAll('tr, [data-row]')) {
    const place = row.closest('table, section'), known = [...document.querySelectorAll('table, section')];
    const kind = row.outerHTML.replace(/>[^<]+</g, '><').replace(/ (id|href|data-row)="[^"]*"/g, '');
    const key = known.indexOf(place) + kind;
    if (seen.has(key)) row.dataset.like = ''; else seen.add(key);
  }
}"""
BUT_LIKE = f"""async () => [
  ...(await axe.run({{{ONLY}, rules: {{'color-contrast': {{enabled: false}}}}}})).violations,
  ...(await axe.run({{exclude: '[data-like]'}}, {{{ONLY}, runOnly: 'color-contrast'}})).violations,
]"""
PAGES = ("report", "index", "sheet", "note", "todo", "mail")
TEXTS = (
    ("main.networks", "title"),
    ("main.networks", "challenge"),
    ("main.solutions", "title"),
    ("main.responsibility", "name_da"),  # a label of a chart
    ("main.indicator", "name_da"),
    ("main.indicator", "formula_da"),
    ("main.value_records", "measure"),
    ("main.value_records", "unit"),
    ("main.value_records", "documentation"),
    ("main.disputes", "reason"),
    ("main.people", "name"),
    ("main.touchpoints", "counterpart"),
    ("audit.organisation", "name"),
    ("audit.hearing", "remarks"),
    ("audit.todo", "text_da"),
)


@pytest.fixture(scope="module")
def axe():
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def everything():
    """Something of all that a page can show."""
    publication = talked_about(whole(Publication()))
    publication.add(
        "main.solutions", solution_id="L-1", network_id="N-1", title="Huset", idea_date=date(2024, 2, 1)
    )
    for key, remarks in (("", None), ("R2.2", "Mødet var i marts")):
        publication.add(
            "audit.hearing",
            network_id="N-1",
            period=NOW,
            indicator_id=key,
            reference_leader_id="P-LEADER",
            state="final",
            heard_on=DAY,
            final_on=DAY,
            remarks=remarks,
        )
    publication.add(
        "audit.restatement",
        publication_sequence=2,
        network_id="N-1",
        period=NOW,
        indicator_id="R2.2",
        dimension="",
        measure="value",
        old="2.0",
        new="1.0",
        corrected_part=-1.0,
    )
    publication.add(
        "audit.todo",
        network_id="N-1",
        task="phase_due",
        record_kind="phases",
        record_key="N-1/3",
        since_date=date(2025, 1, 9),
        days_waited=81,
        text_da="Fasens planlagte dato er nået.",
        text_en="The planned date of the phase is reached.",
    )
    return publication


def checks_page():
    """The page of a run's checks: one that passed, one that failed, one that could not be judged."""
    titled, unique = (Gate("accepted", "accepted.networks", rule) for rule in ("not_null:title", "unique"))
    sums = Gate("results", "results.evidence", "counts_reconcile")
    moment = datetime(2025, 4, 10, 6, 0, tzinfo=UTC)
    past = [Past("run-1", moment, "passed", 0), Past("run-2", moment, "failed", 3)]
    return GatePage(
        "run-2",
        moment,
        [
            QualityResult(titled, "sql", "title", "passed", 8, 0, ""),
            QualityResult(unique, "sql", "network_id", "failed", 8, 3, ""),
            QualityResult(sums, "sql", "", "error", None, None, "BinderError"),
        ],
        {unique: ["nord/netvaerk.xlsx, Netværk!A3"]},
        past,
        {("accepted.networks", "unique"): past},
    )


def write_pages(publication, folder):
    """Every page in both languages: kind and language to its file."""
    database = publication.write(folder / "published.duckdb")
    reports, pages = folder / "reports", {}
    for lang in ("da", "en"):
        pages["report", lang] = write_management_report(database, reports, ORGANISATION, NOW, lang)
        sheet, *_ = write_dialogue_sheets(database, folder / "ark", ORGANISATION, NOW, lang, DAY)
        pages["sheet", lang], pages["note", lang] = sheet, note_path(sheet)
        pages["todo", lang] = write_todo_list(database, folder / "todo", ORGANISATION, lang)
        pages["mail", lang] = folder / f"mail_{lang}.html"
        mail = read_mail_summary(database, ORGANISATION, NOW, lang).html
        pages["mail", lang].write_text(mail, encoding="utf-8")
        pages["checks", lang] = folder / f"checks_{lang}.html"
        pages["checks", lang].write_text(checks_page().render(lang), encoding="utf-8")
    write_index(database, reports)
    said = Said(ORGANISATION, {"name": "Nordby <Kommune>"}, DAY, DAY)
    pages["duty", "da"] = folder / "duty.html"
    pages["duty", "da"].write_text(
        as_page(processing_record(said, months_of(Settings()), DAY)), encoding="utf-8"
    )
    return pages | {("index", lang): reports / name for lang, name in INDEX_NAMES.items()}


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    return write_pages(everything(), tmp_path_factory.mktemp("plain"))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """The same pages with every free text hostile."""
    publication = everything()
    for table, column in TEXTS:
        for row in publication.rows[table]:
            row[column] = NAME if column == "name" else HOSTILE
    for number, text in enumerate(FORMULAS):
        publication.network(f"N-F{number}", title=text, challenge=text)
    return write_pages(publication, tmp_path_factory.mktemp("hostile"))


def violations(page, script):
    """What axe-core finds, as rule and element."""
    found = page.evaluate(script)
    return [(one["id"], node["target"]) for one in found for node in one["nodes"]]


@pytest.mark.parametrize(
    ("name", "lang"),
    [*((name, lang) for name in (*PAGES, "checks") for lang in ("da", "en")), ("duty", "da")],
)
def test_axe_finds_no_violation(browser, axe, pages, name, lang):
    page = browser.new_page(bypass_csp=True)
    page.goto(pages[name, lang].as_uri())
    page.evaluate(axe)
    found = {}
    for look, scheme, width, media in LOOKS:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme, media=media)
        page.evaluate(f"document.querySelectorAll('details').forEach(one => one.open = {width} > 320)")
        found[look] = violations(page, BUT_LIKE if found else WHOLE)
        page.evaluate(LIKE)
    page.close()
    assert found == {look: [] for look, *_ in LOOKS}


@pytest.mark.parametrize("name", PAGES)
def test_hostile_text_does_nothing_and_nothing_is_loaded(browser, hostile, name):  # F43, F48
    path = hostile[name, "da"]
    page = browser.new_page()
    asked, alarmed = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: alarmed.append(dialog.message))
    page.goto(path.as_uri(), wait_until="networkidle")
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    if name == "index":
        page.fill("#search", HOSTILE)
    page.emulate_media(media="print")
    assert asked == [path.as_uri()]
    assert alarmed == []
    assert page.evaluate("window.hurt") is None
    assert page.locator("img, svg[onload], script:not(body > script)").count() == 0
    assert "window.hurt=1" in page.content()
    page.close()


def test_text_that_looks_like_a_formula_is_read_as_it_was_written(browser, hostile):  # F44
    page = browser.new_page()
    page.goto(hostile["report", "da"].as_uri())
    titles = page.locator("section.network > h3").all_text_contents()
    assert [text for text in FORMULAS if text.replace("\r", "\n") not in titles] == []
    page.close()


@pytest.mark.parametrize("name", [*PAGES, "checks", "duty"])
def test_a_page_fits_a_telephone(browser, pages, name):
    page = browser.new_page(viewport={"width": 320, "height": 700})
    page.goto(pages[name, "da"].as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.close()


def test_the_index_is_searched_in_all_of_it(browser, pages):
    page = browser.new_page()
    page.goto(pages["index", "da"].as_uri())
    rows = page.locator("[data-row]:visible")
    everything_shown = rows.count()
    page.fill("#search", "ØKONOMI uden træffer")
    assert (rows.count(), page.inner_text("#found")) == (0, "Intet fundet")
    page.fill("#search", "organisation_result suppressed")
    page.fill("#search", "steder BRUG places_in_use")
    assert rows.count() == 1
    assert page.inner_text("#found") == "1 fundet"
    assert page.locator("main h2:visible").all_inner_texts() == ["Organisationens tal"]
    page.fill("#search", "")
    assert rows.count() == everything_shown
    assert page.inner_text("#found") == ""
    page.close()


@pytest.mark.parametrize("name", ["report", "index"])
def test_a_page_reads_the_same_without_script(browser, pages, name):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(pages[name, "da"].as_uri())
    assert page.locator("main section").first.is_visible()
    assert not page.locator("#searching").is_visible()
    context.close()
