"""What is kept for how long, and taking away what has been kept long enough; logged without content.

A person is due when every network they had to do with has been closed for long enough and they are no longer
among the organisation's people; they are then taken out of every layer as in an erasure, without a tombstone,
for they may come back in a new network. Old deliveries and sheets about single leaders are due by their age.
What is under a legal hold is never due.
"""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from assets.errors import TwoLanguageError
from assets.home import Home, Settings
from assets.people.erase import Progress, redact_home
from assets.people.person import Person, find_person
from assets.people.sealed import HOLD, Redaction, log_of, note, note_redaction
from assets.publication.log import read_log
from assets.raw.archive import find_kept
from assets.warehouse import open_warehouse
from assets.writer import hold_writer

AUTOMATIC = "automatic"
DEFAULT_MONTHS = {"people": 24, "superseded_deliveries": 60, "dialogue_sheets": 24}
KINDS = {
    "people": (
        "Rækker, der nævner en person: til alle personens netværk har været lukket så længe",
        "Rows that name a person: until all the person's networks have been closed for so long",
    ),
    "superseded_deliveries": (
        "Leverancer, der er afløst eller trukket: rækker og arkiveret fil",
        "Deliveries that were superseded or withdrawn: rows and archived file",
    ),
    "dialogue_sheets": (
        "Dialogark: regnet fra kvartalets slutning",
        "Dialogue sheets: counted from the end of the quarter",
    ),
}
_DUE_PEOPLE = """
with ties as (
    select organisation_id, network_id, person_id from accepted.roles
    union select organisation_id, network_id, manager_id from accepted.central_managers
    union select organisation_id, network_id, manager_id from accepted.ownership
    union select organisation_id, network_id, by_id from accepted.touchpoints
    union select organisation_id, network_id, responsible_id from accepted.applications
),
last_tie as (
    select
        ties.organisation_id, ties.person_id,
        bool_or(networks.end_date is null) as runs,
        max(networks.end_date) as closed,
        bool_or(list_contains($held, ties.organisation_id || '/' || ties.network_id)) as held
    from ties
    join accepted.networks on ties.organisation_id = networks.organisation_id
        and ties.network_id = networks.network_id
    group by ties.organisation_id, ties.person_id
)
select people.organisation_id, people.person_id
from accepted.people
left join last_tie on people.organisation_id = last_tie.organisation_id
    and people.person_id = last_tie.person_id
where not list_contains($held, people.organisation_id)
group by people.organisation_id, people.person_id
having not coalesce(bool_or(last_tie.runs), false)
    and not coalesce(bool_or(last_tie.held), false)
    and not bool_or(people.valid_to is null)
    and cast(greatest(max(people.valid_to), coalesce(max(last_tie.closed), max(people.valid_to)))
        + to_months($months) as date) < $day
order by people.organisation_id, people.person_id
"""
_DUE_DELIVERIES = """
select distinct delivery.sequence, delivery.organisation_id
from raw.delivery
join raw.source_row on delivery.sequence = source_row.delivery_sequence
where delivery.state in ('superseded', 'withdrawn') and not list_contains($held, delivery.organisation_id)
    and cast(delivery.superseded_at + to_months($months) as date) < $day
order by delivery.sequence
"""


@dataclass(frozen=True)
class Due:
    """What has been kept long enough.

    Attributes:
        people: Organisation to its people; never shown, only counted.
        deliveries: Sequences of old deliveries.
        sheets: Folders of dialogue sheets, within the home.
    """

    people: dict[str, tuple[str, ...]]
    deliveries: tuple[int, ...]
    sheets: tuple[str, ...]

    @property
    def count(self) -> dict[str, int]:
        """Kind to how many."""
        return {
            "people": sum(len(ids) for ids in self.people.values()),
            "superseded_deliveries": len(self.deliveries),
            "dialogue_sheets": len(self.sheets),
        }


class RetentionError(TwoLanguageError):
    """The settings of retention cannot be used."""


def months_of(settings: Settings) -> dict[str, int]:
    """Months each kind is kept, by ``[retention]`` of the settings, else the default.

    Raises:
        RetentionError: A kind that does not exist, or no whole positive number of months.
    """
    given = {kind: months for kind, months in settings.retention.items() if kind != AUTOMATIC}
    for kind, months in given.items():
        if (
            kind not in DEFAULT_MONTHS
            or not isinstance(months, int)
            or isinstance(months, bool)
            or months < 1
        ):
            names = ", ".join(DEFAULT_MONTHS)
            raise RetentionError(
                f"[retention] i netvaerdi.toml: {kind} skal være et helt antal måneder; der er {names}.",
                f"[retention] in netvaerdi.toml: {kind} must be a whole number of months; there are {names}.",
            )
    return DEFAULT_MONTHS | given


def is_automatic(settings: Settings) -> bool:
    """Whether the schedule deletes by itself; it does unless told otherwise.

    Raises:
        RetentionError: ``automatic`` is neither ``true`` nor ``false``.
    """
    given = settings.retention.get(AUTOMATIC, True)
    if not isinstance(given, bool):
        raise RetentionError(
            "[retention] i netvaerdi.toml: automatic skal være true eller false.",
            "[retention] in netvaerdi.toml: automatic must be true or false.",
        )
    return given


def find_due(connection: duckdb.DuckDBPyConnection, home: Home, settings: Settings, day: date) -> Due:
    """What is due on a day.

    Args:
        connection: The warehouse.
        day: Today, Copenhagen.
    """
    months, held = months_of(settings), sorted(holds_of(home))
    people: dict[str, list[str]] = {}
    asked = {"held": held, "day": day}
    for organisation, person in connection.execute(
        _DUE_PEOPLE, asked | {"months": months["people"]}
    ).fetchall():
        people.setdefault(organisation, []).append(person)
    deliveries = connection.execute(
        _DUE_DELIVERIES, asked | {"months": months["superseded_deliveries"]}
    ).fetchall()
    return Due(
        {organisation: tuple(ids) for organisation, ids in people.items()},
        tuple(sequence for sequence, _ in deliveries),
        tuple(_due_sheets(home, months["dialogue_sheets"], day, set(held))),
    )


def _due_sheets(home: Home, months: int, day: date, held: set[str]) -> Iterable[str]:
    for folder in sorted((home.root / "dialogue").glob("*/[0-9][0-9][0-9][0-9]Q[1-4]")):
        ended = int(folder.name[:4]) * 12 + int(folder.name[5]) * 3  # months up to the quarter's end
        if folder.parent.name not in held and day.year * 12 + day.month - 1 >= ended + months:
            yield folder.relative_to(home.root).as_posix()


def delete_due(home: Home, settings: Settings, day: date, progress: Progress = lambda da, en: None) -> Due:
    """Take away what is due and seal it; a run should follow, which publishes what is left.

    Raises:
        WriterBusy: A run holds the warehouse.
    """
    with hold_writer(home, "netvaerdi retention", on_wait=progress):
        with open_warehouse(home.warehouse_file) as connection:
            due = find_due(connection, home, settings, day)
            people = [
                _together(organisation, [find_person(connection, organisation, one) for one in ids])
                for organisation, ids in due.people.items()
            ]
            files = _delete_deliveries(connection, home, due.deliveries)
        for person in people:
            redact_home(home, person, reason="retention", progress=progress)
        for folder in due.sheets:
            for path in sorted((home.root / folder).rglob("*")):
                if path.is_file():
                    files[path.relative_to(home.root).as_posix()] = ""
            shutil.rmtree(home.root / folder)
        if due.deliveries or due.sheets:
            tables = {0: ["raw.source_row", "raw.reading_fault", "raw.sheet"]} if due.deliveries else {}
            note_redaction(home, Redaction("retention", {}, tables, files, due.deliveries))
    return due


def _together(organisation: str, people: list[Person]) -> Person:
    return Person(
        organisation,
        tuple(word for person in people for word in person.ids),
        tuple(word for person in people for word in person.names),
    )


def _delete_deliveries(
    connection: duckdb.DuckDBPyConnection, home: Home, sequences: tuple[int, ...]
) -> dict[str, str]:
    files: dict[str, str] = {}
    given = [list(sequences)]
    for table in ("source_row", "reading_fault", "sheet"):
        connection.execute(f"delete from raw.{table} where list_contains(?, delivery_sequence)", given)
    rows = connection.execute(
        """
        select distinct sha256 from raw.delivery as old
        where list_contains(?, sequence) and not exists (
            from raw.delivery as other
            where other.sha256 = old.sha256 and not list_contains(?, other.sequence)
        )
        """,
        [list(sequences), list(sequences)],
    ).fetchall()
    connection.execute("update raw.delivery set archived = 'none' where list_contains(?, sequence)", given)
    for (sha256,) in rows:
        kept: Path | None = find_kept(home.archive, str(sha256).partition("+")[0])
        if kept is not None:
            kept.unlink()
            files[kept.relative_to(home.root).as_posix()] = ""
    return files


def holds_of(home: Home) -> set[str]:
    """What is under a legal hold: an organisation, or ``organisation/network``."""
    held: set[str] = set()
    for line in read_log(log_of(home)):
        if line.kind == HOLD:
            (held.add if line.noted["holds"] else held.discard)(line.noted["what"])
    return held


def set_hold(home: Home, what: str, *, holds: bool, reason: str) -> int:
    """Set or lift a legal hold, sealed in the log; the entry's number."""
    return note(home, HOLD, {"what": what, "holds": holds, "reason": reason})
