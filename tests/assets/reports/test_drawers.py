"""Drawing in other processes gives what drawing here gives, and says in two languages what went wrong."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from assets.reports.count_picture import count_pictures
from assets.reports.drawers import HIRED, DrawingError, reports, sheets, todo

from .conftest import NOW, ORGANISATION, Publication, talked_about, whole

TEXT = "{http://www.w3.org/2000/svg}text"
COUNTS = [{"group": "2026Q2", "rows": 3}, {"group": "2026Q3", "rows": 1005}]


def test_another_process_draws_what_this_one_would():
    tables = [{"one": COUNTS}, {"one": COUNTS[:1]}, {"one": COUNTS[1:]}]
    asked = [HIRED.draw("bars", tables=one) for one in tables]
    assert [drawn.result() for drawn in asked] == [count_pictures(one) for one in tables]


def test_each_table_has_the_picture_of_its_own_rows():
    tables = {"b": [{"group": f"2026Q{one}", "rows": one} for one in range(1, 5)], "a": COUNTS}
    drawn = count_pictures(tables)
    said = {
        table: [(words[0].text, words[1].text) for words in ElementTree.fromstring(svg).iter(TEXT)]
        for table, svg in drawn.items()
    }
    assert said == {
        "b": [(str(one), f"2026Q{one}") for one in range(1, 5)],
        "a": [("3", "2026Q2"), ("1.005", "2026Q3")],
    }
    assert drawn["a"].count('fill="#12618c"') == len(COUNTS)  # bars


def test_what_cannot_be_drawn_says_why_in_both_languages_and_the_next_task_is_done(tmp_path):
    asked = HIRED.draw(
        "reports",
        database=str(tmp_path / "none.duckdb"),
        folder=str(tmp_path),
        organisation_id="BYEN",
        period="2026Q3",
        lang="da",
    )
    with pytest.raises(DrawingError) as told:
        asked.result()
    assert told.value.da.startswith("Der er ingen offentliggørelse endnu")
    assert told.value.en.startswith("There is no publication yet")
    assert HIRED.draw("bars", tables={"a": COUNTS}).result()["a"].startswith("<svg")


@pytest.mark.parametrize("alone", [False, True])
def test_a_page_leads_to_the_other_language_only_where_that_is_made_too(tmp_path, alone):
    database = talked_about(whole(Publication())).write(tmp_path / "published.duckdb")
    asked = {
        "database": str(database),
        "folder": str(tmp_path),
        "organisation_id": ORGANISATION,
        "lang": "da",
    }
    report, *_ = reports(**asked, period=NOW, alone=alone)
    sheet, *_ = sheets(**asked, period=NOW, day="2025-04-10", alone=alone)
    pages = [Path(page).read_text(encoding="utf-8") for page in (report, sheet, todo(**asked, alone=alone))]
    assert ["In English" in page for page in pages] == [not alone] * 3
    assert ["_en.html" in page for page in pages] == [not alone] * 3
