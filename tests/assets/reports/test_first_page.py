"""The first page answers its three questions at a glance: a sentence, a shape and its word."""

import re
from datetime import date

import pytest

from assets.reports.management_report import held
from assets.reports.reactions import reaction_points
from assets.reports.section_networks import networks_section
from assets.reports.section_summary import summary_section
from assets.reports.words import Words

from .conftest import NOW, THEN

DA = Words("da")


def parts(published, words):
    return {part.key: part for part in summary_section(published, words).parts}


def spaced(text):
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_whether_value_is_created_is_answered_in_one_sentence(full, read, words):
    assert spaced(parts(read(full), words)["svar-vaerdi"].lead) == words.pick(
        "2 af 3 mål er nået, og tre løsninger fra netværkene er i brug på fire steder.",
        "2 of 3 goals have been reached, and three solutions from the networks are in use in four places.",
    )


def test_where_the_role_holds_is_said_by_shape_and_word(full, read, words):
    full.summary("R9", window="two_years", fulfilled=1, not_fulfilled=6)
    most, few = parts(read(full), words)["svar-rolle"].points
    assert (most.shape, most.word) == (
        "fulfilled",
        words.pick("Opfyldt i de fleste netværk", "Fulfilled in most networks"),
    )
    assert few.shape == "not_fulfilled"
    assert words.of(1, 7) in few.text


@pytest.fixture
def answers(publication, read):
    """The answers in Danish, given figures then and now."""

    def run(**figures):
        publication.kept()
        for period in (THEN, NOW):
            publication.figure("networks_active", value=6.0, period=period)
        for (measure, dimension, period), numbers in figures.pop("rows").items():
            publication.figure(measure, dimension, period=period, **numbers)
        return [(point.word, spaced(point.text)) for point in reaction_points(read(publication), DA)]

    return run


def of_ten(count):
    return {"numerator": float(count), "denominator": 10.0}


@pytest.mark.parametrize(
    ("then", "now", "answer"), [(3, 2, "Ja"), (3, 0, "Ja"), (2, 3, "Nej"), (3, 3, "Nej"), (0, 0, "Ja")]
)
def test_we_reacted_when_more_were_heard_or_all_are(answers, then, now, answer):
    rows = {("ownership", "not_heard", THEN): of_ten(then), ("ownership", "not_heard", NOW): of_ten(now)}
    ((word, text),) = answers(rows=rows)
    assert word == answer
    assert text.startswith("Alle centrale ledere" if not now else ("En ", "Lige så mange"))


@pytest.mark.parametrize(
    ("then", "now", "answer"), [(2, 0, "Ja"), (2, 1, "Delvist"), (1, 2, "Nej"), (1, 1, "Nej")]
)
def test_we_reacted_when_no_test_waits_for_a_decision(answers, then, now, answer):
    rows = {
        ("tests_decided", "", NOW): of_ten(8),
        ("tests_waiting", "", THEN): {"value": float(then)},
        ("tests_waiting", "", NOW): {"value": float(now)},
    }
    assert answers(rows=rows)[0][0] == answer


@pytest.mark.parametrize(("asked", "answer"), [(100_000, "Ja"), (40_000, "Delvist"), (0, "Nej")])
def test_we_reacted_when_the_new_need_was_applied_for(answers, asked, answer):
    rows = {
        ("kroner_needed", "", NOW): {"value": 100_000.0},
        ("kroner_asked", "", NOW): {"value": float(asked)},
    }
    ((word, text),) = answers(rows=rows)
    assert word == answer
    assert text.endswith("kr.") and not text.endswith("..")


def test_the_first_quarter_has_no_reaction_to_judge(full, read, words):
    part = parts(read(full, THEN), words)["svar-reaktion"]
    assert part.points == ()
    assert words.pick("endnu ikke to kvartaler", "not yet two quarters") in part.paragraphs[0]


def test_ids_and_spans_are_not_parted_at_the_end_of_a_line():
    text = held("niveau 4-5 i NV-18 (V-0903) den 5 May 2025 <b>")
    assert re.findall(r'<span class="whole">([^<]*)</span>', spaced(text)) == [
        "4-5",
        "NV-18",
        "(V-0903)",
        "5 May 2025",
    ]
    assert "<b>" not in text


def test_a_network_shows_its_solutions_and_the_days_of_their_way(full, read, words):
    full.add("main.solutions", solution_id="L-1", network_id="N-1", title="Huset", idea_date=date(2024, 2, 1))
    for number, (event, day) in enumerate(
        (("test_started", date(2024, 10, 1)), ("adopted", date(2024, 11, 4)), ("adopted", date(2025, 1, 7)))
    ):
        full.add(
            "main.adoption_events", event_id=f"O-{number}", solution_id="L-1", unit="A", event=event, date=day
        )
    block = networks_section(read(full), words).parts[0].blocks[1]
    days = (words.short_day(day) for day in (date(2024, 2, 1), date(2024, 10, 1), date(2024, 11, 4)))
    assert block.rows == (("L-1", "Huset", *days, "—"),)
