"""The rows below a sheet's headings: which count, which are skipped, and what is wrong with their cells.

Blank rows, totals, notes and examples are skipped; everything else is read. A note is a row with one
filled cell and no key; a sentence of three words or more is no key even where it stands in a key column.
"""

from collections.abc import Iterable, Sequence

import polars as pl

from assets.raw.cells import is_empty
from assets.raw.content import FIELD_COUNT, ROW_NUMBER, Cell, SheetText
from assets.raw.faults import Fault
from assets.raw.headings import Recognition

SKIP_REASON = "skip_reason"
_MAYBE_EMPTY = r"^(?:[^\p{L}\p{N}]*|[^\p{L}\p{N}]*(?i:n/a|ved\s+ikke)[^\p{L}\p{N}]*)$"
_TOTAL = r"^(?i:\s*(?:sum|i\s?alt|total)(?:\s+(?:i\s?alt|kr\.?|dkk|20\d\d))?\s*[:.]?\s*)$"
_SENTENCE = r"\S+\s+\S+\s+\S+"
_EXAMPLE = r"^\s*(?i:eksempel)"
_CONTROL = "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f]"
# UTF-8 read as Windows-1252: Ã or Â and what the second byte of a letter became; and letters lost for good.
_TWICE = "[ÃÂ][\u0080-\u00bfŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]|â€|ï»¿|\ufffd"


def skipped_rows(frame: pl.DataFrame, letters: Sequence[str], found: Recognition) -> pl.Series:
    """Why each row is skipped: ``blank``, ``total``, ``note``, ``example``, or null for a row that counts."""
    assert found.kind is not None
    key_names = found.kind.key or ("network_id",)
    keys = [letter for letter, name in found.columns.items() if name in key_names and letter in letters]
    if frame.is_empty() or not letters:
        return pl.Series(SKIP_REASON, ["blank"] * frame.height, dtype=pl.String)
    empty = _empty_texts(frame, letters)

    def filled(letter: str) -> pl.Expr:
        return pl.col(letter).is_not_null() & ~pl.col(letter).is_in(empty).fill_null(False)

    def says(letter: str, pattern: str) -> pl.Expr:
        return pl.col(letter).str.contains(pattern).fill_null(False)

    nothing = pl.lit(False)
    count = pl.sum_horizontal(filled(letter).cast(pl.Int32) for letter in letters)
    is_total = pl.any_horizontal(says(letter, _TOTAL) for letter in letters)
    key_beside_total = pl.any_horizontal(nothing, *(filled(at) & ~says(at, _TOTAL) for at in keys))
    has_key = pl.any_horizontal(nothing, *(filled(at) & ~says(at, _SENTENCE) for at in keys))
    reasons = {
        "blank": count == 0,
        "total": is_total & ~key_beside_total,
        "example": pl.any_horizontal(nothing, *(says(letter, _EXAMPLE) for letter in keys)),
        "note": (count == 1) & ~has_key,
    }
    chosen = pl.coalesce(pl.when(applies).then(pl.lit(reason)) for reason, applies in reasons.items())
    return frame.select(chosen.alias(SKIP_REASON))[SKIP_REASON]


def _empty_texts(frame: pl.DataFrame, letters: Sequence[str]) -> list[str]:
    """Every text of the frame that says nothing, by the contract's list of what is empty."""
    candidates = frame.select(
        pl.col(letter).filter(pl.col(letter).str.contains(_MAYBE_EMPTY)).unique().implode()
        for letter in letters
    )
    return sorted({text for texts in candidates.row(0) for text in texts or () if is_empty(text)})


def text_faults(sheet: str, rows: pl.DataFrame, letters: Iterable[str]) -> list[Fault]:
    """Control characters and text that was decoded twice, in these columns of rows that count."""
    letters = list(letters)
    suspects = {
        letter: pl.col(letter).str.contains(f"{_CONTROL}|{_TWICE}").fill_null(False) for letter in letters
    }
    rows = rows.filter(pl.any_horizontal(pl.lit(False), *suspects.values()))
    if rows.is_empty():
        return []
    faults = []
    for letter in letters:
        for number, text in rows.filter(suspects[letter]).select(ROW_NUMBER, letter).iter_rows():
            codes = [character for character in text if _is_control(character)]
            if codes:
                detail = {"code": f"U+{ord(codes[0]):04X}"}
                faults.append(Fault("control_character", sheet, number, letter, _visible(text), detail))
            else:
                faults.append(Fault("mojibake", sheet, number, letter, text))
    return faults


def _is_control(character: str) -> bool:
    return (character < " " and character not in "\t\n\r") or "\x7f" <= character <= "\x9f"


def _visible(text: str) -> str:
    """The text with each control character replaced by the sign that stands for one."""
    return "".join("\ufffd" if _is_control(character) else character for character in text)


def cell_faults(
    rule: str, sheet: str, cells: Iterable[Cell], texts: pl.DataFrame | None = None
) -> list[Fault]:
    """One fault of a rule a cell; the value from the frame where one is given."""
    given: dict[Cell, str] = {}
    cells = list(cells)
    if texts is not None and cells:
        wanted = texts.filter(pl.col(ROW_NUMBER).is_in([row for row, _ in cells]))
        for row in wanted.iter_rows(named=True):
            given |= {(row[ROW_NUMBER], name): value for name, value in row.items() if isinstance(value, str)}
    return [Fault(rule, sheet, row, letter, given.get((row, letter), "")) for row, letter in cells]


def ragged_faults(sheet: SheetText, heading_row: int, rows: pl.DataFrame) -> list[Fault]:
    """Rows of a CSV with other than the headings' number of fields, empty fields at the end aside."""
    if FIELD_COUNT not in sheet.frame.columns:
        return []
    heading = sheet.frame.filter(pl.col(ROW_NUMBER) == heading_row)
    expected = int(heading[FIELD_COUNT][0])
    faults = []
    beyond = sheet.letters[expected:]
    extra = pl.any_horizontal(pl.col(beyond).is_not_null()) if beyond else pl.lit(False)
    wrong = (
        sheet.frame.join(rows.select(ROW_NUMBER), on=ROW_NUMBER, how="semi")
        .filter((pl.col(FIELD_COUNT) < expected) | extra)
        .select(ROW_NUMBER, FIELD_COUNT)
    )
    for number, fields in wrong.iter_rows():
        faults.append(
            Fault("ragged_row", sheet.name, number, detail={"fields": fields, "expected": expected})
        )
    return faults
