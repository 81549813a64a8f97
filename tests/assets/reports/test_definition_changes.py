"""Charts over quarters mark where a definition changed, and only there."""

from datetime import date

import polars as pl
import pytest

from assets.reports import charts_role
from assets.reports.dialogue.assignment import read_assignments
from assets.reports.dialogue.sheet import render_sheet
from assets.reports.published import read_published
from assets.reports.section_capital import capital_section
from assets.reports.section_duties import duties_section
from assets.reports.section_ownership import ownership_section
from assets.reports.words import unbroken
from tests.assets.reports.conftest import NOW, ORGANISATION, THEN, whole

LATER = date(2025, 2, 1)
DRAWN_NEW = {"rule", "new"}


def versions(publication, indicator_id, responsibility_id, *days):
    """An indicator whose definition has one version from each day."""
    if responsibility_id:
        publication.add("main.indicator", indicator_id=indicator_id, responsibility_id=responsibility_id)
    else:
        publication.add("main.indicator", indicator_id=indicator_id)
    for number, day in enumerate(days, start=1):
        publication.add(
            "main.indicator_version",
            indicator_id=indicator_id,
            definition_version=number,
            valid_from=day,
            change_da=f"Ændring {number}.",
            change_en=f"Change {number}.",
        )
    return publication


def read(publication, tmp_path):
    return read_published(publication.write(tmp_path / "published.duckdb"), ORGANISATION, NOW)


def drawn(block):
    """The marks' kinds of a chart, with ``new`` where it prints the word."""
    specification = block.chart.to_dict()
    layers = specification.get("spec", specification)["layer"]
    kinds = {layer["mark"]["type"] for layer in layers}
    texts = {layer["encoding"].get("text", {}).get("field") for layer in layers}
    return (kinds | texts) & DRAWN_NEW


def blocks_of(published, words):
    """The three charts over quarters: kroner, ownership, responsibilities."""
    return (
        capital_section(published, words).blocks[0],
        ownership_section(published, words).blocks[1],
        duties_section(published, words).blocks[0],
    )


def test_a_chart_over_quarters_marks_the_quarter_of_the_change_and_tells_it(publication, words, tmp_path):
    for indicator_id, responsibility_id in (("V7", ""), ("R6.1", "R6")):
        versions(publication, indicator_id, responsibility_id, date(2024, 1, 1), LATER)
    published = read(whole(publication), tmp_path)
    kroner, ownership, matrix = blocks_of(published, words)
    assert [drawn(block) for block in (kroner, ownership, matrix)] == [DRAWN_NEW] * 3
    word = words.pick("ny definition", "new definition")
    then, now = words.short_quarter(THEN), words.short_quarter(NOW)
    assert [row[0] for row in kroner.table.rows] == [then, f"{now}; {word}: V7"]
    assert [row[0] for row in ownership.table.rows] == [then, f"{now}; {word}: R6.1"]
    assert [row[0][:2] for row in matrix.table.rows if word in row[2]] == ["R6"]
    assert not [row for row in matrix.table.rows if word in row[1]]
    told = words.pick(
        "R6.1, version 2, fra 1. februar 2025: Ændring 2.", "R6.1, version 2, from 1 February 2025: Change 2."
    )
    assert told in matrix.text
    assert told in ownership.text


@pytest.mark.parametrize(
    "days",
    [
        pytest.param((LATER,), id="a first edition"),
        pytest.param((date(2023, 1, 1), date(2024, 9, 30)), id="before the quarters shown"),
        pytest.param((date(2023, 1, 1), date(2025, 4, 1)), id="after the quarter reported"),
    ],
)
def test_nothing_is_marked_where_no_definition_changed_within_the_quarters(
    publication, words, tmp_path, days
):
    for indicator_id, responsibility_id in (("V7", ""), ("R6.1", "R6")):
        versions(publication, indicator_id, responsibility_id, *days)
    blocks = blocks_of(read(whole(publication), tmp_path), words)
    assert [drawn(block) for block in blocks] == [set()] * 3
    word = words.pick("ny definition", "new definition")
    assert word not in str([block.table for block in blocks]) + str([block.text for block in blocks])


def test_a_chart_given_no_change_has_the_very_specification_it_had():
    cells = pl.DataFrame(
        {"responsibility": ["R1"], "quarter": ["Q1 25"], "standing": ["most"], "standing_label": ["Most"]}
        | {"place": [0], "text": ["4 of 5"]}
    )
    plain, given = charts_role.status_matrix_chart(cells), charts_role.status_matrix_chart(cells, {})
    assert plain.to_dict() == given.to_dict()
    assert '"new"' not in plain.to_json()


def test_the_mark_stands_in_the_cell_of_its_responsibility_and_quarter(publication, words, tmp_path):
    published = read(
        whole(versions(publication, "R2.2", "R2", date(2024, 1, 1), date(2024, 10, 1))), tmp_path
    )
    matrix = duties_section(published, words).blocks[0].chart.to_dict()
    line = next(layer for layer in matrix["layer"] if layer["mark"]["type"] == "rule")
    marked = matrix["datasets"][line["data"]["name"]] if "name" in line["data"] else line["data"]["values"]
    assert [(row["responsibility"][:2], row["quarter"]) for row in marked] == [
        ("R2", words.short_quarter(THEN))
    ]
    assert line["encoding"]["x"]["bandPosition"] == 0


def test_a_dialogue_sheet_marks_the_change_in_its_matrix_and_only_where_there_is_one(talked, words, tmp_path):
    plain = render_sheet(
        read_assignments(talked.write(tmp_path / "plain.duckdb"), ORGANISATION, NOW)[0], words
    )
    for number, day in enumerate((date(2024, 1, 1), LATER), start=1):
        talked.add(
            "main.indicator_version",
            indicator_id="R2.2",
            definition_version=number,
            valid_from=day,
            change_da="Ændring.",
            change_en="Change.",
        )
    sheet = read_assignments(talked.write(tmp_path / "changed.duckdb"), ORGANISATION, NOW)[0]
    text = render_sheet(sheet, words)
    word = words.pick("ny definition", "new definition")
    assert text.count(f"<br><small>{word}: R2.2</small>") == 1
    assert unbroken(words.pick("fra 1. februar 2025", "from 1 February 2025")) in text
    assert word not in plain
    assert "dashed currentColor" not in plain
