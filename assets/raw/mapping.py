"""Mapping files: a foreign list read as one of our kinds, by a YAML file that lies beside it.

``<file>.mapping.yaml`` speaks of that file, ``_mapping.yaml`` of every file in its folder. It renames
headings, maps values, sets constants, and says how dates and numbers are written. The cells as written stay
in ``raw``; what the mapping makes of them stands beside, under letters no spreadsheet has (``f_1`` for column
F, ``_1`` for a constant), so that a finding points at the sender's own cell. Form: ``docs/intake.md``.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from assets.contract import Column, Kind
from assets.raw.archive import file_hash
from assets.raw.cells import (
    CellError,
    fold_heading,
    fold_label,
    nearest,
    read_date,
    read_enum,
    read_identifier,
    read_integer,
    read_number,
)
from assets.raw.content import ROW_NUMBER, SheetText
from assets.raw.faults import Fault
from assets.raw.headings import HEADING_ROWS, Recognition, match_heading
from assets.raw.mapping_forms import date_reader, number_reader
from assets.raw.source_rows import SKIP_REASON

SUFFIX = ".mapping.yaml"
SHARED = "_mapping.yaml"
LARGEST = 200_000
_EXTRA = re.compile(r"([a-z]*)_[0-9]+")
Texts = tuple[str, str]


@dataclass(frozen=True)
class SheetMapping:
    """How one sheet is read.

    Attributes:
        sheet: Its name (a CSV file's stem), or ``*`` for any.
        columns: Canonical name → heading in the file.
        values: Canonical name → their value, folded → ours.
        constants: Canonical name → what every row has.
        dates, numbers: Canonical name → the form of its cells.
        level_from: The column that names the superior, where ``level`` is the depth below the top.
    """

    sheet: str
    kind: Kind
    heading_row: int | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    dates: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)
    level_from: str = ""

    @property
    def provided(self) -> set[str]:
        """Canonical names that need no heading in the file."""
        return set(self.constants) | ({"level"} if self.level_from else set())


@dataclass(frozen=True)
class MappingFile:
    """A mapping file as found: its bytes' hash, its sheets, and what is wrong with it (Danish, English)."""

    path: Path
    name: str
    sha256: str
    sheets: tuple[SheetMapping, ...] = ()
    problems: tuple[Texts, ...] = ()

    def for_sheet(self, name: str) -> SheetMapping | None:
        """The mapping of a sheet: the one that names it, else the one for any."""
        folded = fold_heading(name)
        named = [sheet for sheet in self.sheets if fold_heading(sheet.sheet) == folded and folded]
        return next(iter(named), next((sheet for sheet in self.sheets if sheet.sheet == "*"), None))


def mapping_for(path: Path, name: str | None = None) -> MappingFile | None:
    """The mapping file that speaks of a file, read and judged; none where there is none.

    Args:
        name: The file's name as sent, where that is not the path's.
    """
    from assets.raw.mapping_file import load

    name = name or path.name
    if name.startswith("_"):  # the settings workbook is never a foreign list
        return None
    for beside in mapping_names(path):
        place = path.with_name(beside)
        if place.is_file() and not place.is_symlink():
            data = place.read_bytes()
            sheets, problems = load(data) if len(data) <= LARGEST else ([], [_TOO_LARGE])
            return MappingFile(
                place, beside, hashlib.sha256(data).hexdigest(), tuple(sheets), tuple(problems)
            )
    return None


@dataclass(frozen=True)
class Said:
    """What a file says: its bytes and the mapping file they are read by; ``both`` tells it from all else."""

    sha256: str
    mapping: MappingFile | None

    @property
    def both(self) -> str:
        """The same bytes read by another mapping say something new."""
        return f"{self.sha256}+{self.mapping.sha256}" if self.mapping else self.sha256


def what_is_said(path: Path, name: str) -> Said:
    """What a file says. Raises ``OSError`` where it cannot be read."""
    return Said(file_hash(path), mapping_for(path, name))


def mapping_names(path: Path) -> tuple[str, ...]:
    """The names a mapping file that speaks of a file may have, the one that counts first."""
    return (f"{path.name}{SUFFIX}", f"{path.stem}{SUFFIX}", SHARED)


_TOO_LARGE = (f"den er større end {LARGEST} byte", f"it is larger than {LARGEST} bytes")


def is_mapping(name: str) -> bool:
    """Whether a file of this name is a mapping file."""
    return name == SHARED or name.casefold().endswith(SUFFIX)


def shown_letter(letter: str) -> str:
    """The letter of the sender's own column: ``F`` for ``f_1``; empty for a constant."""
    extra = _EXTRA.fullmatch(letter)
    return extra[1].upper() if extra else letter


def recognise_mapped(sheet: SheetText, mapping: SheetMapping) -> Recognition:
    """The sheet as its mapping file says it is; one that lacks a heading the mapping names is refused."""
    kind = mapping.kind
    number, headings = _heading_row(sheet, mapping)
    by_folded: dict[str, list[str]] = {}
    for letter, text in headings.items():
        by_folded.setdefault(fold_heading(text), []).append(letter)
    columns: dict[str, str] = {}
    missing: list[str] = []
    for name, heading in mapping.columns.items():
        letters = by_folded.get(fold_heading(heading), [])
        if letters:
            columns.setdefault(letters[0], name)
        else:
            missing.append(heading)
    taken = set(mapping.columns) | mapping.provided
    for letter, text in headings.items():
        column = match_heading(text, kind)
        if column is not None and letter not in columns and column.name not in taken:
            columns[letter] = column.name
            taken.add(column.name)
    missing += [column.heading for column in kind.columns if column.required and column.name not in taken]
    unexpected = [text for letter, text in headings.items() if letter not in columns]
    faults = []
    if missing:
        near = {text: meant for text in unexpected if (meant := nearest(text, missing))}
        detail = {"missing": missing, "unexpected": unexpected[:20], "near": near}
        faults.append(Fault("missing_column", sheet.name, number, detail=detail))
    else:
        faults = [
            Fault("unknown_column", sheet.name, number, letter, text)
            for letter, text in headings.items()
            if letter not in columns
        ]
    refused = "missing_column" if missing else ""
    return Recognition(kind, number, headings, columns, {}, refused, tuple(faults))


def _heading_row(sheet: SheetText, mapping: SheetMapping) -> tuple[int, dict[str, str]]:
    """The row with most of the mapped headings, or the one the mapping names."""
    wanted = {fold_heading(heading) for heading in mapping.columns.values()}
    best: tuple[int, int, dict[str, str]] = (-1, 1, {})
    for row in sheet.frame.filter(
        sheet.frame[ROW_NUMBER] <= max(HEADING_ROWS, mapping.heading_row or 0)
    ).rows(named=True):
        texts = {letter: row[letter] for letter in sheet.letters if row[letter] and row[letter].strip()}
        score = len(wanted & {fold_heading(text) for text in texts.values()})
        if mapping.heading_row is not None:
            score = int(row[ROW_NUMBER] == mapping.heading_row)
        if score > best[0]:
            best = (score, row[ROW_NUMBER], texts)
    return best[1], best[2]


def apply_mapping(
    rows: pl.DataFrame, found: Recognition, mapping: SheetMapping
) -> tuple[pl.DataFrame, dict[str, str]]:
    """The rows with what the mapping makes of them beside, and letter → canonical name.

    Skipped rows get nothing.
    """
    if found.refused:
        return rows, dict(found.columns)
    columns = dict(found.columns)
    counts = pl.col(SKIP_REASON).is_null()
    letter_of = {fold_heading(text): letter for letter, text in reversed(list(found.headings.items()))}
    more: list[pl.Series] = []
    numbers: dict[str, int] = {}

    def add(letter: str, name: str, texts: pl.Series) -> None:
        numbers[letter] = numbers.get(letter, 0) + 1
        extra = f"{letter.lower()}_{numbers[letter]}"
        more.append(texts.alias(extra))
        if columns.get(letter) == name:
            del columns[letter]
        columns[extra] = name

    for name, heading in mapping.columns.items():
        letter = letter_of[fold_heading(heading)]
        reader = _reader(mapping, name)
        if reader is not None or columns.get(letter) != name:
            add(letter, name, _each(rows[letter], reader))
    for letter, name in list(columns.items()):
        reader = _reader(mapping, name) if name not in mapping.columns and letter in rows.columns else None
        if reader is not None:
            add(letter, name, _each(rows[letter], reader))
    for name, text in mapping.constants.items():
        add("", name, pl.Series([text], dtype=pl.String).new_from_index(0, rows.height))
    rows = rows.with_columns(more)
    if mapping.level_from:
        texts = {name: rows[letter] for letter, name in columns.items()}
        levels = _levels(rows[SKIP_REASON], texts["person_id"], texts[mapping.level_from])
        add("", "level", levels)
        rows = rows.with_columns(more[-1])
    blanked = [pl.when(counts).then(pl.col(text.name)).alias(text.name) for text in more]
    return rows.with_columns(blanked), columns


def _reader(mapping: SheetMapping, name: str) -> Callable[[str], str] | None:
    """What the mapping does to one cell of a column; none where it does nothing."""
    if name in mapping.values:
        values = mapping.values[name]
        return lambda text: values.get(fold_label(text), text)
    if name in mapping.dates:
        return date_reader(mapping.dates[name])
    if name in mapping.numbers:
        return number_reader(mapping.numbers[name])
    return None


def _each(cells: pl.Series, reader: Callable[[str], str] | None) -> pl.Series:
    if reader is None:
        return cells
    texts = {text: reader(text) for text in cells.drop_nulls().unique().to_list()}
    return cells.replace_strict(list(texts), list(texts.values()), default=None, return_dtype=pl.String)


def _levels(skipped: pl.Series, people: pl.Series, superiors: pl.Series) -> pl.Series:
    """Depth below the top by reporting lines, 1 for who reports to nobody in the sheet.

    Empty below the fifth level, and for those who report round in a circle.
    """
    ids = [read_identifier(text) if text else "" for text in people.to_list()]
    above = [read_identifier(text) if text else "" for text in superiors.to_list()]
    counted = skipped.is_null().to_list()
    superior = {one: other for one, other, counts in zip(ids, above, counted, strict=True) if counts and one}
    levels: list[str | None] = []
    for person in ids:
        seen: set[str] = set()
        at = person
        while at in superior and at not in seen:
            seen.add(at)
            at = superior[at]
        levels.append(str(len(seen)) if seen and at not in seen and len(seen) <= 5 else None)
    return pl.Series(levels, dtype=pl.String)


def constant_fault(column: Column, text: str) -> str:
    """Why a constant cannot stand in a column: a rule of the contract, or empty."""
    try:
        match column.type:
            case "date":
                read_date(text)
            case "enum":
                read_enum(text, column.choices)
            case "integer":
                value: object = read_integer(text)
            case "money" | "number":
                value = read_number(text)
    except CellError as error:
        return error.rule
    if column.type in ("integer", "money", "number"):
        low, high = column.minimum, column.maximum
        if (low is not None and value < low) or (high is not None and value > high):  # type: ignore[operator]
            return "range"
    return ""


def problem_fault(mapping: MappingFile) -> Fault:
    """The fault of a file whose mapping file cannot be used."""
    return Fault(
        "unreadable",
        detail={
            "reason": "mapping",
            "mapping": mapping.name,
            "problems_da": [da for da, _ in mapping.problems[:10]],
            "problems_en": [en for _, en in mapping.problems[:10]],
        },
    )
