"""``results.responsibility_summary``: networks by status, the one table open to readers of every kind.

One row per organisation, period, responsibility, network type ('' for all) and window: ``quarter``, or
``two_years`` with each network once, in its latest quarter of the eight. What may not be shown has empty
counts and ``suppressed``; the rules stand in ``assets/results/suppression.py``, what earlier publications
told in ``assets/results/summary_history.py``.
"""

from collections.abc import Iterator
from typing import NamedTuple

import duckdb
import polars as pl

from assets.results.exchange import bits_of
from assets.results.summary_history import Atom, KnownRow, ShownRow, read_history, remember_shown
from assets.results.suppression import Atoms, choose_rows
from assets.warehouse import replace_table

STATUSES = ("fulfilled", "partly", "not_fulfilled", "not_assessable", "not_applicable")
WINDOW_QUARTERS = 8
ALL_TYPES = ""
SUMMARY_SCHEMA = {
    "organisation_id": pl.String,
    "period": pl.String,
    "responsibility_id": pl.String,
    "network_type": pl.String,
    "window": pl.String,
    "networks": pl.Int64,
    **dict.fromkeys(STATUSES, pl.Int64),
    "suppressed": pl.Boolean,
}

MEASUREMENTS = """
select
    organisation_id, responsibility_id, network_id, quarter_number, period, cast(measured_on as varchar),
    status, reference_leader_id, network_type, last_quarter
from results.responsibility_standing
order by organisation_id, responsibility_id, network_id, quarter_number
"""


class Measurement(NamedTuple):
    """A network's status on a responsibility in a quarter, and whose time it was."""

    organisation_id: str
    responsibility_id: str
    network_id: str
    quarter: int
    period: str
    measured_on: str
    status: str
    leader: str | None
    network_type: str
    last_quarter: int

    @property
    def atom(self) -> Atom:
        """What makes two measurements the same to a reader."""
        return Atom(self.network_id, self.period, self.measured_on, self.status)


class Place(NamedTuple):
    """Where a row stands in the summary of one organisation and responsibility."""

    quarter: int
    network_type: str
    window: str


def build_summary(connection: duckdb.DuckDBPyConnection) -> int:
    """Write ``results.responsibility_summary``; the number of its rows.

    Reads ``results.responsibility_standing`` and the calendar, and what earlier publications showed.
    What this one would show is laid aside, and counts as told once it is published.
    """
    history = read_history(connection)
    periods = dict(connection.execute("select quarter_number, period from calendar.quarter").fetchall())
    rows: list[tuple[object, ...]] = []
    shown: list[ShownRow] = []
    for measurements in _systems(connection):
        first = measurements[0]
        known = history.get((first.organisation_id, first.responsibility_id), [])
        summarised, told = summarise(measurements, known, periods)
        rows.extend(summarised)
        shown.extend(told)
    summary = pl.DataFrame(rows, schema=SUMMARY_SCHEMA, orient="row").sort(list(SUMMARY_SCHEMA)[:5])
    remember_shown(connection, shown)
    return replace_table(connection, "results.responsibility_summary", summary)


def count_networks(connection: duckdb.DuckDBPyConnection) -> int:
    """Write ``results.responsibility_summary`` with nothing hidden, for a replay that publishes nothing.

    What reads it may use the rows alone that were published, before and after.
    """
    periods = dict(connection.execute("select quarter_number, period from calendar.quarter").fetchall())
    rows: list[tuple[object, ...]] = []
    for measurements in _systems(connection):
        organisation_id, responsibility_id = measurements[0][:2]
        bits = {measurement.atom: 1 << position for position, measurement in enumerate(measurements)}
        statuses = _atoms(bits, dict.fromkeys(bits)).statuses
        for place, mask in _places(measurements, bits).items():
            by_status = [(mask & statuses.get(status, 0)).bit_count() for status in STATUSES]
            key = (
                organisation_id,
                periods[place.quarter],
                responsibility_id,
                place.network_type,
                place.window,
            )
            rows.append((*key, mask.bit_count(), *by_status, False))
    summary = pl.DataFrame(rows, schema=SUMMARY_SCHEMA, orient="row")
    return replace_table(connection, "results.responsibility_summary", summary)


def _systems(connection: duckdb.DuckDBPyConnection) -> Iterator[list[Measurement]]:
    """The measurements of one organisation and responsibility at a time."""
    system: list[Measurement] = []
    for row in connection.execute(MEASUREMENTS).fetchall():
        measurement = Measurement(*row)
        if system and system[0][:2] != measurement[:2]:
            yield system
            system = []
        system.append(measurement)
    if system:
        yield system


def summarise(
    measurements: list[Measurement], known: list[KnownRow], periods: dict[int, str]
) -> tuple[list[tuple[object, ...]], list[ShownRow]]:
    """The summary rows of one organisation and responsibility, and those of them that tell something new.

    Args:
        measurements: Sorted by network and quarter.
        known: Rows of earlier publications, oldest first.
        periods: Quarter number to its name.
    """
    bits = {measurement.atom: 1 << position for position, measurement in enumerate(measurements)}
    leaders = {measurement.atom: measurement.leader for measurement in measurements}
    for row in known:
        for atom, leader in row.atoms:
            if atom not in bits:
                bits[atom] = 1 << len(bits)
                leaders[atom] = leader
    atoms = _atoms(bits, leaders)
    by_bit = {bit: atom for atom, bit in bits.items()}
    places = _places(measurements, bits)
    order = _by_preference(places, atoms)
    told = [_mask(bits, row) for row in known]
    shown = choose_rows(atoms, [places[place] for place in order], told)
    organisation_id, responsibility_id = measurements[0][:2]

    def key(place: Place) -> tuple[str, str, str, str, str]:
        return organisation_id, periods[place.quarter], responsibility_id, place.network_type, place.window

    rows: list[tuple[object, ...]] = []
    for position, place in enumerate(order):
        mask = places[place]
        counts: list[int | None] = [None] * (1 + len(STATUSES))
        if position in shown:
            by_status = [(mask & atoms.statuses.get(status, 0)).bit_count() for status in STATUSES]
            counts = [mask.bit_count(), *by_status]
        rows.append((*key(place), *counts, position not in shown))
    new: dict[int, ShownRow] = {}
    for position in shown:
        mask = places[order[position]]
        if mask not in told and mask not in new:
            behind = tuple((by_bit[bit], leaders[by_bit[bit]]) for bit in bits_of(mask))
            new[mask] = ShownRow(*key(order[position]), behind)
    return rows, list(new.values())


def _by_preference(places: dict[Place, int], atoms: Atoms) -> list[Place]:
    """The order in which rows are tried: what a reader needs most comes first, late before early.

    First the shortest window of each quarter that could be shown by itself, for all types; then the other
    window, which overlaps with many quarters and so seldom stands beside them; then each type.
    """

    def preference(place: Place) -> tuple[int, int, str, str]:
        if place.network_type != ALL_TYPES:
            step = 2
        elif place.window == "quarter":
            step = 0
        else:
            quarter = places.get(Place(place.quarter, ALL_TYPES, "quarter"), 0)
            step = 1 if atoms.publishable(quarter) else 0
        return step, -place.quarter, place.window, place.network_type

    return sorted(places, key=preference)


def _atoms(bits: dict[Atom, int], leaders: dict[Atom, str | None]) -> Atoms:
    networks: dict[str, int] = {}
    by_leader: dict[str, int] = {}
    statuses: dict[str, int] = {}
    for atom, bit in bits.items():
        networks[atom.network_id] = networks.get(atom.network_id, 0) | bit
        statuses[atom.status] = statuses.get(atom.status, 0) | bit
        leader = leaders[atom]
        if leader is not None:
            by_leader[leader] = by_leader.get(leader, 0) | bit
    return Atoms(tuple(networks.values()), tuple(by_leader.values()), statuses)


def _places(measurements: list[Measurement], bits: dict[Atom, int]) -> dict[Place, int]:
    """Every row that has a network behind it, as a mask."""
    places: dict[Place, int] = {}
    for position, measurement in enumerate(measurements):
        following = measurements[position + 1] if position + 1 < len(measurements) else None
        until = min(measurement.quarter + WINDOW_QUARTERS - 1, measurement.last_quarter)
        if following is not None and following.network_id == measurement.network_id:
            until = min(until, following.quarter - 1)
        bit = bits[measurement.atom]
        for network_type in (ALL_TYPES, measurement.network_type):
            rows = [Place(measurement.quarter, network_type, "quarter")]
            rows += [
                Place(quarter, network_type, "two_years") for quarter in range(measurement.quarter, until + 1)
            ]
            for row in rows:
                places[row] = places.get(row, 0) | bit
    return places


def _mask(bits: dict[Atom, int], row: KnownRow) -> int:
    mask = 0
    for atom, _ in row.atoms:
        mask |= bits[atom]
    return mask
