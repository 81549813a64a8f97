"""Taking in what lies in the inbox: each file kept, read, recorded; one bad file stops no other.

Every delivery is one transaction, after its bytes are safe in the archive: a process killed at any
moment leaves whole deliveries and nothing else, and the next run takes in the rest.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import duckdb

from assets.raw import archive as kept
from assets.raw import deliveries
from assets.raw.ahead import ReadAhead
from assets.raw.blanking import blanked_suffix, may_hold_cpr
from assets.raw.declared import declared_in
from assets.raw.deliveries import Delivery, Key, Standing
from assets.raw.erased import Erased
from assets.raw.faults import Fault, RefusedError
from assets.raw.inbox import InboxFile, InboxScan, is_unchanged, scan_inbox, undeclared
from assets.raw.limits import Limits
from assets.raw.mapping import MappingFile, Said, what_is_said
from assets.raw.outcome import Intake, Outcome
from assets.raw.reading import FileReading, read_file
from assets.raw.tables import create_raw_tables
from assets.settings_contract import SETTINGS_FILE

_HOPELESS = ("time", "memory", "crash")


def take_in(
    connection: duckdb.DuckDBPyConnection,
    *,
    archive: Path,
    inbox: Path,
    received_at: datetime,
    default_organisation: str,
    declared: frozenset[str],
    organisation: str | None = None,
    accept_shrink: bool = False,
    limits: Limits | None = None,
    progress: Callable[[str], None] | None = None,
    erased: Erased | None = None,
) -> Intake:
    """Bring ``raw`` up to what lies in the inbox.

    Args:
        received_at: The moment of receipt, with its time zone.
        declared: Organisations the settings declare; empty where they declare none. A settings workbook
            that is new in this inbox is asked first.
        organisation: Take in only this organisation's files.
        accept_shrink: A withdrawal or shrink of more than a fifth is confirmed.
        progress: Told each path before it is read.
        erased: Takes people who were erased out of a file that names them still.

    Raises:
        OSError: The inbox cannot be read or the archive not written; whole deliveries stand.
    """
    limits = limits or Limits()
    create_raw_tables(connection)
    kept.clear_leftovers(archive)
    with ReadAhead(limits) as reader:
        reader.start()  # it starts while the inbox is looked through
        scan = scan_inbox(inbox, default_organisation, organisation)
        run = _Run(
            connection,
            archive=archive,
            received_at=received_at,
            organisation=organisation,
            accept_shrink=accept_shrink,
            reader=reader,
            scan=scan,
            progress=progress,
            erased=erased,
        )
        run.leave_out(undeclared(scan, run.declared_now(declared), default_organisation), declared)
        run.take_files()
        run.end_gone()
        return run.finish()


@dataclass(eq=False)
class _Change:
    """A file whose bytes are new at its path, as read."""

    found: InboxFile
    sha256: str
    reading: FileReading
    earlier: Standing | None = None
    mapping: MappingFile | None = None

    @property
    def said(self) -> str:
        """As :class:`Standing` names bytes and mapping."""
        return f"{self.sha256}+{self.mapping.sha256}" if self.mapping else self.sha256


class _Run:
    """One intake: files are read in order of path; what may shrink is judged when all are read."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        *,
        archive: Path,
        received_at: datetime,
        organisation: str | None,
        accept_shrink: bool,
        reader: ReadAhead,
        scan: InboxScan,
        progress: Callable[[str], None] | None,
        erased: Erased | None,
    ) -> None:
        self.connection = connection
        self.erased = erased
        self.archive = archive
        self.organisation = organisation
        self.received_at = received_at
        self.accept_shrink = accept_shrink
        self.reader = reader
        self.scan = scan
        self.progress = progress or (lambda _: None)
        self.intake = Intake(growing=list(scan.growing), ignored=dict(scan.ignored))
        self.current, self.waiting = deliveries.standing(connection)
        self.bytes_at = {key: standing.sha256 for key, standing in self.current.items()}
        self.faults = list(scan.faults)
        self.gone: set[Key] = set()
        self.copies: list[InboxFile] = []
        self.said: dict[str, Said] = {}
        self.held: Mapping[Key, Mapping[str, tuple[int, int]]] = {}

    def declared_now(self, declared: frozenset[str]) -> frozenset[str]:
        """The declared organisations, by the settings workbook of this inbox where it can be read."""
        found = next((f for f in self.scan.files if f.path.casefold() == SETTINGS_FILE), None)
        standing = self.current.get(("", found.path)) if found else None
        try:
            if found is None or (standing is not None and standing.sha256 == kept.file_hash(found.real)):
                return declared or deliveries.declared_standing(self.connection)
        except OSError:
            return declared
        reading = read_file(found.real, name=SETTINGS_FILE, reader=self.reader)
        return declared_in(reading) or declared

    def leave_out(self, folders: list[str], declared: frozenset[str]) -> None:
        """Leave out the files of folders that are no declared organisation, one finding each."""
        for name in folders:
            detail = {"declared": sorted(declared)}
            self.faults.append((name, name, Fault("unknown_organisation", detail=detail)))
        self.scan.files = [found for found in self.scan.files if found.organisation_id not in folders]
        self.intake.organisations = tuple(sorted({found.organisation_id for found in self.scan.files} - {""}))

    def take_files(self) -> None:
        """Read what is new, then record it."""
        self.gone = {key for key in self.current if self._is_gone(key)}
        changes: list[_Change] = []
        new = [found for found in self.scan.files if self._is_new(found)]
        self.reader.begin([(found.real, Path(found.path).name) for found in new])
        for found in self.scan.files:
            change = self._look_at(found)
            if change is None:
                continue
            if self.current:
                changes.append(change)
            else:  # nothing stands yet, so nothing can shrink: no need to hold what was read
                self._record(change, {})
        # Whether a copy counts is known when every path's present bytes are: its original may change too.
        again = [self._look_at(found, last=True) for found in self.copies]
        changes += [change for change in again if change is not None]
        if changes or self.gone:
            self.held = self._shrinks(changes)
        stood = {key: standing.sha256 for key, standing in self.current.items()}
        late = [change for change in changes if self._holding(self._key(change.found), change.said, stood)]
        for change in changes:
            if change not in late:
                self._record(change, self.held.get(self._key(change.found), {}))
        self._record_late(late)

    def _record_late(self, changes: list[_Change]) -> None:
        """Record what stood at another path before: it is a copy where that path's change is held."""
        if changes:
            self.current, _ = deliveries.standing(self.connection)
        for change in changes:
            key = self._key(change.found)
            original = self._holding(key, change.said, {at: one.sha256 for at, one in self.current.items()})
            if original is None or change.reading.refused:
                self._record(change, self.held.get(key, {}))
            elif change.earlier is not None and change.earlier.state == "duplicate":
                self._say(key, "duplicate", change.earlier.sequence, "duplicate_delivery")
            else:
                self._record(replace(change, reading=_duplicate(change.found, original)), {})

    def _is_gone(self, key: Key) -> bool:
        """Whether a path of this intake is away; what lies in a folder that cannot be read is not."""
        organisation_id, path = key
        if self.organisation is not None and organisation_id not in (self.organisation, ""):
            return False
        return key not in self.scan.present and not any(
            path.startswith(f"{folder}/") for folder in self.scan.unreadable
        )

    def _shrinks(self, changes: list[_Change]) -> Mapping[Key, Mapping[str, tuple[int, int]]]:
        if self.accept_shrink:
            return {}
        after: dict[Key, Mapping[str, int]] = {key: {} for key in self.gone}
        for change in changes:
            if not change.reading.refused and change.found.path.casefold() != SETTINGS_FILE:
                after[self._key(change.found)] = change.reading.records()
        return deliveries.shrinks(deliveries.records_standing(self.connection), after)

    def _is_new(self, found: InboxFile) -> bool:
        """Whether the path's bytes can be seen and are not those that stand."""
        current = self.current.get(self._key(found))
        try:
            return self._said(found).both != (current.sha256 if current else "")
        except OSError:
            return False

    def _said(self, found: InboxFile) -> Said:
        """What a file says, looked at once. Raises ``OSError``."""
        if found.path not in self.said:
            self.said[found.path] = what_is_said(found.real, Path(found.path).name)
        return self.said[found.path]

    def _look_at(self, found: InboxFile, *, last: bool = False) -> _Change | None:
        """A change to record, or none where the path's bytes say nothing new.

        Args:
            last: Every path has been looked at; before, a copy is put off until then.
        """
        key = self._key(found)
        try:
            read = self._said(found)
        except OSError:
            self.faults.append((*key, Fault("unreadable", detail={"reason": "permission"})))
            self._say(key, "quarantined", rule="unreadable")
            return None
        sha256, mapping, said = read.sha256, read.mapping, read.both
        current, waiting = self.current.get(key), self.waiting.get(key)
        if current is not None and current.sha256 == said:
            if waiting is not None:
                deliveries.end(self.connection, key, deliveries.WAITING, "superseded", self.received_at)
            self._say(key, "unchanged", current.sequence)
            return None
        same = waiting if waiting is not None and waiting.sha256 == said else None
        original = self._original(key, said, same)
        if original is not None and self.current and not last:
            self.copies.append(found)
            return None
        if original is not None:
            if same is not None and same.state == "duplicate":
                self._say(key, "duplicate", same.sequence, "duplicate_delivery")
                return None
            return _Change(found, sha256, _duplicate(found, original), same, mapping)
        if same is not None and same.rule == "unreadable" and self._is_hopeless(same.sequence):
            self._say(key, "quarantined", same.sequence, same.rule)
            return None
        self.progress(found.path)
        reading = read_file(found.real, name=Path(found.path).name, reader=self.reader, mapping=mapping)
        if self.erased is not None:
            reading = self.erased.without(reading, found.organisation_id)
        if same is not None and same.state == "quarantined" and same.rule == reading.refused:
            self._say(key, "quarantined", same.sequence, same.rule)
            return None
        if not reading.refused:
            self.bytes_at[key] = said
        return _Change(found, sha256, reading, same, mapping)

    def _original(self, key: Key, sha256: str, same: Standing | None) -> str | None:
        """The path of the same organisation whose present delivery these bytes repeat."""
        path = self._holding(key, sha256, self.bytes_at)
        if path is not None or same is None or same.state != "duplicate" or key in self.current:
            return path  # a path that has said something itself says now what its bytes say
        # Recorded as a copy before: never counted while the path it copied still stands.
        row = self.connection.execute(
            "select json_extract_string(detail, '$.path') from raw.reading_fault "
            "where delivery_sequence = ? and rule = 'duplicate_delivery'",
            [same.sequence],
        ).fetchone()
        path = str(row[0]) if row else ""
        return path if (key[0], path) in self.bytes_at and (key[0], path) not in self.gone else None

    def _holding(self, key: Key, sha256: str, bytes_at: Mapping[Key, str]) -> str | None:
        """Another path of the same organisation with these bytes, not one that is gone."""
        for here, other in bytes_at.items():
            if other == sha256 and here[0] == key[0] and here != key and here not in self.gone:
                return here[1]
        return None

    def _is_hopeless(self, sequence: int) -> bool:
        row = self.connection.execute(
            "select json_extract_string(detail, '$.reason') from raw.reading_fault "
            "where delivery_sequence = ? and rule = 'unreadable'",
            [sequence],
        ).fetchone()
        return bool(row) and row[0] in _HOPELESS

    def _record(self, change: _Change, shrunk: Mapping[str, tuple[int, int]]) -> None:
        found, reading = change.found, change.reading
        key = self._key(found)
        rule = reading.refused or ("shrink_held" if shrunk else "")
        state = "held" if shrunk and not reading.refused else "quarantined" if reading.refused else "current"
        if rule == "duplicate_delivery":
            state = "duplicate"
        faults = reading.faults
        if shrunk:
            counts = {kind: list(pair) for kind, pair in shrunk.items()}
            faults = (*faults, Fault("shrink_held", detail={"kinds": counts, "gone": False}))
        if state == "held" and change.earlier is not None and change.earlier.state == "held":
            self._say(key, "held", change.earlier.sequence, rule)
            return
        try:
            archived = self._keep(change)
            if self.erased is not None and archived != "none":
                kept_so = self.erased.keep(self.archive, change.sha256, reading, found.organisation_id)
                archived = kept_so or archived
        except (kept.ChangedError, FileNotFoundError, PermissionError):
            self.intake.growing.append(found.path)
            return
        delivery = Delivery(
            *key,
            change.sha256,
            found.size,
            self.received_at,
            state,
            archived,
            rule or None,
            faults,
            reading if state in ("current", "held") else None,
            change.mapping.sha256 if change.mapping else None,
        )
        self._say(key, state, deliveries.record(self.connection, delivery), rule or None)

    def _keep(self, change: _Change) -> str:
        if not is_unchanged(change.found):
            raise kept.ChangedError(change.sha256)
        if change.mapping is not None:
            kept.keep(self.archive, change.mapping.path, change.mapping.sha256, ".yaml")
        name, real = Path(change.found.path).name, change.found.real
        if change.reading.holds_cpr:
            try:
                kept.keep_blanked(
                    self.archive,
                    change.sha256,
                    blanked_suffix(name),
                    lambda out: self.reader.write_blanked(real, name, out),
                )
            except RefusedError:
                return "none"
            return "blanked"
        if change.reading.refused not in ("", "encrypted", "duplicate_delivery") and may_hold_cpr(real):
            return "none"
        kept.keep(self.archive, real, change.sha256, real.suffix)
        return "whole"

    def end_gone(self) -> None:
        """Withdraw what is no longer in the inbox, unless that takes too much at once."""
        for key in sorted(self.waiting):
            if self._is_gone(key):
                deliveries.end(self.connection, key, deliveries.WAITING, "superseded", self.received_at)
        for key in sorted(self.gone, key=lambda key: key[1]):
            sequence = self.current[key].sequence
            if key in self.held:
                counts = {kind: list(pair) for kind, pair in self.held[key].items()}
                fault = Fault("shrink_held", detail={"kinds": counts, "gone": True})
                deliveries.replace_fault(self.connection, sequence, key, fault)
                self._say(key, "held", sequence, "shrink_held")
            else:
                deliveries.end(self.connection, key, ("current",), "withdrawn", self.received_at)
                self._say(key, "withdrawn", sequence)

    def finish(self) -> Intake:
        """Record what stands in the inbox without being a delivery; the whole outcome."""
        deliveries.replace_pathless_faults(self.connection, self.faults, self.organisation)
        for organisation_id, path, fault in self.faults:
            if fault.rule != "unreadable" and fault.severity == "error":
                self._say((organisation_id, path), "quarantined", rule=fault.rule)
        self.intake.outcomes.sort(key=lambda outcome: outcome.path)
        return self.intake

    def _say(self, key: Key, result: str, sequence: int | None = None, rule: str | None = None) -> None:
        self.intake.outcomes.append(Outcome(*key, result, sequence, rule))

    @staticmethod
    def _key(found: InboxFile) -> Key:
        return (found.organisation_id, found.path)


def _duplicate(found: InboxFile, original: str) -> FileReading:
    fault = Fault("duplicate_delivery", detail={"path": original})
    return FileReading(Path(found.path).name, faults=(fault,), refused="duplicate_delivery")
