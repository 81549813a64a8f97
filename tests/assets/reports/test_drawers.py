"""Drawing in other processes gives what drawing here gives, and says in two languages what went wrong."""

import pytest

from assets.reports.count_picture import count_picture
from assets.reports.drawers import HIRED, DrawingError

COUNTS = [{"period": "2026Q2", "rows": 3}, {"period": "2026Q3", "rows": 5}]


def test_another_process_draws_what_this_one_would():
    asked = [HIRED.draw("bars", counts=COUNTS, da=f"Tal {one}", en="Figures") for one in range(3)]
    assert [drawn.result() for drawn in asked] == [
        count_picture(COUNTS, f"Tal {one}", "Figures") for one in range(3)
    ]


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
    assert HIRED.draw("bars", counts=COUNTS, da="", en="").result().startswith("<svg")
