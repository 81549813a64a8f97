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
    filled = {letter: _filled(frame[letter]).alias(letter) for letter in letters}
    facts = pl.DataFrame(list(filled.values()))
    totals = {letter: frame[letter].str.contains(_TOTAL).fill_null(False) for letter in letters}
    nothing = pl.Series([False]).new_from_index(0, frame.height)
    key_beside_total, is_total, has_key, is_example = nothing, nothing, nothing, nothing
    for letter in letters:
        is_total = is_total | totals[letter]
    for letter in keys:
        key_beside_total = key_beside_total | (filled[letter] & ~totals[letter])
        sentence = frame[letter].str.contains(_SENTENCE).fill_null(False)
        has_key = has_key | (filled[letter] & ~sentence)
        is_example = is_example | frame[letter].str.contains(_EXAMPLE).fill_null(False)
    count = facts.select(pl.sum_horizontal(pl.all().cast(pl.Int32)).alias("count"))["count"]
    is_note = (count == 1) & ~has_key
    marks = pl.DataFrame(
        {
            "blank": count == 0,
            "total": is_total & ~key_beside_total,
            "example": is_example,
            "note": is_note,
        }
    )
    chosen = pl.coalesce(
        pl.when(pl.col(reason)).then(pl.lit(reason)) for reason in ("blank", "total", "example", "note")
    )
    return marks.select(chosen.alias(SKIP_REASON))[SKIP_REASON]


def _filled(cells: pl.Series) -> pl.Series:
    """Whether each cell says something, by the contract's list of what is empty."""
    candidates = cells.filter(cells.str.contains(_MAYBE_EMPTY).fill_null(False)).unique().to_list()
    empty = [text for text in candidates if is_empty(text)]
    return cells.is_not_null() & ~cells.is_in(empty).fill_null(False)


def text_faults(sheet: str, rows: pl.DataFrame, letters: Iterable[str]) -> list[Fault]:
    """Control characters and text that was decoded twice, in these columns of rows that count."""
    faults = []
    for letter in letters:
        cells = rows[letter]
        suspect = rows.filter(cells.str.contains(f"{_CONTROL}|{_TWICE}").fill_null(False))
        for number, text in suspect.select(ROW_NUMBER, letter).iter_rows():
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
