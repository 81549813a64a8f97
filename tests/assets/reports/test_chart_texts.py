"""What a chart says stands in the text beside it, from the same figures, and is its alternative text."""

from assets.reports.blocks import ChartBlock
from assets.reports.chapters import chapters
from assets.reports.management_report import render
from assets.reports.section_capital import year_sentences
from assets.reports.section_duties import movement_sentences
from assets.reports.section_funnel import season_sentences
from assets.reports.section_ownership import trend_sentences

from .conftest import NOW, THEN


def plain(sentences):
    return " ".join(sentences).replace("\N{NO-BREAK SPACE}", " ")


def test_every_chart_is_told_in_the_chapters_text_and_by_the_same_words(full, read, words):
    for number in range(1, 9):
        full.summary(f"R{number}", period=THEN, fulfilled=4, partly=1, not_fulfilled=1)
    sections = chapters(read(full), words)
    blocks = [(one, block) for one in sections for block in one.blocks if isinstance(block, ChartBlock)]
    assert len(blocks) == 10
    for section, block in blocks:
        assert block.told, block.title
        assert block.told in " ".join(section.paragraphs), block.title


def test_the_text_is_the_pictures_description(full, read, words):
    published = read(full)
    told = words.prose(season_sentences(published, words))
    assert f"{told}</desc>" in render(published, words)


def test_a_responsibility_that_changed_sides_is_told_with_both_counts(publication, read, words):
    publication.summary("R1", period=THEN, fulfilled=2, not_fulfilled=4)
    publication.summary("R1", fulfilled=5, not_fulfilled=1)
    publication.summary("R2", period=THEN, fulfilled=5, not_fulfilled=1).summary("R2", fulfilled=6)
    assert plain(movement_sentences(read(publication), words)) == words.pick(
        "Siden kvartalet før: R1 Ansvar 1 gik fra opfyldt i få (2 af 6) til opfyldt i de fleste (5 af 6).",
        "Since the quarter before: R1 Duty 1 went from fulfilled in few (2 of 6) to fulfilled in most "
        "(5 of 6).",
    )


def test_two_quarters_shown_by_different_windows_are_not_held_against_each_other(publication, read, words):
    publication.summary("R1", period=THEN, window="two_years", fulfilled=2, not_fulfilled=9)
    publication.summary("R1", fulfilled=6)
    assert movement_sentences(read(publication), words) == []


def test_the_latest_season_is_told_first_and_pooled_ones_not_at_all(publication, read, words):
    for season, counts in (("pooled", (9, 5, 3)), ("2024H1", (8, 8, 3)), ("2024H2", (1, 0, 0))):
        for step, count in zip(("idea", "tested", "in_base"), counts, strict=True):
            publication.figure("funnel", f"{season}/{step}", value=float(count))
    assert plain(season_sentences(read(publication), words)) == words.pick(
        "Af én idé fra efterår 2024 er ingen testet og ingen optaget i basis. "
        "Af otte idéer fra forår 2024 er alle testet og tre optaget i basis.",
        "Of one idea of autumn 2024, none were tested and none taken into base. "
        "Of eight ideas of spring 2024, all were tested and three taken into base.",
    )


def test_the_latest_year_of_test_capital_is_told_beside_the_one_before(publication, read, words):
    for year, needed, granted in (("2024", 100_000.0, 80_000.0), ("2025", 50_000.0, 60_000.0)):
        publication.figure("kroner_needed_in_year", year, value=needed)
        publication.figure("kroner_granted_in_year", year, value=granted)
    (told,) = year_sentences(read(publication), words)
    amounts = [words.kroner(amount) for amount in (50_000, 60_000, 100_000, 80_000)]
    assert [amount in told for amount in amounts] == [True] * 4
    assert told.index(amounts[0]) < told.index(amounts[2])


def test_ownership_is_not_held_against_a_quarter_that_may_not_be_shown(publication, read, words):
    publication.figure("ownership", "owning", period=THEN, suppressed=True)
    publication.figure("ownership", "owning", period=NOW, numerator=4.0, denominator=10.0)
    assert trend_sentences(read(publication), words) == []
