"""Which record kind a sheet holds, where its heading row is, and which column is which.

A sheet is known by its name (a CSV by its file's), else by its headings. The heading row may be any of
the first thirty, and headings may stand over two rows. What does not match is named with what it is near.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from assets.contract import Column, Kind
from assets.raw.cells import clean_text, fold_heading, heading_factor, nearest
from assets.raw.content import ROW_NUMBER, SheetText
from assets.raw.faults import Fault

HEADING_ROWS = 30
_IN_PARENTHESES = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_OTHER_UNIT = re.compile(
    r"[0-9€$£]|\b(?:mia|milliard\w*|øre|eur|euro|usd|gbp|sek|nok|tusind\w*|mill\w*|mio|tkr)\b", re.IGNORECASE
)
_AFTER_NAME = re.compile(
    r"(?:[0-9]+|q[1-4]|k[1-4]|kvartal|kvt|kopi|copy|nye?|final|endelig|rettet|opdateret|version|v|uge|den|af|til)*"
)
Row = tuple[int, Mapping[str, str]]


@dataclass(frozen=True)
class Recognition:
    """What a sheet was found to be.

    Attributes:
        kind: None where the sheet is unknown.
        heading_row: The last row of headings; none where no row holds any.
        headings: Column letter → heading as written.
        columns: Column letter → canonical name.
        multipliers: Column letter → what its heading multiplies by (``(t.kr.)``: 1000).
        refused: The rule that rejects the sheet whole, or empty.
    """

    kind: Kind | None
    heading_row: int | None = None
    headings: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    multipliers: Mapping[str, int] = field(default_factory=dict)
    refused: str = ""
    faults: tuple[Fault, ...] = ()


_HEADINGS: dict[int, tuple[Kind, Mapping[str, Column]]] = {}
_folded = lru_cache(maxsize=4096)(fold_heading)


def headings_of(kind: Kind) -> Mapping[str, Column]:
    """Folded Danish heading and folded canonical name → column."""
    if id(kind) not in _HEADINGS:  # by identity: a kind is large, and hashing it costs more than all else
        headings = {
            fold_heading(name): column for column in kind.columns for name in (column.name, column.heading)
        }
        _HEADINGS[id(kind)] = (kind, headings)
    return _HEADINGS[id(kind)][1]


def match_heading(text: str, kind: Kind) -> Column | None:
    """The column a heading names, or none; a sum of money in a unit nobody can read names none."""
    column = headings_of(kind).get(_folded(text))
    if column is not None and column.type == "money" and heading_factor(text) == 1:
        units = _IN_PARENTHESES.findall(clean_text(text))
        if any(_OTHER_UNIT.search(unit) for unit in units):
            return None
    return column


def kind_by_name(name: str, kinds: Sequence[Kind]) -> Kind | None:
    """The kind a sheet or file name says, with or without a number, a date or ``kopi`` after it."""
    folded = fold_heading(name)
    named = {fold_heading(word): kind for kind in kinds for word in (kind.sheet, kind.name)}
    if folded in named:
        return named[folded]
    folded = folded.lstrip("0123456789")
    for word in sorted(named, key=len, reverse=True):
        if folded.startswith(word) and _AFTER_NAME.fullmatch(folded.removeprefix(word)):
            return named[word]
    return None


def recognise(sheet: SheetText, kinds: Sequence[Kind]) -> Recognition:
    """What a sheet with content is; an unknown one carries ``unknown_sheet``."""
    top = sheet.frame.filter(sheet.frame[ROW_NUMBER] <= HEADING_ROWS)
    rows: list[Row] = []
    for row in top.iter_rows(named=True):
        texts = {letter: row[letter] for letter in sheet.letters if row[letter] and row[letter].strip()}
        rows.append((row[ROW_NUMBER], texts))
    named = kind_by_name(sheet.name, kinds)
    found = [_best(rows, kind) for kind in ([named] if named else kinds)]
    best = max(found, key=lambda candidate: (candidate.score, candidate.share), default=None)
    if best is None or (named is None and not best.convincing):
        near = nearest(fold_heading(sheet.name), [fold_heading(kind.sheet) for kind in kinds])
        meant = next((kind.sheet for kind in kinds if fold_heading(kind.sheet) == near), "")
        return Recognition(None, faults=(Fault("unknown_sheet", sheet.name, detail={"near": meant}),))
    return _judge(sheet, best)


@dataclass(frozen=True)
class _Candidate:
    """A kind, with the row or two rows that read most like its headings."""

    kind: Kind
    row_number: int | None
    headings: Mapping[str, str]
    score: int

    @property
    def share(self) -> float:
        """How many of the kind's required columns are there."""
        matched = {
            column.name for text in self.headings.values() if (column := match_heading(text, self.kind))
        }
        required = [column.name for column in self.kind.columns if column.required]
        return sum(name in matched for name in required) / len(required) if required else 0.0

    @property
    def convincing(self) -> bool:
        return self.score >= 2 and (self.share == 1 or (self.score >= 3 and self.share >= 0.6))


def _best(rows: Sequence[Row], kind: Kind) -> _Candidate:
    best = _Candidate(kind, None, {}, 0)
    single = [_score(texts, kind) for _, texts in rows]
    for index, (number, texts) in enumerate(rows):
        if single[index] > best.score:
            best = _Candidate(kind, number, texts, single[index])
        if index + 1 < len(rows) and single[index] + single[index + 1] and best.share < 1:
            both = _two_rows(texts, rows[index + 1][1], kind)
            score = _score(both, kind)
            if score > max(single[index], single[index + 1], best.score):
                best = _Candidate(kind, rows[index + 1][0], both, score)
    return best


def _score(texts: Mapping[str, str], kind: Kind) -> int:
    return len({column.name for text in texts.values() if (column := match_heading(text, kind))})


def _two_rows(top: Mapping[str, str], bottom: Mapping[str, str], kind: Kind) -> dict[str, str]:
    """Headings over two rows as one: a heading above may stand over several columns."""
    headings: dict[str, str] = {}
    above = ""
    for letter in sorted(top.keys() | bottom.keys(), key=lambda letter: (len(letter), letter)):
        above = top.get(letter, above)
        below = bottom.get(letter, "")
        choices = [top.get(letter, ""), below, f"{above} {below}".strip()]
        own = f"{top.get(letter, '')} {below}".strip()
        headings[letter] = next((text for text in choices if text and match_heading(text, kind)), own)
    return headings


def _judge(sheet: SheetText, best: _Candidate) -> Recognition:
    """The columns of a recognised sheet, and what is wrong with its headings."""
    kind, headings = best.kind, best.headings
    found: dict[str, list[str]] = {}
    columns: dict[str, str] = {}
    for letter, text in headings.items():
        column = match_heading(text, kind)
        if column is not None:
            found.setdefault(column.name, []).append(letter)
            columns[letter] = column.name
    unexpected = {letter: text for letter, text in headings.items() if letter not in columns}
    missing = [column for column in kind.columns if column.name not in found]
    near = _near(unexpected, missing)
    faults = [
        Fault(
            "duplicate_heading",
            sheet.name,
            best.row_number,
            letters[-1],
            headings[letters[-1]],
            {"heading": kind.column(name).heading, "columns": letters},
        )
        for name, letters in found.items()
        if len(letters) > 1
    ]
    refused = "duplicate_heading" if faults else ""
    absent = [column.heading for column in missing if column.required]
    if absent:
        refused = "missing_column"
        detail = {
            "missing": absent,
            "unexpected": list(unexpected.values()),
            "near": {unexpected[letter]: meant for letter, meant in near.items()},
        }
        faults.append(Fault("missing_column", sheet.name, best.row_number, detail=detail))
    for letter, text in unexpected.items():
        if letter in near and not absent:
            faults.append(
                Fault("near_heading", sheet.name, best.row_number, letter, text, {"meant": near[letter]})
            )
        elif not absent:
            faults.append(Fault("unknown_column", sheet.name, best.row_number, letter, text))
    factors = {letter: int(heading_factor(headings[letter])) for letter in columns}
    multipliers = {
        letter: factor
        for letter, factor in factors.items()
        if factor != 1 and kind.column(columns[letter]).type in ("money", "number")
    }
    return Recognition(kind, best.row_number, headings, columns, multipliers, refused, tuple(faults))


def _near(unexpected: Mapping[str, str], missing: Sequence[Column]) -> dict[str, str]:
    """Column letter of an unexpected heading → the missing Danish heading it is near."""
    words = {
        fold_heading(name): column.heading for column in missing for name in (column.name, column.heading)
    }
    near: dict[str, str] = {}
    for letter, text in unexpected.items():
        folded = fold_heading(text)
        meant = nearest(folded, words)
        if meant is None and len(folded) >= 4:
            meant = next(
                (word for word in words if len(word) >= 4 and (word in folded or folded in word)), None
            )
        if meant is not None:
            near[letter] = words[meant]
    return near
