"""Knowing a person in a text: by the words themselves, or by what is remembered of an erased one's."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from assets.people.keys import Keys, normal

ERASED = "(slettet)"
SHORTEST_MIXED = 3
SHORTEST_LETTERS = 4
_PIECE = re.compile(r"[^\W_]+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_WORD = re.compile(r"[^\W_]+(?:['’\-\u00ad\u200b-\u200d\u2010-\u2015\u2060][^\W_]+)*")


def form_of(text: str) -> str:
    """A text as its words, by the identifier rules and folded: the form in which words are compared."""
    return " ".join(_WORD.findall(normal(text)))


def _nominatives(form: str) -> tuple[str, ...]:
    """The form, and what it is the genitive of: ``anna jensens``, ``anna jensen's``, ``jens'``."""
    return tuple(
        dict.fromkeys((form, form.removesuffix("s"), form.removesuffix("'s"), form.removesuffix("’s")))
    )


def is_distinctive(form: str) -> bool:
    """Whether a form in running text is hardly ever anything else: no bare number, no two letters."""
    has_letter = any(character.isalpha() for character in form)
    has_digit = any(character.isdigit() for character in form)
    return has_letter and len(form) >= (SHORTEST_MIXED if has_digit else SHORTEST_LETTERS)


@dataclass
class Matcher:
    """Who is looked for.

    Attributes:
        hit: Whether a form is one of theirs.
        sizes: How many words their forms have.
        mark: What stands in a text in place of them.
        replaces: The mark is another word for them, and not what tells of an erasure.
        needles: A piece of each of them, one of which any text that names them holds; none where unknown.
    """

    hit: Callable[[str], bool]
    sizes: frozenset[int]
    mark: str = ERASED
    replaces: bool = False
    needles: tuple[str, ...] = ()
    _known: dict[str, str] = field(default_factory=dict, repr=False)

    def is_person(self, text: str | None) -> bool:
        """Whether the text is one of them, whole."""
        form = form_of(text or "")
        return bool(form) and form.count(" ") + 1 in self.sizes and self.hit(form)

    def in_key(self, key: str | None) -> bool:
        """Whether a part of a record's key is one of them."""
        return any(self.is_person(part) for part in (key or "").split("/"))

    def within(self, text: str | None) -> bool:
        """Whether one of them stands in the text."""
        return text is not None and self.without(text) != text

    def without(self, text: str) -> str:
        """The text with each of them replaced by a mark that says something was erased."""
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = self._replaced(text)
        return known

    def _replaced(self, text: str) -> str:
        if not self.sizes or not self._worth_a_look(text):
            return text
        out, after = [], 0
        for first, last in self._places(text):
            out += [text[after:first], self.mark]
            after = last
        return "".join(out) + text[after:]

    def _worth_a_look(self, text: str) -> bool:
        """Nearly every text holds no piece of a name: it is passed by in one look."""
        if not self.needles:
            return True
        plain = text if text.isascii() else _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
        folded = plain.casefold()
        return any(needle in folded for needle in self.needles)

    def _places(self, text: str) -> Iterator[tuple[int, int]]:
        words = list(_WORD.finditer(text))
        at = 0
        while at < len(words):
            for size in sorted(self.sizes, reverse=True):
                last = at + size - 1
                if last < len(words):
                    first_letter, past = words[at].start(), words[last].end()
                    form = form_of(text[first_letter:past])
                    if any(is_distinctive(one) and self.hit(one) for one in _nominatives(form)):
                        yield first_letter, past
                        at = last
                        break
            at += 1


def matcher_of(words: Iterable[str], instead: str = "") -> Matcher:
    """Looks for these ids and names; ``instead`` is the word to stand in their place, if one is."""
    forms = frozenset(form_of(word) for word in words) - {""}
    needles = {max(_PIECE.findall(form), key=len) for form in forms}
    return Matcher(
        forms.__contains__,
        sizes_of(forms),
        instead or ERASED,
        replaces=bool(instead),
        needles=tuple(sorted(needles)),
    )


def sizes_of(forms: Iterable[str]) -> frozenset[int]:
    """How many words the forms have."""
    return frozenset(form.count(" ") + 1 for form in forms)


def tombstones_of(keys: Keys, organisation: str, words: Iterable[str]) -> list[dict[str, str | int]]:
    """What is remembered of an erased person: a keyed hash and a number of words for each id and name."""
    forms = sorted({form_of(word) for word in words} - {""})
    return [
        {
            "organisation": organisation,
            "words": form.count(" ") + 1,
            "hash": _hash(keys, organisation, form),
            "key": keys.tombstone_key_id,
        }
        for form in forms
    ]


def matcher_of_tombstones(
    keys: Keys | None, organisation: str, tombstones: Collection[Mapping[str, str | int]]
) -> Matcher | None:
    """Looks for everybody erased from an organisation; None where nobody was."""
    own = [one for one in tombstones if one["organisation"] == organisation]
    if not own or keys is None:
        return None
    hashes = frozenset(str(one["hash"]) for one in own)
    known: dict[str, bool] = {}

    def hit(form: str) -> bool:
        if form not in known:
            known[form] = _hash(keys, organisation, form) in hashes
        return known[form]

    return Matcher(hit, frozenset(int(one["words"]) for one in own))


def _hash(keys: Keys, organisation: str, form: str) -> str:
    return keys.tombstone_of(organisation, "words", form)
