"""What a warehouse says of each delivery: its sheets, its rows, its findings, and the cells around one."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import duckdb

from assets.accepted.findings import SILENT_KINDS
from assets.contract import KIND_BY_NAME, Kind
from assets.feedback.findings_sheet import Mark
from assets.feedback.marked_copy import SheetCells
from assets.feedback.severities import Lang
from assets.raw.addresses import column_index
from assets.raw.mapping import shown_letter
from assets.settings_contract import SETTINGS_BY_NAME

_KINDS: Mapping[str, Kind] = KIND_BY_NAME | SETTINGS_BY_NAME
_NEIGHBOURS = 1  # columns on either side of the cell at fault
_MOST_COLUMNS = 6


@dataclass(frozen=True)
class Finding:
    """One finding, as ``accepted.finding`` has it."""

    sheet: str
    row_number: int | None
    kind: str
    heading: str
    cell: str
    value: str
    rule: str
    severity: str
    message_da: str
    message_en: str

    def message(self, lang: Lang) -> str:
        """The message in one language."""
        return self.message_da if lang == "da" else self.message_en

    def mark(self, lang: Lang) -> Mark:
        """The finding as a marked copy shows it."""
        return Mark(
            self.sheet,
            self.row_number,
            self.cell,
            self.heading,
            self.value,
            self.rule,
            self.severity,
            self.message(lang),
        )


@dataclass(frozen=True)
class SheetCount:
    """A sheet and the four numbers of its rows; ``kind`` is empty for an unknown one."""

    sheet: str
    kind: str
    read: int
    accepted: int
    rejected: int
    skipped: int


@dataclass(frozen=True)
class Context:
    """The row of headings and the rows around a finding, in the columns that matter.

    Attributes:
        columns: (letter, heading).
        rows: (row number, text by letter).
        marked: The letter of the cell at fault; empty for a row.
    """

    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[int, Mapping[str, str]], ...]
    marked: str


def findings_of(connection: duckdb.DuckDBPyConnection, sequence: int) -> list[Finding]:
    """The open findings of one delivery: errors first, then in order of sheet and row."""
    rows = connection.execute(
        """
        select
            coalesce(f.sheet, ''), f.row_number, coalesce(f.kind, ''), coalesce(f.heading, ''),
            coalesce(f.cell, ''), coalesce(f.value, ''), f.rule, f.severity, f.message_da, f.message_en
        from accepted.finding as f
        left join raw.sheet as s on f.delivery_sequence = s.delivery_sequence and f.sheet = s.sheet
        where f.delivery_sequence = ? and not f.waived
        order by
            case f.severity when 'error' then 0 when 'warning' then 1 else 2 end,
            s.sheet_position nulls first, f.row_number nulls first, f.cell, f.rule
        """,
        [sequence],
    ).fetchall()
    return [Finding(*row) for row in rows]


def sheets_of(connection: duckdb.DuckDBPyConnection, sequence: int) -> list[SheetCount]:
    """The sheets of one delivery with the four numbers of each."""
    rows = connection.execute(
        """
        select
            s.sheet,
            coalesce(s.kind, ''),
            cast(coalesce(s.rows_read, 0) as bigint),
            (
                select count(*) from raw.source_row as r
                where r.delivery_sequence = s.delivery_sequence and r.sheet = s.sheet
                    and r.kind is not null and r.skip_reason is not null
            )
        from raw.sheet as s
        where s.delivery_sequence = ?
        order by s.sheet_position
        """,
        [sequence],
    ).fetchall()
    counts = []
    for sheet, kind, read, skipped in rows:
        accepted = _accepted(connection, sequence, sheet, kind)
        rejected = read - skipped - accepted if kind else 0
        counts.append(SheetCount(sheet, kind, read, accepted, rejected, skipped))
    return counts


def _accepted(connection: duckdb.DuckDBPyConnection, sequence: int, sheet: str, kind: str) -> int:
    if kind not in _KINDS:
        return 0
    table = f"accepted.{kind}" if kind in KIND_BY_NAME else f"settings.{kind}"
    row = connection.execute(
        f"select count(*) from {table} where delivery_sequence = ? and sheet = ?", [sequence, sheet]
    ).fetchone()
    return int(row[0]) if row else 0


def cells_of(connection: duckdb.DuckDBPyConnection, sequence: int) -> Iterator[SheetCells]:
    """Every cell of a delivery as it was read, headings and what stands above them too."""
    sheets = connection.execute(
        "select sheet, heading_row, cast(headings as varchar), cast(above as varchar) from raw.sheet "
        "where delivery_sequence = ? order by sheet_position",
        [sequence],
    ).fetchall()
    for sheet, heading_row, headings, above in sheets:
        top = {int(number): _own(cells) for number, cells in json.loads(above or "{}").items()}
        if heading_row is not None:
            top[heading_row] = _own(json.loads(headings or "{}"))
        rows = connection.execute(
            "select row_number, cast(cells as varchar) from raw.source_row "
            "where delivery_sequence = ? and sheet = ? order by row_number",
            [sequence, sheet],
        ).fetchall()
        below = ((number, _own(json.loads(cells))) for number, cells in rows)
        yield SheetCells(sheet, chain(sorted(top.items()), below))


def _own(cells: Mapping[str, str]) -> dict[str, str]:
    """The cells that stand in the file: what a mapping file put beside them has other letters."""
    return {letter: text for letter, text in cells.items() if letter.isascii() and letter.isupper()}


def context_of(connection: duckdb.DuckDBPyConnection, sequence: int, finding: Finding) -> Context | None:
    """The heading row and the rows around a finding; none for a finding of no row.

    Shown are the columns of the key, the cell at fault and its neighbours; never names and notes, and
    nothing of anonymous answers. Of headings that do not fit, the row of headings alone.
    """
    if finding.row_number is None or finding.kind in SILENT_KINDS:
        return None
    sheet = connection.execute(
        "select heading_row, cast(headings as varchar), cast(columns as varchar) from raw.sheet "
        "where delivery_sequence = ? and sheet = ?",
        [sequence, finding.sheet],
    ).fetchone()
    if sheet is None:
        return None
    headings, columns = _own(json.loads(sheet[1] or "{}")), json.loads(sheet[2] or "{}")
    marked = finding.cell.rstrip("0123456789")
    if finding.rule == "missing_column":
        return _headings_alone(headings, columns)
    letters = _letters_shown(finding.kind, headings, columns, marked)
    rows = connection.execute(
        "select row_number, cast(cells as varchar) from raw.source_row where delivery_sequence = ? "
        "and sheet = ? and row_number between ? and ? order by row_number",
        [sequence, finding.sheet, finding.row_number - 1, finding.row_number + 1],
    ).fetchall()
    if not letters or not rows:
        return None
    return Context(
        tuple((letter, headings.get(letter, "")) for letter in letters),
        tuple((number, _own(json.loads(cells))) for number, cells in rows),
        marked,
    )


def _headings_alone(headings: Mapping[str, str], columns: Mapping[str, str]) -> Context:
    """The headings nobody knows, one of which may be the one that lacks, with their neighbours; no cells."""
    letters = sorted(headings, key=column_index)
    known = {shown_letter(letter) for letter in columns}
    unknown = [at for at, letter in enumerate(letters) if letter not in known]
    near = sorted({at + step for at in unknown for step in (0, -1, 1) if 0 <= at + step < len(letters)})
    shown = [letters[at] for at in (near or range(len(letters)))][:_MOST_COLUMNS]
    return Context(tuple((letter, headings[letter]) for letter in shown), (), "")


def _letters_shown(
    kind_name: str, headings: Mapping[str, str], columns: Mapping[str, str], marked: str
) -> Sequence[str]:
    kind = _KINDS.get(kind_name)
    if kind is None:
        return []
    private = {column.name for column in kind.columns if column.descriptive}
    keys = set(kind.key)
    if kind_name != "people" and columns.get(marked) in private:
        private.discard(columns[marked])
    name_of = {shown_letter(letter): name for letter, name in columns.items()}
    shown = [letter for letter in headings if name_of.get(letter) not in private]
    shown.sort(key=column_index)
    chosen = [letter for letter in shown if name_of.get(letter) in keys]
    if marked in shown:
        at = shown.index(marked)
        chosen += shown[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS + 1]
    unique = sorted(set(chosen), key=column_index)
    if len(unique) > _MOST_COLUMNS:
        near = sorted(unique, key=lambda letter: abs(column_index(letter) - column_index(marked or "A")))
        unique = sorted(near[:_MOST_COLUMNS], key=column_index)
    return unique
