"""What changed since last time: from where to where, which records did it, and how sure that is."""

from datetime import date

import pytest

from assets.reports.changes_told import change_paragraphs, moved_counts, moved_shares, year_before

from .conftest import THEN


def measured(publication, value_id, day):
    """A value record of N-1 with baseline and measurement."""
    return publication.add(
        "main.value_records",
        record_key=value_id,
        value_id=value_id,
        network_id="N-1",
        date=day,
        value_type="quality",
        measure="Ventetid",
        baseline=12.0,
        measured=9.0,
    )


def plain(text):
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_a_network_that_began_is_named_as_what_made_the_number_rise(publication, read, words):
    publication.figure("networks_active", value=1.0, period=THEN).figure("networks_active", value=2.0)
    publication.network("N-2", title="Hænder, ansigt", start_date=date(2025, 2, 3))
    assert moved_counts(read(publication), words) == [
        words.pick(
            "Antallet af netværk i gang steg med ét, fra 1 til 2: »Hænder, ansigt« (N-2) startede.",
            "The number of networks running rose by one, from 1 to 2: “Hænder, ansigt” (N-2) began.",
        )
    ]


def test_measurements_that_came_and_those_that_grew_too_old_are_told_apart(publication, read, words):
    publication.figure("value_followed", value=2.0, period=THEN).figure("value_followed", value=1.0)
    for value_id, day in (
        ("V-OLD", date(2024, 2, 1)),  # within 2024Q4's twelve months, not within 2025Q1's
        ("V-OLDER", date(2024, 3, 31)),
        ("V-NEW", date(2025, 3, 31)),
        ("V-LATER", date(2025, 4, 1)),
    ):
        measured(publication, value_id, day)
    (told,) = moved_counts(read(publication), words)
    assert plain(told).endswith(
        words.pick(
            "faldt med én, fra 2 til 1: V-NEW kom til; V-OLD og V-OLDER er nu mere end 12 måneder gamle.",
            "fell by one, from 2 to 1: V-NEW came in; V-OLD and V-OLDER are now more than 12 months old.",
        )
    )


def test_two_counts_moved_by_the_same_events_tell_them_once(publication, read, words):
    for measure, before, after in (("solutions_in_use", 2.0, 3.0), ("people_reached", 100.0, 150.0)):
        publication.figure(measure, value=before, period=THEN).figure(measure, value=after)
    publication.add(
        "main.solutions", solution_id="L-1", network_id="N-1", title="Huset", idea_date=date(2024, 1, 1)
    )
    publication.add(
        "main.adoption_events", event_id="H-1", solution_id="L-1", event="adopted", date=date(2025, 1, 9)
    )
    used, reached = moved_counts(read(publication), words)
    assert words.title("Huset") + " (L-1)" in used
    assert "L-1" not in reached
    assert words.pick("af samme grund", "for the same reason") in reached


@pytest.mark.parametrize(("before", "within"), [(6.0, True), (1.0, False)])
def test_a_share_says_whether_the_difference_outgrows_its_uncertainty(
    publication, read, words, before, within
):
    publication.figure("applications_won", period=THEN, numerator=before, denominator=10.0)
    publication.figure("applications_won", numerator=7.0, denominator=10.0, lower=0.4, upper=0.9)
    (told,) = moved_shares(read(publication), words)
    assert (words.pick("inden for usikkerheden", "within the uncertainty") in told) == within
    assert words.between(0.4, 0.9) in told


def test_a_share_that_may_not_be_shown_is_not_told(publication, read, words):
    publication.figure("ownership", "owning", period=THEN, numerator=3.0, denominator=10.0)
    publication.figure("ownership", "owning", suppressed=True)
    assert moved_shares(read(publication), words) == []


def test_what_was_granted_names_the_networks_that_got_it(publication, read, words):
    publication.figure("kroner_granted_to_date", value=100_000.0, period=THEN)
    publication.figure("kroner_granted_to_date", value=150_000.0)
    publication.add(
        "main.applications",
        application_id="A-1",
        record_key="A-1",
        network_id="N-1",
        source="external",
        purpose="test",
        amount_granted=50_000,
        decided_date=date(2025, 2, 1),
        status="granted",
    )
    (told,) = moved_counts(read(publication), words)
    assert words.kroner(50_000) in told
    assert words.title("Fællesskaber") in told


def test_what_stood_still_is_one_sentence_and_a_count_is_as_sure_as_its_records(full, read, words):
    counts, *_, worth = change_paragraphs(read(full), words)
    still = words.pick(
        "Uændret er antallet af netværk i gang (6)", "Unchanged: the number of networks running (6)"
    )
    assert still in plain(counts)
    assert words.pick("så sikkert som registreringerne", "as sure as the records") in worth


def test_a_year_before_a_leap_day_is_the_last_of_february():
    assert year_before(date(2024, 2, 29)) == date(2023, 2, 28)
    assert year_before(date(2025, 3, 31)) == date(2024, 3, 31)
