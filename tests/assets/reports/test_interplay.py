"""Political interplay: a chart over quarters, the same figures as a table, and what they say."""

from assets.reports.section_interplay import interplay_section, interplay_sentences

from .conftest import THEN


def test_the_chart_and_its_table_hold_the_same_counts(full, read, words):
    block = interplay_section(read(full), words).blocks[0]
    rows = [list(row) for row in zip(*(row[1:] for row in block.table.rows), strict=True)]
    assert rows == [["3", "3"], ["1", "1"], ["1", "2"], ["1", "1"]]
    values = block.chart.to_dict()["spec"]["layer"][0].get("data") or block.chart.to_dict()["data"]
    drawn = [row["text"] for row in values["values"]]
    assert drawn == [text for row in rows for text in row]


def test_a_quarter_that_may_not_be_shown_is_neither_drawn_nor_counted(full, read, words):
    for row in full.rows["main.organisation_result"]:
        if row["period"] == THEN and row["measure_id"].startswith(("political", "value_shown")):
            row |= {"value": None, "suppressed": True}
    block = interplay_section(read(full), words).blocks[0]
    assert set(block.table.rows[0][1:]) == {words.pick("vises ikke", "not shown")}
    assert words.short_quarter(THEN) not in block.chart.to_json()


def test_the_text_beside_the_chart_is_its_alternative_text(full, read, words):
    published = read(full)
    section = interplay_section(published, words)
    assert (
        section.blocks[0].told == section.paragraphs[0] == words.prose(interplay_sentences(published, words))
    )


def test_progress_is_held_against_the_quarter_before(full, read, words):
    full.figure("progress", period=THEN, numerator=5.0, denominator=10.0)
    told = " ".join(interplay_section(read(full), words).paragraphs)
    assert words.share(7, 12, 7 / 12) in told
    assert words.share(5, 10, 0.5) in told


def test_where_no_interplay_is_recorded_progress_stands_alone(publication, read, words):
    publication.figure("progress", numerator=7.0, denominator=12.0)
    section = interplay_section(read(publication), words)
    assert section.blocks == ()
    assert len(section.paragraphs) == 1


def test_with_too_few_leaders_nothing_is_shown(full, read, words):
    for row in full.rows["main.organisation_result"]:
        if row["measure_id"] == "political_dialogue":
            row |= {"value": None, "suppressed": True}
    section = interplay_section(read(full), words)
    assert section.blocks == ()
    assert words.pick("Vises ikke", "Not shown") in section.paragraphs[0]
