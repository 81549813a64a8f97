"""What goes back after a run: a marked copy of every faulty file, a receipt for every sound one.

They stand in the home's ``marked/<organisation>/`` under the paths of the inbox. What was mended since is
removed; what says the same as before is left alone.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

import duckdb

from assets.feedback.marked_copy import EDITABLE_SUFFIXES, write_marked_copy
from assets.feedback.receipt import receipt_text
from assets.feedback.severities import Lang
from assets.feedback.told import Finding, SheetCount, cells_of, findings_of, sheets_of
from assets.publication.file_steps import write_whole
from assets.raw.archive import find_kept

INDEX = ".index.json"
FORM = 2  # of what is written; another form writes everything anew
RECEIPT = {"da": ".kvittering.txt", "en": ".receipt.txt"}
_LATEST = """
select organisation_id, path, sequence, sha256, received_at, state, coalesce(rule, ''), archived
from raw.delivery
where state in ('current', 'quarantined', 'held', 'duplicate')
qualify row_number() over (partition by organisation_id, path order by sequence desc) = 1
order by organisation_id, path
"""


@dataclass(frozen=True)
class Returned:
    """What goes back for one path.

    Attributes:
        place: Relative to the folder of marked copies; empty where nothing could be written.
        sound: A receipt was written, not a marked copy.
    """

    organisation_id: str
    path: str
    place: str
    sound: bool
    errors: int
    warnings: int
    rows_rejected: int


@dataclass
class Feedback:
    """What went back after a run.

    Attributes:
        failed: Paths whose copy could not be written, and why.
        removed: How many earlier copies and receipts no longer hold.
    """

    returned: list[Returned] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    removed: int = 0

    @property
    def marked(self) -> list[Returned]:
        """The faulty files' marked copies."""
        return [one for one in self.returned if not one.sound]


@dataclass(frozen=True)
class _Told:
    """The latest delivery of a path."""

    organisation_id: str
    path: str
    sequence: int
    sha256: str
    received_at: datetime
    state: str
    rule: str
    archived: str

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def place(self) -> Path:
        """Below the folder of marked copies: the organisation's folder once, then the path."""
        inside = self.path.removeprefix(f"{self.organisation_id}/") if self.organisation_id else self.path
        return Path(self.organisation_id or ".") / inside


def write_feedback(
    connection: duckdb.DuckDBPyConnection, *, archive: Path, marked: Path, languages: Sequence[Lang]
) -> Feedback:
    """Write what goes back for every path whose file was told of.

    Args:
        archive: Where the bytes as sent are kept.
        marked: Folder of the copies and receipts.
        languages: The first is the marked copies'; receipts are in all.
    """
    marked.mkdir(parents=True, exist_ok=True)
    writer = _Writer(connection, archive, marked, languages, _read_index(marked / INDEX))
    feedback = Feedback()
    for row in connection.execute(_LATEST).fetchall():
        told = _Told(*row)
        try:
            feedback.returned.append(writer.write(told))
        except Exception as error:  # one file that cannot be marked keeps no other from its sender
            feedback.failed[told.path] = type(error).__name__
    feedback.removed = writer.remove_others()
    return feedback


@dataclass
class _Writer:
    """Writes what goes back, path by path; ``before`` and ``now`` map a place to what it said and says."""

    connection: duckdb.DuckDBPyConnection
    archive: Path
    marked: Path
    languages: Sequence[Lang]
    before: dict[str, str]
    now: dict[str, str] = field(default_factory=dict)

    def write(self, told: _Told) -> Returned:
        """Write one path's copy or receipt, unless what stands there says the same."""
        findings = findings_of(self.connection, told.sequence)
        errors = sum(finding.severity == "error" for finding in findings)
        warnings = sum(finding.severity == "warning" for finding in findings)
        sound = not errors and not warnings
        sheets = sheets_of(self.connection, told.sequence)
        source = None if sound else _source(told, self.archive)
        target = self._target(told, sound, source)
        place = target.relative_to(self.marked).as_posix()
        mark = _fingerprint(told, findings, self.languages)
        if self.before.get(place) != mark or not target.is_file():
            if sound:
                self._write_receipt(told, target, sheets, findings)
            else:
                lang = self.languages[0]
                marks = [finding.mark(lang) for finding in findings]
                cells = partial(cells_of, self.connection, told.sequence)
                written = write_marked_copy(source, target, marks, lang, cells, name=told.name)
                place = written.relative_to(self.marked).as_posix()
        self.now[place] = mark
        rejected = sum(sheet.rejected for sheet in sheets) if told.state == "current" else 0
        return Returned(told.organisation_id, told.path, place, sound, errors, warnings, rejected)

    def _target(self, told: _Told, sound: bool, source: Path | None) -> Path:
        target = self.marked / told.place
        if sound:
            return target.with_name(target.name + RECEIPT[self.languages[0]])
        suffix = source.suffix.casefold() if source else ""
        target = target.with_suffix(suffix if suffix in EDITABLE_SUFFIXES else ".xlsx")
        if target.relative_to(self.marked).as_posix() in self.now:  # a.xls and a.csv side by side
            target = target.with_name(f"{told.name}.xlsx")
        return target

    def _write_receipt(
        self, told: _Told, target: Path, sheets: Sequence[SheetCount], findings: Sequence[Finding]
    ) -> None:
        text = receipt_text(
            self.connection,
            told.sequence,
            name=told.name,
            received_at=told.received_at,
            sheets=sheets,
            findings=findings,
            duplicate=told.state == "duplicate",
            languages=self.languages,
        )
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, text.encode())

    def remove_others(self) -> int:
        """Remove what was written before and no longer holds; how many."""
        gone = sorted(self.before.keys() - self.now.keys())
        for place in gone:
            (self.marked / place).unlink(missing_ok=True)
            _remove_empty_folders(self.marked, (self.marked / place).parent)
        write_whole(self.marked / INDEX, json.dumps(self.now, ensure_ascii=False, indent=1).encode())
        return len(gone)


def _source(told: _Told, archive: Path) -> Path | None:
    """The bytes as sent, where they may be opened: a file refused for how it is built may not."""
    opened = told.rule in ("", "shrink_held", "no_known_sheet")
    return find_kept(archive, told.sha256) if opened and told.archived != "none" else None


def _fingerprint(told: _Told, findings: Sequence[Finding], languages: Sequence[Lang]) -> str:
    said = [FORM, told.sha256, told.sequence, told.state, *languages, *(asdict(one) for one in findings)]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _read_index(path: Path) -> dict[str, str]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    inside = {str(place): str(mark) for place, mark in found.items()} if isinstance(found, dict) else {}
    return {place: mark for place, mark in inside.items() if ".." not in Path(place).parts}


def _remove_empty_folders(marked: Path, folder: Path) -> None:
    while folder != marked and marked in folder.parents:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent
