"""Sheets over time: taken away with the dates, kept up while they are heard, and left alone once final."""

import stat
from datetime import date, datetime

import duckdb
import pytest

from assets.errors import TwoLanguageError
from assets.publication.printed import read_printed
from assets.reports.dialogue.files import note_path
from assets.reports.dialogue.final import final_hash
from assets.reports.dialogue.sheet import write_dialogue_sheets
from assets.reports.dialogue.standing import write_standing_sheets

OURS, EARLIER, LATEST = "AALBY", "2024Q4", "2025Q1"
DAY = date(2025, 4, 10)
FIRST, SECOND = "ab" * 32, "cd" * 32


class Office:
    """A home's published file and its sheets: the publication changes, the sheets are written anew."""

    def __init__(self, publication, folder):
        self.publication = publication
        self.database = folder / "published" / "netvaerdi.duckdb"
        self.database.parent.mkdir()
        self.folder = folder / "dialogue"

    def publish(self, content_hash):
        """Publish, and keep the publication as history does."""
        sequence = len(self.publication.rows["audit.publication"])
        if self.publication.rows["audit.publication"][-1]["content_hash"] != content_hash:
            sequence += 1
            self.publication.add(
                "audit.publication",
                sequence=sequence,
                period=LATEST,
                content_hash=content_hash,
                published_at=datetime(2025, 4, 10 + sequence, 6),
            )
        kept = self.database.parent / "history" / f"{sequence:06d}-{LATEST}-{content_hash[:12]}"
        kept.mkdir(parents=True)
        self.database.unlink(missing_ok=True)
        self.publication.write(self.database)
        self.publication.write(kept / self.database.name)

    def write(self, langs=("da",)):
        """What a run writes."""
        return write_standing_sheets(self.database, self.folder, OURS, LATEST, langs, DAY)

    def sheet(self, period=LATEST, lang="da"):
        return self.folder / OURS / period / f"N-1_{period}_{lang}.html"

    def say(self, state, period=LATEST):
        """The hearing's state of the sheet."""
        row = {"network_id": "N-1", "period": period, "indicator_id": "", "reference_leader_id": "P-LEADER"}
        rows = self.publication.rows["audit.hearing"]
        rows[:] = [one for one in rows if one["period"] != period]
        self.publication.add("audit.hearing", **row, state=state, heard_on=DAY, final_on=DAY)

    def restate(self, measure="value", old="2.0", new="1.0", **parts):
        self.publication.add(
            "audit.restatement",
            publication_sequence=2,
            network_id="N-1",
            period=LATEST,
            indicator_id="R2.2",
            dimension="",
            measure=measure,
            old=old,
            new=new,
            **({"corrected_part": -1.0} | parts),
        )

    def figure(self, value):
        """What R2.2 is from the next publication on."""
        (row,) = [
            row for row in self.publication.rows["main.indicator_result"] if row["indicator_id"] == "R2.2"
        ]
        row |= {"value": value, "disputed": False}


@pytest.fixture
def office(talked, tmp_path):
    talked.indicator(period=EARLIER, indicator_id="R2.3")
    talked.duty(period=EARLIER)
    return Office(talked, tmp_path)


def test_a_final_sheet_is_never_drawn_again_with_other_figures(office):
    office.say("final")
    office.publish(FIRST)
    office.write()
    then = office.sheet().read_bytes()
    office.figure(17.0)
    office.publish(SECOND)
    office.write()
    assert office.sheet().read_bytes() == then
    assert final_hash(office.sheet()) == FIRST
    assert not note_path(office.sheet()).exists()


def test_what_is_restated_after_it_became_final_is_told_beside_it(office):
    office.say("final")
    office.publish(FIRST)
    office.write()
    office.figure(1.0)
    office.restate()
    office.restate("status", "fulfilled", "not_fulfilled", corrected_part=None)
    office.publish(SECOND)
    office.write(("da", "en"))
    note = office.sheet().with_name(f"N-1_{LATEST}_rettelser_da.html")
    text = note.read_text(encoding="utf-8")
    assert stat.S_IMODE(note.stat().st_mode) == 0o600
    assert 'class="period">Fællesskaber (N-1), 1.' in text
    assert "R2.2 Sammenhæng" in text
    assert '<td class="words">2</td><td class="words">1</td>' in text
    assert '<td class="words">Opfyldt</td><td class="words">Ikke opfyldt</td>' in text
    assert "rettelser -1" in text
    assert f'<a href="N-1_{LATEST}_da.html">' in text
    assert "12-04-2025" in text
    with duckdb.connect(str(office.database), read_only=True) as published:
        assert f"Kædens hovedhash: {read_printed(published).head_hash}." in text


def test_a_restatement_from_before_it_became_final_is_in_the_sheet_and_not_in_a_note(office):
    office.publish(FIRST)
    office.write()
    office.restate()
    office.say("final")
    office.publish(SECOND)
    office.write()
    assert final_hash(office.sheet()) == SECOND
    assert not note_path(office.sheet()).exists()


def test_a_final_sheet_that_is_gone_comes_back_as_it_became_final(office):
    office.publish("00" * 32)
    office.say("final")
    office.publish(FIRST)
    office.write()
    then = office.sheet().read_bytes()
    office.figure(17.0)
    office.publish(SECOND)
    office.sheet().unlink()
    office.write()
    assert office.sheet().read_bytes() == then


def test_a_hearing_that_is_opened_again_draws_the_sheet_anew(office):
    office.say("final")
    office.publish(FIRST)
    office.write()
    office.say("heard")
    office.figure(17.0)
    office.publish(SECOND)
    office.write()
    assert final_hash(office.sheet()) is None
    assert ">17</td>" in office.sheet().read_text(encoding="utf-8")


def test_a_sheet_of_an_earlier_quarter_takes_the_state_of_its_hearing(office):
    office.publish(FIRST)
    write_dialogue_sheets(office.database, office.folder, OURS, EARLIER, "da", DAY)
    office.say("heard", EARLIER)
    office.publish(SECOND)
    assert office.write() == [office.sheet()]
    assert "Lederen er hørt" in office.sheet(EARLIER).read_text(encoding="utf-8")
    assert not office.sheet(EARLIER, "en").exists()


def test_an_earlier_sheet_whose_time_is_over_does_not_come_back(office):
    office.say("final", EARLIER)
    office.publish(FIRST)
    office.write()
    assert not office.sheet(EARLIER).parent.exists()


@pytest.mark.parametrize(
    "dates", [{"not_before": None}, {"med_discussed_on": None}, {"not_before": date(2026, 1, 1)}]
)
def test_sheets_are_taken_away_when_the_dates_no_longer_allow_them(office, dates):
    office.say("final")
    office.publish(FIRST)
    office.write()
    other = office.folder / "ANDEN" / LATEST
    other.mkdir(parents=True)
    office.publication.rows["audit.organisation"][0] |= dates
    office.publish(SECOND)
    with pytest.raises(TwoLanguageError):
        office.write()
    assert not office.sheet().parents[1].exists()
    assert other.is_dir()
