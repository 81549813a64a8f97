"""Every page in headless Chromium: axe-core finds nothing, nothing is loaded, hostile text does nothing."""

from datetime import date
from importlib.resources import files

import pytest

from assets.reports.dialogue.sheet import write_dialogue_sheets
from assets.reports.index_page import INDEX_NAMES, write_index
from assets.reports.mail_summary import read_mail_summary
from assets.reports.management_report import write_management_report
from assets.reports.report_pdf import chromium

pytestmark = pytest.mark.chromium
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
HOSTILE = (
    "<script>window.hurt=1</script><img src=http://example.invalid/x onerror='window.hurt=1'>"
    '"\'><svg onload=window.hurt=1> =HYPERLINK("http://example.invalid") javascript:window.hurt=1'
)
LOOKS = {
    "light, wide": {"color_scheme": "light", "viewport": {"width": 1280, "height": 900}},
    "dark, 320 pixels": {"color_scheme": "dark", "viewport": {"width": 320, "height": 700}},
}
PAGES = ("report", "index", "sheet", "mail")


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def axe():
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def make(full, talked, tmp_path):
    """Write one page of a publication whose every free text is hostile, or plain."""

    def written(page, lang, *, hostile=False):
        if hostile:
            for table, column in (
                ("main.networks", "title"),
                ("main.networks", "challenge"),
                ("main.indicator", "name_da"),
                ("main.value_records", "measure"),
                ("main.value_records", "unit"),
                ("main.disputes", "reason"),
                ("main.people", "name"),
                ("main.touchpoints", "counterpart"),
                ("audit.organisation", "name"),
            ):
                for row in talked.rows[table]:
                    row[column] = HOSTILE
        database = talked.write(tmp_path / "published.duckdb")
        reports = tmp_path / "reports"
        if page == "report":
            return write_management_report(database, reports, "AALBY", "2025Q1", lang)
        if page == "sheet":
            day = date(2025, 4, 10)
            return write_dialogue_sheets(database, tmp_path / "ark", "AALBY", "2025Q1", lang, day)[0]
        if page == "mail":
            path = tmp_path / "mail.html"
            path.write_text(read_mail_summary(database, "AALBY", "2025Q1", lang).html, encoding="utf-8")
            return path
        write_management_report(database, reports, "AALBY", "2025Q1", lang)
        write_index(database, reports)
        return reports / INDEX_NAMES[lang]

    return written


def violations(page, axe):
    """What axe-core finds, as rule and element."""
    found = page.evaluate(f"async () => {{ {axe}; return (await axe.run()).violations; }}")
    return [(one["id"], node["target"]) for one in found for node in one["nodes"]]


@pytest.mark.parametrize("lang", ["da", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_violation(browser, axe, make, name, lang):
    path = make(name, lang)
    found = {}
    for look, options in LOOKS.items():
        page = browser.new_page(**options, bypass_csp=True)
        page.goto(path.as_uri())
        found[look] = violations(page, axe)
        if look == "light, wide":
            page.emulate_media(media="print")
            found["print"] = violations(page, axe)
        page.close()
    assert found == {look: [] for look in found}


@pytest.mark.parametrize("name", PAGES)
def test_hostile_text_does_nothing_and_nothing_is_loaded(browser, make, name):
    path = make(name, "da", hostile=True)
    page = browser.new_page()
    asked, alarmed = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: alarmed.append(dialog.message))
    page.goto(path.as_uri(), wait_until="networkidle")
    assert asked == [path.as_uri()]
    assert alarmed == []
    assert page.evaluate("window.hurt") is None
    assert "window.hurt=1" in page.content()
    page.close()


@pytest.mark.parametrize("name", ["report", "sheet", "index"])
def test_a_page_fits_a_telephone(browser, make, name):
    page = browser.new_page(viewport={"width": 320, "height": 700})
    page.goto(make(name, "da").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.close()
