"""Correcting a word about a person wherever it stands: a name, initials or an address in any text.

As in an erasure every layer is taken in turn, also the archive's copies, the publications kept and the
reports, and what was touched is sealed; but the new word stands where the old one stood, and no row goes.

A correction that is lifted was a mistake. What it wrote is then as wrong in the archive and in the
publications as it is in the next report, so the old word is put back in every layer too. It is the word that
comes back, not the sender's bytes: a kept file stays a copy, and each publication says both entries.
"""

from collections.abc import Sequence

from assets.home import Home
from assets.people.correction import (
    CorrectionError,
    check_word,
    lift_correction,
    made_together,
    record_words,
)
from assets.people.erase import Erasure, Progress, redact_home
from assets.people.matching import form_of, is_distinctive
from assets.people.person import Person
from assets.warehouse import open_warehouse


def reword(
    home: Home,
    person: Person,
    words: Sequence[str],
    value: str,
    *,
    reason: str,
    who: str,
    progress: Progress = lambda da, en: None,
) -> tuple[int, Erasure]:
    """Let other words about a person stand everywhere; the correction's number, and what was touched.

    The warehouse is held by the caller. What is read later is corrected as it is read.

    Args:
        words: As they stand now.
        value: As they are to stand.

    Raises:
        CorrectionError: A word is too short to be known in a text, or the new one has a character that a
            text cannot hold; nothing is changed.
    """
    check_word(value)
    _check_known(words)
    looked_for = Person(person.organisation, (), tuple(words))
    done = redact_home(home, looked_for, reason="correction", progress=progress, instead=value)
    with open_warehouse(home.warehouse_file) as connection:
        number = record_words(
            connection,
            organisation=person.organisation,
            person_id=person.ids[0],
            words=words,
            value=value,
            reason=reason,
            who=who,
        )
    return number, done


def lift(
    home: Home, number: int, *, back_to: str = "", progress: Progress = lambda da, en: None
) -> tuple[tuple[int, ...], Erasure | None]:
    """Lift a correction; of a name both halves. The numbers lifted, and what was touched, if words were.

    The warehouse is held by the caller. A cell says again what its sender wrote; words that were written for
    others give way to the old ones, wherever they stand.

    Args:
        back_to: Which of several old words is to stand; not asked for where there was one.

    Raises:
        CorrectionError: No such correction holds, a later one rests on it, or it cannot be told which old
            word is to come back; nothing is changed.
    """
    with open_warehouse(home.warehouse_file) as connection:
        together = made_together(connection, number)
    done = None
    for one in together:
        if one.words:
            old = _old_word(one.words, back_to)
            check_word(old)
            _check_known([one.value])
            written = Person(one.organisation, (), (one.value,))
            done = redact_home(home, written, reason="correction", progress=progress, instead=old)
    with open_warehouse(home.warehouse_file) as connection:
        for one in together:
            lift_correction(connection, one.number)
    return tuple(sorted(one.number for one in together)), done


def _old_word(words: Sequence[str], back_to: str) -> str:
    if back_to or len(words) > 1:
        meant = [word for word in words if form_of(word) == form_of(back_to)]
        if not meant:
            raise CorrectionError(
                "Rettelsen skrev om på flere ord; sig, hvilket af dem der skal stå, med --back-to.",
                "The correction rewrote several words; say which of them is to stand, by --back-to.",
            )
        return meant[0]
    return words[0]


def _check_known(words: Sequence[str]) -> None:
    if not words or not all(is_distinctive(form_of(word)) for word in words):
        raise CorrectionError(
            "Ord på under fire bogstaver (tre med et tal) kendes ikke sikkert i en tekst; ret cellen i "
            "stedet.",
            "Words of less than four letters (three with a digit) are not known for sure in a text; correct "
            "the cell instead.",
        )
