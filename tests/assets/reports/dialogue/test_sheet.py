"""The dialogue sheet: what it says, what it keeps to itself, and who can read its file."""

import stat
from datetime import date

import pytest

from assets.errors import TwoLanguageError
from assets.people.purpose import PURPOSE
from assets.reports.dialogue.assignment import earlier_period, read_assignments
from assets.reports.dialogue.content import questions, sheet_content
from assets.reports.dialogue.files import file_name
from assets.reports.dialogue.sheet import render_sheet, write_dialogue_sheets
from assets.reports.dialogue.wording import STEERING, part_text
from assets.reports.words import Words, unbroken

NOW = "2025Q1"
DAY = date(2025, 4, 10)
OURS = "AALBY"


@pytest.fixture
def sheet(talked, tmp_path):
    return read_assignments(talked.write(tmp_path / "published.duckdb"), OURS, "2025Q1")[0]


def test_the_sheet_shows_both_sides_the_evidence_and_its_purpose(sheet, words):
    text = render_sheet(sheet, words)
    assert words.pick(*PURPOSE) in text
    assert words.pick("(mindst 5 svar)", "(at least 5 answers)") in text
    assert "S-1" in text
    assert words.short_day(date(2025, 2, 3)) in text
    assert "netvaerdi trace N-1 2025Q1 R2.2 --organisation AALBY" in text
    assert words.pick("Kladde", "Draft") in text


@pytest.fixture
def moved(talked, tmp_path):
    """R2.2 rose from 1 to 2: S-1 came in, S-0 fell out, and S-2 counts now."""
    talked.indicator(period="2024Q4", value=1.0)
    evidence = (("S-0", "2024Q4", "numerator"), ("S-2", "2024Q4", "denominator"), ("S-2", NOW, "numerator"))
    for key, period, part in evidence:
        if (key, period) != ("S-2", NOW):
            talked.add(
                "main.touchpoints",
                record_key=key,
                touchpoint_id=key,
                network_id="N-1",
                date=date(2024, 6, 1),
                kind="coordination",
                by_id="P-LEADER",
            )
        talked.add(
            "audit.evidence",
            network_id="N-1",
            period=period,
            indicator_id="R2.2",
            dimension="",
            record_kind="touchpoints",
            record_key=key,
            part=part,
        )
    return read_assignments(talked.write(tmp_path / "moved.duckdb"), OURS, NOW)[0]


def test_a_change_names_the_records_that_did_it(moved, words):
    (duty,) = sheet_content(moved, words)["duties"]
    assert duty["told"].replace("\N{NO-BREAK SPACE}", " ") == words.pick(
        "Siden kvartalet før: Sammenhæng gik fra 1 til 2, da S-1 kom til, S-2 tæller nu og S-0 gik ud.",
        "Since the quarter before: Coherence went from 1 to 2, as S-1 came in, S-2 now counts and S-0 fell "
        "out.",
    )
    assert [row["key"] for row in duty["indicators"][0]["evidence"]] == ["S-1", "S-2"]


def test_a_predecessors_records_explain_nothing(moved, talked, tmp_path):
    for row in talked.rows["main.indicator_result"]:
        if row["period"] == "2024Q4":
            row["reference_leader_id"] = "P-BEFORE"
    sheet = read_assignments(talked.write(tmp_path / "before.duckdb"), OURS, NOW)[0]
    assert dict(sheet.evidence_before) == {}
    assert sheet_content(sheet, Words("da"))["duties"][0]["told"] == ""


def test_of_a_managers_answer_is_told_that_it_is_there_and_not_what_it_was(words):
    answer = {"record_kind": "ownership", "ground_only": False}
    other = answer | {"ground_only": True}
    for indicator in ("R6.1", "R6.2"):
        assert part_text(words, indicator, answer) == part_text(words, indicator, other)
    heard = words.pick("tæller", "counts")
    assert part_text(words, "R6.3", answer) == heard
    assert part_text(words, "R6.1", {"record_kind": "central_managers", "ground_only": False}) == heard


def test_what_was_said_stays_unsaid(sheet, words):
    assert "Fortroligt sagt" not in render_sheet(sheet, words)


def test_a_disputed_figure_is_told_both_ways(sheet):
    text = render_sheet(sheet, Words("da"))
    assert "2 (opfyldt), som det står; 1 (opfyldt), hvis indsigelsen får medhold" in text
    assert "Et andet netværk" in text


def test_the_talk_asks_about_the_gap_and_always_about_steering(sheet, words):
    asked = questions(sheet, words)
    assert any(question.startswith("R2 ") for question in asked)
    assert asked[-1] == words.pick(*STEERING)


def test_a_predecessors_quarters_are_not_shown(talked, tmp_path):
    talked.duty(period="2024Q4", reference_leader_id="P-OLD", status="not_fulfilled")
    talked.duty(period="2024Q3", reference_leader_id="P-LEADER")
    sheet = read_assignments(talked.write(tmp_path / "published.duckdb"), OURS, "2025Q1")[0]
    assert sheet.periods == ["2024Q3", "2025Q1"]


def test_a_heard_sheet_says_when_and_prints_the_remark_by_the_figure(talked, tmp_path):
    day = date(2025, 4, 9)
    for key, remarks in (("", None), ("R2.2", "Mødet var i marts")):
        talked.add(
            "audit.hearing",
            network_id="N-1",
            period="2025Q1",
            indicator_id=key,
            reference_leader_id="P-LEADER",
            state="heard",
            heard_on=day,
            remarks=remarks,
        )
    sheet = read_assignments(talked.write(tmp_path / "published.duckdb"), OURS, "2025Q1")[0]
    text = render_sheet(sheet, Words("da"))
    assert unbroken("Lederen blev hørt den 9. april 2025.") in text
    assert "Lederens bemærkning: Mødet var i marts" in text


def test_hostile_text_is_escaped(talked, tmp_path):
    hostile = "<script>document.title='x'</script><img src=x onerror=alert(1)>"
    talked.rows["main.networks"][0]["title"] = hostile
    talked.rows["main.disputes"][0]["reason"] = hostile
    sheet = read_assignments(talked.write(tmp_path / "published.duckdb"), OURS, "2025Q1")[0]
    text = render_sheet(sheet, Words("da"))
    assert "<script" not in text
    assert "<img" not in text


def test_files_are_their_owners_alone_and_hold_no_name(talked, tmp_path):
    database = talked.write(tmp_path / "published.duckdb")
    (path,) = write_dialogue_sheets(database, tmp_path / "dialogue", OURS, "2025Q1", "da", DAY)
    assert path == tmp_path / "dialogue" / OURS / "2025Q1" / "N-1_2025Q1_da.html"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    for folder in (path.parent, path.parent.parent, path.parent.parent.parent):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("dates", "word"),
    [
        ({"not_before": None, "med_discussed_on": date(2024, 12, 1)}, "Ikke før"),
        ({"not_before": date(2025, 1, 1), "med_discussed_on": None}, "MED"),
        ({"not_before": date(2026, 1, 1), "med_discussed_on": date(2024, 12, 1)}, "01-01-2026"),
    ],
)
def test_no_sheet_before_the_dates_allow_it(talked, tmp_path, dates, word):
    talked.rows["audit.organisation"][0] |= dates
    database = talked.write(tmp_path / "published.duckdb")
    with pytest.raises(TwoLanguageError, match=word):
        write_dialogue_sheets(database, tmp_path / "dialogue", OURS, "2025Q1", "da", DAY)
    assert not (tmp_path / "dialogue").exists()


def test_an_unknown_network_is_answered_with_those_that_have_a_sheet(talked, tmp_path):
    database = talked.write(tmp_path / "published.duckdb")
    with pytest.raises(TwoLanguageError, match="N-1"):
        write_dialogue_sheets(database, tmp_path / "dialogue", OURS, "2025Q1", "da", DAY, network_id="N-9")


def test_a_file_name_never_leaves_its_folder():
    assert "/" not in file_name("../N/1", "2025Q1", "da")
    assert file_name("A/1", "2025Q1", "da") != file_name("A:1", "2025Q1", "da")


def test_the_quarter_before_the_first_is_the_last_of_the_year_before():
    assert earlier_period("2025Q1") == "2024Q4"
    assert earlier_period("2025Q3") == "2025Q2"
