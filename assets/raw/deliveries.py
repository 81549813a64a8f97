"""Deliveries over time: what each path last said, what stands, and what is held until confirmed.

A file stands for everything its path last said. At most one delivery of a path is current, and at most
one more waits beside it (quarantined, held, or a duplicate): the path's present bytes, which do not count.
Order is a sequence number; nothing here asks the clock.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import duckdb

from assets.clock import copenhagen_day
from assets.raw.faults import Fault
from assets.raw.reading import FileReading
from assets.raw.tables import insert_faults, insert_reading

Key = tuple[str, str]  # organisation_id, path
SHRINK_LIMIT = 0.2
WAITING = ("quarantined", "held", "duplicate")


@dataclass(frozen=True)
class Standing:
    """A delivery that stands or waits; ``sha256`` names its bytes and, after a ``+``, its mapping file's."""

    sequence: int
    sha256: str
    state: str
    rule: str | None


@dataclass(frozen=True)
class Delivery:
    """A new delivery to record.

    Attributes:
        state: ``current``, ``duplicate``, ``quarantined`` or ``held``.
        archived: ``whole``, ``blanked`` or ``none``: what the archive keeps of it.
        rule: Why it does not count, where it does not.
        mapping_sha256: Hash of the mapping file it was read by.
    """

    organisation_id: str
    path: str
    sha256: str
    size: int
    received_at: datetime
    state: str
    archived: str
    rule: str | None
    faults: tuple[Fault, ...]
    reading: FileReading | None
    mapping_sha256: str | None = None

    @property
    def key(self) -> Key:
        return (self.organisation_id, self.path)


def standing(connection: duckdb.DuckDBPyConnection) -> tuple[dict[Key, Standing], dict[Key, Standing]]:
    """By path: the current delivery, and the one that waits beside it."""
    rows = connection.execute(
        """
        select
            organisation_id, path, sequence, sha256 || coalesce('+' || mapping_sha256, ''), state, rule
        from raw.delivery
        where state in ('current', 'quarantined', 'held', 'duplicate')
        order by sequence
        """
    ).fetchall()
    current = {(row[0], row[1]): Standing(*row[2:]) for row in rows if row[4] == "current"}
    waiting = {(row[0], row[1]): Standing(*row[2:]) for row in rows if row[4] != "current"}
    return current, waiting


def declared_standing(connection: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """The organisations that the standing settings workbook declares."""
    rows = connection.execute(
        """
        select s.columns, r.cells
        from raw.delivery as d
        join raw.sheet as s on d.sequence = s.delivery_sequence
        join raw.source_row as r on s.delivery_sequence = r.delivery_sequence and s.sheet = r.sheet
        where d.state = 'current' and s.kind = 'organisations' and s.refused is null and r.skip_reason is null
        """
    ).fetchall()
    names = set()
    for columns, cells in rows:
        letter = next((at for at, name in json.loads(columns).items() if name == "organisation_id"), "")
        names.add(json.loads(cells).get(letter, ""))
    return frozenset(names - {""})


def records_standing(connection: duckdb.DuckDBPyConnection) -> dict[Key, dict[str, int]]:
    """By path of every current delivery: kind → rows that can become records."""
    rows = connection.execute(
        """
        select d.organisation_id, d.path, r.kind, count(*)
        from raw.delivery as d
        join raw.sheet as s on d.sequence = s.delivery_sequence
        join raw.source_row as r on s.delivery_sequence = r.delivery_sequence and s.sheet = r.sheet
        where d.state = 'current' and r.kind is not null and r.skip_reason is null and s.refused is null
        group by d.organisation_id, d.path, r.kind
        """
    ).fetchall()
    records: dict[Key, dict[str, int]] = {}
    for organisation_id, path, kind, count in rows:
        records.setdefault((organisation_id, path), {})[kind] = count
    return records


def shrinks(
    before: Mapping[Key, Mapping[str, int]], after: Mapping[Key, Mapping[str, int]]
) -> dict[Key, dict[str, tuple[int, int]]]:
    """The changes that together take more than a fifth of an organisation's rows of a kind.

    Args:
        before: What every path's current delivery holds.
        after: What each changed path would hold instead; nothing for a path that is gone.

    Returns:
        The paths that lose rows of such a kind → kind → the organisation's rows before and after.
    """
    held: dict[Key, dict[str, tuple[int, int]]] = {}
    while True:
        # What is held adds nothing either: that may make another loss too large.
        free = {key: kinds for key, kinds in after.items() if key not in held}
        more = _losses(before, free)
        if not more:
            return held
        held |= more


def _losses(
    before: Mapping[Key, Mapping[str, int]], after: Mapping[Key, Mapping[str, int]]
) -> dict[Key, dict[str, tuple[int, int]]]:
    total: dict[tuple[str, str], int] = {}
    change: dict[tuple[str, str], int] = {}
    for (organisation_id, _), kinds in before.items():
        for kind, count in kinds.items():
            total[organisation_id, kind] = total.get((organisation_id, kind), 0) + count
    for key, kinds in after.items():
        earlier = before.get(key, {})
        for kind in kinds.keys() | earlier.keys():
            difference = kinds.get(kind, 0) - earlier.get(kind, 0)
            change[key[0], kind] = change.get((key[0], kind), 0) + difference
    shrunk = {
        place: (count, count + change[place])
        for place, count in total.items()
        if count and -change.get(place, 0) > SHRINK_LIMIT * count
    }
    losses: dict[Key, dict[str, tuple[int, int]]] = {}
    for key, kinds in after.items():
        for kind, earlier_count in before.get(key, {}).items():
            if kinds.get(kind, 0) < earlier_count and (key[0], kind) in shrunk:
                losses.setdefault(key, {})[kind] = shrunk[key[0], kind]
    return losses


def next_sequence(connection: duckdb.DuckDBPyConnection) -> int:
    """One after everything that has happened; a withdrawal takes a number too."""
    row = connection.execute(
        "select greatest(coalesce(max(sequence), 0), coalesce(max(superseded_by), 0)) + 1 from raw.delivery"
    ).fetchone()
    return int(row[0]) if row else 1


def record(connection: duckdb.DuckDBPyConnection, delivery: Delivery) -> int:
    """Record a delivery and all it holds in one transaction; its sequence number."""
    moment = delivery.received_at.astimezone(UTC).replace(tzinfo=None)
    reading = delivery.reading
    connection.execute("begin")
    try:
        sequence = next_sequence(connection)
        ended = WAITING if delivery.state != "current" else (*WAITING, "current")
        _end(connection, delivery.key, ended, state="superseded", sequence=sequence, moment=moment)
        connection.execute(
            "insert into raw.delivery by name select ? as sequence, ? as organisation_id, ? as path, "
            "? as sha256, ? as bytes, ? as received_at, ? as received_date, ? as state, ? as format, "
            "? as encoding, ? as archived, ? as rule, ? as rows_read, ? as rows_skipped, "
            "cast(? as varchar) as mapping_sha256",
            [
                sequence,
                delivery.organisation_id,
                delivery.path,
                delivery.sha256,
                delivery.size,
                moment,
                copenhagen_day(delivery.received_at),
                delivery.state,
                reading.format if reading else None,
                reading.encoding if reading else None,
                delivery.archived,
                delivery.rule,
                sum(sheet.rows_read for sheet in reading.sheets) if reading else 0,
                sum(sheet.rows_skipped for sheet in reading.sheets) if reading else 0,
                delivery.mapping_sha256,
            ],
        )
        if reading:
            insert_reading(connection, sequence, delivery.organisation_id, reading)
        insert_faults(connection, sequence, delivery.organisation_id, delivery.path, delivery.faults)
        connection.execute("commit")
    except BaseException:
        connection.execute("rollback")
        raise
    return sequence


def end(
    connection: duckdb.DuckDBPyConnection, key: Key, states: Sequence[str], state: str, at: datetime
) -> None:
    """End a path's deliveries that are in these states: ``withdrawn`` or ``superseded`` from here on."""
    connection.execute("begin")
    try:
        moment = at.astimezone(UTC).replace(tzinfo=None)
        _end(connection, key, states, state=state, sequence=next_sequence(connection), moment=moment)
        connection.execute("commit")
    except BaseException:
        connection.execute("rollback")
        raise


def _end(
    connection: duckdb.DuckDBPyConnection,
    key: Key,
    states: Iterable[str],
    *,
    state: str,
    sequence: int,
    moment: datetime,
) -> None:
    connection.execute(
        """
        update raw.delivery
        set
            state = case when state = 'current' then ? else 'superseded' end,
            superseded_at = ?,
            superseded_by = ?
        where organisation_id = ? and path = ? and list_contains(?, state)
        """,
        [state, moment, sequence, *key, list(states)],
    )
    connection.execute(
        """
        delete from raw.reading_fault
        where rule = 'shrink_held' and organisation_id = ? and path = ?
        """,
        list(key),
    )


def replace_fault(connection: duckdb.DuckDBPyConnection, sequence: int, key: Key, fault: Fault) -> None:
    """Say one thing of a delivery that stands, in place of what was said by the same rule before."""
    connection.execute("begin")
    try:
        connection.execute(
            "delete from raw.reading_fault where delivery_sequence = ? and rule = ?", [sequence, fault.rule]
        )
        insert_faults(connection, sequence, *key, [fault])
        connection.execute("commit")
    except BaseException:
        connection.execute("rollback")
        raise


def replace_pathless_faults(
    connection: duckdb.DuckDBPyConnection,
    faults: Iterable[tuple[str, str, Fault]],
    organisation: str | None = None,
) -> None:
    """What stands in the inbox without being a delivery, as of now; earlier such faults are gone.

    Args:
        organisation: Only this organisation was looked at: what is said of others stands.
    """
    connection.execute("begin")
    try:
        connection.execute(
            "delete from raw.reading_fault where delivery_sequence is null "
            "and (? is null or organisation_id in (?, ''))",
            [organisation, organisation],
        )
        for organisation_id, path, fault in faults:
            insert_faults(connection, None, organisation_id, path, [fault])
        connection.execute("commit")
    except BaseException:
        connection.execute("rollback")
        raise
