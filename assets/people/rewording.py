"""Correcting a word about a person wherever it stands: a name, initials or an address in any text.

As in an erasure every layer is taken in turn, also the archive's copies, the publications kept and the
reports, and what was touched is sealed; but the new word stands where the old one stood, and no row goes.
"""

from collections.abc import Sequence

from assets.home import Home
from assets.people.correction import CorrectionError, check_word, record_words
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
    short = [word for word in words if not is_distinctive(form_of(word))]
    if short or not words:
        raise CorrectionError(
            "Ord på under fire bogstaver (tre med et tal) kendes ikke sikkert i en tekst; ret cellen i "
            "stedet.",
            "Words of less than four letters (three with a digit) are not known for sure in a text; correct "
            "the cell instead.",
        )
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
