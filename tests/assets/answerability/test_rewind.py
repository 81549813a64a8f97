"""The deliveries as they were at an earlier sequence number."""

import pytest

from assets.answerability.rewind import known_at, states_at


@pytest.fixture
def story(connection, offices):
    """A file (1), a copy (2), a correction (3), the copy withdrawn (4, no delivery), a held one (5)."""
    told = (
        (1, "a.xlsx", "superseded", 3, None),
        (2, "b.xlsx", "superseded", 4, "duplicate_delivery"),
        (3, "a.xlsx", "current", None, None),
        (5, "a.xlsx", "held", None, "shrink_held"),
    )
    for sequence, path, state, superseded_by, rule in told:
        offices(
            "raw.delivery",
            sequence=sequence,
            organisation_id="aalby",
            path=path,
            sha256="0",
            bytes=1,
            received_at="2026-01-01",
            received_date="2026-01-01",
            state=state,
            superseded_by=superseded_by,
            rule=rule,
        )
    return connection


def test_what_was_superseded_later_was_current_then(story):
    assert states_at(story, 1) == [(1, "current")]


def test_a_copy_that_ended_later_was_a_duplicate_then(story):
    assert states_at(story, 3) == [(1, "superseded"), (2, "duplicate"), (3, "current")]


def test_a_withdrawal_is_known_from_its_own_number_on(story):
    assert states_at(story, 4) == [(1, "superseded"), (2, "superseded"), (3, "current")]


def test_the_moment_of_a_publication_is_found_by_what_it_was_made_of(story):
    inputs = [{"sequence": sequence, "state": state} for sequence, state in states_at(story, 3)]
    assert known_at(story, inputs) == 3


def test_a_moment_that_never_was_is_not_found(story):
    assert known_at(story, [{"sequence": 1, "state": "quarantined"}]) is None
