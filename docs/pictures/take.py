"""Take the pictures of the reports' pages anew: ``python docs/pictures/take.py demo`` after ``make demo``.

Needs the development environment and Chromium. The pictures of Dagster are taken by ``tests/ui``.
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).parent
QUARTER = "FJORDBY/2026Q3"
CHARTS = 4
# Page, picture, height in pixels of what is shown of it.
PAGES = (
    (f"reports/{QUARTER}/vaerdiskabelsesrapport_da.html", "rapport_da", 1545),
    (f"reports/{QUARTER}/vaerdiskabelsesrapport_en.html", "report_en", 1650),
    (f"dialogue/{QUARTER}/NV-12_2026Q3_da.html", "dialogark_da", 1509),
    (f"dialogue/{QUARTER}/NV-12_2026Q3_en.html", "dialogue_sheet_en", 1509),
    ("reports/indeks.html", "indeks_da", 1100),
    ("reports/index_en.html", "index_en", 1100),
    ("kontrol/seneste.html", "gates_page", 1250),
)
# Four charts of the report in two columns: survival and interplay, the matrix and the seasons.
SIDE_BY_SIDE = """() => {
  const figures = [...document.querySelectorAll('figure')];
  const holding = words => figures.find(one => words.some(word => one.textContent.includes(word)));
  const chosen = [['netværkets lukning', 'after the network closed'],
    ['Politisk samspil kvartal', 'Political interplay quarter'],
    ['Ansvarene kvartal for kvartal', 'The responsibilities quarter by quarter'],
    ['Idéerne sæson for sæson', 'The ideas season by season']].map(holding);
  document.body.style.cssText =
    'columns: 2; column-gap: 36px; padding: 36px; height: 1125px; column-fill: auto';
  chosen.forEach(one => one.style.cssText = 'break-inside: avoid; margin: 0 0 48px');
  document.body.replaceChildren(...chosen);
  return chosen.length;
}"""


def take(page: Page, home: Path, source: str, name: str, height: int) -> None:
    """One page from its top, 1000 pixels wide."""
    page.set_viewport_size({"width": 1000, "height": height})
    page.goto((home / source).resolve().as_uri())
    page.screenshot(path=HERE / f"{name}.png")


def take_charts(page: Page, home: Path, source: str, name: str) -> None:
    """Four of a report's charts on one picture."""
    page.set_viewport_size({"width": 1500, "height": 1125})
    page.goto((home / source).resolve().as_uri())
    if page.evaluate(SIDE_BY_SIDE) != CHARTS:
        raise SystemExit(f"{source}: a chart is missing")
    page.screenshot(path=HERE / f"{name}.png")


def main() -> None:
    """Every picture, of the home named."""
    home = Path(sys.argv[1])
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page()
        for source, name, height in PAGES:
            take(page, home, source, name, height)
        take_charts(page, home, PAGES[0][0], "rapport_diagrammer_da")
        take_charts(page, home, PAGES[1][0], "report_charts_en")
        browser.close()


if __name__ == "__main__":
    main()
